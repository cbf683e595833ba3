import assert from 'node:assert/strict';
import { analyseText, obligations, type TestCase } from './testing.js';

const REGISTRY = `
sites: { A: {}, B: {}, C: {} }
products: { P: {}, Q: {} }
materials:
  L: { stage: starting-material, suppliers: [SUP], specification: SPEC }
  I: { stage: intermediate, product: P }
  M: { stage: drug-substance, product: P }
  N: { stage: drug-substance, product: Q }
steps:
  S: { sites: [A], consumes: [L], produces: [I], equipment: [EQ-A], parameters: { size: 5 kg, time: 5 h } }
  S2: { sites: [A], consumes: [I], produces: [M] }
  T: { sites: [A, C], produces: [N], parameters: { size: 5 kg } }
equipment:
  EQ-A: { site: A, systems: [SYS] }
  EQ-B: { site: B, status: proposed }
systems: { SYS: { site: A } }
suppliers: { SUP: {}, SUP-2: { status: proposed } }
methods: { MTH: {}, MTH-2: {} }
specifications: { SPEC: { tests: { assay: { limit: NLT 98.0 %, method: MTH }, water: { limit: NMT 1 %, method: MTH-2 } } } }
validations:
  PV-S: { kind: process, covers: [S], site: A }
  PV-S2: { kind: process, covers: [S2], site: A }
  PV-T-A: { kind: process, covers: [T], site: A }
  PV-T-C: { kind: process, covers: [T], site: C }
  OLD: { kind: process, covers: [S], site: B, status: withdrawn }
  CV-B1: { kind: cleaning, covers: [EQ-B], site: B }
  CV-B2: { kind: cleaning, covers: [EQ-B], site: B }
  CV-A: { kind: cleaning, covers: [EQ-A], site: A }
  QU-A: { kind: equipment-qualification, covers: [EQ-A], site: A }
  STAB: { kind: stability, covers: [P] }
  MV: { kind: method, covers: [MTH] }
  MV-2: { kind: method, covers: [MTH-2] }
  SYSV: { kind: computerised-system, covers: [SYS], site: A }
`;

const MOVE = 'transfer S from A to B';
const SIZE = 'modify S { size: 5 kg -> 6 kg }';
const rule = (on: string, body: string, name = 'r'): string =>
  `rule ${name} "${name}" { on ${on} ${body} cite "x" basis official }\n`;

/** What is owed by rules of a pack that holds in every market. */
function owed(rules: string, record: string, more: Partial<TestCase> = {}): readonly string[] {
  return obligations({ registry: REGISTRY, rules: `pack g "G" {}\n${rules}`, record, ...more });
}

/** The same without state and rule, for one clause on a triggering edit. */
function targets(clause: string, record: string, on = 'any edit'): readonly string[] {
  return owed(rule(on, clause), record).map((line) => line.replace(/ unmet by g\/r$/, ''));
}

describe('duties of several rules', () => {
  const condition = 'condition quick "Is it quick?" {}\n';

  it('are owed for certain where the rules leave no case out', () => {
    const either =
      rule('any edit', 'when quick revalidate process direct', 'a') +
      rule('any edit', 'when not quick revalidate process direct', 'b');
    assert.deepEqual(owed(either + condition, SIZE), ['revalidation PV-S@A unmet by (g/a), (g/b)']);
  });

  it('are not owed where no answer brings them about', () => {
    const never = rule('any edit', 'when quick and not quick revalidate process direct');
    assert.deepEqual(owed(never + condition, SIZE), []);
  });
});

describe('direct duties', () => {
  it('about a site that is put in are at that site alone', () => {
    assert.deepEqual(
      targets('revalidate facility-qualification direct', 'add B, C to S', 'add site of step'),
      ['revalidation new:facility-qualification:B@B', 'revalidation new:facility-qualification:C@C'],
    );
  });

  it('are about the validations of the subject, those that were withdrawn left out', () => {
    assert.deepEqual(targets('revalidate process direct', SIZE), ['revalidation PV-S@A']);
    assert.deepEqual(targets('revalidate process', SIZE), ['revalidation PV-S@A']);
    assert.deepEqual(targets('revalidate process', 'modify T { size: 5 kg -> 6 kg }'), [
      'revalidation PV-T-A@A',
      'revalidation PV-T-C@C',
    ]);
  });

  it('are about a new one at the sites of the subject where there is none', () => {
    assert.deepEqual(targets('assess hold-time', SIZE), ['assessment new:hold-time:S@A']);
    assert.deepEqual(targets('assess hold-time', 'modify T { size: 5 kg -> 6 kg }'), [
      'assessment new:hold-time:T@A',
      'assessment new:hold-time:T@C',
    ]);
  });

  it('are narrowed to one site by `at`', () => {
    assert.deepEqual(targets('revalidate process', 'modify T at C { size: 5 kg -> 6 kg }'), [
      'revalidation PV-T-C@C',
    ]);
    assert.deepEqual(targets('assess hold-time', 'modify T at C { size: 5 kg -> 6 kg }'), [
      'assessment new:hold-time:T@C',
    ]);
  });

  it('are about the qualification of the part put in, or a new one where that stands', () => {
    const swap = 'replace EQ-A with EQ-B in S';
    assert.deepEqual(targets('revalidate equipment-qualification', swap), [
      'revalidation new:equipment-qualification:EQ-B@B',
    ]);
    assert.deepEqual(targets('revalidate cleaning', swap), ['revalidation CV-B1@B', 'revalidation CV-B2@B']);
    assert.deepEqual(targets('revalidate supplier-qualification', 'add SUP-2 to L'), [
      'revalidation new:supplier-qualification:SUP-2@A',
    ]);
  });

  it('are about the entities of the kind that feed the subject', () => {
    assert.deepEqual(targets('revalidate equipment-qualification', SIZE), ['revalidation QU-A@A']);
    assert.deepEqual(targets('revalidate computerised-system', 'modify EQ-A { capacity: none -> 10 L }'), [
      'revalidation SYSV@A',
    ]);
  });

  it('are about what feeds the subject after the edit', () => {
    const both = `replace EQ-A with EQ-B in S ${SIZE}`;
    assert.deepEqual(targets('revalidate cleaning', both, 'modify size of step'), [
      'revalidation CV-B1@B',
      'revalidation CV-B2@B',
    ]);
  });

  it('are about the method of the test alone that an edit changes', () => {
    assert.deepEqual(targets('assess method', 'modify SPEC { assay.limit: NLT 98.0 % -> NLT 97.0 % }'), [
      'assessment MV',
    ]);
  });
});

describe('direct duties for what no validation covers itself', () => {
  it('are about a new one, whatever the steps behind it have', () => {
    for (const scope of ['', ' direct'])
      for (const [kind, record, target] of [
        ['process', 'modify M { storage: none -> 2..8 °C }', 'M'],
        ['cleaning', 'add N to I', 'I'],
        ['process', 'modify EQ-A { capacity: none -> 10 L }', 'EQ-A'],
        ['process', 'modify SYS { gamp: none -> 4 }', 'SYS'],
      ] as const)
        assert.deepEqual(targets(`revalidate ${kind}${scope}`, record), [
          `revalidation new:${kind}:${target}@A`,
        ]);
  });
});

describe('duties of steps', () => {
  const registry = REGISTRY.replace(
    'M: { stage: drug-substance, product: P }',
    'M: { stage: drug-substance, product: P, packaging: [VIAL] }',
  )
    .replace(
      'N: { stage: drug-substance, product: Q }',
      'N: { stage: drug-substance, product: Q, specification: SPEC }\n  X: { stage: excipient }',
    )
    .concat(`packaging: { VIAL: {} }
utilities: { AIR: {}, AIR-2: { status: proposed } }
`)
    .replace('systems: [SYS] }', 'systems: [SYS], utilities: [AIR] }')
    .replace('STAB: {', 'APS: { kind: aseptic-process-simulation, covers: [S2], site: A }\n  STAB: {');
  const found = (clause: string, record: string): readonly string[] =>
    owed(rule('any edit', clause), record, { registry }).map((line) => line.replace(/ unmet by g\/r$/, ''));

  it('are about what covers the subject or a part itself, where anything does', () => {
    assert.deepEqual(found('revalidate cleaning of steps', 'modify EQ-A { capacity: none -> 10 L }'), [
      'revalidation CV-A@A',
    ]);
    assert.deepEqual(found('revalidate process of steps', 'modify S2 { name: none -> "x" }'), [
      'revalidation PV-S2@A',
    ]);
  });

  it('are about those of the steps that make the material', () => {
    assert.deepEqual(found('revalidate process of steps', 'add X to M'), ['revalidation PV-S2@A']);
    assert.deepEqual(found('revalidate process of steps', 'modify VIAL { size: none -> 5 mL }'), [
      'revalidation PV-S2@A',
    ]);
    assert.deepEqual(
      found('revalidate aseptic-process-simulation of steps', 'modify VIAL { size: none -> 5 mL }'),
      ['revalidation APS@A'],
    );
    assert.deepEqual(found('revalidate method of steps', 'add X to N'), [
      'revalidation MV',
      'revalidation MV-2',
    ]);
    assert.deepEqual(found('revalidate cleaning of steps', 'add X to I'), ['revalidation CV-A@A']);
  });

  it('are about those of the earlier steps that a component goes into', () => {
    const mixed = registry.replace('S: { sites: [A], consumes: [L]', 'S: { sites: [A], consumes: [L, X]');
    const lines = owed(rule('any edit', 'revalidate process of steps'), 'add X to M', { registry: mixed });
    assert.deepEqual(lines, ['revalidation PV-S2@A unmet by g/r', 'revalidation PV-S@A unmet by g/r']);
  });

  it('are about those of the steps that use the equipment, or what serves it', () => {
    assert.deepEqual(found('revalidate process of steps', 'modify EQ-A { capacity: none -> 10 L }'), [
      'revalidation PV-S@A',
    ]);
    assert.deepEqual(found('revalidate process of steps', 'modify AIR { kind: none -> hvac }'), [
      'revalidation PV-S@A',
    ]);
  });

  it('are about those of the steps at the site that the edit is narrowed to', () => {
    const narrowed = 'modify N at C { storage: none -> 2..8 °C }';
    assert.deepEqual(found('assess process of steps', narrowed), ['assessment PV-T-C@C']);
  });

  it('are about those of the steps at the destination, else where it comes from, else about a new one', () => {
    const placed = registry
      .replace('SYS: { site: A }', 'SYS: { site: A }, SYS-B: { site: B, status: proposed }')
      .replace(
        'STAB: {',
        'HT-A: { kind: hold-time, covers: [S], site: A }\n  HT-B: { kind: hold-time, covers: [S], site: B }\n  STAB: {',
      );
    const swapped = (kind: string, scope: string): readonly string[] =>
      owed(rule('any edit', `assess ${kind} ${scope} at destination`), 'replace SYS with SYS-B in EQ-A', {
        registry: placed,
      }).map((line) => line.replace(/ unmet by g\/r$/, ''));
    assert.deepEqual(swapped('hold-time', 'of steps'), ['assessment HT-B@B']);
    assert.deepEqual(swapped('process', 'of steps'), ['assessment PV-S@B']);
    assert.deepEqual(swapped('transport', 'of steps'), ['assessment new:transport:EQ-A@B']);
    assert.deepEqual(swapped('hold-time', 'direct'), ['assessment new:hold-time:EQ-A@B']);
    assert.deepEqual(swapped('process', 'direct'), ['assessment new:process:EQ-A@B']);
  });

  it('are about a new one where the steps have none either', () => {
    assert.deepEqual(found('revalidate hold-time of steps', 'add X to M'), [
      'revalidation new:hold-time:M@A',
    ]);
    assert.deepEqual(found('revalidate utility-qualification of steps', 'replace AIR with AIR-2 in EQ-A'), [
      'revalidation new:utility-qualification:AIR-2@A',
    ]);
  });
});

describe('a new validation of a material', () => {
  const registry = REGISTRY.replace('sites: { A: {}', 'sites: { LANE: {}, STORE: {}, A: {}').replace(
    'equipment:\n',
    `  TRUCK: { activity: transport, sites: [LANE], consumes: [M] }
  SHELF: { activity: storage, sites: [STORE], consumes: [M] }
equipment:
`,
  );
  const found = (clause: string): readonly string[] =>
    owed(rule('any edit', clause), 'modify M { storage: none -> 2..8 °C }', { registry }).map((line) =>
      line.replace(/ unmet by g\/r$/, ''),
    );
  const everywhere = (kind: string): readonly string[] =>
    ['A', 'LANE', 'STORE'].map((site) => `assessment new:${kind}:M@${site}`);

  it('is owed at every site of the material where it is direct', () => {
    assert.deepEqual(found('assess hold-time direct'), everywhere('hold-time'));
    assert.deepEqual(found('assess hold-time'), everywhere('hold-time'));
  });

  it('is not owed of steps at a carrier, but for what is validated of carrying', () => {
    assert.deepEqual(found('assess hold-time of steps'), [
      'assessment new:hold-time:M@A',
      'assessment new:hold-time:M@STORE',
    ]);
    assert.deepEqual(found('assess transport of steps'), everywhere('transport'));
    assert.deepEqual(found('assess chain-of-identity of steps'), everywhere('chain-of-identity'));
  });
});

describe('downstream duties', () => {
  it('are about the validations of what is reached, not of the subject', () => {
    assert.deepEqual(targets('assess process downstream', SIZE), ['assessment PV-S2@A']);
    assert.deepEqual(targets('assess process downstream', 'modify S2 { name: none -> "x" }'), []);
  });

  it('are not narrowed by `at`', () => {
    assert.deepEqual(targets('assess process downstream', 'modify S at A { size: 5 kg -> 6 kg }'), [
      'assessment PV-S2@A',
    ]);
  });
});

describe('duties for the product', () => {
  it('are about the validations of each product reached, else a new one without a site', () => {
    assert.deepEqual(targets('assess stability product', SIZE), ['assessment STAB']);
    assert.deepEqual(targets('assess stability product', 'modify T { size: 5 kg -> 6 kg }'), [
      'assessment new:stability:Q',
    ]);
  });
});

describe('duties for one of several products', () => {
  const registry = REGISTRY.replace('P: {}, Q: {}', 'P: { sterile: true }, Q: { sterile: false }').replace(
    'consumes: [I], produces: [M]',
    'consumes: [I], produces: [M, N]',
  );

  it('are owed for the products for which the rule holds', () => {
    const sterile = rule('any edit', 'when product.sterile assess impurity product');
    assert.deepEqual(owed(sterile, SIZE, { registry }), ['assessment new:impurity:P unmet by g/r']);
    assert.deepEqual(
      owed(rule('any edit', 'assess impurity product when not product.sterile'), SIZE, { registry }),
      ['assessment new:impurity:Q unmet by g/r'],
    );
    assert.deepEqual(owed(rule('any edit', 'assess impurity product'), SIZE, { registry }), [
      'assessment new:impurity:P unmet by g/r',
      'assessment new:impurity:Q unmet by g/r',
    ]);
  });
});

describe('duties at the destination', () => {
  it('are about the covering validation there', () => {
    const moved = obligations({
      registry: REGISTRY.replace('sites: [A, C]', 'sites: [A]'),
      rules: `pack g "G" {}\n${rule('replace site of step', 'revalidate process direct at destination')}`,
      record: 'transfer T from A to C',
    });
    assert.deepEqual(moved, ['revalidation PV-T-C@C unmet by g/r']);
  });

  it('are else about the one of the site that it comes from, to be repeated there', () => {
    assert.deepEqual(targets('revalidate process direct at destination', MOVE), ['revalidation PV-S@B']);
  });

  it('are else about a new one', () => {
    assert.deepEqual(targets('revalidate hold-time direct at destination', MOVE), [
      'revalidation new:hold-time:S@B',
    ]);
  });

  it('are about every validation of the kind there where no other scope is given', () => {
    assert.deepEqual(targets('assess cleaning at destination', MOVE), [
      'assessment CV-B1@B',
      'assessment CV-B2@B',
    ]);
    assert.deepEqual(targets('assess hold-time at destination', MOVE), ['assessment new:hold-time:S@B']);
  });

  it('are at the site of equipment that is put in', () => {
    assert.deepEqual(targets('assess cleaning at destination', 'replace EQ-A with EQ-B in S'), [
      'assessment CV-B1@B',
      'assessment CV-B2@B',
    ]);
  });

  it('are one for what two edits of the record ask of the subject there', () => {
    const rules =
      rule('replace site of step', 'revalidate process direct at destination') +
      rule('modify size of step', 'revalidate process direct', 's');
    assert.deepEqual(owed(rules, `${MOVE} modify S at B { size: 5 kg -> 6 kg }`), [
      'revalidation PV-S@B unmet by g/r, g/s',
    ]);
  });
});

describe('a revalidation', () => {
  const rules = rule('replace site of step', 'revalidate process direct at destination');
  const state = (answer: string): string =>
    owed(rules, `${MOVE} ${answer}`)[0]!.split(' by ')[0]!.replace('revalidation PV-S@B ', '');

  it('is met by one declared at its site', () => {
    assert.equal(state(''), 'unmet');
    assert.equal(state('revalidate PV-S at B'), 'met');
    assert.equal(state('revalidate PV-S at B by 2027-01-01'), 'met');
  });

  it('is insufficient at another site, which is the validation’s own where none is written', () => {
    assert.equal(state('revalidate PV-S at C'), 'insufficient in site');
    assert.equal(state('revalidate PV-S'), 'insufficient in site');
  });

  it('is insufficient after the implementation, but for stability', () => {
    assert.equal(state('implement: 2027-01-01 revalidate PV-S at B by 2027-01-02'), 'insufficient in time');
    assert.equal(state('implement: 2027-01-01 revalidate PV-S at B by 2027-01-02 done 2027-01-01'), 'met');
    const stability = rule('any edit', 'revalidate stability product');
    assert.deepEqual(owed(stability, `${MOVE} implement: 2027-01-01 revalidate STAB by 2028-01-01`), [
      'revalidation STAB met by g/r',
    ]);
  });

  it('can’t be waived', () => {
    assert.equal(state('unaffected PV-S at B because "x"'), 'unmet');
  });

  it('is met by `new KIND of SUBJECT` where there is none yet', () => {
    const fresh = rule('any edit', 'revalidate hold-time');
    assert.deepEqual(owed(fresh, `${SIZE} revalidate new hold-time of S`), [
      'revalidation new:hold-time:S@A met by g/r',
    ]);
    assert.deepEqual(owed(fresh, `${SIZE} revalidate new hold-time of S at B`), [
      'revalidation new:hold-time:S@A insufficient in site by g/r',
    ]);
  });

  it('is open while a question is, and adequate as declared all the same', () => {
    const asked = `condition harmful "Harmful?" {}\n${rule('any edit', 'revalidate process when harmful')}`;
    assert.deepEqual(owed(asked, SIZE), ['revalidation PV-S@A open by (g/r) asks g/harmful for S.size']);
    assert.deepEqual(owed(asked, `${SIZE} revalidate PV-S`), [
      'revalidation PV-S@A met by (g/r) asks g/harmful for S.size',
    ]);
    assert.deepEqual(owed(asked, `${SIZE} deny harmful because "x"`), []);
  });
});

describe('an assessment', () => {
  const rules = rule('any edit', 'assess process');
  const state = (answer: string): string =>
    owed(rules, `${SIZE} ${answer}`)[0]!.split(' by ')[0]!.replace('assessment PV-S@A ', '');

  it('is met by a revalidation, and waived on grounds', () => {
    assert.equal(state(''), 'unmet');
    assert.equal(state('revalidate PV-S'), 'met');
    assert.equal(state('unaffected PV-S because "x"'), 'waived');
    assert.equal(state('unaffected PV-S evidence "RPT-1"'), 'waived');
    assert.equal(state('unaffected PV-S'), 'unmet');
    assert.equal(state('unaffected PV-S at C because "x"'), 'unmet');
  });

  it('is absorbed by a revalidation of the same validation, its reasons kept', () => {
    const both = rules + rule('modify size of step', 'revalidate process', 's');
    assert.deepEqual(owed(both, SIZE), ['revalidation PV-S@A unmet by g/s, g/r']);
  });

  it('stays while the revalidation is only possible', () => {
    const both = `condition harmful "Harmful?" {}\n${rules}${rule('modify size of step', 'revalidate process when harmful', 's')}`;
    assert.deepEqual(owed(both, SIZE), [
      'assessment PV-S@A unmet by g/r',
      'revalidation PV-S@A open by (g/s) asks g/harmful for S.size',
    ]);
  });
});

describe('a task', () => {
  const rules = rule('any edit', 'perform review "look at it"');

  it('is met by a `perform` line', () => {
    assert.deepEqual(owed(rules, SIZE), ['task review unmet by g/r']);
    assert.deepEqual(owed(rules, `${SIZE} perform review by 2027-01-01`), ['task review met by g/r']);
  });

  it('is one for all the edits that ask for it, with every reason', () => {
    const { obligations: all } = analyseText({
      registry: REGISTRY,
      rules: `pack g "G" {}\n${rules}`,
      record: `${SIZE} ${MOVE}`,
    });
    assert.deepEqual(
      all.map(({ id, text, because }) => [id, text, because.map(({ edit }) => edit)]),
      [['CC-1:task:review', 'look at it', ['S.size', 'S:A>B']]],
    );
  });
});

describe('duties of a market’s pack', () => {
  const registry = `${REGISTRY}filings: { NDA: { market: US, type: NDA, product: P, registers: [] } }\n`;
  const rules = (head = ''): string =>
    `pack p "P" { market: US filings: NDA categories: none < AR otherwise: r ${head} }\n${rule('any edit', 'perform tell "tell them" report none')}`;
  const tasks = (head: string, record: string, text = registry): readonly string[] =>
    obligations({ registry: text, rules: rules(head), record }, 'task');

  it('are owed where the record reaches a filing of it', () => {
    assert.deepEqual(tasks('', SIZE), ['task tell unmet by p/r']);
    assert.deepEqual(tasks('', 'modify T { size: 5 kg -> 6 kg }'), []);
  });

  it('are owed on the day on which the filing is judged', () => {
    const head = 'in-force: 2027-01-01';
    assert.deepEqual(tasks(head, SIZE), []);
    assert.deepEqual(tasks(head, `${SIZE} file NDA as AR on 2027-01-01`), ['task tell unmet by p/r']);
  });

  it('are not owed for what is not approved', () => {
    assert.deepEqual(tasks('', SIZE, registry.replace('type: NDA', 'type: NDA, status: planned')), []);
  });
});

describe('lead times', () => {
  it('come from the rule, else from the pack', () => {
    const lead = (body: string): string | undefined =>
      analyseText({
        registry: REGISTRY,
        rules: `pack g "G" { lead process: 3..9 months }\n${rule('any edit', `revalidate process ${body}`)}`,
        record: SIZE,
      }).obligations[0]!.lead?.text;
    assert.equal(lead(''), '3..9 months');
    assert.equal(lead('lead 2 months'), '2 months');
  });
});
