import { LineIndex } from '../base/lineIndex.js';
import type { Range, Span } from '../base/span.js';
import { format } from '../syntax/format.js';
import type { Language } from '../syntax/kinds.js';
import { lex } from '../syntax/lexer.js';
import { parse } from '../syntax/parser.js';
import { nodesAt, spanOf } from '../syntax/tree.js';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** The language of a file by its name; null where there is no layout for it. */
export function languageOf(uri: string): Language | null {
  if (/\.change$/i.test(uri)) return 'change';
  return /\.rules$/i.test(uri) ? 'rules' : null;
}

/**
 * The edits that lay out a text, or a stretch of it. As small as they can be (the gaps between tokens, and tokens
 * with another spelling), so that the cursor and marks in the text stay where they are.
 */
export function formattingEdits(text: string, language: Language, within?: Span): readonly TextEdit[] {
  const formatted = format(text, language);
  if (formatted === text) return [];
  const lines = new LineIndex(text);
  return differences(text, formatted)
    .filter(({ span }) => !within || (span.end >= within.start && span.start <= within.end))
    .map(({ span, newText }) => ({ range: lines.rangeOf(span), newText }));
}

/** What is laid out when a character was typed: after `}` the block that it closes, after a new line the line above. */
export function typedStretch(text: string, language: Language, offset: number, typed: string): Span {
  const lines = new LineIndex(text);
  const { line } = lines.position(offset);
  if (typed !== '}') {
    const start = lines.offset({ line: Math.max(line - 1, 0), character: 0 });
    // The new line itself stays as the editor began it: nothing stands on it yet.
    return { start, end: Math.max(lines.offset({ line, character: 0 }) - 2, start) };
  }
  const tree = parse(text, language);
  const closed = nodesAt(tree, offset).filter((node) => spanOf(tree.tokens, node).end === offset);
  const span = closed[0] ? spanOf(tree.tokens, closed[0]) : { start: offset, end: offset };
  return { start: lines.offset({ line: lines.position(span.start).line, character: 0 }), end: offset };
}

interface Difference {
  readonly span: Span;
  readonly newText: string;
}

/** Formatting changes no token but for its spelling, so the tokens of both texts pair up. */
function differences(before: string, after: string): readonly Difference[] {
  const one = lex(before).tokens;
  const other = lex(after).tokens;
  if (one.count !== other.count) return [{ span: { start: 0, end: before.length }, newText: after }];
  const found: Difference[] = [];
  const compare = (start: number, end: number, from: number, to: number): void => {
    const newText = after.slice(from, to);
    if (before.slice(start, end) !== newText) found.push({ span: { start, end }, newText });
  };
  let end = 0;
  let to = 0;
  for (let index = 0; index < one.count; index++) {
    compare(end, one.starts[index]!, to, other.starts[index]!);
    end = one.ends[index]!;
    to = other.ends[index]!;
    compare(one.starts[index]!, end, other.starts[index]!, to);
  }
  compare(end, before.length, to, after.length);
  return found;
}
