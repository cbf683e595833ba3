import assert from 'node:assert/strict';
import { items, obligations, type TestCase } from './testing.js';

const REGISTERED = 'registers: { S: {}, SPEC: {}, EQ: {} }';

const registryWith = (nda: string, covers = 'nothing at all'): string => `
organisations: { HOLD: { role: sponsor }, NEW: {} }
sites: { A: {}, B: {}, C: {} }
products: { P: { sterile: true } }
materials:
  L: { stage: starting-material, specification: SPEC-L }
  M: { stage: drug-substance, product: P, specification: SPEC }
steps: { S: { sites: [A], consumes: [L], produces: [M], equipment: [EQ], parameters: { size: 5 kg, time: 5 h } } }
equipment: { EQ: { site: A }, EQ-2: { site: A } }
specifications:
  SPEC: { tests: { assay: 95.0..102.0 %, water: NMT 1 % } }
  SPEC-L: { tests: { assay: NLT 98.0 % } }
filings:
  NDA: { market: US, type: NDA, product: P, holder: HOLD, ${nda} }
protocols:
  PACMP: { filing: NDA, covers: [${covers}], report: AR }
  OLD: { filing: NDA, covers: [any edit], report: AR, status: retired }
  FRESH: { filing: NDA, covers: [any edit], report: AR, status: proposed }
  LOOSE: { report: AR, status: proposed }
`;

const PACK = `
pack p "P" {
  market: US
  filings: NDA
  accepts: FDA
  categories: none < AR < CBE < PAS
  clock PAS: approval
  clock CBE: wait 30 days
  clock AR: afterwards, within 60 days
  otherwise: rest
}
condition harmful "Is it harmful?" {}
condition proven "Is it proven?" {}
condition clean "Is it clean?" { default product.sterile }
rule rest "Anything else" { report AR cite "x" basis official }
`;

const SIZE = 'modify S { size: 5 kg -> 6 kg }';
const MOVE = 'transfer S from A to B';

/** The filing's line for a record under the given rules. */
function filed(rules: string, record: string, nda = REGISTERED, more: Partial<TestCase> = {}): string {
  const test = { registry: registryWith(nda), rules: PACK + rules, record, ...more };
  const lines = obligations(test, 'filing').map((line) => line.replace('filing NDA ', ''));
  assert.equal(lines.length, 1);
  return lines[0]!;
}

const rule = (name: string, body: string): string =>
  `rule ${name} "${name}" { ${body} cite "x" basis official }\n`;

describe('the category of a filing', () => {
  const major = rule('major', 'on modify size of step report PAS');

  it('is the highest report, over all edits', () => {
    const minor = rule('minor', 'on modify parameter of step report CBE');
    assert.equal(filed(major + minor, SIZE), 'unmet PAS..PAS by p/major');
    assert.equal(filed(minor, `${SIZE} ${MOVE}`), 'unmet CBE..CBE by p/minor, p/rest');
  });

  it('is what `otherwise` says where no rule reports', () => {
    assert.equal(filed(major, MOVE), 'unmet AR..AR by p/rest');
  });

  it('is what `otherwise` says of a rule whose own reports do not hold', () => {
    const two = rule(
      'two',
      'on modify size of step report PAS when product.sterile = false report CBE otherwise',
    );
    assert.equal(filed(two, SIZE), 'unmet CBE..CBE by p/two');
    const open = rule('two', 'on modify size of step report PAS when harmful report CBE otherwise');
    assert.equal(filed(open, SIZE), 'unmet CBE..PAS by (p/two) asks p/harmful for S.size');
    assert.equal(filed(open, `${SIZE} deny harmful because "no"`), 'unmet CBE..CBE by p/two');
  });

  it('may be nothing, with the rule that says so', () => {
    const free = rule('free', 'on modify size of step report none');
    assert.equal(filed(free, SIZE), 'met none..none by p/free');
    assert.equal(filed(free, `${SIZE} file NDA as AR on 2026-12-01`), 'met none..none as AR by p/free');
  });

  it('hangs on a question between two categories', () => {
    const asked = rule('asked', 'on modify size of step report PAS when harmful');
    assert.equal(filed(asked, SIZE), 'unmet AR..PAS by (p/asked), (p/rest) asks p/harmful for S.size');
    assert.equal(filed(asked, `${SIZE} confirm harmful because "yes"`), 'unmet PAS..PAS by p/asked');
    assert.equal(filed(asked, `${SIZE} deny harmful because "no"`), 'unmet AR..AR by p/rest');
  });

  it('is open where only an answer makes it owed at all', () => {
    const free =
      rule('free', 'on modify size of step report none') +
      rule('asked', 'on modify size of step report PAS when harmful');
    assert.equal(filed(free, SIZE), 'open none..PAS by (p/asked), p/free asks p/harmful for S.size');
  });
});

describe('the questions of a filing', () => {
  it('are only those whose answer moves the outcome', () => {
    const rules =
      rule('major', 'on modify size of step report PAS') +
      rule('minor', 'on modify size of step report CBE when harmful');
    assert.equal(filed(rules, SIZE), 'unmet PAS..PAS by p/major');
  });

  it('leave a certain outcome alone that Kleene would widen', () => {
    const rules =
      rule('one', 'on modify size of step report CBE when harmful') +
      rule('other', 'on modify size of step report CBE when not harmful');
    assert.equal(filed(rules, SIZE), 'unmet CBE..CBE by (p/one), (p/other)');
  });

  it('follow `and`, `or` and `not` with three values', () => {
    const when = (expr: string): string =>
      filed(rule('r', `on modify size of step when ${expr} report PAS`), SIZE).split(' by ')[0]!;
    assert.equal(when('product.sterile or harmful'), 'unmet PAS..PAS');
    assert.equal(when('not product.sterile and harmful'), 'unmet AR..AR');
    assert.equal(when('product.sterile and harmful'), 'unmet AR..PAS');
    assert.equal(when('not harmful'), 'unmet AR..PAS');
  });

  it('name the facts that the registry lacks', () => {
    const rules = rule('r', 'on modify size of step when subject.critical report PAS');
    assert.equal(filed(rules, SIZE), 'unmet AR..PAS by (p/r), (p/rest) lacks S.critical');
  });
});

describe('instead of', () => {
  const rules =
    rule('b', 'on modify parameter of step report PAS') +
    rule('c', 'on modify size of step report CBE instead of b when harmful');

  it('displaces the named report while it holds', () => {
    assert.equal(filed(rules, `${SIZE} confirm harmful because "x"`), 'unmet CBE..CBE by p/c');
    assert.equal(filed(rules, `${SIZE} deny harmful because "x"`), 'unmet PAS..PAS by p/b');
  });

  it('leaves both possible while it is unknown', () => {
    assert.equal(filed(rules, SIZE), 'unmet CBE..PAS by (p/b), (p/c) asks p/harmful for S.size');
  });

  it('displaces for the same edit only', () => {
    const both = `modify S { size: 5 kg -> 6 kg time: 5 h -> 6 h } confirm harmful because "x"`;
    assert.equal(filed(rules, both), 'unmet PAS..PAS by p/c, p/b');
  });
});

describe('registration', () => {
  const rules = rule('any', 'on any edit report PAS');
  const size = (nda: string): string => filed(rules, SIZE, nda);
  const move = (nda: string): string => filed(rules, MOVE, nda);

  it('leaves out what the filing does not register', () => {
    const out = 'met none..none by not-registered';
    assert.equal(size('registers: [SPEC]'), out);
    assert.equal(size('registers: {}'), out);
    assert.equal(size('registers: { S: { time: 5 h } }'), out);
    assert.equal(move('registers: { S: { size: 5 kg } }'), out);
  });

  it('counts a whole entity or one attribute of it', () => {
    for (const nda of ['registers: [S]', 'registers: { S: {} }', 'registers: { S: { size: 5 kg } }'])
      assert.equal(size(nda), 'unmet PAS..PAS by p/any');
    assert.equal(move('registers: { S: { sites: [A] } }'), 'unmet PAS..PAS by p/any');
  });

  it('is open where the filing has no `registers`', () => {
    assert.equal(size('status: approved'), 'open none..PAS by (p/any) lacks NDA.registers');
  });

  it('is given for an edit of the filing itself', () => {
    assert.equal(
      filed(rules, 'modify NDA { holder: HOLD -> NEW }', 'registers: {}'),
      'unmet PAS..PAS by p/any',
    );
    assert.equal(filed(rules, 'add LOOSE to NDA', 'registers: {}'), 'unmet PAS..PAS by p/any');
  });

  it('takes the category agreed for the element', () => {
    const agreed = 'unmet CBE..CBE by agreed-category';
    assert.equal(size('registers: { S: { size: { value: 5 kg, report: CBE } } }'), agreed);
    assert.equal(size('registers: { S: { report: CBE } }'), agreed);
    assert.equal(
      move('registers: { S: { size: { value: 5 kg, report: CBE }, sites: [A] } }'),
      'unmet PAS..PAS by p/any',
    );
  });

  it('passes over an agreed category that is none of the market', () => {
    assert.equal(size('registers: { S: { report: CBE-3O } }'), 'unmet PAS..PAS by p/any');
  });
});

describe('a filing that refers to a master file', () => {
  const registryOf = (dmf: string): string => `
products: { P: {} }
materials:
  L: { stage: starting-material, specification: SPEC-L }
  M: { stage: drug-substance, product: P }
steps: { S: { consumes: [L], produces: [M] } }
specifications: { SPEC-L: { tests: { assay: NLT 98.0 % } } }
filings:
  NDA: { market: US, type: NDA, product: P, references: [DMF], registers: {} }
  DMF: { market: US, type: DMF, material: L${dmf} }
`;
  const outcome = (dmf: string): readonly string[] =>
    obligations({
      registry: registryOf(dmf),
      rules: PACK + rule('any', 'on any edit report PAS'),
      record: 'modify SPEC-L { assay: NLT 98.0 % -> NLT 97.0 % }',
    });

  it('is filed for what the master file registers, which is open itself without a pack', () => {
    assert.deepEqual(outcome(', registers: { SPEC-L: {} }'), [
      'filing DMF open unknown',
      'filing NDA unmet PAS..PAS by p/any',
    ]);
  });

  it('is not filed for what the master file leaves out, and open where that says nothing', () => {
    assert.equal(outcome(', registers: {}')[1], 'filing NDA met none..none by not-registered');
    assert.equal(outcome('')[1], 'filing NDA open none..PAS by (p/any) lacks DMF.registers');
  });
});

describe('a pack that is not in force', () => {
  const PACKS = `
pack p "P" { market: US filings: NDA in-force: 2025-01-01 until: 2026-12-31 categories: none < AR < PAS clock AR: judged on implementation otherwise: rest }
rule rest "Rest" { report AR cite "x" basis official }
rule late "Late" { in-force: 2026-06-01 on any edit report PAS cite "x" basis official }
`;
  const outcome = (record: string, nda = 'registers: [S]', asOf = '2026-11-22'): string =>
    obligations({ registry: registryWith(nda), rules: PACKS, record, asOf })[0]!.replace('filing NDA ', '');

  it('leaves the outcome open, whatever the filing registers', () => {
    assert.equal(outcome(SIZE, 'registers: {}', '2027-01-01'), 'open unknown');
    assert.equal(outcome(SIZE, 'registers: {}', '2024-12-31'), 'open unknown');
  });

  it('counts its first and its last day', () => {
    assert.equal(outcome(SIZE, 'registers: [S]', '2025-01-01'), 'unmet AR..AR by p/rest');
    assert.equal(outcome(SIZE, 'registers: [S]', '2026-12-31'), 'unmet PAS..PAS by p/late');
  });

  it('is judged on the day of the filing', () => {
    assert.equal(outcome(`${SIZE} file NDA as PAS on 2027-01-15`), 'open unknown as PAS');
    assert.equal(outcome(`${SIZE} file NDA as PAS on 2026-05-31`), 'met AR..AR as PAS by p/rest');
  });

  it('is judged on the implementation where the declared category says so', () => {
    const record = `${SIZE} implement: 2026-05-01`;
    assert.equal(outcome(`${record} file NDA as AR on 2026-12-01`), 'met AR..AR as AR by p/rest');
    assert.equal(
      outcome(`${record} implement NDA on 2026-07-01 file NDA as AR on 2026-05-01`),
      'insufficient in category PAS..PAS as AR by p/late',
    );
  });

  it('is open for a filing of no known type or one not approved yet', () => {
    const type = registryWith('registers: [S]').replace('type: NDA, ', '');
    assert.deepEqual(obligations({ registry: type, rules: PACK, record: SIZE }), [
      'filing NDA open unknown lacks NDA.type',
    ]);
    assert.equal(outcome(SIZE, 'registers: [S], status: pending'), 'open unknown');
  });
});

describe('a pack that uses another', () => {
  it('takes over its rules under its own market and filings', () => {
    const rules = `${PACK}${rule('major', 'on modify size of step report PAS')}
pack q "Q" { market: GB filings: MA uses: p categories: none < AR < CBE < PAS otherwise: p/rest }`;
    const registry = `${registryWith('registers: [S]')}`.replace(
      'protocols:',
      '  MA: { market: GB, type: MA, product: P, registers: [S] }\nprotocols:',
    );
    assert.deepEqual(obligations({ registry, rules, record: SIZE }), [
      'filing MA unmet PAS..PAS by p/major',
      'filing NDA unmet PAS..PAS by p/major',
    ]);
    assert.deepEqual(obligations({ registry, rules, record: MOVE })[0], 'filing MA unmet AR..AR by p/rest');
  });
});

describe('an approved protocol', () => {
  const rules = rule('any', 'on any edit report PAS');
  const covers = 'replace site of S, modify size of step';
  const capped = (own: string, record: string, report = 'AR'): string =>
    filed(own, record, REGISTERED, {
      registry: registryWith(REGISTERED, covers).replace('report: AR', `report: ${report}`),
    });

  it('caps the edits that it covers once confirmed', () => {
    assert.equal(capped(rules, `${MOVE} confirm PACMP because "met"`), 'unmet AR..AR by p/any');
    assert.equal(capped(rules, `${MOVE} ${SIZE} confirm PACMP because "met"`), 'unmet AR..AR by p/any');
    const other = 'modify S { time: 5 h -> 6 h }';
    assert.equal(capped(rules, `${MOVE} ${other} confirm PACMP because "met"`), 'unmet PAS..PAS by p/any');
  });

  it('leaves the ordinary rules where it is denied, and both possible where nobody says', () => {
    assert.equal(capped(rules, `${MOVE} deny PACMP because "not met"`), 'unmet PAS..PAS by p/any');
    assert.equal(capped(rules, MOVE), 'unmet AR..PAS by p/any asks PACMP for B');
  });

  it('may be confirmed for some edits only', () => {
    assert.equal(
      capped(rules, `${MOVE} ${SIZE} confirm PACMP for B because "met" deny PACMP for S.size because "no"`),
      'unmet PAS..PAS by p/any',
    );
  });

  it('in a category that the market has not caps nothing', () => {
    assert.equal(capped(rules, `${MOVE} confirm PACMP because "met"`, 'IA'), 'unmet PAS..PAS by p/any');
  });

  it('never raises a category', () => {
    const free = rule('free', 'on any edit report none');
    assert.equal(capped(free, `${MOVE} confirm PACMP because "met"`), 'met none..none by p/free');
  });
});

describe('conditions', () => {
  const rules =
    rule('r', 'on any edit when clean report PAS') + rule('h', 'on any edit when harmful report CBE');

  it('are answered by their default, and by the record where it says otherwise', () => {
    assert.match(filed(rules, SIZE), /^unmet PAS\.\.PAS/);
    assert.match(filed(rules, `${SIZE} deny clean, harmful because "x"`), /^unmet AR\.\.AR/);
  });

  it('are answered in every pack that has one of the name, or in one by its full name', () => {
    const two = `${PACK}${rule('r', 'on any edit when harmful report PAS')}
pack q "Q" { market: EU filings: MA categories: none < IA < II otherwise: rest2 }
condition harmful "Is it?" {}
rule rest2 "Rest" { report IA cite "x" basis official }
rule r2 "R" { on any edit when harmful report II cite "x" basis official }`;
    const registry = registryWith('registers: [S]').replace(
      'protocols:',
      '  MA: { market: EU, type: MA, product: P, registers: [S] }\nprotocols:',
    );
    const outcome = (record: string) => obligations({ registry, rules: two, record: SIZE + record });
    assert.deepEqual(outcome(' confirm harmful because "x"'), [
      'filing MA unmet II..II by q/r2',
      'filing NDA unmet PAS..PAS by p/r',
    ]);
    assert.deepEqual(outcome(' deny q/harmful because "x"'), [
      'filing MA unmet IA..IA by q/rest2',
      'filing NDA unmet AR..PAS by (p/r), (p/rest) asks p/harmful for S.size',
    ]);
  });

  it('may be answered for an edit, a part, a product or a filing', () => {
    const asked = rule('h', 'on any edit when harmful report CBE');
    const answered = (scope: string): string =>
      filed(asked, `${MOVE} deny harmful for ${scope} because "x"`).split(' by ')[0]!;
    for (const scope of ['S', '"S:A>B"', 'A', 'B', 'P', 'NDA', 'C, B'])
      assert.equal(answered(scope), 'unmet AR..AR', scope);
    for (const scope of ['C', 'SPEC', 'M']) assert.equal(answered(scope), 'unmet AR..CBE', scope);
    const size = (scope: string): string =>
      filed(asked, `${SIZE} deny harmful for ${scope} because "x"`).split(' by ')[0]!;
    assert.equal(size('S.size'), 'unmet AR..AR');
  });

  it('stay open where two answers contradict each other', () => {
    const both = `${SIZE} confirm clean because "x" deny clean because "y" deny harmful because "x"`;
    assert.match(filed(rules, both), /^unmet AR\.\.PAS .* asks p\/clean for S\.size$/);
  });
});

describe('what a record declares', () => {
  const rules = rule('major', 'on modify size of step report CBE when not harmful report PAS when harmful');
  const declared = (answers: string): string => filed(rules, `${SIZE} ${answers}`).split(' by ')[0]!;

  it('is enough at the highest, whatever is still open', () => {
    assert.equal(declared('file NDA as PAS on 2026-12-01'), 'met CBE..PAS as PAS');
  });

  it('falls short below the lowest and is open in between', () => {
    assert.equal(declared('file NDA as AR on 2026-12-01'), 'insufficient in category CBE..PAS as AR');
    assert.equal(declared('file NDA as CBE on 2026-12-01'), 'open CBE..PAS as CBE');
    assert.equal(declared('file NDA as CBE on 2026-12-01 deny harmful because "x"'), 'met CBE..CBE as CBE');
  });

  it('counts for no other filing and in no unknown category', () => {
    assert.equal(declared(''), 'unmet CBE..PAS');
    assert.equal(declared('file NDA as CBE-3O'), 'unmet CBE..PAS as CBE-3O');
  });

  it('falls short where the category does not allow the dates', () => {
    const late = 'deny harmful because "x" file NDA as CBE on 2027-01-01';
    assert.equal(declared(`implement: 2027-01-30 ${late}`), 'insufficient in time CBE..CBE as CBE');
    assert.equal(declared(`implement: 2027-01-31 ${late}`), 'met CBE..CBE as CBE');
    assert.equal(
      declared(`implement: 2027-01-30 implement NDA on 2027-02-01 ${late}`),
      'met CBE..CBE as CBE',
    );
    const prior = 'file NDA as PAS on 2027-01-01';
    assert.equal(
      declared(`implement: 2027-03-01 ${prior} approval NDA on 2027-03-02`),
      'insufficient in time CBE..PAS as PAS',
    );
    assert.equal(
      declared(`implement: 2027-03-01 ${prior} approval NDA on 2027-03-01`),
      'met CBE..PAS as PAS',
    );
  });

  it('answers only the edits that it names', () => {
    const record = `modify SPEC { assay.limit: 95.0..102.0 % -> 97.0..102.0 % water.limit: NMT 1 % -> NMT 0.5 % }`;
    const test = (answers: string): string => filed('', `${record} ${answers}`).split(' by ')[0]!;
    assert.equal(test('file NDA as AR on 2026-12-01 for SPEC.assay.limit'), 'unmet AR..AR as AR');
    assert.equal(
      test(
        'file NDA as AR on 2026-12-01 for SPEC.assay.limit file NDA as AR on 2026-12-02 for SPEC.water.limit',
      ),
      'met AR..AR as AR',
    );
    assert.equal(test('file NDA as AR on 2026-12-01 for SPEC'), 'met AR..AR as AR');
    assert.equal(test('file NDA as AR for SPEC.assay file NDA as AR for SPEC.water'), 'met AR..AR as AR');
  });

  it('is declared as the highest of its lines where all are enough, else as the one that falls short', () => {
    const both = `${SIZE.replace(' }', ' time: 5 h -> 6 h }')} file NDA as AR for S.time`;
    const rules = rule('r', 'on modify size of step report PAS');
    const test = (answers: string): string => filed(rules, `${both} ${answers}`).split(' by ')[0]!;
    assert.equal(test('file NDA as PAS for S.size'), 'met PAS..PAS as PAS');
    assert.equal(test('file NDA as CBE for S.size'), 'insufficient in category PAS..PAS as CBE');
  });
});

describe('the items of a filing', () => {
  const three = 'modify S { size: 5 kg -> 6 kg time: 5 h -> 6 h }';

  it('are one per edit and rule', () => {
    const test = {
      registry: registryWith(REGISTERED),
      rules: PACK + rule('r', 'on modify parameter of step report CBE'),
      record: three,
    };
    assert.deepEqual(items(test, 'NDA'), ['S.size CBE p/r', 'S.time CBE p/r']);
  });

  it('are one in all where the report says `once`', () => {
    const once = PACK + rule('r', 'on modify parameter of step report CBE once');
    assert.deepEqual(items({ registry: registryWith(REGISTERED), rules: once, record: three }, 'NDA'), [
      'S.size CBE p/r',
    ]);
  });

  it('say what each edit needs, the unregistered too', () => {
    const test = { registry: registryWith('registers: { S: { size: 5 kg } }'), rules: PACK, record: three };
    assert.deepEqual(items(test, 'NDA'), ['S.size AR p/rest', 'S.time none not-registered']);
  });
});
