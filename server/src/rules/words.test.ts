import assert from 'node:assert/strict';
import { compileText, expressionOf } from './testContext.js';
import { inWords, triggerInWords } from './words.js';

describe('expressions in words', () => {
  const set = compileText('pack p "p" {} condition novel "Is it novel?" {}');
  const cases: Readonly<Record<string, string>> = {
    'product.release = immediate and stage = drug-product':
      "the product's release is immediate and the stage is drug-product",
    'product.sterile or not subject.critical': 'the product is sterile or what is changed is not critical',
    'ratio(proposed, filing.bio-batch) <= 10':
      "the ratio of the proposed one to the filing's bio batch is at most 10",
    'direction in (tightened, added)': 'the change is one of tightened, added',
    'proposed.campus != current.campus':
      'the campus of the proposed one is not the campus of the current one',
    'inspected(proposed, subject.activity, 2 years)':
      'the proposed one was inspected for the activity of what is changed, acceptably, within 2 years',
    'not contained(proposed, product)': 'the proposed one does not contain the product well enough',
    'not novel': 'no to “Is it novel?”',
    'registered and (validated or reaches(filing))':
      'the filing registers it and (the proposed value is validated or the change reaches a filing)',
    'not restricted': 'it is not in the restricted part of a master file',
    'total(difference(proposed, current)) <= 5 %':
      'the total, over all such edits, of the difference between the proposed one and the current one is at most 5 %',
    'share(lubricant) < 1 %': 'the share of everything that is a lubricant is less than 1 %',
    'not (stage = reagent)': 'the stage is not reagent',
    'not (detail in (limit, method))': 'the detail that changes is none of limit, method',
    'not (product.sterile and novel)': 'it is not so that (the product is sterile and yes to “Is it novel?”)',
    'product.sterile = false': 'the product is not sterile',
  };
  for (const [expression, words] of Object.entries(cases))
    it(`${expression}`, () => {
      assert.equal(
        inWords(expressionOf(expression), (name) => set.resolveCondition(name, 'p')),
        words,
      );
    });

  it('and triggers', () => {
    assert.equal(
      triggerInWords({ action: 'replace', part: 'site', subject: 'step' }),
      'a site of a step is replaced',
    );
    assert.equal(
      triggerInWords({ action: 'modify', part: 'capacity', subject: 'equipment' }),
      'a capacity of equipment is modified',
    );
    assert.equal(triggerInWords({ action: null, part: null, subject: null }), 'anything is changed');
  });
});
