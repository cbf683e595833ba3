import assert from 'node:assert/strict';
import { lookupUnit } from './quantity.js';
import { isInside, sameValue, sameValues, type Value } from './value.js';

const quantity = (number: number, unit: string): Value => ({
  kind: 'amount',
  amount: { number, unit: lookupUnit(unit)! },
  text: `${number} ${unit}`,
});
const range = (low: number | null, high: number | null, unit: string, open = false): Value => ({
  kind: 'interval',
  low: low === null ? null : { amount: { number: low, unit: lookupUnit(unit)! }, open },
  high: high === null ? null : { amount: { number: high, unit: lookupUnit(unit)! }, open },
  text: `${low}..${high} ${unit}`,
});
const word = (text: string): Value => ({ kind: 'id', text });
const text = (content: string): Value => ({ kind: 'text', text: content });
const none: Value = { kind: 'none', text: 'none' };

describe('values', () => {
  it('are the same by meaning', () => {
    assert.ok(sameValue(quantity(50, 'kg'), quantity(50_000, 'g')));
    assert.ok(sameValue(range(20, 25, '°C'), range(293.15, 298.15, 'K')));
    assert.ok(sameValue(word('DAB-4'), text('DAB-4')));
    assert.ok(sameValue(none, none));
    assert.ok(sameValues([word('A'), word('B')], [word('B'), word('A')]));
  });

  it('differ otherwise', () => {
    assert.ok(!sameValue(quantity(50, 'kg'), quantity(50, 'L')));
    assert.ok(!sameValue(range(null, 5, '%'), range(null, 5, '%', true)));
    assert.ok(!sameValue(none, text('none')));
    assert.ok(!sameValues([word('A'), word('A')], [word('A'), word('B')]));
  });

  it('lie inside an interval or not', () => {
    assert.equal(isInside(quantity(50, 'kg'), range(40, 60, 'kg')), true);
    assert.equal(isInside(quantity(60, 'kg'), range(40, 60, 'kg')), true);
    assert.equal(isInside(quantity(60, 'kg'), range(40, 60, 'kg', true)), false);
    assert.equal(isInside(range(18, 27, '°C'), range(20, 25, '°C')), false);
    assert.equal(isInside(range(null, 5, '%'), range(null, 6, '%')), true);
    assert.equal(isInside(range(null, 5, '%'), range(1, 6, '%')), false);
    assert.equal(isInside(quantity(50, 'L'), range(40, 60, 'kg')), null);
    assert.equal(isInside(word('x'), range(40, 60, 'kg')), null);
  });
});
