import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Amount,
  compareAmounts,
  convert,
  describeDimension,
  differenceOf,
  lookupUnit,
  ratioOf,
  sameDimension,
} from './quantity.js';

function amount(number: number, unit?: string): Amount {
  if (unit === undefined) return { number, unit: null };
  const found = lookupUnit(unit);
  assert.ok(found, `${unit} is a unit`);
  return { number, unit: found };
}

describe('units', () => {
  it('know UCUM codes and everyday spellings', () => {
    const same = [
      ['°C', 'Cel', 'degC'],
      ['L', 'l', 'litres'],
      ['µL', 'μL', 'uL'],
      ['µg', 'mcg', 'ug', 'micrograms'],
      ['months', 'month', 'mo'],
      ['days', 'd', 'day'],
      ['years', 'a', 'yr'],
      ['%', '% w/w'],
      ['working days', 'working day', 'business days'],
      ['tablets', 'tablet'],
    ];
    for (const [first, ...others] of same)
      for (const other of others) assert.deepEqual(lookupUnit(other), lookupUnit(first!));
  });

  it('know the compounds of the field', () => {
    const words =
      'mg/mL g/L CFU/mL EU/mL IU/mL cells/mL vg/kg mmol/L kDa kGy Gy W lx m2 m² min-1 rpm mbar kPa psi nm L/m2/h µS/cm ppm ppb MBq/mL °C/min CFU/100mL';
    for (const word of [...words.split(' '), '% w/v', '% v/v', 'lux h', 'CFU/100 mL'])
      assert.ok(lookupUnit(word), word);
  });

  it('never are words of the grammar, nor unknown words', () => {
    for (const word of ['in', 'on', 'at', 'as', 'of', 'to', 'kgg', 'toString', '', '/', 'mg/'])
      assert.equal(lookupUnit(word), undefined);
  });

  it('say their dimension in words', () => {
    assert.equal(describeDimension(amount(1, 'kg')), 'mass');
    assert.equal(describeDimension(amount(1, 'vials')), 'a count of vials');
    assert.equal(describeDimension(amount(1, 'CFU/mL')), 'CFU per volume');
    assert.equal(describeDimension(amount(1)), 'a bare number');
  });
});

describe('amounts', () => {
  it('are equal across units', () => {
    const equal = [
      [amount(0.1, 'kg'), amount(100, 'g')],
      [amount(25, '°C'), amount(298.15, 'K')],
      [amount(77, '°F'), amount(25, '°C')],
      [amount(12, 'months'), amount(1, 'year')],
      [amount(2, 'weeks'), amount(14, 'days')],
      [amount(2, 'ppm'), amount(0.0002, '%')],
      [amount(1, 'mg/mL'), amount(0.1, '% w/v')],
      [amount(60, 'rpm'), amount(1, 'Hz')],
      [amount(1, 'cm2'), amount(100, 'mm2')],
      [amount(1, 'CFU/mL'), amount(100, 'CFU/100 mL')],
    ] as const;
    for (const [a, b] of equal) assert.equal(compareAmounts(a, b), 0, `${a.unit?.code} ${b.unit?.code}`);
  });

  it('do not compare across dimensions', () => {
    assert.equal(compareAmounts(amount(1, 'kg'), amount(1, 'L')), null);
    assert.equal(compareAmounts(amount(1, 'vials'), amount(1, 'tablets')), null);
    assert.equal(compareAmounts(amount(1, 'days'), amount(1, 'working days')), null);
    assert.equal(compareAmounts(amount(1), amount(1, '%')), null);
    assert.equal(ratioOf(amount(1, 'kg'), amount(1, 'L')), null);
    assert.equal(differenceOf(amount(1, 'kg'), amount(1, 'L')), null);
  });

  it('divide and subtract', () => {
    assert.equal(ratioOf(amount(120, 'kg'), amount(50, 'kg')), 2.4);
    assert.equal(ratioOf(amount(1, 'kg'), amount(0, 'kg')), null);
    assert.deepEqual(differenceOf(amount(30, '°C'), amount(25, '°C')), amount(5, '°C'));
  });

  const units = [
    'kg',
    'g',
    'mg',
    'µg',
    't',
    'L',
    'mL',
    '°C',
    'K',
    '°F',
    'months',
    'days',
    '%',
    'ppm',
    'vials',
  ];
  const amounts = fc
    .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(...units))
    .map(([number, unit]) => amount(number / 100, unit));

  it('compare antisymmetrically', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const there = compareAmounts(a, b);
        const back = compareAmounts(b, a);
        assert.equal(there === null, back === null);
        assert.equal(there === null, !sameDimension(a, b));
        if (there !== null && back !== null) assert.equal(there + back, 0);
      }),
    );
  });

  it('compare transitively', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        if (compareAmounts(a, b) === -1 && compareAmounts(b, c) === -1)
          assert.equal(compareAmounts(a, c), -1);
      }),
    );
  });

  it('have inverse ratios and convert there and back', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const there = ratioOf(a, b);
        const back = ratioOf(b, a);
        if (there !== null && back !== null) assert.ok(Math.abs(there * back - 1) < 1e-9);
        const other = convert(a, b.unit);
        assert.equal(other === null, !sameDimension(a, b));
        if (other) assert.ok(Math.abs(convert(other, a.unit)!.number - a.number) < 1e-6);
      }),
    );
  });
});
