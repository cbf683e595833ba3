/** What is typed where the cursor stands, read from the tokens: the tree of a half-written line says too little. */
import { Kind } from '../syntax/kinds.js';
import { type Tokens, tokenAt } from '../syntax/tree.js';
import type { TypedWord } from './completionItem.js';

/** The place of the cursor among the tokens of a file. */
export interface Place {
  readonly tokens: Tokens;
  readonly typed: TypedWord;
  /** How many tokens stand before the typed word. */
  readonly before: number;
  /** The index of the first token behind the typed word. */
  readonly after: number;
  /** Nothing but the typed word stands before the cursor on its line. */
  readonly isLineStart: boolean;
}

/** The place of an offset, or null inside a comment or a text of many lines. */
export function placeAt(tokens: Tokens, offset: number): Place | null {
  const { text } = tokens;
  const at = tokenAt(tokens, offset);
  if (at !== null && tokens.starts[at]! < offset && isInside(tokens, at, offset)) {
    if (tokens.kinds[at] === Kind.TextBlock) return null;
    if (isText(tokens.kinds[at]!)) return placeInText(tokens, at, offset);
  }
  let start = offset;
  while (start > 0 && WORD.test(text[start - 1]!)) start--;
  // `->` and `..` are no part of a name; neither are the dashes of a comment's edge.
  const dots = text.slice(start, offset).lastIndexOf('..');
  if (dots >= 0) start += dots + 2;
  const before = countEndingBy(tokens, start);
  const gap = text.slice(before === 0 ? 0 : tokens.ends[before - 1], offset);
  if (/\/\/[^\n]*$/.test(gap) || gap.lastIndexOf('/*') > gap.lastIndexOf('*/')) return null;
  let end = offset;
  // A word that begins at the cursor is not the one being typed.
  if (start < offset) while (end < text.length && WORD.test(text[end]!)) end++;
  let after = before;
  while (after < tokens.count && tokens.starts[after]! < end) after++;
  return {
    tokens,
    typed: { prefix: text.slice(start, offset), span: { start, end }, inQuotes: false },
    before,
    after,
    isLineStart: isLineStart(text, start),
  };
}

const WORD = /[\p{L}\p{N}\-_./]/u;

function placeInText(tokens: Tokens, at: number, offset: number): Place {
  const start = tokens.starts[at]!;
  const isOpen = tokens.kinds[at] === Kind.UnclosedText;
  return {
    tokens,
    typed: {
      prefix: tokens.text.slice(start + 1, offset),
      span: { start, end: isOpen ? offset : tokens.ends[at]! },
      inQuotes: true,
    },
    before: at,
    after: at + 1,
    isLineStart: isLineStart(tokens.text, start),
  };
}

function isText(kind: number): boolean {
  return kind === Kind.Text || kind === Kind.UnclosedText;
}

/** Behind a closing quote the text is over. */
function isInside(tokens: Tokens, at: number, offset: number): boolean {
  return offset < tokens.ends[at]! || tokens.kinds[at] === Kind.UnclosedText;
}

/** How many tokens end at an offset or before it. */
function countEndingBy(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tokens.ends[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isLineStart(text: string, start: number): boolean {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
}
