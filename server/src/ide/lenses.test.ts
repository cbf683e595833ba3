import assert from 'node:assert/strict';
import { lenses } from './lenses.js';
import { opened, openedRecord, openedRecordWithWait, placeText } from './testing.js';

/** The lenses of the file with the cursor: place, title, arguments of the command. */
function shown({ snapshot, path }: ReturnType<typeof opened>): readonly string[] {
  return lenses(snapshot, path).map(({ range, title, command }) => {
    const [, place] = placeText(snapshot, path, range).split(/\.change:/);
    return `${place} | ${title} | ${command.arguments.join(' ')}`;
  });
}

describe('lenses', () => {
  it('sum a record up, and each of its edits', () => {
    assert.deepEqual(shown(openedRecord('transfer STEP from SITE-A to SITE-B$0')), [
      '1:8 CC-1 | sites 2 · validations 1 · filings 1 · 4 unmet | CC-1',
      '4:3 transfer STEP from SITE-A to SITE-B | NDA-1 (US) AR to PAS · 3 duties | CC-1 STEP:SITE-A>SITE-B',
    ]);
  });

  it('give each line of a `modify` its own, and the edits of one line one', () => {
    const titles = shown(
      openedRecord(
        'modify STEP { batch-size: 50 kg -> 60 kg\n critical: none -> true }\n  add SITE-B to STEP$0',
      ),
    );
    assert.deepEqual(titles.slice(1), [
      '4:17 batch-size: 50 kg -> 60 kg | NDA-1 (US) AR | CC-1 STEP.batch-size',
      '5:2 critical: none -> true | NDA-1 (US) none | CC-1 STEP.critical',
      '6:3 add SITE-B to STEP | NDA-1 (US) AR · 1 duty | CC-1 STEP:>SITE-B',
    ]);
    assert.deepEqual(shown(openedRecord('add RAW to STEP, SPEC$0')).length, 2);
  });

  it('tell the earliest day once it is known, and before that the day that it cannot precede', () => {
    const edit = 'transfer STEP from SITE-A to SITE-B\n  file NDA-1 as PAS on 2027-01-10';
    assert.match(shown(openedRecord(`${edit}$0`))[0]!, / · not before 2027-01-10 \| /);
    const low = edit.replace('PAS', 'AR').replace('file', 'deny PACMP-1 because "no"\n  file');
    assert.match(shown(openedRecordWithWait(`${low}$0`))[0]!, /unmet \| CC-1$/);
    assert.match(
      shown(openedRecordWithWait(`${edit.replace('PAS', 'AR')}$0`))[0]!,
      / · not before 2027-02-09 \| /,
    );
    const approved = `${edit}\n  approval NDA-1 on 2027-06-01$0`;
    assert.match(shown(openedRecord(approved))[0]!, / · earliest 2027-06-01 \| /);
  });

  it('say of a closed record that it is evidence, and nothing of one without a name', () => {
    assert.deepEqual(
      shown(opened('=== a.change\nchange CC-1 "x" { status: closed add SITE-B to STEP }\nchange { }$0')),
      ['1:8 CC-1 | closed: nothing is worked out anew | CC-1'],
    );
  });

  it('are for change records only', () => {
    assert.deepEqual(lenses(opened('').snapshot, 'registry/network.yaml'), []);
  });
});
