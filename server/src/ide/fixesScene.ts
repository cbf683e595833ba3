/** What the quick fixes of one finding work with. */
import type { Range, Span } from '../base/span.js';
import type { Code } from '../checks/codes.js';
import type { Finding } from '../checks/finding.js';
import type { Obligation } from '../impact/obligation.js';
import { type ChangeRecord, nodeOf } from '../model/record.js';
import type { AnswerNode, Node, RecordNode } from '../syntax/nodes.js';
import { spanOf } from '../syntax/tree.js';
import type { ParsedChanges, ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { type FileEdit, fileEdit, type TextChange } from './edits.js';
import { RecordText } from './fixesText.js';

/** One way to mend something, as an editor offers it. */
export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor.rewrite' | 'source.fixAll';
  /** The one that is meant when an author asks to have it mended without choosing. */
  readonly isPreferred: boolean;
  /** The findings that it mends. */
  readonly fixes: readonly { readonly code: Code; readonly range: Range }[];
  /** Of one file they do not overlap. `…` stands where the author has something to fill in. */
  readonly edits: readonly FileEdit[];
}

/** A quick fix before the finding that it mends is put to it. */
export interface Fix {
  readonly title: string;
  readonly rank: 'preferred' | 'other';
  readonly edits: readonly FileEdit[];
}

export interface Scene {
  readonly snapshot: Snapshot;
  readonly file: ParsedFile;
  readonly finding: Finding;
  /** The finding's range as offsets. */
  readonly span: Span;
  readonly at: RecordScene | null;
}

/** The record in which a finding stands. */
export interface RecordScene {
  readonly file: ParsedChanges;
  readonly record: ChangeRecord;
  readonly text: RecordText;
  /** What the finding is about, where it is about something owed. */
  readonly obligation: Obligation | null;
}

/** The scene of a record, with or without a finding in it. */
export function recordScene(
  snapshot: Snapshot,
  file: ParsedChanges,
  record: ChangeRecord,
  obligationId: string | null,
): RecordScene {
  const obligation =
    obligationId === null
      ? null
      : (snapshot.analysisOf(record).obligations.find(({ id }) => id === obligationId) ?? null);
  return { file, record, text: textOfRecord(file, record.node), obligation };
}

export function textOfRecord(file: ParsedChanges, node: RecordNode): RecordText {
  return new RecordText(file.tokens, node);
}

/** The record of a file that holds an offset (its ends included). */
export function recordAt(file: ParsedChanges, offset: number): ChangeRecord | null {
  return (
    file.records.find((record) => {
      const { start, end } = spanOf(file.tokens, record.node);
      return start <= offset && offset <= end;
    }) ?? null
  );
}

/** A fix that changes the record's own file. Nothing where there is nothing to change. */
export function recordFix(
  snapshot: Snapshot,
  at: RecordScene,
  title: string,
  rank: Fix['rank'],
  changes: readonly (TextChange | null)[] | null,
): readonly Fix[] {
  if (changes === null || changes.length === 0) return [];
  const made = changes.filter((change) => change !== null);
  if (made.length < changes.length) return [];
  return [{ title, rank, edits: made.map((change) => fileEdit(snapshot, at.record.file, change)) }];
}

/** The answer of the record that the obligation was held against; null where there is none. */
export function answerOf({ record, obligation }: RecordScene): AnswerNode | null {
  if (!obligation?.answer) return null;
  const { first, last } = nodeOf(record, obligation.answer);
  return record.answers.find((answer) => answer.first === first && answer.last === last) ?? null;
}

/** The answer of the record that a span covers. */
export function answerAt({ file, record }: RecordScene, span: Span): AnswerNode | null {
  return record.answers.find((answer) => isAt(file, answer, span)) ?? null;
}

export function isAt(file: ParsedChanges, node: Node, span: Span): boolean {
  const own = spanOf(file.tokens, node);
  return own.start === span.start && own.end === span.end;
}

/** Written text as a title shows it: on one line, and no longer than one reads. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}
