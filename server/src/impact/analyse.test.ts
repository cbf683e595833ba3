import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyseText, obligations, type TestCase } from './testing.js';

const REGISTRY = `
organisations: { OWNER: {} }
sites: { A: {}, B: {} }
products: { P: {} }
materials: { M: { stage: drug-substance, product: P, specification: SPEC } }
steps: { S: { sites: [A], produces: [M], parameters: { size: 5 kg } } }
specifications: { SPEC: { tests: { assay: 95.0..102.0 % } } }
validations: { PV: { kind: process, covers: [S], site: A }, STAB: { kind: stability, covers: [P] } }
filings: { NDA: { market: US, type: NDA, product: P, registers: [S] } }
agreements: { QA: { between: [OWNER], sites: [A] } }
`;

const RULES = `
pack p "P" { market: US filings: NDA categories: none < AR < PAS otherwise: rest }
condition harmful "Harmful?" {}
rule rest "Rest" { report AR cite "x" basis official }
rule size "Size" { on modify size of step report PAS when harmful revalidate process perform review "look" cite "x" basis official }
rule other "Other" { on replace site of step assess stability product cite "x" basis official }
`;

const SIZE = 'modify S { size: 5 kg -> 6 kg }';
const test = (record: string, more: Partial<TestCase> = {}): TestCase => ({
  registry: REGISTRY,
  rules: RULES,
  record,
  ...more,
});

describe('the analysis of a record', () => {
  it('says what is reached and owed, sorted by ID', () => {
    const { reached, obligations: owed, considered } = analyseText(test(SIZE));
    const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
    assert.deepEqual(ids(reached.sites), ['A']);
    assert.deepEqual(ids(reached.validations), ['PV', 'STAB']);
    assert.deepEqual(ids(reached.filings), ['NDA']);
    assert.deepEqual(ids(reached.products), ['P']);
    assert.deepEqual(ids(owed), [
      'CC-1:filing:NDA',
      'CC-1:notification:OWNER',
      'CC-1:revalidation:PV@A',
      'CC-1:task:review',
    ]);
    assert.deepEqual([...considered()].sort(), ['p/rest', 'p/size']);
  });

  it('keeps the shortest path over all edits', () => {
    const { reached } = analyseText(
      test(`${SIZE} modify SPEC { assay.limit: 95.0..102.0 % -> 96.0..102.0 % }`),
    );
    assert.deepEqual(reached.filings[0]?.path, ['S', 'NDA']);
    assert.deepEqual(reached.products[0]?.path, ['S', 'M', 'P']);
  });

  it('owes nothing for what is evidence', () => {
    for (const status of ['closed', 'rejected', 'cancelled']) {
      const analysis = analyseText(test(`status: ${status} ${SIZE} confirm harmful because "x"`));
      assert.deepEqual(analysis.obligations, []);
      assert.deepEqual(
        analysis.edits.map(({ key }) => key),
        ['S.size'],
      );
      assert.deepEqual(analysis.unused, []);
    }
  });

  it('keeps its IDs while lines are put in above', () => {
    const ids = (record: string): readonly string[] =>
      analyseText(test(record)).obligations.map(({ id }) => id);
    assert.deepEqual(ids(`owner: "me" origin: CAPA-1 ${SIZE}`), ids(SIZE));
  });

  it('gives every filing that it reaches an outcome', () => {
    const line = fc.constantFrom(
      'modify SPEC { assay.limit: 95.0..102.0 % -> 96.0..102.0 % }',
      SIZE,
      'transfer S from A to B',
      'modify NDA { x-note: none -> "x" }',
    );
    fc.assert(
      fc.property(fc.uniqueArray(line, { minLength: 1 }), (lines) => {
        const { reached, obligations: owed } = analyseText(test(lines.join(' ')));
        const filings = owed.filter(({ kind }) => kind === 'filing').map(({ target }) => target);
        assert.deepEqual(
          filings,
          reached.filings.map(({ id }) => id),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('answers that answer nothing', () => {
  const unused = (answers: string): readonly string[] =>
    analyseText(test(`${SIZE} ${answers}`)).unused.map(({ kind }) => kind);

  it('are told', () => {
    assert.deepEqual(
      unused('confirm harmful for B because "x" perform dance revalidate STAB unaffected PV because "x"'),
      ['confirm', 'perform', 'revalidate', 'unaffected'],
    );
  });

  it('are not those that answer something, whether it is enough or not', () => {
    assert.deepEqual(
      unused(
        'confirm harmful because "x" perform review revalidate PV at B file NDA as AR approval NDA on 2027-01-01 implement NDA on 2027-01-02 notify OWNER',
      ),
      [],
    );
  });
});

describe('contradictory answers', () => {
  it('are told once, at the second', () => {
    const { contradictions } = analyseText(
      test(`${SIZE} confirm harmful because "x" deny harmful for S because "y"`),
    );
    assert.equal(contradictions.length, 1);
    assert.equal(contradictions[0]?.condition, 'p/harmful');
    assert.ok(contradictions[0].place.first > contradictions[0].otherPlace.first);
  });
});

describe('a record with parts', () => {
  const part = (status: string, answers: string): string =>
    `change CC-1-US "part" { status: ${status} raised: 2026-01-01 parent: CC-1 ${answers} }`;
  const owed = (others: string): readonly string[] =>
    obligations(test(SIZE, { others }), 'revalidation', 'task');

  it('is answered by them too', () => {
    assert.deepEqual(owed(part('assessing', 'revalidate PV')), [
      'revalidation PV@A met by p/size',
      'task review unmet by p/size',
    ]);
    assert.deepEqual(owed(part('closed', 'perform review done 2026-02-02')), [
      'revalidation PV@A unmet by p/size',
      'task review met by p/size',
    ]);
  });

  it('may be answered for one of its edits, by the name that the edit has there', () => {
    const filing = (others: string): readonly string[] =>
      analyseText(test(SIZE, { others }))
        .obligations.filter(({ kind }) => kind === 'filing')
        .map(({ category }) => `${category?.lowest}..${category?.highest}`);
    assert.deepEqual(filing(part('assessing', 'deny harmful for S.size because "x"')), ['AR..AR']);
    const partOf = (answers: string) => () =>
      analyseText(test(`parent: CC-0 ${answers}`, { others: 'change CC-0 "x" { }' }));
    assert.doesNotThrow(partOf('deny harmful for S.size because "x"'));
    assert.throws(partOf('deny harmful for SX.size because "x"'), /SX\.size/);
  });

  it('is not answered by those that were turned down, or that are parts of another', () => {
    const nothing = ['revalidation PV@A unmet by p/size', 'task review unmet by p/size'];
    assert.deepEqual(owed(part('rejected', 'revalidate PV')), nothing);
    assert.deepEqual(owed(part('cancelled', 'revalidate PV')), nothing);
    assert.deepEqual(
      owed(part('assessing', 'revalidate PV').replace('parent: CC-1', 'parent: CC-2')),
      nothing,
    );
  });

  it('makes use of their answers, which are not told as unused then', () => {
    const whole = `change CC-0 "whole" { status: assessing raised: 2026-01-01 ${SIZE} }`;
    const unused = (others: string): readonly string[] =>
      analyseText(test('parent: CC-0 revalidate PV perform dance', { others })).unused.map(
        ({ kind }) => kind,
      );
    assert.deepEqual(unused(whole), ['perform']);
    assert.deepEqual(unused(whole.replace('assessing', 'closed')), ['revalidate', 'perform']);
  });

  it('places no answer of a part in itself', () => {
    const found = analyseText(test(SIZE, { others: part('assessing', 'revalidate PV') })).obligations;
    assert.equal(found.find(({ kind }) => kind === 'revalidation')?.answer, null);
  });
});

describe('a record on top of another', () => {
  const below = (status: string): string =>
    `change CC-0 "below" { status: ${status} raised: 2026-01-01 implement: 2026-02-01 modify S { size: 5 kg -> 8 kg } }`;
  const problems = (record: string, others: string): string => {
    try {
      analyseText(test(record, { others }));
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('starts from what that one proposes', () => {
    assert.equal(problems('after: CC-0 modify S { size: 8 kg -> 9 kg }', below('approved')), '');
    assert.match(problems('after: CC-0 modify S { size: 5 kg -> 9 kg }', below('approved')), /8 kg/);
  });

  it('starts from the registry where that one was turned down', () => {
    assert.equal(problems('after: CC-0 modify S { size: 5 kg -> 9 kg }', below('rejected')), '');
  });

  it('ends where the chain comes back to itself', () => {
    const circular =
      'change CC-0 "x" { status: draft raised: 2026-01-01 after: CC-1 modify SPEC { assay.limit: 95.0..102.0 % -> 96.0..102.0 % } }';
    assert.equal(problems(`after: CC-0 ${SIZE}`, circular), '');
  });
});
