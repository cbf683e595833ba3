import assert from 'node:assert/strict';
import { analyseText, obligations } from './testing.js';

const REGISTRY = `
organisations: { OWNER: { role: sponsor }, MAKER: { role: cdmo }, THIRD: { role: customer }, FORMER: {} }
sites: { A: { organisation: OWNER }, B: { organisation: MAKER }, C: {} }
products: { P: {} }
materials: { L: { stage: starting-material }, M: { stage: drug-substance, product: P } }
steps: { S: { sites: [A], consumes: [L], produces: [M], parameters: { size: 5 kg } } }
filings:
  NDA: { market: US, type: NDA, product: P, holder: OWNER, references: [DMF], registers: [S, L] }
  DMF: { market: US, type: DMF, material: L, holder: MAKER, authorised: [OWNER, THIRD] }
agreements:
  QA: { between: [OWNER, MAKER, THIRD], sites: [B], notify: 90 days, approves: [replace site of step] }
  PAST: { between: [OWNER, FORMER], sites: [A, B], notify: 90 days, status: retired }
`;

const MOVE = 'transfer S from A to B';
const SIZE = 'modify S { size: 5 kg -> 6 kg }';
const PACK = 'pack g "G" {}\n';

function owed(record: string, rules = '', registry = REGISTRY): readonly string[] {
  return obligations({ registry, rules: PACK + rules, record }, 'notification', 'approval');
}

describe('a quality agreement', () => {
  it('asks that every party that does not run the site is told, and approves what it lists', () => {
    assert.deepEqual(owed(MOVE), [
      'approval OWNER unmet by QA',
      'approval THIRD unmet by QA',
      'notification OWNER unmet by QA',
      'notification THIRD unmet by QA',
    ]);
  });

  it('asks for no approval of what it does not list', () => {
    const atB = REGISTRY.replace('sites: [A], consumes', 'sites: [B], consumes');
    assert.deepEqual(owed(SIZE, '', atB), [
      'notification OWNER unmet by QA',
      'notification THIRD unmet by QA',
    ]);
    const listed = atB.replace('approves: [replace site of step]', 'approves: [modify size of S]');
    assert.equal(owed(SIZE, '', listed).length, 4);
  });

  it('asks nothing where the change is elsewhere', () => {
    assert.deepEqual(owed(SIZE), []);
  });

  it('is met by a notice that leaves its period, and by an approval in time', () => {
    const state = (answers: string): readonly string[] =>
      owed(`${MOVE} implement: 2027-04-01 ${answers}`).filter((line) => line.includes('OWNER'));
    assert.deepEqual(state('notify OWNER on 2027-01-01 approval OWNER on 2027-04-01'), [
      'approval OWNER met by QA',
      'notification OWNER met by QA',
    ]);
    assert.deepEqual(state('notify OWNER on 2027-01-02 approval OWNER on 2027-04-02'), [
      'approval OWNER insufficient in time by QA',
      'notification OWNER insufficient in time by QA',
    ]);
    assert.deepEqual(state('notify OWNER, THIRD'), [
      'approval OWNER unmet by QA',
      'notification OWNER met by QA',
    ]);
  });

  it('shows the way to the party', () => {
    const [first] = analyseText({ registry: REGISTRY, rules: PACK, record: MOVE }).obligations.filter(
      ({ kind }) => kind === 'notification',
    );
    assert.deepEqual(first?.because, [
      {
        rule: 'QA',
        cite: ['Quality agreement QA'],
        basis: 'official',
        edit: 'S:A>B',
        path: ['S', 'B', 'QA', 'OWNER'],
        certain: true,
      },
    ]);
  });
});

describe('a notice that a rule asks for', () => {
  const asked = (role: string, record: string): readonly string[] =>
    owed(record, `rule r "R" { on any edit notify ${role} cite "x" basis official }`).filter((line) =>
      line.includes('g/r'),
    );

  it('goes to the holders, or to those whom a master file authorises', () => {
    const supplied = 'modify L { storage: none -> "5 °C" }';
    assert.deepEqual(asked('holder', supplied), [
      'notification MAKER unmet by g/r',
      'notification OWNER unmet by g/r',
    ]);
    assert.deepEqual(asked('authorised', supplied), [
      'notification OWNER unmet by g/r',
      'notification THIRD unmet by g/r',
    ]);
    assert.deepEqual(asked('authorised', SIZE), []);
  });

  it('goes to the sponsors among holders and partners, or to the customers of the site', () => {
    assert.deepEqual(asked('sponsor', SIZE), ['notification OWNER unmet by g/r']);
    assert.deepEqual(asked('customer', MOVE), [
      'notification OWNER unmet by g/r, QA',
      'notification THIRD unmet by g/r, QA',
    ]);
  });

  it('may hang on a question', () => {
    const rules =
      'condition harmful "Harmful?" {}\nrule r "R" { on any edit notify holder when harmful cite "x" basis official }';
    assert.deepEqual(owed(SIZE, rules), ['notification OWNER open by (g/r) asks g/harmful for S.size']);
    assert.deepEqual(owed(`${SIZE} notify OWNER on 2027-01-01`, rules), [
      'notification OWNER met by (g/r) asks g/harmful for S.size',
    ]);
  });
});
