import assert from 'node:assert/strict';
import { readRegistry } from '../registry/read.js';
import { Registry } from '../registry/registry.js';
import { parseChange } from '../syntax/parser.js';
import { spanOf } from '../syntax/tree.js';
import { type Overlay, overlayOf } from './current.js';
import type { Edit } from './edit.js';
import { editsOf } from './edits.js';
import { type ChangeRecord, nodeOf, recordsOf } from './record.js';
import { RELATIONS } from './relations.js';

const REGISTRY = registryOf(`
organisations: { NOVARA: { role: sponsor }, SYNTHEX: { role: cdmo } }
sites: { DAB-4: { organisation: SYNTHEX, country: IN }, TOR-B2: { organisation: NOVARA, country: US } }
products: { LRG: { modality: peptide, sterile: true } }
materials:
  FMOC-LEU: { stage: starting-material, suppliers: [SUP-ANKA], specification: SPEC-FMOC-LEU }
  LRG-CRUDE: { stage: intermediate, product: LRG }
  LRG-DS: { stage: drug-substance, product: LRG, specification: SPEC-LRG-DS, shelf-life: 24 months, storage: "-20 °C" }
  LRG-DP: { stage: drug-product, product: LRG, packaging: [VIAL-10R], composition: { LRG-DS: 0.6 %, MANNITOL: { share: 4.2 %, function: tonicity-agent } } }
  MANNITOL: { stage: excipient }
  TREHALOSE: { stage: excipient }
  SILENT: { stage: reagent }
steps:
  LRG-S5:
    activity: peptide-synthesis
    sites: [TOR-B2]
    consumes: [FMOC-LEU]
    produces: [LRG-CRUDE]
    equipment: [EQ-TOR-CLV1]
    parameters:
      batch-size: { value: 50 kg, at: { DAB-4: 120 kg } }
      cleavage-temperature: { value: 20..25 °C, critical: true }
  LRG-S6: { sites: [TOR-B2, DAB-4], consumes: [LRG-CRUDE], produces: [LRG-DS], parameters: { batch-size: { value: 10 kg, at: { DAB-4: 12 kg } } } }
equipment:
  EQ-TOR-CLV1: { site: TOR-B2, class: reactor, capacity: 400 L, utilities: [UT-WFI-1], cleaning: { agent: NaOH } }
  EQ-DAB-CLV2: { site: DAB-4, status: proposed }
  EQ-OLD: { site: TOR-B2, status: retired }
utilities: { UT-WFI-1: { site: TOR-B2, kind: water-for-injection }, UT-WFI-2: { site: DAB-4 } }
systems: { SYS-DCS-1: { site: TOR-B2, kind: process-control } }
suppliers: { SUP-ANKA: { country: CN }, SUP-NOVA: { country: DE }, SUP-GONE: { status: retired } }
packaging: { VIAL-10R: { kind: vial }, VIAL-20R: { kind: vial } }
methods: { MTH-HPLC-01: { technique: RP-HPLC }, MTH-HPLC-02: {}, MTH-GC-9: {} }
specifications:
  SPEC-LRG-DS: { tests: { assay: { limit: 95.0..102.0 %, method: MTH-HPLC-01 }, water: NMT 5.0 % } }
  SPEC-FMOC-LEU: { tests: {} }
validations: { PV-LRG-S5: { kind: process, covers: [LRG-S5], site: TOR-B2 }, MV-LRG-01: { kind: method } }
filings: { NDA-215866: { market: US, type: NDA, product: LRG, holder: NOVARA }, DMF-33: { market: US, type: DMF } }
protocols: { PACMP-3: { filing: NDA-215866 }, PACMP-4: {} }
agreements: { QAG-12: { between: [NOVARA], sites: [TOR-B2] } }
`);

describe('model: edits', () => {
  it("lowers the contract's example", () => {
    const { edits, problems } = lower(`
      transfer LRG-S5 from TOR-B2 to DAB-4
      modify LRG-S5 at DAB-4 {
        batch-size: 50 kg -> 120 kg
        cleavage-temperature: 20..25 °C -> 18..27 °C
      }
      replace EQ-TOR-CLV1 with EQ-DAB-CLV2 in LRG-S5
      add SUP-NOVA to FMOC-LEU
      modify SPEC-LRG-DS {
        assay.limit: 95.0..102.0 % -> 97.0..102.0 %
        ndma.limit: none -> NMT 0.03 ppm
        ndma.method: none -> MTH-GC-9
      }
    `);
    assert.deepEqual(problems, []);
    assert.deepEqual(edits.map(summary), [
      'LRG-S5:TOR-B2>DAB-4 replace site,sites of step',
      'LRG-S5.batch-size@DAB-4 modify parameter,batch-size of step',
      'LRG-S5.cleavage-temperature@DAB-4 modify parameter,cleavage-temperature of step',
      'LRG-S5:EQ-TOR-CLV1>EQ-DAB-CLV2 replace equipment of step',
      'FMOC-LEU:>SUP-NOVA add supplier,suppliers of material',
      'SPEC-LRG-DS.assay.limit modify test,assay,limit of specification',
      'SPEC-LRG-DS.ndma add test,ndma of specification',
    ]);
    const ndma = edits.at(-1)!;
    assert.equal(ndma.in, 'MTH-GC-9');
    assert.deepEqual(
      ndma.proposed.map(({ text }) => text),
      ['NMT 0.03 ppm'],
    );
    assert.deepEqual(ndma.path, ['tests', 'ndma']);
    assert.deepEqual(
      ndma.lines?.map(({ path }) => path),
      ['ndma.limit', 'ndma.method'],
    );
  });

  const LOWERED: readonly [statement: string, ...edits: string[]][] = [
    [
      'modify SPEC-LRG-DS { assay: 95.0..102.0 % -> 97.0..102.0 % }',
      'SPEC-LRG-DS.assay.limit modify test,assay,limit of specification',
    ],
    [
      'modify SPEC-LRG-DS { water: NMT 5.0 % -> none }',
      'SPEC-LRG-DS.water remove test,water of specification',
    ],
    [
      'modify SPEC-LRG-DS { assay.limit: 95.0..102.0 % -> none assay.method: MTH-HPLC-01 -> none }',
      'SPEC-LRG-DS.assay remove test,assay of specification MTH-HPLC-01>',
    ],
    [
      'modify SPEC-LRG-DS { water.method: none -> MTH-GC-9 }',
      'SPEC-LRG-DS.water.method modify test,water,method of specification >MTH-GC-9',
    ],
    [
      'modify SPEC-LRG-DS { assay.method: MTH-HPLC-01 -> MTH-HPLC-02 }',
      'SPEC-LRG-DS.assay.method modify test,assay,method of specification MTH-HPLC-01>MTH-HPLC-02',
    ],
    [
      'modify LRG-DP { MANNITOL: 4.2 % -> 5.0 % }',
      'LRG-DP.MANNITOL.share modify component,MANNITOL,share of material',
    ],
    [
      'modify LRG-DP { MANNITOL.function: tonicity-agent -> filler }',
      'LRG-DP.MANNITOL.function modify component,MANNITOL,function of material',
    ],
    [
      'modify LRG-DP { TREHALOSE.share: none -> 2 % TREHALOSE.function: none -> filler }',
      'LRG-DP.TREHALOSE add component,TREHALOSE of material >TREHALOSE',
    ],
    [
      'modify LRG-DP { MANNITOL: 4.2 % -> none }',
      'LRG-DP.MANNITOL remove component,MANNITOL of material MANNITOL>',
    ],
    ['modify LRG-S5 { stirring: none -> 60 min }', 'LRG-S5.stirring add parameter,stirring of step'],
    ['modify LRG-S5 { batch-size: 50 kg -> none }', 'LRG-S5.batch-size remove parameter,batch-size of step'],
    [
      'modify LRG-S5 { cleavage-temperature.critical: true -> false }',
      'LRG-S5.cleavage-temperature.critical modify parameter,cleavage-temperature,critical of step',
    ],
    [
      'modify LRG-DS { storage: "-20 °C" -> "5 °C" shelf-life: 24 months -> 36 months }',
      'LRG-DS.storage modify storage of material',
      'LRG-DS.shelf-life modify shelf-life of material',
    ],
    [
      'modify LRG-DS { specification: SPEC-LRG-DS -> SPEC-FMOC-LEU }',
      'LRG-DS.specification modify specification of material SPEC-LRG-DS>SPEC-FMOC-LEU',
    ],
    [
      'modify LRG-CRUDE { specification: none -> SPEC-LRG-DS }',
      'LRG-CRUDE.specification add specification of material >SPEC-LRG-DS',
    ],
    [
      'modify NDA-215866 { holder: NOVARA -> SYNTHEX }',
      'NDA-215866.holder modify organisation,holder of filing NOVARA>SYNTHEX',
    ],
    ['modify LRG-S5 { sites: TOR-B2 -> DAB-4 }', 'LRG-S5.sites replace site,sites of step TOR-B2>DAB-4'],
    [
      'modify FMOC-LEU { suppliers: SUP-ANKA -> SUP-ANKA, SUP-NOVA }',
      'FMOC-LEU.suppliers add supplier,suppliers of material >SUP-NOVA',
    ],
    [
      'modify LRG-S6 { sites: TOR-B2, DAB-4 -> none }',
      'LRG-S6:TOR-B2> remove site,sites of step TOR-B2>',
      'LRG-S6:DAB-4> remove site,sites of step DAB-4>',
    ],
    [
      'modify EQ-TOR-CLV1 { cleaning.agent: NaOH -> KOH }',
      'EQ-TOR-CLV1.cleaning.agent modify cleaning,cleaning.agent of equipment',
    ],
    ['modify DAB-4 { x-wing: none -> north }', 'DAB-4.x-wing add x-wing of site'],
    [
      'modify LRG-S6 at TOR-B2, DAB-4 { stirring: none -> 1 h }',
      'LRG-S6.stirring@TOR-B2 add parameter,stirring of step',
      'LRG-S6.stirring@DAB-4 add parameter,stirring of step',
    ],
    [
      'modify LRG-S6 at DAB-4 { batch-size: 12 kg -> 15 kg }',
      'LRG-S6.batch-size@DAB-4 modify parameter,batch-size of step',
    ],
    ['modify LRG-S6 { batch-size: 10 kg -> 15 kg }', 'LRG-S6.batch-size modify parameter,batch-size of step'],
    [
      'add TREHALOSE, MANNITOL to LRG-S5',
      'LRG-S5:>TREHALOSE add material,consumes of step >TREHALOSE',
      'LRG-S5:>MANNITOL add material,consumes of step >MANNITOL',
    ],
    ['remove LRG-CRUDE from LRG-S5', 'LRG-S5:LRG-CRUDE> remove material,produces of step LRG-CRUDE>'],
    ['remove VIAL-10R from LRG-DP', 'LRG-DP:VIAL-10R> remove packaging of material VIAL-10R>'],
    [
      'replace MANNITOL with TREHALOSE in LRG-DP',
      'LRG-DP:MANNITOL>TREHALOSE replace component,TREHALOSE of material MANNITOL>TREHALOSE',
    ],
    [
      'replace MTH-HPLC-01 with MTH-HPLC-02 in SPEC-LRG-DS',
      'SPEC-LRG-DS:MTH-HPLC-01>MTH-HPLC-02 replace method,tests of specification MTH-HPLC-01>MTH-HPLC-02',
    ],
    [
      'replace NOVARA with SYNTHEX in NDA-215866',
      'NDA-215866:NOVARA>SYNTHEX replace organisation,holder of filing NOVARA>SYNTHEX',
    ],
    [
      'transfer EQ-TOR-CLV1 from TOR-B2 to DAB-4',
      'EQ-TOR-CLV1:TOR-B2>DAB-4 replace site of equipment TOR-B2>DAB-4',
    ],
    ['add PACMP-4 to NDA-215866', 'NDA-215866:>PACMP-4 add protocol,protocols of filing >PACMP-4'],
    ['remove LRG-S6 from LRG-DS', 'LRG-DS:LRG-S6> remove step,steps of material LRG-S6>'],
  ];
  for (const [statement, ...expected] of LOWERED) {
    it(statement, () => {
      const { edits, problems } = lower(statement);
      assert.deepEqual(problems, []);
      const actual = edits.map((edit) => {
        const parts = edit.out === null && edit.in === null ? '' : ` ${edit.out ?? ''}>${edit.in ?? ''}`;
        return summary(edit) + parts;
      });
      assert.deepEqual(actual, expected);
    });
  }

  it('knows a part for every relation', () => {
    const one: Record<string, string> = {
      organisation: 'SYNTHEX',
      site: 'DAB-4',
      product: 'LRG',
      material: 'SILENT',
      step: 'LRG-S6',
      equipment: 'EQ-DAB-CLV2',
      utility: 'UT-WFI-2',
      system: 'SYS-DCS-1',
      supplier: 'SUP-NOVA',
      packaging: 'VIAL-20R',
      method: 'MTH-GC-9',
      specification: 'SPEC-FMOC-LEU',
      filing: 'DMF-33',
      protocol: 'PACMP-4',
      agreement: 'QAG-12',
    };
    const subjects: Record<string, string> = {
      ...one,
      step: 'LRG-S5',
      material: 'MANNITOL',
      packaging: 'VIAL-10R',
      specification: 'SPEC-LRG-DS',
      filing: 'NDA-215866',
      equipment: 'EQ-DAB-CLV2',
      site: 'TOR-B2',
    };
    for (const { part, of, word, held } of RELATIONS) {
      if (held === 'tests') continue;
      const { edits } = lower(`add ${one[part]} to ${subjects[of]}`);
      assert.equal(edits.length, 1, `${part} of ${of}`);
      assert.equal(edits[0]!.parts[0], word);
      assert.equal(edits[0]!.action, 'add');
    }
  });
});

describe('model: problems', () => {
  const PROBLEMS: readonly [
    statement: string,
    code: string,
    marked: string,
    message: RegExp,
    replacement?: string,
  ][] = [
    [
      'add SUP-NOVAA to FMOC-LEU',
      'record/unknown-reference',
      'SUP-NOVAA',
      /nothing named SUP-NOVAA; did you mean SUP-NOVA\?/,
      'SUP-NOVA',
    ],
    ['add SUP-NOVA to FMOC-LEV', 'record/unknown-reference', 'FMOC-LEV', /did you mean FMOC-LEU/, 'FMOC-LEU'],
    [
      'transfer LRG-S5 from TOR-B2 to LRG-DS',
      'record/unknown-reference',
      'LRG-DS',
      /^LRG-DS is a material; expected a site after `to`$/,
    ],
    [
      'transfer LRG-DS from TOR-B2 to DAB-4',
      'record/unknown-reference',
      'LRG-DS',
      /no site of its own: transfer LRG-S6, which makes it/,
    ],
    [
      'add SUP-NOVA to DAB-4',
      'record/unknown-reference',
      'SUP-NOVA',
      /a supplier can't be added to a site; a site has an organisation/,
    ],
    [
      'add MTH-GC-9 to SPEC-LRG-DS',
      'record/unknown-reference',
      'MTH-GC-9',
      /belongs to a test.*modify SPEC-LRG-DS/,
    ],
    [
      'replace SUP-ANKA with DAB-4 in FMOC-LEU',
      'record/unknown-reference',
      'DAB-4',
      /SUP-ANKA is a supplier and DAB-4 is a site: put a supplier in its place/,
    ],
    ['add SUP-GONE to FMOC-LEU', 'record/unknown-reference', 'SUP-GONE', /SUP-GONE is retired/],
    ['modify EQ-OLD { class: none -> reactor }', 'record/unknown-reference', 'EQ-OLD', /retired/],
    [
      'transfer LRG-S5 from DAB-4 to DAB-4',
      'record/stale-value',
      'DAB-4',
      /^LRG-S5 is not done at DAB-4; the registry says TOR-B2$/,
      'TOR-B2',
    ],
    ['add SUP-ANKA to FMOC-LEU', 'record/stale-value', 'SUP-ANKA', /already a supplier of FMOC-LEU/],
    [
      'remove SUP-NOVA from FMOC-LEU',
      'record/stale-value',
      'SUP-NOVA',
      /not a supplier of FMOC-LEU; the registry says SUP-ANKA/,
      'SUP-ANKA',
    ],
    ['remove SUP-ANKA from SILENT', 'record/stale-value', 'SUP-ANKA', /doesn't say which it has/],
    [
      'modify LRG-S5 { batch-size: 60 kg -> 120 kg }',
      'record/stale-value',
      '60 kg',
      /`batch-size` of LRG-S5 is 50 kg in the registry, not 60 kg/,
      '50 kg',
    ],
    [
      'modify SPEC-LRG-DS { assay: none -> NLT 97 % }',
      'record/stale-value',
      'none',
      /is 95.0..102.0 % in the registry, not none/,
      '95.0..102.0 %',
    ],
    [
      'modify LRG-DS { imprint: "A" -> "B" }',
      'record/stale-value',
      '"A"',
      /the registry has no `imprint` of LRG-DS, not A/,
      'none',
    ],
    [
      'modify SILENT { storage: "5 °C" -> "2 °C" }',
      'record/stale-value',
      '"5 °C"',
      /registry has no `storage` of SILENT/,
      'none',
    ],
    [
      'modify LRG-S5 { bach-size: 50 kg -> 120 kg }',
      'record/unknown-reference',
      'bach-size',
      /no attribute or parameter bach-size; did you mean batch-size\?/,
      'batch-size',
    ],
    [
      'modify SPEC-LRG-DS { asay: NMT 1 % -> NMT 2 % }',
      'record/unknown-reference',
      'asay',
      /did you mean assay\?/,
      'assay',
    ],
    [
      'modify DAB-4 { countri: IN -> US }',
      'record/unknown-reference',
      'countri',
      /no attribute countri; did you mean country/,
      'country',
    ],
    [
      'modify LRG-DP { MANITOL: 4.2 % -> 5 % }',
      'record/unknown-reference',
      'MANITOL',
      /did you mean MANNITOL/,
      'MANNITOL',
    ],
    [
      'modify LRG-DP { SUCROSE: none -> 5 % }',
      'record/unknown-reference',
      'SUCROSE',
      /no a material named SUCROSE|no material named SUCROSE/,
    ],
    [
      'modify LRG-S5 { batch-size: 50 kg -> 120 L }',
      'record/unit-mismatch',
      '120 L',
      /50 kg \(mass\) and 120 L \(volume\)/,
    ],
    [
      'modify LRG-S5 { batch-size: 50 L -> 120 L }',
      'record/unit-mismatch',
      '50 L',
      /50 L \(volume\) and 50 kg \(mass\)/,
      '50 kg',
    ],
    [
      'modify SPEC-LRG-DS { assay.method: MTH-HPLC-01 -> MTH-GC-99 }',
      'record/unknown-reference',
      'MTH-GC-99',
      /no method named MTH-GC-99; did you mean MTH-GC-9/,
      'MTH-GC-9',
    ],
    [
      'modify LRG-DS { specification: SPEC-LRG-DS -> DAB-4 }',
      'record/unknown-reference',
      'DAB-4',
      /DAB-4 is a site; expected a specification/,
    ],
    [
      'modify LRG-S5 at DAB-4 { stirring: none -> 1 h }',
      'record/stale-value',
      'DAB-4',
      /LRG-S5 is not at DAB-4; the registry says TOR-B2/,
    ],
    [
      'modify LRG-S5 at LRG-DS { batch-size: 50 kg -> 60 kg }',
      'record/unknown-reference',
      'LRG-DS',
      /expected a site after `at`/,
    ],
    [
      'modify LRG-S5 { batch-size: 50 kg -> 60 kg batch-size: 50 kg -> 70 kg }',
      'record/duplicate-edit',
      'batch-size: 50 kg -> 70 kg',
      /LRG-S5.batch-size is proposed twice/,
    ],
    [
      'revalidate PV-LRG-S6',
      'record/unknown-reference',
      'PV-LRG-S6',
      /no validation named PV-LRG-S6; did you mean PV-LRG-S5/,
      'PV-LRG-S5',
    ],
    [
      'revalidate LRG-S5',
      'record/unknown-reference',
      'LRG-S5',
      /LRG-S5 is a step; expected a validation here \(or `new KIND of SUBJECT`\)/,
    ],
    [
      'revalidate new clening of EQ-TOR-CLV1',
      'record/unknown-reference',
      'clening',
      /did you mean cleaning/,
      'cleaning',
    ],
    [
      'revalidate new cleaning of EQ-TOR-CLV',
      'record/unknown-reference',
      'EQ-TOR-CLV',
      /did you mean EQ-TOR-CLV1/,
      'EQ-TOR-CLV1',
    ],
    [
      'unaffected MV-LRG-02 at TOR-B3 because "x"',
      'record/unknown-reference',
      'MV-LRG-02',
      /did you mean MV-LRG-01/,
      'MV-LRG-01',
    ],
    ['file NDA-21586 as PAS', 'record/unknown-reference', 'NDA-21586', /no filing named/, 'NDA-215866'],
    [
      'file NDA-215866 as PAS for LRG-S9',
      'record/unknown-reference',
      'LRG-S9',
      /nothing in the registry or among the edits/,
      'LRG-S5',
    ],
    [
      'implement DAB-4 on 2027-01-01',
      'record/unknown-reference',
      'DAB-4',
      /expected a filing after `implement`/,
    ],
    ['notify NOVAR', 'record/unknown-reference', 'NOVAR', /did you mean NOVARA/, 'NOVARA'],
    [
      'approval LRG',
      'record/unknown-reference',
      'LRG',
      /expected a filing or an organisation after `approval`/,
    ],
    ['expect PAS for NDA-21586', 'record/unknown-reference', 'NDA-21586', /no filing named/, 'NDA-215866'],
    [
      'expect revalidate PV-LRG-S6',
      'record/unknown-reference',
      'PV-LRG-S6',
      /no validation named/,
      'PV-LRG-S5',
    ],
  ];
  for (const [statement, code, marked, message, replacement] of PROBLEMS) {
    it(statement, () => {
      const { problems, textOf } = lower(statement);
      const problem = problems[0];
      assert.ok(problem, 'no problem');
      assert.equal(problem.code, code);
      assert.equal(textOf(problem.place), marked);
      assert.match(problem.message, message);
      if (replacement !== undefined) assert.equal(problem.replacement, replacement);
    });
  }

  it('reports one problem for one fault', () => {
    for (const statement of [PROBLEMS[13]![0], PROBLEMS[17]![0], PROBLEMS[22]![0], PROBLEMS[23]![0]]) {
      assert.equal(lower(statement).problems.length, 1, statement);
    }
  });

  it('lets answers name the edits of the record', () => {
    const { problems } = lower(`
      modify LRG-S6 at DAB-4 { batch-size: 12 kg -> 15 kg }
      file NDA-215866 as PAS for LRG-S6.batch-size, "LRG-S6.batch-size@DAB-4", LRG-S6
      confirm inspected for DAB-4 because "x"
    `);
    assert.deepEqual(problems, []);
  });
});

describe('model: left values by status', () => {
  const OLD_AND_NEW = [
    'modify LRG-S5 { batch-size: 40 kg -> 50 kg }',
    'add SUP-ANKA to FMOC-LEU',
    'transfer LRG-S6 from DAB-4 to TOR-B2',
    'modify SPEC-LRG-DS { water: none -> NMT 5.0 % }',
    'modify SPEC-LRG-DS { ash: NMT 1 % -> none }',
    'remove SUP-NOVA from FMOC-LEU',
  ];

  it('accepts the new value while the change is put in place', () => {
    for (const statement of OLD_AND_NEW) {
      assert.notDeepEqual(lower(statement, 'assessing').problems, [], statement);
      assert.deepEqual(lower(statement, 'implementing').problems, [], statement);
      assert.deepEqual(lower(statement, 'verifying').problems, [], statement);
    }
  });

  it('keeps the edit what it was once the registry shows it', () => {
    const added = lower(
      'modify SPEC-LRG-DS { assay.limit: none -> 95.0..102.0 % assay.method: none -> MTH-HPLC-01 }',
      'verifying',
    );
    assert.deepEqual(added.edits.map(summary), ['SPEC-LRG-DS.assay add test,assay of specification']);
    const removed = lower('modify SPEC-LRG-DS { ash: NMT 1 % -> none }', 'verifying');
    assert.deepEqual(removed.edits.map(summary), ['SPEC-LRG-DS.ash remove test,ash of specification']);
  });

  it('refuses what is neither old nor new', () => {
    const { problems } = lower('modify LRG-S5 { batch-size: 40 kg -> 60 kg }', 'implementing');
    assert.match(problems[0]!.message, /neither the old value 40 kg nor the new one/);
  });

  it('holds nothing against evidence', () => {
    for (const status of ['closed', 'rejected', 'cancelled']) {
      const { edits, problems } = lower(
        'modify GONE { batch-size: 1 kg -> 2 kg } add NOBODY to FMOC-LEU revalidate NOTHING',
        status,
      );
      assert.deepEqual(problems, []);
      assert.deepEqual(
        edits.map(({ key, subjectKind }) => [key, subjectKind]),
        [['GONE.batch-size', null]],
      );
    }
  });

  it('reads left values on top of the record named by `after`', () => {
    const before = lower(`
      transfer LRG-S5 from TOR-B2 to DAB-4
      modify LRG-S5 { batch-size: 50 kg -> 60 kg }
      modify SPEC-LRG-DS { ndma.limit: none -> NMT 0.03 ppm water: NMT 5.0 % -> none }
      modify LRG-S6 at DAB-4 { batch-size: 12 kg -> 14 kg }
    `);
    const after = `
      transfer LRG-S5 from DAB-4 to TOR-B2
      modify LRG-S5 { batch-size: 60 kg -> 70 kg }
      modify SPEC-LRG-DS { ndma.limit: NMT 0.03 ppm -> NMT 0.02 ppm water: none -> NMT 4.0 % }
      modify LRG-S6 at DAB-4 { batch-size: 14 kg -> 15 kg }
      modify LRG-S6 { batch-size: 10 kg -> 11 kg }
    `;
    const overlay = overlayOf(REGISTRY, before.edits);
    const { edits, problems } = lower(after, 'assessing', overlay);
    assert.deepEqual(problems, []);
    assert.ok(edits.map(summary).includes('SPEC-LRG-DS.water add test,water of specification'));
    assert.equal(lower(after).problems.length, 5);
  });
});

describe('model: records', () => {
  it('reads the fields and sorts the statements', () => {
    const record = recordOf(`change CC-1 "Title" {
      status: implementing raised: 2026-10-02 implement: 2027-11-01 until: 2028-01-01
      after: CC-0 parent: GC-1 class: major urgency: emergency status: draft x-note: "free"
      add SUP-NOVA to FMOC-LEU
      notify NOVARA
      expect no us-drugs/314.70.b.1
    }`).record;
    assert.deepEqual(
      [record.id, record.title, record.status, record.after, record.parent, record.class, record.urgency],
      ['CC-1', 'Title', 'implementing', 'CC-0', 'GC-1', 'major', 'emergency'],
    );
    assert.deepEqual([record.edits.length, record.answers.length, record.expects.length], [1, 1, 1]);
    assert.equal(record.implement! - record.raised!, 395);
    assert.ok(record.until! > record.implement!);
  });

  it('gives equal edits and places wherever the record stands in its file', () => {
    const text = 'change CC-2 { status: draft modify LRG-S5 { batch-size: 60 kg -> 70 kg } }';
    const moved = recordsOf('a.change', parseChange(`change CC-1 { status: draft }\n// moved\n${text}`))[1]!;
    const alone = recordOf(text).record;
    assert.deepEqual(editsOf(moved, REGISTRY), editsOf(alone, REGISTRY));
  });

  it('survives what is half written', () => {
    for (const body of [
      'transfer LRG-S5 from',
      'add to',
      'modify',
      'modify LRG-S5 { batch-size: }',
      'modify LRG-S5 { batch-size: 50 kg -> }',
      'replace with in',
      'revalidate new of',
      'status:',
    ]) {
      editsOf(recordOf(`change { ${body}`).record, REGISTRY);
    }
  });
});

// ---- help ---------------------------------------------------------------------------------------

function registryOf(text: string): Registry {
  return new Registry([readRegistry('registry/all.yaml', text)]);
}

function recordOf(text: string): { record: ChangeRecord; tree: ReturnType<typeof parseChange> } {
  const tree = parseChange(text);
  return { record: recordsOf('a.change', tree)[0]!, tree };
}

function lower(body: string, status = 'assessing', overlay?: Overlay) {
  const { record, tree } = recordOf(`change CC-1 "t" {\n status: ${status}\n ${body}\n}`);
  assert.deepEqual(tree.faults, []);
  const textOf = (place: { first: number; last: number }) => {
    const { start, end } = spanOf(tree.tokens, nodeOf(record, place));
    return tree.text.slice(start, end);
  };
  return { ...editsOf(record, REGISTRY, overlay), textOf };
}

function summary(edit: Edit): string {
  return `${edit.key} ${edit.action} ${edit.parts.join(',')} of ${edit.subjectKind}`;
}
