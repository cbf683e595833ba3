import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Atom, and, type Formula, not, or } from './formula.js';
import { LayOut } from './laid.js';
import { canHold, type EditCase, outcomeOf } from './outcome.js';
import { referenceOutcome } from './reference.js';
import { Search } from './search.js';
import { MOST_ATOMS, TruthTable } from './truthTable.js';

const atom = (key: string, variable?: string): Atom => ({
  op: 'atom',
  key,
  ...(variable === undefined ? {} : { variable, value: key }),
  questions: [],
  facts: [],
});

const ATOMS = [atom('a'), atom('b'), atom('c'), atom('d'), atom('x', 'v'), atom('y', 'v'), atom('z', 'w')];

/** As many as a table takes, so that their combinations fill many words of it. */
const MOST = [
  ...ATOMS,
  ...Array.from({ length: MOST_ATOMS - ATOMS.length }, (_, place) => atom(`m${place}`)),
];

const formulasOver = (atoms: readonly Atom[]): fc.Arbitrary<Formula> =>
  fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Formula>(true, false, ...atoms),
      fc.constantFrom<Formula>(...atoms),
      tie('formula').map(not),
      fc.array(tie('formula'), { minLength: 1, maxLength: 3 }).map(and),
      fc.array(tie('formula'), { minLength: 1, maxLength: 3 }).map(or),
    ),
  })).formula;

const NO_TABLE = -1;

const RULES = ['r1', 'r2', 'r3', 'r4'];
const ranks = fc.integer({ min: 0, max: 4 });

const editCasesOver = (formulas: fc.Arbitrary<Formula>): fc.Arbitrary<EditCase> =>
  fc.record({
    edit: fc.constantFrom('e1', 'e2', 'e3'),
    registered: fc.oneof(fc.constant<Formula>(true), formulas),
    agreed: fc.option(ranks, { freq: 5 }),
    candidates: fc.array(
      fc.record({
        rule: fc.constantFrom(...RULES),
        rank: ranks,
        when: formulas,
        insteadOf: fc.subarray(RULES, { maxLength: 2 }),
      }),
      { maxLength: 4 },
    ),
    otherwise: fc.option(ranks.map((rank) => ({ rule: 'otherwise', rank }))),
    caps: fc.array(fc.record({ protocol: fc.constant('P'), rank: ranks, when: formulas }), { maxLength: 1 }),
  });

const caseOf = (over: Partial<EditCase>): EditCase => ({
  edit: 'e',
  registered: true,
  agreed: null,
  candidates: [],
  otherwise: { rule: 'otherwise', rank: 1 },
  caps: [],
  ...over,
});

describe('the outcome of a filing', () => {
  it('equals the reference enumeration on random rule sets, read off a table and searched', () => {
    fc.assert(
      fc.property(fc.array(editCasesOver(formulasOver(ATOMS)), { maxLength: 3 }), (cases) => {
        const slow = referenceOutcome(cases);
        for (const fast of [outcomeOf(cases), outcomeOf(cases, NO_TABLE)]) {
          assert.deepEqual([fast.lowest, fast.highest], [slow.lowest, slow.highest]);
          if (slow.moving.length > 0)
            assert.deepEqual(fast.asked.map((asked) => asked.key).sort(), slow.moving);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is the same by a search as by a table, for every goal and any one answer', () => {
    const goals = [0, 1, 2, 3, 4, 5].flatMap((rank) => [
      { bound: 'at most' as const, rank },
      { bound: 'at least' as const, rank },
    ]);
    const answers = [
      undefined,
      ...MOST.flatMap((_, place) => [true, false].map((truth) => ({ atom: place, truth }))),
    ];
    fc.assert(
      fc.property(fc.array(editCasesOver(formulasOver(MOST)), { maxLength: 3 }), (cases) => {
        const layOut = new LayOut();
        for (const atom of MOST) layOut.formula(atom);
        const laid = cases.map((one) => layOut.case(one));
        const table = new TruthTable(laid, layOut.atoms);
        const search = new Search(laid, layOut.atoms);
        for (const goal of goals)
          for (const given of answers)
            assert.equal(
              table.canReach(goal, given),
              search.reach(goal, given) !== 'none',
              JSON.stringify({ goal, given }),
            );
      }),
      { numRuns: 300 },
    );
  });

  it('finds out whether a formula can be true, of few unknowns as of many', () => {
    fc.assert(
      fc.property(formulasOver(ATOMS), (formula) => {
        const alone = caseOf({
          otherwise: null,
          candidates: [{ rule: 'r', rank: 1, when: formula, insteadOf: [] }],
        });
        assert.equal(canHold(formula), referenceOutcome([alone]).highest === 1);
      }),
    );
    const many = Array.from({ length: MOST_ATOMS + 1 }, (_, place) => atom(`m${place}`));
    const oneOfThem = [or(many), or([...many.slice(1), not(many[0]!)])];
    assert.equal(canHold(and([...oneOfThem, ...many.map(not)])), false);
    assert.equal(canHold(and([...oneOfThem, ...many.slice(1).map(not)])), false);
    assert.equal(canHold(and([...oneOfThem, ...many.slice(2).map(not)])), true);
  });

  it('is what `otherwise` says where no rule reports', () => {
    assert.deepEqual(outcomeOf([caseOf({})]), { lowest: 1, highest: 1, asked: [], approximate: false });
  });

  it('is none where the filing does not register the matter', () => {
    assert.equal(outcomeOf([caseOf({ registered: false })]).highest, 0);
  });

  it('keeps both categories possible while an exception is unknown', () => {
    const exception = caseOf({
      candidates: [
        { rule: 'general', rank: 4, when: true, insteadOf: [] },
        { rule: 'exception', rank: 2, when: atom('more-assurance'), insteadOf: ['general'] },
      ],
    });
    const outcome = outcomeOf([exception]);
    assert.deepEqual([outcome.lowest, outcome.highest], [2, 4]);
    assert.deepEqual(
      outcome.asked.map((asked) => asked.key),
      ['more-assurance'],
    );
  });

  it('asks nothing whose answer cannot move the highest of all edits', () => {
    const major = caseOf({ edit: 'major', candidates: [{ rule: 'b', rank: 4, when: true, insteadOf: [] }] });
    const open = caseOf({
      edit: 'open',
      candidates: [{ rule: 'c', rank: 3, when: atom('q'), insteadOf: [] }],
    });
    assert.deepEqual(outcomeOf([major, open]), { lowest: 4, highest: 4, asked: [], approximate: false });
  });

  it('takes the values of one attribute to exclude each other', () => {
    const both = caseOf({
      otherwise: { rule: 'otherwise', rank: 0 },
      candidates: [{ rule: 'r', rank: 3, when: and([atom('x', 'v'), atom('y', 'v')]), insteadOf: [] }],
    });
    assert.equal(outcomeOf([both]).highest, 0);
  });

  it('falls back to a sound interval past the branch limit, and says so', () => {
    // Eight pigeons in seven holes, no two in one: impossible, but only found out by trying.
    const sits = (pigeon: number, hole: number): Formula => atom(`p${pigeon}h${hole}`);
    const pigeons = [0, 1, 2, 3, 4, 5, 6, 7];
    const holes = pigeons.slice(1);
    const impossible = and([
      ...pigeons.map((pigeon) => or(holes.map((hole) => sits(pigeon, hole)))),
      ...holes.flatMap((hole) =>
        pigeons.flatMap((one) =>
          pigeons
            .filter((other) => other > one)
            .map((other) => not(and([sits(one, hole), sits(other, hole)]))),
        ),
      ),
    ]);
    const hard = caseOf({
      candidates: [{ rule: 'r', rank: 3, when: impossible, insteadOf: [] }],
      otherwise: { rule: 'otherwise', rank: 0 },
    });
    const outcome = outcomeOf([hard]);
    assert.equal(outcome.approximate, true);
    assert.deepEqual([outcome.lowest, outcome.highest], [0, 3]);
  });
});
