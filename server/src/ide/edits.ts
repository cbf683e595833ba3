import type { Range, Span } from '../base/span.js';
import type { ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';

/** A stretch of a text and what to put in its place. */
export interface TextChange {
  readonly span: Span;
  readonly newText: string;
}

/** A change of one file. A file that the snapshot doesn't have is to be created with the text. */
export interface FileEdit extends TextChange {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** The span as lines and characters. */
  readonly range: Range;
}

/** A change placed in its file, in the line ending that the file has (`newText` may say `\n`). */
export function fileEdit(snapshot: Snapshot, path: string, { span, newText }: TextChange): FileEdit {
  const file: ParsedFile | undefined = snapshot.file(path);
  if (!file) return { path, span, range: NOWHERE, newText };
  const ending = lineEnding(file.source.text);
  return {
    path,
    span,
    range: file.rangeOf(span),
    newText: newText.replace(/\r?\n/g, ending),
  };
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The line ending of a text, by its first line. */
export function lineEnding(text: string): '\n' | '\r\n' {
  return /\r\n|\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}

/** The text after changes that do not overlap, in any order. Of two insertions at one place the first comes first. */
export function changedText(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .map((change, order) => ({ change, order }))
    .sort((a, b) => b.change.span.start - a.change.span.start || b.order - a.order)
    .reduce(
      (whole, { change: { span, newText } }) => whole.slice(0, span.start) + newText + whole.slice(span.end),
      text,
    );
}

/** The changes in source order, without those that reach into an earlier one. */
export function withoutOverlaps<Change extends TextChange>(changes: readonly Change[]): readonly Change[] {
  const kept: Change[] = [];
  for (const change of [...changes].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const last = kept.at(-1);
    if (!last) kept.push(change);
    else if (change.span.start > last.span.end) kept.push(change);
    // Two that only touch may stand in one another's way where one of them has no width.
    else if (
      change.span.start === last.span.end &&
      last.span.start < last.span.end &&
      change.span.start < change.span.end
    )
      kept.push(change);
  }
  return kept;
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineBreak(text, start - 1)) start--;
  return start;
}

/** Where the line of an offset ends, before its line break. */
export function lineStop(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineBreak(text, end)) end++;
  return end;
}

/** Where the line after the one of an offset begins; the end of the text after the last. */
export function nextLine(text: string, offset: number): number {
  const end = lineStop(text, offset);
  if (end === text.length) return end;
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}

/** The white space that begins the line of an offset. */
export function indentOf(text: string, offset: number): string {
  return /^[^\S\r\n]*/.exec(text.slice(lineStart(text, offset), lineStop(text, offset)))![0];
}

/** Nothing but white space stands before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

function isLineBreak(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}
