import assert from 'node:assert/strict';
import { readRegistry } from './read.js';
import { validateFile } from './validate.js';

/** `severity source: message` for each problem that the schema finds. */
function found(text: string): readonly string[] {
  const file = readRegistry('r.yaml', text);
  assert.deepEqual(file.problems, []);
  return validateFile(file).map(
    ({ at, message, severity }) => `${severity} ${text.slice(file.starts[at], file.ends[at])}: ${message}`,
  );
}

describe('registry: held against the schema', () => {
  const cases: readonly (readonly [name: string, text: string, found: string])[] = [
    [
      'an unknown key',
      'materials: { M: { suplier: S } }',
      'warning suplier: `suplier` is no attribute of a material. Did you mean `suppliers`?',
    ],
    [
      'an unknown key inside',
      'specifications: { S: { tests: { assay: { limitt: 5 } } } }',
      'warning limitt: `limitt` is no attribute of `assay`. Did you mean `limit`?',
    ],
    [
      'a word of a closed vocabulary',
      'products: { P: { modality: pepetide } }',
      'error pepetide: `pepetide` is not one of the words for `modality`. Did you mean `peptide`?',
    ],
    [
      'a short closed vocabulary',
      'products: { P: { release: quick } }',
      'error quick: `quick` is not one of the words for `release`. It may be `immediate` or `modified`.',
    ],
    [
      'a country as people write it',
      'filings: { F: { market: UK } }',
      'error UK: `UK` is not one of the words for `market`. Did you mean `GB`?',
    ],
    [
      'a near miss of an open word',
      'steps: { S: { activity: peptide-sythesis } }',
      'warning peptide-sythesis: `peptide-sythesis` is not a usual word here. Did you mean `peptide-synthesis`?',
    ],
    [
      'an impossible date',
      'suppliers: { S: { qualified-until: 2026-02-31 } }',
      'error 2026-02-31: There is no day `2026-02-31`: check the month and the day.',
    ],
    [
      'a date in another order',
      'suppliers: { S: { qualified-until: 31.12.2026 } }',
      'error 31.12.2026: `31.12.2026` is no date: write year, month and day, as in `2026-10-02`.',
    ],
    [
      'an impossible date where any value may stand',
      'steps: { S: { parameters: { start: 2026-13-01 } } }',
      'error 2026-13-01: There is no day `2026-13-01`: check the month and the day.',
    ],
    [
      'a unit that measures something else',
      'materials: { M: { shelf-life: 24 kg } }',
      'error 24 kg: `shelf-life` is a length of time such as `24 months`; `24 kg` is mass.',
    ],
    [
      'a number without its unit',
      'materials: { M: { shelf-life: 24 } }',
      'error 24: `shelf-life` is a length of time such as `24 months`; `24` is a bare number.',
    ],
    [
      'no time at all',
      'agreements: { A: { notify: soon } }',
      'error soon: `notify` is a length of time such as `24 months` or `90 days`, not `soon`.',
    ],
    [
      'a range as others write it',
      'steps: { S: { parameters: { heat: 95.5 - 105 °C } } }',
      'warning 95.5 - 105 °C: `95.5 - 105 °C` is read as a text, which nothing can be compared with: write `95.5..105 °C`, or put it in quotes if a text is meant.',
    ],
    [
      'a limit in words, with a decimal comma',
      "specifications: { S: { tests: { water: 'max 0.2 %', assay: max. 0.2 %, lead: { limit: 'NMT 0,2 ppm' } } } }",
      'warning max. 0.2 %: `max. 0.2 %` is read as a text, which nothing can be compared with: write `NMT 0.2 %`, or put it in quotes if a text is meant.',
    ],
    [
      'a decimal comma',
      'specifications:\n  S:\n    tests:\n      water: NMT 0,25 %\n      look: white, 2 of 3 tablets\n      lead: 2,5-xylenol\n',
      'warning NMT 0,25 %: `NMT 0,25 %` is read as a text, which nothing can be compared with: write `NMT 0.25 %`, or put it in quotes if a text is meant.',
    ],
    [
      'an unknown unit',
      'equipment: { E: { capacity: 400 litters } }',
      'error 400 litters: `litters` is no known unit: did you mean `liters`?',
    ],
    [
      'a range of two dimensions',
      'steps: { S: { parameters: { size: 500 g..1 L } } }',
      'error 500 g..1 L: A range needs two ends of one dimension: this one runs from mass to volume.',
    ],
    [
      'no truth value',
      'products: { P: { sterile: yes } }',
      'error yes: `sterile` is either `true` or `false`, not `yes`.',
    ],
    [
      'several values for one',
      'sites: { S: { country: [IN, US] } }',
      'error [IN, US]: `country` takes one value, not a list.',
    ],
    [
      'a map for a list',
      'steps: { S: { consumes: { A: 1 } } }',
      'error { A: 1 }: `consumes` is a list here: write `consumes: [ … ]`, or one item on each line with `- `.',
    ],
    [
      'a list for a map',
      'steps: { S: { parameters: [ a ] } }',
      'error [ a ]: `parameters` needs a name for each thing in it: `parameters: { NAME: … }`, or one `NAME: …` on each line below it.',
    ],
    [
      'a word for a record',
      'equipment: { E: { cleaning: water } }',
      'error water: `cleaning` consists of `agent` or `procedure`: write `{ agent: … }`.',
    ],
    [
      'something that must be there',
      'validations: { V: { covers: [S] } }',
      'error V: The validation `V` needs `kind:`. What kind of validation it is.',
    ],
    [
      'an excipient function',
      'materials: { M: { composition: { N: { share: 4 %, function: filer } } } }',
      'error filer: `filer` is not one of the words for `function`. Did you mean `filler`?',
    ],
    [
      'a status of its own',
      'filings: { F: { market: EU, status: aproved } }',
      'error aproved: `aproved` is not one of the words for `status`. Did you mean `approved`?',
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      assert.deepEqual(found(text), [expected]);
    });
  }

  it('what is free is left alone', () => {
    for (const text of [
      'sites: { S: { x-sap: [1, { a: b }], country: , name: 007 } }',
      'steps: { S: { activity: glass-blowing, parameters: { colour: pale yellow, n: 5, r: 20..25 °C } } }',
      'packaging: { P: { size: 10 mL of type I glass } }',
      'materials: { M: { shelf-life: 24 months, storage: 2..8 °C, product: [A, B] } }',
      'agreements: { A: { notify: 30 working days } }',
      'filings: { F: { market: US, registers: { S: { part: restricted, sites: [A, B], x: { value: 5 kg, report: AR } } } } }',
      'equipment: { E: { cleaning: { agent: CIP-100, procedure: SOP-1 } } }',
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });
});
