import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Edit } from '../model/edit.js';
import { readRegistry } from '../registry/read.js';
import { Registry, textsAt } from '../registry/registry.js';
import { buildNetwork } from './build.js';
import type { Network, Reached } from './network.js';

const PEPTIDE = `
organisations: { NOVARA: { role: sponsor }, SYNTHEX: { role: cdmo } }
sites: { DAB-4: { organisation: SYNTHEX }, TOR-B2: { organisation: NOVARA }, QC-1: { organisation: NOVARA } }
products: { LRG: { modality: peptide } }
materials:
  FMOC-LEU: { stage: starting-material, suppliers: [SUP-ANKA], specification: SPEC-FMOC-LEU }
  LRG-RESIN: { stage: intermediate, product: LRG }
  LRG-CRUDE: { stage: intermediate, product: LRG }
  LRG-DS: { stage: drug-substance, product: LRG, specification: SPEC-LRG-DS }
  LRG-DP: { stage: drug-product, product: LRG, packaging: [VIAL-10R], composition: { LRG-DS: 0.6 %, MANNITOL: 4.2 % } }
  MANNITOL: { stage: excipient }
steps:
  LRG-S1: { sites: [TOR-B2], consumes: [FMOC-LEU], produces: [LRG-RESIN] }
  LRG-S5: { sites: [TOR-B2], consumes: [LRG-RESIN], produces: [LRG-CRUDE], equipment: [EQ-TOR-CLV1] }
  LRG-S6: { sites: [TOR-B2], consumes: [LRG-CRUDE], produces: [LRG-DS] }
  LRG-QC: { sites: [QC-1], consumes: [LRG-DS] }
equipment:
  EQ-TOR-CLV1: { site: TOR-B2, utilities: [UT-WFI-1], systems: [SYS-DCS-1] }
  EQ-DAB-CLV2: { site: DAB-4, status: proposed }
utilities: { UT-WFI-1: { site: TOR-B2 } }
systems: { SYS-DCS-1: { site: TOR-B2 } }
suppliers: { SUP-ANKA: {}, SUP-NOVA: {} }
packaging: { VIAL-10R: {} }
methods: { MTH-HPLC-01: {}, MTH-GC-9: {} }
specifications:
  SPEC-LRG-DS: { tests: { assay: { limit: 95.0..102.0 %, method: MTH-HPLC-01 } } }
  SPEC-FMOC-LEU: { tests: { assay: NLT 98.0 % } }
validations:
  PV-LRG-S5: { kind: process, covers: [LRG-S5], site: TOR-B2 }
  PV-LRG-S5-DAB: { kind: process, covers: [LRG-S5], site: DAB-4 }
  PV-OLD: { kind: process, covers: [LRG-S5], status: withdrawn }
  EQ-Q-2: { kind: equipment-qualification, covers: [EQ-DAB-CLV2], site: DAB-4 }
  STAB-1: { kind: stability, covers: [LRG, LRG-DS] }
filings:
  NDA-1: { market: US, type: NDA, product: LRG, holder: NOVARA, registers: { LRG-S6: {}, SPEC-LRG-DS: {} }, references: [DMF-33] }
  NDA-OLD: { market: US, type: NDA, product: LRG, status: withdrawn }
  ANDA-2: { market: US, type: ANDA, references: [NDA-1] }
  DMF-33: { market: US, type: DMF, material: FMOC-LEU, holder: SYNTHEX }
protocols: { PACMP-3: { filing: NDA-1 } }
agreements: { QAG-1: { between: [NOVARA, SYNTHEX], sites: [DAB-4] } }
`;

describe('network', () => {
  const network = networkOf(PEPTIDE);

  it('follows a step to its product and filings by the shortest path', () => {
    const reach = network.reach(edit('LRG-S5', { out: 'TOR-B2', in: 'DAB-4' }));
    assert.deepEqual(
      [...reach.entities.keys()],
      ['LRG-S5', 'LRG-CRUDE', 'LRG-S6', 'LRG-DS', 'LRG', 'LRG-DP', 'LRG-QC'],
    );
    assert.deepEqual(pathTo(reach.filings, 'NDA-1'), ['LRG-S5', 'LRG-CRUDE', 'LRG-S6', 'NDA-1']);
    assert.deepEqual(ids(reach.products), ['LRG']);
    assert.deepEqual(ids(reach.sites), ['DAB-4', 'TOR-B2']);
    assert.deepEqual(reach.stages, ['intermediate']);
    assert.equal(reach.through.size, 0);
  });

  it('touches what is put in and taken out, without following it', () => {
    const reach = network.reach(edit('LRG-S5', { out: 'EQ-TOR-CLV1', in: 'EQ-DAB-CLV2' }));
    assert.deepEqual(ids(reach.validations), ['EQ-Q-2', 'PV-LRG-S5', 'PV-LRG-S5-DAB', 'STAB-1']);
    assert.deepEqual(pathTo(reach.validations, 'EQ-Q-2'), ['LRG-S5', 'EQ-DAB-CLV2', 'EQ-Q-2']);
    assert.ok(!reach.entities.has('EQ-DAB-CLV2'));
    assert.deepEqual(ids(reach.sites), ['DAB-4', 'TOR-B2']);
    const added = network.reach(edit('FMOC-LEU', { in: 'SUP-NOVA' }));
    assert.deepEqual(ids(added.sites), ['TOR-B2']);
  });

  it('narrows what is touched directly to the site of the edit', () => {
    const reach = network.reach(edit('LRG-S5', { site: 'DAB-4' }));
    assert.deepEqual(ids(reach.validations), ['PV-LRG-S5-DAB', 'STAB-1']);
    assert.deepEqual(ids(reach.sites), ['DAB-4']);
  });

  it('reaches filings through master files, but not through other applications', () => {
    const reach = network.reach(edit('SPEC-FMOC-LEU'));
    assert.deepEqual(ids(reach.filings), ['DMF-33', 'NDA-1']);
    assert.deepEqual(pathTo(reach.filings, 'NDA-1'), ['SPEC-FMOC-LEU', 'FMOC-LEU', 'DMF-33', 'NDA-1']);
    assert.deepEqual([...reach.through], [['NDA-1', ['DMF-33']]]);
  });

  it('reaches an application through every kind of master file that it refers to, with or without a material', () => {
    for (const type of ['DMF', 'BMF', 'MF', 'ASMF', 'CEP', 'VMF', 'PMF', 'J-MF', 'CADIFA', 'APIMF']) {
      const referring = networkOf(`filings: { APP: { references: [FILE] }, FILE: { type: ${type} } }`);
      assert.deepEqual(ids(referring.reach(edit('FILE')).filings), ['APP', 'FILE'], type);
    }
  });

  it('stays near for sites, utilities, systems, methods and organisations', () => {
    const reached = (id: string) => {
      const reach = network.reach(edit(id));
      return [[...reach.entities.keys()], ids(reach.filings)];
    };
    assert.deepEqual(reached('MTH-HPLC-01'), [['MTH-HPLC-01', 'SPEC-LRG-DS'], ['NDA-1']]);
    assert.deepEqual(reached('UT-WFI-1'), [['UT-WFI-1', 'EQ-TOR-CLV1'], []]);
    assert.deepEqual(reached('SYS-DCS-1'), [['SYS-DCS-1', 'EQ-TOR-CLV1'], []]);
    assert.deepEqual(reached('TOR-B2'), [
      ['TOR-B2', 'EQ-TOR-CLV1', 'LRG-S1', 'LRG-S5', 'LRG-S6', 'SYS-DCS-1', 'UT-WFI-1'],
      ['NDA-1'],
    ]);
    assert.deepEqual(reached('SYNTHEX'), [['SYNTHEX'], ['DMF-33', 'NDA-1']]);
  });

  it('flows from everything else to the product', () => {
    for (const id of ['VIAL-10R', 'SUP-ANKA', 'SPEC-LRG-DS', 'EQ-TOR-CLV1', 'MANNITOL', 'LRG-QC', 'LRG-DP']) {
      const reach = network.reach(edit(id));
      assert.deepEqual(ids(reach.products), ['LRG'], id);
      assert.ok(ids(reach.filings).includes('NDA-1'), id);
    }
    assert.deepEqual(ids(network.reach(edit('LRG')).filings), ['NDA-1']);
    assert.deepEqual(ids(network.reach(edit('PACMP-3')).filings), ['NDA-1']);
    assert.deepEqual(ids(network.reach(edit('NDA-1')).filings), ['NDA-1']);
  });

  it('knows the stages that a subject is about', () => {
    const stages = (id: string) => network.reach(edit(id)).stages;
    assert.deepEqual(stages('LRG-DS'), ['drug-substance']);
    assert.deepEqual(stages('LRG-QC'), ['drug-substance']);
    assert.deepEqual(stages('SPEC-LRG-DS'), ['drug-substance']);
    assert.deepEqual(stages('MTH-HPLC-01'), ['drug-substance']);
    assert.deepEqual(stages('SUP-ANKA'), ['starting-material']);
    assert.deepEqual(stages('VIAL-10R'), ['drug-product']);
    assert.deepEqual(stages('UT-WFI-1'), ['intermediate']);
    assert.deepEqual(stages('TOR-B2'), ['drug-substance', 'intermediate']);
    assert.deepEqual(stages('LRG'), ['drug-product', 'drug-substance']);
    assert.deepEqual(stages('DMF-33'), ['starting-material']);
  });

  it('says where things stand and what feeds them', () => {
    assert.deepEqual(network.sitesOf('LRG-S5'), ['TOR-B2']);
    assert.deepEqual(network.sitesOf('EQ-DAB-CLV2'), ['DAB-4']);
    assert.deepEqual(network.sitesOf('LRG-DS'), ['QC-1', 'TOR-B2']);
    assert.deepEqual(network.sitesOf('SPEC-LRG-DS'), ['QC-1', 'TOR-B2']);
    assert.deepEqual(network.sitesOf('MTH-HPLC-01'), ['QC-1']);
    assert.deepEqual(network.sitesOf('QAG-1'), ['DAB-4']);
    assert.deepEqual(network.sitesOf('LRG'), []);
    assert.deepEqual(network.feeding('LRG-S5', 'equipment'), ['EQ-TOR-CLV1']);
    assert.deepEqual(network.feeding('LRG-DS', 'specification'), ['SPEC-LRG-DS']);
    assert.deepEqual(
      network.validationsOf('LRG-S5').map(({ id }) => id),
      ['PV-LRG-S5', 'PV-LRG-S5-DAB'],
    );
  });

  it('says what flows in and out over one edge', () => {
    assert.deepEqual(network.incoming('LRG-S5'), ['EQ-TOR-CLV1', 'LRG-RESIN', 'TOR-B2']);
    assert.ok(network.outgoing('LRG-S5').includes('LRG-CRUDE'));
    assert.deepEqual(network.outgoing('NOSUCH'), []);
  });

  it('reaches nothing from what the registry does not hold', () => {
    assert.equal(network.reach(edit('LRG-S55')).entities.size, 0);
  });

  it('gives the same reach again without working it out', () => {
    assert.equal(network.reach(edit('LRG-S5')), network.reach(edit('LRG-S5')));
  });
});

describe('network: cycles', () => {
  const SOLVENT = `
materials:
  ACN: { stage: reagent }
  ACN-SPENT: { stage: reagent }
  LRG-DS: { stage: drug-substance, product: LRG }
  OTHER-DS: { stage: drug-substance, product: OTHER }
products: { LRG: {}, OTHER: {} }
steps:
  LRG-S1: { consumes: [ACN], produces: [LRG-DS, ACN-SPENT] }
  RECOVER: { consumes: [ACN-SPENT], produces: [ACN] }
  OTHER-S1: { consumes: [ACN], produces: [OTHER-DS] }
  REWORK: { consumes: [LRG-DS], produces: [LRG-DS] }
filings: { NDA-1: { product: LRG }, NDA-2: { product: OTHER } }
`;
  const network = networkOf(SOLVENT);

  it('stops where a recycled material leaves the product', () => {
    const reach = network.reach(edit('LRG-S1'));
    assert.deepEqual(ids(reach.filings), ['NDA-1']);
    assert.ok(reach.entities.has('ACN-SPENT'));
    assert.ok(!reach.entities.has('RECOVER'));
  });

  it('follows the recycling itself to all who use it', () => {
    assert.deepEqual(ids(network.reach(edit('RECOVER')).filings), ['NDA-1', 'NDA-2']);
    assert.deepEqual(ids(network.reach(edit('ACN')).filings), ['NDA-1', 'NDA-2']);
  });

  it('sees the last material of a product although it is reworked', () => {
    assert.deepEqual(pathTo(network.reach(edit('LRG-DS')).filings, 'NDA-1'), ['LRG-DS', 'LRG', 'NDA-1']);
  });

  it('flows on through an intermediate whose product was left out', () => {
    const gap = networkOf(`
materials: { A: { product: P }, B: {}, C: { product: P } }
products: { P: {} }
steps: { S1: { consumes: [A], produces: [B] }, S2: { consumes: [B], produces: [C] } }
filings: { NDA-1: { product: P } }
`);
    assert.deepEqual(pathTo(gap.reach(edit('A')).filings, 'NDA-1'), [
      'A',
      'S1',
      'B',
      'S2',
      'C',
      'P',
      'NDA-1',
    ]);
  });

  it('does not flow from a tested material to the reagent of the test', () => {
    const lab = networkOf(`
materials: { DS: { product: P }, REAGENT: {}, X: { product: Q } }
products: { P: {}, Q: {} }
steps: { QC: { consumes: [DS, REAGENT] }, QX: { consumes: [X, REAGENT] } }
`);
    assert.deepEqual(ids(lab.reach(edit('DS')).products), ['P']);
    assert.deepEqual(ids(lab.reach(edit('REAGENT')).products), ['P', 'Q']);
  });

  it('does not flow from what is tested, packed or released to what else the same step is done to', () => {
    const plant = networkOf(`
materials: { DS: { product: P }, GRAN: { product: P }, DP: { product: P, packaging: [BLISTER] }, PACKED: { product: P } }
packaging: { BLISTER: {}, CARTON: {} }
products: { P: {} }
steps:
  GRANULATE: { consumes: [DS], produces: [GRAN] }
  PRESS: { consumes: [GRAN], produces: [DP] }
  QC: { consumes: [DS, DP] }
  CARTONING: { consumes: [DP, CARTON] }
filings: { MAA: { product: P, registers: [QC] } }
`);
    const reached = (id: string) => [...plant.reach(edit(id)).entities.keys()].sort();
    assert.deepEqual(reached('GRAN'), ['CARTONING', 'DP', 'GRAN', 'P', 'PRESS', 'QC']);
    assert.deepEqual(reached('CARTON'), ['CARTON', 'CARTONING', 'DP', 'P', 'QC']);
    assert.deepEqual(reached('QC').includes('DS'), true);
    assert.deepEqual(ids(plant.reach(edit('GRAN')).filings), ['MAA']);
  });

  it('does not flow into what is retired', () => {
    const history = networkOf(`
materials: { A: {}, B: { product: P, status: retired } }
products: { P: {} }
steps: { S1: { consumes: [A], produces: [B], status: retired }, S2: { consumes: [A], produces: [B] } }
`);
    assert.deepEqual([...history.reach(edit('A')).entities.keys()], ['A', 'S2']);
  });
});

describe('network: against a plain search', () => {
  it('reaches the same by the same paths on random registries', () => {
    fc.assert(
      fc.property(randomRegistry(), (text) => {
        const registry = registryOf(text);
        const network = buildNetwork(registry);
        for (const id of registry.ids()) {
          const reach = network.reach(edit(id));
          const actual = [...reach.entities.values(), ...reach.filings].map(({ path }) => path.join(' '));
          assert.deepEqual([...new Set(actual)].sort(), plainSearch(registry, id).sort(), `${id} in ${text}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes a chain of five thousand steps', () => {
    const length = 5_000;
    const lines = ['materials:'];
    for (let i = 0; i <= length; i++) lines.push(`  M${i}: { product: P }`);
    lines.push('products: { P: {} }', 'steps:');
    for (let i = 0; i < length; i++) lines.push(`  S${i}: { consumes: [M${i}], produces: [M${i + 1}] }`);
    const reach = networkOf(lines.join('\n')).reach(edit('M0'));
    assert.equal(reach.entities.size, 2 * length + 2);
    assert.equal(reach.products[0]!.path.length, 2 * length + 2);
  });
});

// ---- help ---------------------------------------------------------------------------------------

function registryOf(text: string): Registry {
  return new Registry([readRegistry('registry/all.yaml', text)]);
}

function networkOf(text: string): Network {
  return buildNetwork(registryOf(text));
}

function ids(reached: readonly Reached[]): string[] {
  return reached.map(({ id }) => id);
}

function pathTo(reached: readonly Reached[], id: string): readonly string[] | undefined {
  return reached.find((one) => one.id === id)?.path;
}

function edit(subject: string, change: Partial<Edit> = {}): Edit {
  return {
    key: subject,
    action: 'modify',
    subject,
    subjectKind: null,
    parts: [],
    attribute: '',
    detail: null,
    path: null,
    out: null,
    in: null,
    current: [],
    proposed: [],
    site: null,
    place: { first: 0, last: 0 },
    currentPlace: null,
    proposedPlace: null,
    ...change,
  };
}

/**
 * The contract's edges, read straight off the registry, and the first of the shortest paths found by
 * improving until nothing improves. Every material has a product here, so that nothing leaves one.
 */
function plainSearch(registry: Registry, subject: string): string[] {
  const edges = plainEdges(registry);
  const kind = registry.get(subject)!.kind;
  const near = ['site', 'utility', 'system', 'method', 'organisation'].includes(kind);
  const best = new Map<string, string[]>([[subject, [subject]]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to] of edges) {
      const path = best.get(from);
      if (!path) continue;
      if (near && from !== subject && registry.get(to)!.kind !== 'filing') continue;
      if (isTestOf(registry, path) && registry.get(to)!.kind !== 'filing') continue;
      const next = [...path, to];
      const old = best.get(to);
      const better =
        !old || next.length < old.length || (next.length === old.length && next.join(' ') < old.join(' '));
      if (better) {
        best.set(to, next);
        changed = true;
      }
    }
  }
  return [...best].flatMap(([id, path]) =>
    registry.get(id)!.kind === 'site' && id !== subject ? [] : [path.join(' ')],
  );
}

/** Whether a path ends in a step that makes nothing, which it came to from a material; all of them have a product here. */
function isTestOf(registry: Registry, path: readonly string[]): boolean {
  const [from, step] = path.slice(-2).map((id) => registry.get(id)!);
  if (from?.kind !== 'material' || step?.kind !== 'step') return false;
  return (textsAt(step, 'produces') ?? []).every((id) => !registry.get(id));
}

function plainEdges(registry: Registry): [string, string][] {
  const edges: [string, string][] = [];
  const of = (id: string, attribute: string) =>
    (textsAt(registry.get(id)!, attribute) ?? []).filter((other) => registry.get(other));
  const steps = registry.all('step').map(({ id }) => id);
  for (const id of registry.ids()) {
    const kind = registry.get(id)!.kind;
    const into = (attribute: string) =>
      edges.push(...of(id, attribute).map((from): [string, string] => [from, id]));
    if (kind === 'step') {
      for (const attribute of ['consumes', 'equipment', 'sites']) into(attribute);
      const made = of(id, 'produces');
      edges.push(...(made.length > 0 ? made : of(id, 'consumes')).map((to): [string, string] => [id, to]));
    }
    if (kind === 'material') {
      for (const attribute of ['suppliers', 'specification', 'composition']) into(attribute);
      const taken = steps.some(
        (step) =>
          of(step, 'consumes').includes(id) &&
          of(step, 'produces').some((made) => !leadsTo(registry, made, id)),
      );
      if (!taken) edges.push(...of(id, 'product').map((to): [string, string] => [id, to]));
    }
    if (kind === 'equipment') for (const attribute of ['site', 'utilities']) into(attribute);
    if (kind === 'filing') for (const attribute of ['product', 'material', 'registers']) into(attribute);
    if (kind === 'filing') {
      for (const from of of(id, 'references')) {
        if (of(from, 'material').length > 0) edges.push([from, id]);
      }
    }
  }
  return edges;
}

/** Whether making on from one material comes to another. */
function leadsTo(registry: Registry, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const material of seen) {
    for (const step of registry.all('step')) {
      if (!textsAt(step, 'consumes')?.includes(material)) continue;
      for (const made of textsAt(step, 'produces') ?? []) seen.add(made);
    }
  }
  return seen.has(to);
}

function randomRegistry(): fc.Arbitrary<string> {
  const some = (prefix: string, count: number, max = 2) =>
    fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { maxLength: max }).map((numbers) => {
      return `[${numbers.map((number) => `${prefix}${number}`).join(', ')}]`;
    });
  const section = (name: string, prefix: string, count: number, entry: fc.Arbitrary<string>) =>
    fc.array(entry, { minLength: count, maxLength: count }).map((entries) => {
      return `${name}:\n${entries.map((body, index) => `  ${prefix}${index}: { ${body} }`).join('\n')}`;
    });
  const record = (parts: Record<string, fc.Arbitrary<string>>) =>
    fc.record(parts).map((values) =>
      Object.entries(values)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', '),
    );
  return fc
    .tuple(
      section('products', 'P', 2, fc.constant('sterile: true')),
      section('sites', 'SITE', 2, fc.constant('country: IN')),
      section('suppliers', 'SUP', 2, fc.constant('country: IN')),
      section('utilities', 'UT', 2, fc.constant('kind: steam')),
      section('specifications', 'SPEC', 2, fc.constant('tests: {}')),
      section(
        'materials',
        'M',
        6,
        record({ product: fc.constant('[P0]'), suppliers: some('SUP', 2), specification: some('SPEC', 2) }),
      ),
      section(
        'steps',
        'S',
        6,
        record({
          sites: some('SITE', 2),
          consumes: some('M', 6),
          produces: some('M', 6),
          equipment: some('EQ', 3),
        }),
      ),
      section(
        'equipment',
        'EQ',
        3,
        record({ site: fc.constantFrom('SITE0', 'SITE1'), utilities: some('UT', 2) }),
      ),
      section(
        'filings',
        'F',
        4,
        record({
          product: some('P', 2, 1),
          material: some('M', 6, 1),
          registers: some('S', 6),
          references: some('F', 4),
        }),
      ),
    )
    .map((sections) => sections.join('\n'));
}
