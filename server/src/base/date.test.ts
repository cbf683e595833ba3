import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addMonths, addQuantity, addWorkingDays, formatDate, parseDate } from './date.js';
import { lookupUnit } from './quantity.js';

const day = (text: string): number => parseDate(text)!;

describe('dates', () => {
  it('are days since 1970-01-01', () => {
    assert.equal(parseDate('1970-01-01'), 0);
    assert.equal(parseDate('2000-03-01'), 11_017);
  });

  it('are null where there is no such day', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-1-1',
      'x',
      '1900-02-29',
    ])
      assert.equal(parseDate(text), null);
  });

  it('go to text and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        assert.equal(parseDate(formatDate(number)), number);
      }),
    );
  });

  it('stop at the end of a month', () => {
    assert.equal(formatDate(addMonths(day('2026-01-31'), 1)), '2026-02-28');
    assert.equal(formatDate(addMonths(day('2028-02-29'), 12)), '2029-02-28');
    assert.equal(formatDate(addMonths(day('2026-01-15'), -2)), '2025-11-15');
  });

  it('add durations by the calendar', () => {
    const after = (number: number, unit: string): string | null => {
      const result = addQuantity(day('2026-01-30'), { number, unit: lookupUnit(unit)! });
      return result === null ? null : formatDate(result);
    };
    assert.equal(after(1, 'month'), '2026-02-28');
    assert.equal(after(2, 'years'), '2028-01-30');
    assert.equal(after(2, 'weeks'), '2026-02-13');
    assert.equal(after(30, 'days'), '2026-03-01');
    assert.equal(after(1, 'working day'), '2026-02-02');
    assert.equal(after(36, 'h'), '2026-02-01');
    assert.equal(after(5, 'kg'), null);
  });

  it('count working days from Monday to Friday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 60 }), (start, count) => {
        let expected = start;
        for (let left = count; left > 0; ) {
          expected++;
          const weekday = new Date(expected * 86_400_000).getUTCDay();
          if (weekday !== 0 && weekday !== 6) left--;
        }
        assert.equal(addWorkingDays(start, count), expected);
      }),
    );
  });
});
