import assert from 'node:assert/strict';
import { LineIndex } from '../base/lineIndex.js';
import { hints } from './hints.js';
import { openedRecord } from './testing.js';

/** The lines of one record from its fourth on, with each hint in double brackets where it stands. */
function hinted(statements: string, span?: { readonly start: number; readonly end: number }): string {
  const { snapshot, path, text } = openedRecord(`${statements}$0`);
  const lines = new LineIndex(text);
  let marked = text;
  for (const { position, label } of [
    ...hints(snapshot, path, span ?? { start: 0, end: text.length }),
  ].reverse()) {
    const offset = lines.offset(position);
    marked = `${marked.slice(0, offset)}«${label}»${marked.slice(offset)}`;
  }
  return marked.split('\n').slice(3, -1).join('\n').trim();
}

describe('hints', () => {
  it('tell what IDs are called, and which category an edit brings about', () => {
    assert.equal(
      hinted('transfer STEP from SITE-A to SITE-B'),
      'transfer STEP«Synthesis» from SITE-A«Plant A» to SITE-B«Plant B»«NDA-1 AR to PAS»',
    );
  });

  it('tell the ratio of amounts', () => {
    assert.equal(
      hinted('modify STEP { batch-size: 50 kg -> 120 kg }'),
      'modify STEP«Synthesis» { batch-size: 50 kg -> 120 kg«×2.4»«NDA-1 AR» }',
    );
  });

  it('tell what is owed where a line declares something else', () => {
    const edit = 'transfer STEP from SITE-A to SITE-B';
    assert.match(hinted(`${edit}\n  file NDA-1 as AR on 2027-01-01`), /as AR«owed: AR to PAS» on/);
    assert.match(hinted(`${edit}\n  file NDA-1 as PAS on 2027-01-01`), /as PAS on/);
  });

  it('name the parties and places of answers', () => {
    assert.equal(hinted('notify MAKER'), 'notify MAKER«Maker Inc»');
    assert.equal(
      hinted('revalidate new process of STEP at SITE-B'),
      'revalidate new process of STEP«Synthesis» at SITE-B«Plant B»',
    );
  });

  it('keep to the stretch that is asked for', () => {
    assert.equal(
      hinted('notify MAKER\n  notify OWNER', { start: 0, end: 'change CC-1 "A change" {'.length }),
      'notify MAKER\n  notify OWNER',
    );
  });
});
