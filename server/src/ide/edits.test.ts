import assert from 'node:assert/strict';
import { changedText, indentOf, lineEnding, nextLine, type TextChange, withoutOverlaps } from './edits.js';

const change = (start: number, end: number, newText: string): TextChange => ({
  span: { start, end },
  newText,
});

describe('edits of a text', () => {
  it('are applied from the end, insertions at one place in their order', () => {
    assert.equal(changedText('abc', [change(0, 1, 'x'), change(3, 3, '1'), change(3, 3, '2')]), 'xbc12');
  });

  it('leave out what reaches into an earlier one', () => {
    const first = change(0, 4, '');
    const next = change(4, 6, 'y');
    assert.deepEqual(withoutOverlaps([change(2, 5, ''), next, first, change(6, 6, 'z')]), [first, next]);
  });

  it('know lines that end in either way', () => {
    const text = 'a\r\n  b\n';
    assert.equal(lineEnding(text), '\r\n');
    assert.equal(nextLine(text, 0), 3);
    assert.equal(nextLine(text, 4), 7);
    assert.equal(indentOf(text, 5), '  ');
  });
});
