import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { linesFor, linesForQuestion, nameInRecord } from './lines.js';
import { openedRecord } from './testing.js';

/** The lines for everything that a record of these statements owes, by obligation. */
function linesOf(statements: string): Record<string, string[]> {
  const { snapshot } = openedRecord(statements);
  const { obligations } = snapshot.analysisOf(snapshot.records[0]!);
  return Object.fromEntries(obligations.map((one) => [one.id, linesFor(one, snapshot)]));
}

describe('lines that answer what a record owes', () => {
  it('take their dates from the record and the clocks', () => {
    assert.deepEqual(linesOf('implement: 2027-06-01\n  transfer STEP from SITE-A to SITE-B'), {
      'CC-1:approval:OWNER': ['approval OWNER on 2027-06-01'],
      'CC-1:filing:NDA-1': ['file NDA-1 as PAS on 2027-06-01'],
      'CC-1:notification:OWNER': ['notify OWNER on 2026-11-22'],
      'CC-1:revalidation:PV-STEP@SITE-B': ['revalidate PV-STEP at SITE-B by 2027-06-01'],
    });
  });

  it('have no dates where nothing settles them', () => {
    const lines = linesOf('transfer STEP from SITE-A to SITE-B');
    assert.deepEqual(lines['CC-1:filing:NDA-1'], ['file NDA-1 as PAS']);
    assert.deepEqual(lines['CC-1:revalidation:PV-STEP@SITE-B'], ['revalidate PV-STEP at SITE-B']);
  });

  it('leave a complete record once they are written', () => {
    const statements = 'implement: 2027-06-01\n  transfer STEP from SITE-A to SITE-B';
    const written = Object.values(linesOf(statements)).map(([line]) => line);
    const { snapshot } = openedRecord([statements, ...written].join('\n  '));
    const { obligations } = snapshot.analysisOf(snapshot.records[0]!);
    assert.deepEqual(
      obligations.map(({ state }) => state),
      obligations.map(() => 'met'),
    );
  });

  it('answer questions with yes or no, and grounds to fill in', () => {
    const { snapshot } = openedRecord('transfer STEP from SITE-A to SITE-B');
    const filing = snapshot
      .analysisOf(snapshot.records[0]!)
      .obligations.find(({ kind }) => kind === 'filing');
    assert.deepEqual(linesForQuestion(filing!.questions[0]!, snapshot), [
      'confirm PACMP-1 for SITE-B because "…"',
      'deny PACMP-1 for SITE-B because "…"',
    ]);
  });

  it('put names in quotes that would not be read as names', () => {
    assert.deepEqual(['DAB-4', '007342', 'file', 'A b'].map(nameInRecord), [
      'DAB-4',
      '"007342"',
      '"file"',
      '"A b"',
    ]);
  });
});
