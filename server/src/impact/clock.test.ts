import assert from 'node:assert/strict';
import { formatDate, parseDate } from '../base/date.js';
import { compileRules } from '../rules/compile.js';
import { parseRules } from '../syntax/parser.js';
import { clockOf, judgedOnImplementation, typicalDecision } from './clock.js';

const RULES = compileRules([
  {
    file: 'p.rules',
    shipped: false,
    tree: parseRules(`pack p "P" {
      market: US filings: NDA categories: none < AR < IA < UPDATE < CBE-0 < CBE-30 < PAS < II < MAJOR
      clock PAS: approval, typical 4 months, typical 6..10 months for ANDA
      clock CBE-30: wait 30 days
      clock CBE-0: on-receipt
      clock IA: afterwards, within 12 months, judged on implementation
      clock AR: afterwards, within 60 days of anniversary
      clock UPDATE: afterwards, within 9..12 months
      clock II: approval, wait 30 days for MRP, wait 30 days for DCP, typical 60..90 days
      clock MAJOR: approval, within 6 months, typical 40 working days
    }`),
  },
]);
const PACK = RULES.packs.get('p')!;

/** `EARLIEST, SUBMIT-BY` of a category, for a filing first approved on 2022-05-01. */
function clock(
  category: string,
  dates: { readonly submitted?: string; readonly approved?: string; readonly implemented?: string },
  firstApproved = '2022-05-01',
): string {
  const day = (text: string | undefined): number | null => parseDate(text ?? '');
  const { earliest, submitBy } = clockOf(PACK, category, {
    submitted: day(dates.submitted),
    approved: day(dates.approved),
    implemented: day(dates.implemented),
    firstApproved: day(firstApproved),
  });
  return [earliest, submitBy].map((one) => (one === null ? '-' : formatDate(one))).join(', ');
}

const NONE = { submitted: null, approved: null, implemented: null, firstApproved: null };
const dated = (day: number | null): string | null => (day === null ? null : formatDate(day));

describe('the clock of a category', () => {
  it('waits for the approval; what is typical binds nobody', () => {
    assert.equal(clock('PAS', { submitted: '2027-01-10', approved: '2027-03-01' }), '2027-03-01, -');
    assert.equal(clock('PAS', { submitted: '2027-01-10' }), '2027-01-10, -');
    assert.equal(clock('PAS', {}), '-, -');
  });

  it('waits after the submission, or for it', () => {
    assert.equal(clock('CBE-30', { submitted: '2027-01-10' }), '2027-02-09, -');
    assert.equal(clock('CBE-0', { submitted: '2027-01-10' }), '2027-01-10, -');
  });

  it('leaves a time after the implementation', () => {
    assert.equal(clock('IA', { implemented: '2027-01-10' }), '-, 2028-01-10');
    assert.equal(clock('IA', {}), '-, -');
  });

  it('leaves a time after the next anniversary of the approval', () => {
    assert.equal(clock('AR', { implemented: '2027-01-10' }), '-, 2027-06-30');
    assert.equal(clock('AR', { implemented: '2027-05-01' }), '-, 2027-06-30');
    assert.equal(clock('AR', { implemented: '2027-05-02' }), '-, 2028-06-30');
    assert.equal(clock('AR', { implemented: '2022-05-01' }), '-, 2023-06-30');
    assert.equal(clock('AR', { implemented: '2027-05-02' }, ''), '-, -');
  });

  it('opens a window where one is given', () => {
    const { submitFrom, submitBy } = clockOf(PACK, 'UPDATE', {
      ...NONE,
      implemented: parseDate('2027-01-31'),
    });
    assert.deepEqual([submitFrom, submitBy].map(dated), ['2027-10-31', '2028-01-31']);
    const report = clockOf(PACK, 'AR', {
      ...NONE,
      implemented: parseDate('2027-01-10'),
      firstApproved: parseDate('2022-05-01'),
    });
    assert.equal(dated(report.submitFrom), '2027-05-01');
    assert.equal(clockOf(PACK, 'IA', { ...NONE, implemented: 0 }).submitFrom, null);
  });

  it('ends with an acceptance that comes before the wait is over', () => {
    assert.equal(clock('CBE-30', { submitted: '2027-01-10', approved: '2027-01-20' }), '2027-01-20, -');
    assert.equal(clock('CBE-30', { submitted: '2027-01-10', approved: '2027-03-20' }), '2027-02-09, -');
  });

  it('waits after the approval in some procedures, and leaves a time to put the change in place', () => {
    const approved = parseDate('2027-03-01');
    const days = (procedure: string | null): (string | null)[] => {
      const { earliest, earliestOfAnyProcedure } = clockOf(PACK, 'II', { ...NONE, approved, procedure });
      return [earliest, earliestOfAnyProcedure].map(dated);
    };
    assert.deepEqual(days('MRP'), ['2027-03-31', '2027-03-31']);
    assert.deepEqual(days('CP'), ['2027-03-01', '2027-03-01']);
    assert.deepEqual(days(null), ['2027-03-01', '2027-03-31']);
    assert.equal(dated(clockOf(PACK, 'MAJOR', { ...NONE, approved }).implementBy), '2027-09-01');
  });

  it('says when a decision is typical, in working days where the pack counts them', () => {
    const typical = (category: string, type = 'NDA'): readonly (string | null)[] | undefined =>
      typicalDecision(PACK, category, parseDate('2027-01-04')!, type)?.map(dated);
    assert.deepEqual(typical('PAS'), ['2027-05-04', '2027-05-04']);
    assert.deepEqual(typical('PAS', 'ANDA'), ['2027-07-04', '2027-11-04']);
    assert.deepEqual(typical('II'), ['2027-03-05', '2027-04-04']);
    assert.deepEqual(typical('MAJOR'), ['2027-03-01', '2027-03-01']);
    assert.equal(typical('AR'), undefined);
  });

  it('says on which day a filing is judged', () => {
    assert.equal(judgedOnImplementation(PACK, 'IA'), true);
    assert.equal(judgedOnImplementation(PACK, 'AR'), false);
  });
});
