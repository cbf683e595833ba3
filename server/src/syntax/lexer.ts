import { parseDate } from '../base/date.js';
import { CharClass, classAt } from './characters.js';
import { KEYWORDS, Kind, type TokenKind } from './kinds.js';
import type { SyntaxFault, Tokens } from './tree.js';

/** The significant tokens of any text whatever, and what is wrong with single tokens. Never throws; linear in length. */
export function lex(text: string): { readonly tokens: Tokens; readonly faults: readonly SyntaxFault[] } {
  const lexer = new Lexer(text, (text.length >>> 2) + 16);
  lexer.run();
  return { tokens: lexer.tokens(), faults: lexer.faults };
}

const NONE = -1;

const TAB = 9;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const PERCENT = 37;
const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const STAR = 42;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const EQUAL = 61;
const GREATER = 62;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const DEGREE = 0xb0;
const EN_DASH = 0x2013;
const RIGHT_ARROW = 0x2192;
const MINUS_SIGN = 0x2212;
const LESS_OR_EQUAL = 0x2264;
const GREATER_OR_EQUAL = 0x2265;
const NOT_EQUAL = 0x2260;
const BYTE_ORDER_MARK = 0xfeff;

class Lexer {
  readonly faults: SyntaxFault[] = [];
  #kinds: Uint8Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #count = 0;
  #at = 0;
  /** The first end of a comment found beyond some offset, kept so that unclosed comments don't each search the whole rest. */
  #commentEnd = NONE;
  #commentEndSearched = false;
  /** Likewise the next `"""` and the next header line, for unclosed texts. */
  #blockScan: BlockScan | null = null;

  constructor(
    readonly text: string,
    capacity: number,
  ) {
    this.#kinds = new Uint8Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  tokens(): Tokens {
    return {
      text: this.text,
      count: this.#count,
      kinds: this.#kinds,
      starts: this.#starts,
      ends: this.#ends,
    };
  }

  run(): void {
    const text = this.text;
    const length = text.length;
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.#at = 1;
    while (this.#at < length) {
      const unit = text.charCodeAt(this.#at);
      if (unit === 32 || (unit >= TAB && unit <= CR)) {
        this.#at++;
        continue;
      }
      const kind = classAt(text, this.#at);
      if (kind === CharClass.Letter) this.#word();
      else if (kind === CharClass.Digit) this.#number(this.#at);
      else if (kind === CharClass.Space || kind === CharClass.NewLine) this.#at++;
      else this.#symbol(unit);
    }
  }

  #put(kind: number, start: number, end: number): void {
    // One kind of zero always stays behind the last token, so that a parser may look ahead without a check.
    if (this.#count + 4 >= this.#kinds.length) this.#grow();
    this.#kinds[this.#count] = kind;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count++;
    this.#at = end;
  }

  #grow(): void {
    const capacity = this.#kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    const starts = new Uint32Array(capacity);
    const ends = new Uint32Array(capacity);
    kinds.set(this.#kinds);
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#kinds = kinds;
    this.#starts = starts;
    this.#ends = ends;
  }

  #fault(start: number, end: number, message: string, replacement?: string): void {
    this.faults.push(
      replacement === undefined
        ? { span: { start, end }, message }
        : { span: { start, end }, message, replacement },
    );
  }

  #word(): void {
    const start = this.#at;
    let end = wordEnd(this.text, start);
    while (classAt(this.text, end) === CharClass.Superscript) end++;
    this.#put(keywordAt(this.text, start, end), start, end);
  }

  /** A number, a date or a section; `start` is the sign's offset where there is one, `#at` the first digit's. */
  #number(start: number): void {
    const text = this.text;
    let end = digitsEnd(text, this.#at);
    const next = text.charCodeAt(end);
    if ((next === MINUS || next === SLASH) && start === this.#at) {
      const dateEnd = dateLikeEnd(text, end, next);
      if (dateEnd !== NONE) {
        this.#date(start, dateEnd);
        return;
      }
    }
    if (next === DOT && isDigit(text.charCodeAt(end + 1))) end = digitsEnd(text, end + 1);
    const plainEnd = end;
    const exponent = text.charCodeAt(end) | 32;
    if (exponent === 101) {
      const sign = text.charCodeAt(end + 1);
      const first = sign === 43 || sign === MINUS ? end + 2 : end + 1;
      if (isDigit(text.charCodeAt(first))) end = digitsEnd(text, first);
    }
    const tail = sectionEnd(text, end);
    if (tail === end) this.#put(Kind.Number, start, end);
    else this.#put(Kind.Section, start, sectionEnd(text, plainEnd));
  }

  #date(start: number, end: number): void {
    const written = this.text.slice(start, end);
    if (parseDate(written) !== null) {
      this.#put(Kind.Date, start, end);
      return;
    }
    const shaped = /^\d{4}-\d{2}-\d{2}$/.test(written);
    this.#fault(
      start,
      end,
      shaped
        ? `there is no such day as ${written}`
        : `write a date as year, month and day, such as 2026-10-02, not \`${clip(written)}\``,
    );
    this.#put(Kind.BadDate, start, end);
  }

  #symbol(unit: number): void {
    const text = this.text;
    const at = this.#at;
    const next = text.charCodeAt(at + 1);
    switch (unit) {
      case OPEN_BRACE: {
        this.#put(Kind.OpenBrace, at, at + 1);
        return;
      }
      case CLOSE_BRACE: {
        this.#put(Kind.CloseBrace, at, at + 1);
        return;
      }
      case OPEN_PAREN: {
        this.#put(Kind.OpenParen, at, at + 1);
        return;
      }
      case CLOSE_PAREN: {
        this.#put(Kind.CloseParen, at, at + 1);
        return;
      }
      case COLON: {
        this.#put(Kind.Colon, at, at + 1);
        return;
      }
      case COMMA: {
        this.#put(Kind.Comma, at, at + 1);
        return;
      }
      case PERCENT: {
        this.#put(Kind.Percent, at, at + 1);
        return;
      }
      case QUOTE:
        if (next === QUOTE && text.charCodeAt(at + 2) === QUOTE) this.#textBlock();
        else this.#text();
        return;
      case LESS:
        if (next === EQUAL) this.#put(Kind.LessEqual, at, at + 2);
        else this.#put(Kind.Less, at, at + 1);
        return;
      case GREATER:
        if (next === EQUAL) this.#put(Kind.GreaterEqual, at, at + 2);
        else this.#put(Kind.Greater, at, at + 1);
        return;
      case EQUAL:
        if (next !== EQUAL) {
          this.#put(Kind.Equal, at, at + 1);
          return;
        }
        this.#fault(at, at + 2, 'write one `=` to compare', '=');
        {
          this.#put(Kind.Equal, at, at + 2);
          return;
        }
      case 33:
        if (next === EQUAL) {
          this.#put(Kind.NotEqual, at, at + 2);
          return;
        }
        break;
      case DOT:
        if (next === DOT) {
          this.#put(Kind.Range, at, at + 2);
          return;
        }
        break;
      case MINUS:
        if (next === GREATER) {
          this.#put(Kind.Arrow, at, at + 2);
          return;
        }
        if (isDigit(next)) {
          this.#signedNumber();
          return;
        }
        break;
      case MINUS_SIGN:
        if (isDigit(next)) {
          this.#signedNumber();
          return;
        }
        break;
      case SLASH:
        if (next === SLASH) {
          this.#lineComment();
          return;
        }
        if (next === STAR) {
          this.#blockComment();
          return;
        }
        break;
      case DEGREE:
        if (classAt(text, at + 1) === CharClass.Letter) {
          this.#put(Kind.Unit, at, wordEnd(text, at + 1));
          return;
        }
        break;
      case 0x2103:
      case 0x2109: {
        this.#put(Kind.Unit, at, at + 1);
        return;
      }
      case LESS_OR_EQUAL: {
        this.#put(Kind.LessEqual, at, at + 1);
        return;
      }
      case GREATER_OR_EQUAL: {
        this.#put(Kind.GreaterEqual, at, at + 1);
        return;
      }
      case NOT_EQUAL: {
        this.#put(Kind.NotEqual, at, at + 1);
        return;
      }
      case EN_DASH: {
        this.#put(Kind.Range, at, at + 1);
        return;
      }
      case RIGHT_ARROW: {
        this.#put(Kind.Arrow, at, at + 1);
        return;
      }
    }
    this.#unknown();
  }

  #signedNumber(): void {
    const start = this.#at++;
    this.#number(start);
  }

  #lineComment(): void {
    const text = this.text;
    let end = this.#at + 2;
    while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
    this.#at = end;
  }

  #blockComment(): void {
    const start = this.#at;
    if (!this.#commentEndSearched || (this.#commentEnd !== NONE && this.#commentEnd < start + 2)) {
      this.#commentEnd = this.text.indexOf('*/', start + 2);
      this.#commentEndSearched = true;
    }
    if (this.#commentEnd !== NONE) {
      this.#at = this.#commentEnd + 2;
      return;
    }
    this.#fault(start, start + 2, 'this comment is not closed: write `*/` where it ends');
    this.#at = lineEnd(this.text, start);
  }

  #text(): void {
    const text = this.text;
    const start = this.#at;
    for (let at = start + 1; ; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#put(Kind.Text, start, at + 1);
        return;
      }
      if (at >= text.length || isLineEnd(unit)) {
        this.#fault(start, at, 'this text is not closed: write `"` where it ends');
        this.#put(Kind.UnclosedText, start, at);
        return;
      }
      if (unit === BACKSLASH && isEscaped(text.charCodeAt(at + 1))) at++;
    }
  }

  #textBlock(): void {
    const start = this.#at;
    if (!this.#blockScan || this.#blockScan.end < start + 3)
      this.#blockScan = scanBlock(this.text, start + 3);
    const scan = this.#blockScan;
    if (scan.closed) {
      this.#put(Kind.TextBlock, start, scan.end);
      return;
    }
    const end = trimmedLineEnd(this.text, start);
    this.#fault(start, start + 3, 'this text is not closed: write `"""` where it ends');
    this.#put(Kind.UnclosedText, start, end);
  }

  #unknown(): void {
    const text = this.text;
    const start = this.#at;
    let end = start + 1;
    while (end < text.length && !beginsToken(text, end)) end++;
    const written = text.slice(start, Math.min(end, start + 40));
    this.#put(Kind.Unknown, start, end);
    if (/^[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019']/u.test(written)) {
      this.#fault(start, end, 'write straight quotes `"` around a text', '"');
    } else {
      this.#fault(start, end, `\`${clip(written)}\` means nothing here: take it out, or put it in quotes`);
    }
  }
}

/** Where a text block that is open ends: after its `"""`, or nowhere before the next header line or the file's end. */
interface BlockScan {
  readonly end: number;
  readonly closed: boolean;
}

function scanBlock(text: string, from: number): BlockScan {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) {
      if (isEscaped(text.charCodeAt(at + 1))) at++;
    } else if (unit === QUOTE) {
      if (text.charCodeAt(at + 1) === QUOTE && text.charCodeAt(at + 2) === QUOTE)
        return { end: at + 3, closed: true };
    } else if (isLineEnd(unit) && beginsHeader(text, at + 1)) {
      return { end: at, closed: false };
    }
  }
  return { end: text.length, closed: false };
}

const HEADER = /[ \t]*(?:change|pack|rule|condition)[ \t]+("?)[\p{L}\p{N}][^\s"{]*\1\s{0,400}?["{]/uy;

/** A line that begins a record, pack, condition or rule: its word, a name, then a title or a brace. Prose has neither. */
function beginsHeader(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first) === 32 || text.charCodeAt(first) === TAB) first++;
  const unit = text.charCodeAt(first);
  // c, p, r: nothing else begins a header.
  if (unit !== 99 && unit !== 112 && unit !== 114) return false;
  HEADER.lastIndex = first;
  return HEADER.test(text);
}

/** The end of an identifier that begins at `start`. */
function wordEnd(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    const kind = classAt(text, end);
    if (kind === CharClass.Letter || kind === CharClass.Digit) end++;
    else if (kind === CharClass.Separator && isWordPart(classAt(text, end + 1))) end += 2;
    else return end;
  }
}

/** The end of what goes on with a number as a section does: letters and digits, and parts after `.` or `/`. */
function sectionEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    const kind = classAt(text, end);
    if (kind === CharClass.Letter || kind === CharClass.Digit) end++;
    else if (kind === CharClass.Separator) {
      const unit = text.charCodeAt(end);
      const next = classAt(text, end + 1);
      if (unit === DOT && isWordPart(next)) end += 2;
      else if (unit === SLASH && next === CharClass.Letter && end > start) end += 2;
      else return end;
    } else return end;
  }
}

/** The end of `-MM-DD` or `/MM/DD` after a run of digits, or none. */
function dateLikeEnd(text: string, at: number, separator: number): number {
  if (!isDigit(text.charCodeAt(at + 1))) return NONE;
  const second = digitsEnd(text, at + 1);
  if (text.charCodeAt(second) !== separator || !isDigit(text.charCodeAt(second + 1))) return NONE;
  return digitsEnd(text, second + 1);
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}

function trimmedLineEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (end > start && classAt(text, end - 1) === CharClass.Space) end--;
  return end;
}

function beginsToken(text: string, at: number): boolean {
  const kind = classAt(text, at);
  if (kind === CharClass.Separator) {
    const next = text.charCodeAt(at + 1);
    const unit = text.charCodeAt(at);
    if (unit === SLASH) return next === SLASH || next === STAR;
    if (unit === DOT) return next === DOT;
    return unit === MINUS && (next === GREATER || isDigit(next));
  }
  return kind !== CharClass.Other && kind !== CharClass.Superscript ? true : SYMBOLS.has(text.charCodeAt(at));
}

const SYMBOLS: ReadonlySet<number> = new Set([
  OPEN_BRACE,
  CLOSE_BRACE,
  OPEN_PAREN,
  CLOSE_PAREN,
  COLON,
  COMMA,
  PERCENT,
  QUOTE,
  LESS,
  GREATER,
  EQUAL,
  LESS_OR_EQUAL,
  GREATER_OR_EQUAL,
  NOT_EQUAL,
  EN_DASH,
  RIGHT_ARROW,
  MINUS_SIGN,
  DEGREE,
  0x2103,
  0x2109,
]);

function isWordPart(kind: number): boolean {
  return kind === CharClass.Letter || kind === CharClass.Digit;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isLineEnd(unit: number): boolean {
  return unit === LF || unit === CR;
}

function isEscaped(unit: number): boolean {
  return unit === QUOTE || unit === BACKSLASH;
}

function clip(written: string): string {
  return written.length > 24 ? `${written.slice(0, 24)}…` : written;
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

function keywordAt(text: string, start: number, end: number): number {
  const length = end - start;
  if (length > LONGEST_KEYWORD) return Kind.Word;
  const candidates = keywordSlots[slotOf(length, text.charCodeAt(start), text.charCodeAt(end - 1))];
  if (candidates === undefined) return Kind.Word;
  for (const [word, kind] of candidates) {
    if (text.startsWith(word, start)) return kind;
  }
  return Kind.Word;
}
