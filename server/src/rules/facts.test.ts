import assert from 'node:assert/strict';
import { FACTS } from './facts.js';
import { factsMarkdown } from './factsPage.js';
import { atomsOf, type Formula } from './formula.js';
import { compileText, evaluateText, type TestCase } from './testContext.js';

const REGISTRY = `
organisations: { NOVARA: { role: sponsor }, SYNTHEX: { role: cdmo } }
sites:
  TOR-B2: { organisation: NOVARA, campus: Torrance, country: US, containment: OEB2, activities: [blending], inspections: [], authorisations: [] }
  DAB-4:
    organisation: SYNTHEX
    campus: Dabhasa
    country: IN
    containment: OEB4
    activities: [peptide-synthesis]
    inspections: [{ authority: FDA, date: 2025-06-12, outcome: acceptable, activities: [peptide-synthesis] }]
    authorisations: [{ authority: EMA, activities: [peptide-synthesis], until: 2028-06-30 }, { authority: FDA, activities: [peptide-synthesis], until: 2026-06-30 }]
  DAB-5: { campus: Dabhasa }
products:
  LRG: { modality: peptide, release: immediate, sterile: true, containment: OEB3 }
  NEW: {}
materials:
  FMOC-LEU: { stage: starting-material, suppliers: [SUP-ANKA] }
  LRG-CRUDE: { stage: intermediate, product: LRG }
  LRG-DS: { stage: drug-substance, product: LRG, specification: SPEC-LRG-DS, shelf-life: 24 months }
  LRG-DP:
    stage: drug-product
    product: LRG
    composition: { LRG-DS: 0.6 %, MANNITOL: { share: 4.0 %, function: tonicity-agent }, TALC: { share: 1 %, function: lubricant } }
  MANNITOL: { stage: excipient }
  TALC: { stage: excipient }
  STEARATE: { stage: excipient }
steps:
  LRG-S5:
    activity: peptide-synthesis
    sites: [TOR-B2]
    consumes: [FMOC-LEU]
    produces: [LRG-CRUDE]
    equipment: [EQ-1]
    critical: true
    parameters: { batch-size: { value: 50 kg, critical: true }, temperature: 20..25 °C }
  LRG-S6: { consumes: [LRG-CRUDE], produces: [LRG-DS] }
  LRG-S7: { consumes: [LRG-DS], produces: [LRG-DP] }
equipment: { EQ-1: { site: TOR-B2, principle: stirred-tank, cleaning: { agent: water } }, EQ-2: { site: DAB-4, principle: stirred-tank } }
suppliers: { SUP-ANKA: { country: CN }, SUP-NOVA: {} }
methods: { MTH-1: { technique: RP-HPLC }, MTH-2: { technique: GC }, MTH-3: {} }
specifications: { SPEC-LRG-DS: { tests: { assay: { limit: 95.0..102.0 %, method: MTH-1 }, water: { limit: NMT 1 %, method: [MTH-1, MTH-2] } } } }
validations:
  PV-TOR: { kind: process, covers: [LRG-S5], site: TOR-B2, status: current, ranges: { batch-size: 40..60 kg } }
  PV-OPEN: { kind: process, covers: [LRG-S6], site: TOR-B2, status: current }
filings:
  NDA-1:
    market: US
    product: LRG
    bio-batch: 10 kg
    registers: { LRG-S5: { sites: [TOR-B2], batch-size: { value: 50 kg, report: CBE-30 } }, SPEC-LRG-DS: {} }
  MAA-1: { market: EU, product: LRG, procedure: CP }
  ANDA-1: { market: US, product: LRG, registers: [LRG-S5] }
`;

const OPEN_RANGES = REGISTRY.replace('consumes: [LRG-CRUDE], p', 'sites: [TOR-B2], consumes: [LRG-CRUDE], p');

const rules = compileText('pack p "p" { accepts: FDA }');
const BATCH = 'modify LRG-S5 { batch-size: 50 kg -> 120 kg }';
const MOVE = 'transfer LRG-S5 from TOR-B2 to DAB-4';

/** `true`, `false`, or the missing facts and questions that it hangs on. */
function shown(formula: Formula): string {
  if (typeof formula === 'boolean') return String(formula);
  return [...atomsOf(formula).values()]
    .flatMap((atom) => [
      ...atom.facts.map((fact) => `${fact.entity}.${fact.attribute}`),
      ...atom.questions.map((question) => `${question.condition}?`),
    ])
    .join(' ');
}

function check(
  change: string,
  expected: Readonly<Record<string, string>>,
  more: Partial<TestCase> = {},
): void {
  for (const [expression, result] of Object.entries(expected)) {
    const formula = evaluateText(expression, { registry: REGISTRY, change, filing: 'NDA-1', rules, ...more });
    assert.equal(shown(formula), result, expression);
  }
}

describe('facts', () => {
  it('have a type, a meaning and an example each, on one page', () => {
    const page = factsMarkdown();
    for (const fact of FACTS) {
      assert.ok(fact.typeName && fact.meaning.endsWith('.') && fact.example.includes(fact.name), fact.name);
      assert.ok(page.includes(`\`${fact.example}\``), fact.name);
    }
  });

  it('action', () => {
    check(BATCH, { 'action = modify': 'true', 'action in (add, remove)': 'false' });
    check(MOVE, { 'action = replace': 'true', 'action not in (add, remove)': 'true' });
  });

  it('subject, its attributes, and through references', () => {
    check(BATCH, {
      'subject = LRG-S5': 'true',
      'subject.critical': 'true',
      'not subject.critical': 'false',
      'subject.activity = peptide-synthesis': 'true',
      'subject.sites = TOR-B2': 'true',
      'subject.sites.country = IN': 'false',
      'subject.sites.country = US': 'true',
      'subject.parameters.batch-size.critical': 'true',
      'subject.equipment.cleaning.agent = "water"': 'true',
    });
  });

  it('an attribute of another kind makes no sense, and its comparison is false', () => {
    check('modify EQ-1 { principle: stirred-tank -> "rocking" }', {
      'subject.activity = blending': 'false',
      'subject.activity != blending': 'false',
      'subject.activity not in (blending)': 'false',
    });
  });

  it('current and proposed, entities and values', () => {
    check(MOVE, {
      'proposed = DAB-4': 'true',
      'current = TOR-B2': 'true',
      'proposed = current': 'false',
      'proposed.campus = current.campus': 'false',
      'proposed.organisation.role = cdmo': 'true',
      'proposed != none': 'true',
    });
    check('add DAB-4 to LRG-S5', { 'current = none': 'true', 'current.campus = proposed.campus': 'false' });
    check('replace EQ-1 with EQ-2 in LRG-S5', { 'proposed.principle = current.principle': 'true' });
    check(BATCH, {
      'proposed > current': 'true',
      'proposed <= 100 kg': 'false',
      'proposed >= 120000 g': 'true',
      'proposed.campus != current.campus': 'false',
    });
    check('modify SPEC-LRG-DS { assay.method: MTH-1 -> MTH-2 }', {
      'proposed.technique = current.technique': 'false',
      'proposed.technique = GC': 'true',
      'proposed < 5 kg': 'false',
    });
  });

  it('what the registry does not say is unknown', () => {
    check('add DAB-5 to LRG-S5', {
      'proposed.country = IN': 'DAB-5.country',
      'proposed.country != IN': 'DAB-5.country',
    });
    check(BATCH, {
      'filing.procedure = CP': 'NDA-1.procedure',
      'product.phase in (commercial, phase-3)': 'LRG.phase LRG.phase',
    });
  });

  it('attribute, detail, component, parameter and test', () => {
    check(BATCH, {
      'attribute = batch-size': 'true',
      'parameter = batch-size': 'true',
      'parameter.critical': 'true',
      'test = assay': 'false',
      'detail = limit': 'false',
    });
    check('modify LRG-S5 { temperature: 20..25 °C -> 21..25 °C }', {
      'parameter.critical': 'LRG-S5.parameters.temperature.critical',
    });
    check('modify SPEC-LRG-DS { assay.limit: 95.0..102.0 % -> 97.0..102.0 % }', {
      'test = assay and detail = limit': 'true',
      'test.method.technique = RP-HPLC': 'true',
    });
    check('modify LRG-DP { MANNITOL.share: 4.0 % -> 4.2 % }', {
      'component = MANNITOL': 'true',
      'component.function = tonicity-agent': 'true',
      'component.stage = excipient': 'true',
      'attribute = composition': 'true',
    });
    check('modify LRG-DP { STEARATE.share: none -> 0.5 % STEARATE.function: none -> lubricant }', {
      'component.function = lubricant': 'true',
      'action = add': 'true',
    });
    check('add STEARATE to LRG-DP', {
      'component.function = lubricant': 'LRG-DP.composition.STEARATE.function',
    });
  });

  it('direction', () => {
    const limit = (proposed: string) => `modify SPEC-LRG-DS { assay.limit: 95.0..102.0 % -> ${proposed} }`;
    check(limit('97.0..102.0 %'), { 'direction = tightened': 'true' });
    check(limit('90.0..102.0 %'), { 'direction = relaxed': 'true' });
    check(limit('97.0..104.0 %'), { 'direction = relaxed': 'true' });
    check(BATCH, { 'direction = increased': 'true' });
    check('modify LRG-DS { shelf-life: 24 months -> 1 years }', { 'direction = decreased': 'true' });
    check('add DAB-4 to LRG-S5', { 'direction = added': 'true' });
    check('modify SPEC-LRG-DS { water: NMT 1 % -> none }', { 'direction = removed': 'true' });
    check(MOVE, { 'direction = added': 'false', 'direction != added': 'false' });
    const method = (values: string) => `modify SPEC-LRG-DS { ${values} }`;
    check(method('assay.method: MTH-1 -> MTH-1, MTH-2'), { 'direction = added': 'true' });
    check(method('assay.method: MTH-1 -> none'), { 'direction = removed': 'true' });
    check(method('water.method: MTH-1, MTH-2 -> MTH-2'), { 'direction = removed': 'true' });
    check(method('water.method: MTH-1, MTH-2 -> MTH-1, MTH-3'), { 'direction = removed': 'false' });
  });

  it('stage, product, filing and market', () => {
    check(BATCH, {
      'stage = intermediate': 'true',
      'product = LRG': 'true',
      'product.release = immediate and product.sterile': 'true',
      'filing = NDA-1': 'true',
      'market = US': 'true',
    });
    check('modify EQ-1 { principle: stirred-tank -> "x" }', { 'market = EU': 'false' }, { filing: '' });
  });

  it('registered', () => {
    check(BATCH, { registered: 'true' });
    check('modify LRG-S5 { temperature: 20..25 °C -> 21..25 °C }', { registered: 'false' });
    check(BATCH, { registered: 'MAA-1.registers', 'not registered': 'MAA-1.registers' }, { filing: 'MAA-1' });
    check(
      'modify LRG-S5 { temperature: 20..25 °C -> 21..25 °C }',
      { registered: 'true' },
      { filing: 'ANDA-1' },
    );
    check(MOVE, { 'registered = true': 'true' });
  });

  it('restricted', () => {
    const DEEP = `${REGISTRY}  MAA-2: { market: EU, product: LRG, references: [ASMF-1, CEP-1] }
  ASMF-1: { market: EU, type: ASMF, material: LRG-DS, registers: { LRG-S5: { part: restricted }, LRG-S6: {} } }
  CEP-1: { market: EU, type: CEP, material: LRG-DS }
`;
    const at = (filing: string, result: string, change = BATCH) =>
      check(change, { restricted: result }, { registry: DEEP, filing });
    at('MAA-1', 'false');
    at('MAA-2', 'true');
    at('MAA-2', 'false', 'modify LRG-S6 { time: none -> 5 h }');
  });

  it('validated', () => {
    check(BATCH, { validated: 'false' });
    check('modify LRG-S5 { batch-size: 50 kg -> 55 kg }', { validated: 'true' });
    check('modify LRG-S5 { temperature: 20..25 °C -> 21..25 °C }', { validated: 'false' });
    check(MOVE, { validated: 'false' });
    check('modify LRG-S6 { time: none -> 5 h }', { validated: 'LRG-S6.sites' });
    check('modify LRG-S6 { time: none -> 5 h }', { validated: 'PV-OPEN.ranges' }, { registry: OPEN_RANGES });
  });

  it('ratio', () => {
    check(BATCH, {
      'ratio(proposed, filing.bio-batch) <= 10': 'false',
      'ratio(proposed, filing.bio-batch) = 12': 'true',
      'ratio(current, 5000 g) = 10': 'true',
      'ratio(proposed, 3 months) <= 10': 'false',
    });
    check(BATCH, { 'ratio(proposed, filing.bio-batch) > 10': 'MAA-1.bio-batch' }, { filing: 'MAA-1' });
  });

  it('difference and total', () => {
    const both = 'modify LRG-DP { MANNITOL.share: 4.0 % -> 4.5 % TALC.share: 1 % -> 0.8 % }';
    check(both, {
      'difference(proposed, current) = 0.5 %': 'true',
      'total(difference(proposed, current)) = 0.7 %': 'true',
      'total(difference(proposed, current)) <= 0.5 %': 'false',
    });
    check('remove TALC from LRG-DP', { 'total(difference(proposed, current)) = 1 %': 'true' });
    check('add STEARATE to LRG-DP', {
      'total(difference(proposed, current)) <= 5 %': 'LRG-DP.composition.STEARATE.share',
    });
  });

  it('share', () => {
    check(
      'modify LRG-DP { TALC.share: 1 % -> 1.5 % STEARATE.share: none -> 0.5 % STEARATE.function: none -> lubricant }',
      {
        'share(lubricant) = 2 %': 'true',
        'share(filler) = 0 %': 'true',
      },
    );
    check('add STEARATE to LRG-DP', { 'share(lubricant) <= 1 %': 'LRG-DP.composition.STEARATE.function' });
    check(BATCH, { 'share(lubricant) <= 1 %': 'false' });
  });

  it('inspected', () => {
    check(MOVE, {
      'inspected(proposed, subject.activity, 2 years)': 'true',
      'inspected(proposed, subject.activity, 6 months)': 'false',
      'inspected(proposed, blending, 2 years)': 'false',
      'inspected(current, subject.activity, 2 years)': 'false',
    });
    check('add DAB-5 to LRG-S5', { 'inspected(proposed, subject.activity, 2 years)': 'DAB-5.inspections' });
    const unaccepted = { rules: compileText('pack p "p" { accepts: EMA }') };
    check(MOVE, { 'inspected(proposed, subject.activity, 2 years)': 'false' }, unaccepted);
    const later = REGISTRY.replace(
      'inspections: [{',
      'inspections: [{ authority: FDA, date: 2026-02-01, outcome: unacceptable }, {',
    );
    check(
      MOVE,
      { 'inspected(proposed, subject.activity, 2 years)': 'DAB-4.inspections' },
      { registry: later },
    );
    const about = later.replace(
      'outcome: unacceptable',
      'outcome: unacceptable, activities: [peptide-synthesis]',
    );
    check(MOVE, { 'inspected(proposed, subject.activity, 2 years)': 'false' }, { registry: about });
  });

  it('authorised', () => {
    const byEma = { rules: compileText('pack p "p" { accepts: EMA }') };
    check(MOVE, { 'authorised(proposed, subject.activity)': 'true' }, byEma);
    check(MOVE, { 'authorised(proposed, subject.activity)': 'false' });
    check('add DAB-5 to LRG-S5', { 'authorised(proposed, subject.activity)': 'DAB-5.authorisations' });
  });

  it('capable', () => {
    check(MOVE, {
      'capable(proposed, subject.activity)': 'true',
      'capable(current, subject.activity)': 'false',
    });
    check('add DAB-5 to LRG-S5', { 'capable(proposed, subject.activity)': 'DAB-5.activities' });
  });

  it('contained', () => {
    check(MOVE, { 'contained(proposed, product)': 'true', 'contained(current, product)': 'false' });
    check('add DAB-5 to LRG-S5', { 'contained(proposed, product)': 'DAB-5.containment' });
  });

  it('reaches', () => {
    check(BATCH, {
      'reaches(filing)': 'true',
      'reaches(packaging)': 'false',
      'reaches(site)': 'true',
      'reaches(material)': 'true',
      'reaches(drug-substance)': 'true',
      'reaches(starting-material)': 'false',
    });
  });
});
