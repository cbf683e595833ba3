import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance, nearest } from './nearest.js';

describe('the nearest word', () => {
  it('mends a letter lost, added, changed or swapped', () => {
    const words = ['transfer', 'replace', 'remove'];
    for (const word of ['transfr', 'transsfer', 'tranzfer', 'trasnfer'])
      assert.equal(nearest(word, words), 'transfer');
  });

  it('is null where nothing is near', () => {
    assert.equal(nearest('zebra', ['transfer', 'add']), null);
    assert.equal(nearest('xy', ['at', 'to']), null);
  });

  it('prefers equality but for case, then the nearer in case, then the first in order', () => {
    assert.equal(nearest('pas', ['PAR', 'PAS']), 'PAS');
    assert.equal(nearest('kgg', ['kGy', 'kg']), 'kg');
    assert.equal(nearest('bat', ['cat', 'bit']), 'bit');
  });

  it('prefers equality but for hyphens, dots and slashes to any other likeness', () => {
    assert.equal(nearest('CBE30', ['AR', 'CBE-0', 'CBE-30', 'PAS']), 'CBE-30');
    assert.equal(nearest('EQ_1', ['EQ-11', 'EQ-1', 'EQ1A']), 'EQ-1');
  });

  it('does not depend on the order of the candidates', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(word, fc.array(word), (wanted, words) => {
        assert.equal(nearest(wanted, words), nearest(wanted, [...words].reverse()));
      }),
    );
  });

  it('measures a symmetric distance', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, 99) === editDistance(b, a, 99)));
  });
});
