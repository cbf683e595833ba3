/** The refactoring that writes everything that a change owes. */
import type { Obligation } from '../impact/obligation.js';
import { isEvidence } from '../model/record.js';
import type { AnswerNode } from '../syntax/nodes.js';
import type { ParsedChanges } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { fileEdit, type TextChange, withoutOverlaps } from './edits.js';
import { refile, siteCorrection } from './fixesAnswers.js';
import { missingFields } from './fixesRecord.js';
import { answerOf, type CodeAction, type RecordScene, recordAt, recordScene } from './fixesScene.js';
import { GROUNDS_TO_FILL_IN, linesFor } from './lines.js';

/**
 * Everything that the record at an offset owes and doesn't say: its missing fields, a line for each duty, the
 * category that is too low, the site that is another. An assessment becomes an `unaffected` whose grounds the author gives, or makes a
 * `revalidate` of. What hangs on a question stays open: the question has to be answered first. Null where
 * nothing is missing.
 */
export function writeAllOwed(snapshot: Snapshot, file: ParsedChanges, offset: number): CodeAction | null {
  const record = recordAt(file, offset);
  if (!record || isEvidence(record) || !snapshot.records.includes(record)) return null;
  const scene = recordScene(snapshot, file, record, null);
  const changes: (TextChange | null)[] = missingFields(snapshot, scene).map(({ change }) => change);
  const lines: string[] = [];
  const corrected = new Set<AnswerNode>();
  for (const obligation of ordered(snapshot.analysisOf(record).obligations)) {
    const at: RecordScene = { ...scene, obligation };
    const answer = answerOf(at);
    if (obligation.state === 'unmet' && obligation.answer === null)
      lines.push(...lineFor(obligation, snapshot));
    else if (
      answer?.kind === 'file' &&
      (obligation.state === 'unmet' || obligation.shortfall === 'category')
    ) {
      const highest = obligation.category?.highest ?? null;
      if (highest !== null && answer.filings.length === 1)
        changes.push(...(refile(at, answer, obligation.target, highest) ?? []));
    } else if (answer && obligation.shortfall === 'site') {
      // One line can be mended to mean one site; what is owed at another gets a line of its own.
      if (corrected.has(answer)) lines.push(...lineFor(obligation, snapshot));
      else changes.push(siteCorrection(at, snapshot)?.change ?? null);
      corrected.add(answer);
    }
  }
  for (const answer of record.answers) {
    const asksWhy = answer.kind === 'unaffected' || answer.kind === 'confirm' || answer.kind === 'deny';
    if (asksWhy && !answer.grounds)
      changes.push(scene.text.append(answer, `because ${JSON.stringify(GROUNDS_TO_FILL_IN)}`));
  }
  if (lines.length > 0) changes.push(...(scene.text.addAnswers(lines) ?? []));
  const edits = joined(changes.filter((change) => change !== null));
  if (edits.length === 0) return null;
  return {
    title: 'Write all that this change owes',
    kind: 'refactor.rewrite',
    isPreferred: false,
    fixes: [],
    edits: edits.map((change) => fileEdit(snapshot, record.file, change)),
  };
}

/** The line that settles it without a decision; an assessment is one that has to be grounded. */
function lineFor(obligation: Obligation, snapshot: Snapshot): readonly string[] {
  const lines = linesFor(obligation, snapshot);
  const line = obligation.kind === 'assessment' ? lines.at(-1) : lines[0];
  return line === undefined ? [] : [line];
}

/** As a record is read: what is done in the plant, what is filed, who is told, what else there is to do. */
function ordered(obligations: readonly Obligation[]): readonly Obligation[] {
  return [...obligations].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
  );
}

const ORDER: readonly Obligation['kind'][] = [
  'revalidation',
  'assessment',
  'filing',
  'notification',
  'approval',
  'task',
];

/** Insertions at one place are one change, in their order. */
function joined(changes: readonly TextChange[]): readonly TextChange[] {
  const byPlace = new Map<string, TextChange>();
  for (const change of changes) {
    const key = `${change.span.start}:${change.span.end}`;
    const known = byPlace.get(key);
    const isInsertion = change.span.start === change.span.end;
    if (!known) byPlace.set(key, change);
    else if (isInsertion) byPlace.set(key, { ...known, newText: known.newText + change.newText });
  }
  return withoutOverlaps([...byPlace.values()]);
}
