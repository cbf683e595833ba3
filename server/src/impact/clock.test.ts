import assert from 'node:assert/strict';
import { formatDate, parseDate } from '../base/date.js';
import { compileRules } from '../rules/compile.js';
import { parseRules } from '../syntax/parser.js';
import { clockOf, judgedOnImplementation } from './clock.js';

const RULES = compileRules([
  {
    file: 'p.rules',
    shipped: false,
    tree: parseRules(`pack p "P" {
      market: US filings: NDA categories: none < AR < IA < CBE-0 < CBE-30 < PAS
      clock PAS: approval, typical 4 months
      clock CBE-30: wait 30 days
      clock CBE-0: on-receipt
      clock IA: afterwards, within 12 months, judged on implementation
      clock AR: afterwards, within 60 days of anniversary
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

  it('says on which day a filing is judged', () => {
    assert.equal(judgedOnImplementation(PACK, 'IA'), true);
    assert.equal(judgedOnImplementation(PACK, 'AR'), false);
  });
});
