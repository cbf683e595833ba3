import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseValue } from './value.js';

describe('values of the registry', () => {
  it('read as a record would', () => {
    const kinds: Record<string, readonly string[]> = {
      amount: [
        '50 kg',
        '50kg',
        '-20 °C',
        '−20 °C',
        '95.0',
        '0.2 % w/w',
        '4 working days',
        '1e6 cells/mL',
        '5 a',
      ],
      interval: ['20..25 °C', '20–25 °C', '500 g..1 kg', 'NMT 0.2 %', '>= 98.0 %', '< 10 CFU/mL', '≤ 5 ppm'],
      date: ['2026-01-01'],
      none: ['none'],
      id: ['true', 'DAB-4', 'solution-for-injection', 'file', 'eu-2025/inspected'],
      text: [
        '',
        '007',
        '2026-02-30',
        'Novara Therapeutics',
        '21 CFR 314.70',
        'http://x',
        '50 kgg',
        '314.70.b',
        '1 kg..2 L',
        'a // b',
      ],
    };
    for (const [kind, texts] of Object.entries(kinds))
      for (const text of texts) assert.equal(parseValue(text).kind, kind, text);
  });

  it('keep the text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => parseValue(text).text === text || parseValue(text).kind !== 'text',
      ),
    );
  });
});
