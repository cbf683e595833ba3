import { CharClass, classAt } from './characters.js';
import { KEYWORDS, Kind, type TokenKind } from './kinds.js';

/** The end of an identifier that begins at `start`. */
export function wordEnd(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    const kind = classAt(text, end);
    if (kind === CharClass.Letter || kind === CharClass.Digit) end++;
    else if (kind === CharClass.Separator && isWordPart(classAt(text, end + 1))) end += 2;
    else return end;
  }
}

/** Letters and digits are what the parts of an identifier are made of. */
export function isWordPart(kind: number): boolean {
  return kind === CharClass.Letter || kind === CharClass.Digit;
}

/** The kind of the word of the grammar between two offsets, or `Word`. */
export function keywordAt(text: string, start: number, end: number): number {
  const length = end - start;
  if (length > LONGEST_KEYWORD) return Kind.Word;
  const candidates = keywordSlots[slotOf(length, text.charCodeAt(start), text.charCodeAt(end - 1))];
  if (candidates === undefined) return Kind.Word;
  for (const [word, kind] of candidates) {
    if (text.startsWith(word, start)) return kind;
  }
  return Kind.Word;
}

/** Keywords by length, first and last letter: one or two candidates each, compared in place. */
const keywordSlots: (readonly [string, TokenKind][] | undefined)[] = [];
for (const [word, kind] of KEYWORDS) {
  const slot = slotOf(word.length, word.charCodeAt(0), word.charCodeAt(word.length - 1));
  keywordSlots[slot] = [...(keywordSlots[slot] ?? []), [word, kind]];
}
const LONGEST_KEYWORD = Math.max(...[...KEYWORDS.keys()].map((word) => word.length));
for (let slot = 0; slot < slotOf(LONGEST_KEYWORD + 1, 0, 0); slot++) keywordSlots[slot] ??= undefined;

function slotOf(length: number, first: number, last: number): number {
  return (length << 10) | ((first & 31) << 5) | (last & 31);
}
