import { LineIndex } from '../base/lineIndex.js';
import type { Range } from '../base/span.js';
import { printableSource, type Style, widthOf } from './style.js';

/** Longer source lines are cut, so that the place in question still shows. */
const WIDEST = 100;
/** What is left of the line before the place, where it has to be cut there. */
const LEAD = 30;

/**
 * The first source line of a range with the place underlined, in two lines; none where the text has no such line.
 * `mark` paints the underline.
 */
export function excerpt(text: string, range: Range, style: Style, mark: (text: string) => string): string[] {
  const line = lineOf(text, range.start.line);
  if (line === null) return [];
  const startAt = Math.min(range.start.character, line.length);
  const endAt = range.end.line > range.start.line ? line.length : Math.min(range.end.character, line.length);
  const from = startAt > WIDEST - LEAD ? startAt - LEAD : 0;
  const before = printableSource(line.slice(from, startAt));
  // The text is laid out from the left, as tabs depend on what stands before them.
  const upToEnd = printableSource(line.slice(from, Math.min(Math.max(endAt, startAt), from + WIDEST)));
  const whole = printableSource(line.slice(from, from + WIDEST));
  const cut = line.length > from + WIDEST;
  const number = String(range.start.line + 1);
  const gutter = style.faint(`${number} │ `);
  const below = style.faint(`${' '.repeat(number.length)} │ `);
  const head = from > 0 ? '…' : '';
  const indent = ' '.repeat(widthOf(head) + widthOf(before));
  const length = Math.max(1, widthOf(upToEnd) - widthOf(before));
  return [
    `${gutter}${head}${whole}${cut ? '…' : ''}`.trimEnd(),
    `${below}${indent}${mark('^'.repeat(length))}`,
  ];
}

function lineOf(text: string, line: number): string | null {
  const index = new LineIndex(text);
  if (line >= index.lineCount) return null;
  const start = index.offset({ line, character: 0 });
  const end = index.offset({ line: line + 1, character: 0 });
  return text.slice(start, end).replace(/[\r\n]+$/, '');
}
