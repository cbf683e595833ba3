import { CharClass, classAt } from './characters.js';
import { isLineEnd, lineEnd, Unit } from './codeUnits.js';

/** Where a text ends, and whether by its closing delimiter. */
export interface TextEnd {
  readonly end: number;
  readonly closed: boolean;
}

/** The end of a text of one line that opens at `start`: after its quote, or its line's. */
export function scanText(text: string, start: number): TextEnd {
  for (let at = start + 1; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === Unit.Quote) return { end: at + 1, closed: true };
    if (at >= text.length || isLineEnd(unit)) return { end: at, closed: false };
    if (unit === Unit.Backslash && isEscaped(text.charCodeAt(at + 1))) at++;
  }
}

/** The end of a text block, from behind its opening `"""`; unclosed, before the next header line or the file's end. */
export function scanBlock(text: string, from: number): TextEnd {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === Unit.Backslash) {
      if (isEscaped(text.charCodeAt(at + 1))) at++;
    } else if (unit === Unit.Quote) {
      if (opensBlock(text, at)) return { end: at + 3, closed: true };
    } else if (isLineEnd(unit) && beginsHeader(text, at + 1)) {
      return { end: at, closed: false };
    }
  }
  return { end: text.length, closed: false };
}

const DOUBLE_QUOTES = '\u201c\u201d\u201e\u201f\u00ab\u00bb';
const SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\u2039\u203a";

/**
 * The end of a text in quotes of another kind, such as those that word processors write; -1 where none opens at
 * `start` or it doesn't end on its line. Any quote of a sort closes any other: German opens with what English
 * closes with.
 */
export function scanForeignText(text: string, start: number): number {
  const opening = text.charAt(start);
  const quotes = SINGLE_QUOTES.includes(opening) ? SINGLE_QUOTES : DOUBLE_QUOTES;
  if (!quotes.includes(opening)) return -1;
  for (let at = start + 1; at < text.length && !isLineEnd(text.charCodeAt(at)); at++)
    if (quotes.includes(text.charAt(at))) return at + 1;
  return -1;
}

/** A quote that is no straight double one stands at an offset. */
export function isForeignQuote(text: string, at: number): boolean {
  return at < text.length && (DOUBLE_QUOTES + SINGLE_QUOTES).includes(text.charAt(at));
}

/** Three quotes stand at an offset whose unit is a quote. */
export function opensBlock(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) === Unit.Quote && text.charCodeAt(at + 2) === Unit.Quote;
}

/** The end of an offset's line without the white space there. */
export function trimmedLineEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (end > start && classAt(text, end - 1) === CharClass.Space) end--;
  return end;
}

const HEADER = /[ \t]*(?:change|pack|rule|condition)[ \t]+("?)[\p{L}\p{N}][^\s"{]*\1\s{0,400}?["{]/uy;

/** A line that begins a record, pack, condition or rule: its word, a name, then a title or a brace. Prose has neither. */
function beginsHeader(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first) === Unit.Space || text.charCodeAt(first) === Unit.Tab) first++;
  const unit = text.charCodeAt(first);
  // c, p, r: nothing else begins a header.
  if (unit !== 99 && unit !== 112 && unit !== 114) return false;
  HEADER.lastIndex = first;
  return HEADER.test(text);
}

function isEscaped(unit: number): boolean {
  return unit === Unit.Quote || unit === Unit.Backslash;
}
