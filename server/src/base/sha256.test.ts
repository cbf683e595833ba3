import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Sha256 } from './sha256.js';

describe('Sha256', () => {
  it('gives what the library of Node gives, for texts in parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (parts) => {
        const own = new Sha256();
        const expected = createHash('sha256');
        for (const part of parts) {
          own.update(part);
          expected.update(part);
        }
        assert.equal(own.hex(), expected.digest('hex'));
      }),
    );
  });
});
