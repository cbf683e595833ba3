import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex } from './lineIndex.js';

describe('line index', () => {
  it('counts lines at LF, CRLF and a lone CR', () => {
    const index = new LineIndex('a\nbc\r\nd\re');
    assert.equal(index.lineCount, 4);
    assert.deepEqual(index.position(2), { line: 1, character: 0 });
    assert.deepEqual(index.position(6), { line: 2, character: 0 });
    assert.deepEqual(index.position(8), { line: 3, character: 0 });
  });

  it('counts UTF-16 units', () => {
    assert.deepEqual(new LineIndex('😀x').position(2), { line: 0, character: 2 });
  });

  it('clamps what lies outside', () => {
    const index = new LineIndex('ab\nc');
    assert.deepEqual(index.position(99), { line: 1, character: 1 });
    assert.equal(index.offset({ line: 9, character: 0 }), 4);
    assert.equal(index.offset({ line: 0, character: 99 }), 3);
    assert.deepEqual(index.rangeOf({ start: 1, end: 4 }), {
      start: { line: 0, character: 1 },
      end: { line: 1, character: 1 },
    });
  });

  it('takes every offset there and back', () => {
    const texts = fc
      .array(fc.constantFrom('a', '\n', '\r', '\r\n', 'é', '😀'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++)
          assert.equal(index.offset(index.position(offset)), offset);
      }),
    );
  });
});
