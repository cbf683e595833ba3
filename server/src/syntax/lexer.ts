import { parseDate } from '../base/date.js';
import { CharClass, classAt } from './characters.js';
import { isDigit, lineEnd, Unit } from './codeUnits.js';
import { Kind } from './kinds.js';
import { dateLikeEnd, decimalEnd, exponentEnd, isDash, sectionEnd } from './numbers.js';
import {
  isForeignQuote,
  opensBlock,
  scanBlock,
  scanForeignText,
  scanText,
  type TextEnd,
  trimmedLineEnd,
} from './quotes.js';
import { beginsToken, singleSymbol } from './symbols.js';
import { quoteText } from './texts.js';
import { TokenTable } from './tokenTable.js';
import type { SyntaxFault, Tokens } from './tree.js';
import { isWordPart, keywordAt, wordEnd } from './words.js';

/** The significant tokens of any text whatever, and what is wrong with single tokens. Never throws; linear in length. */
export function lex(text: string): { readonly tokens: Tokens; readonly faults: readonly SyntaxFault[] } {
  const lexer = new Lexer(text);
  lexer.run();
  return { tokens: lexer.table.tokens(), faults: lexer.table.faults };
}

class Lexer {
  readonly table: TokenTable;
  #at = 0;
  /** The first end of a comment beyond some offset, kept so that unclosed comments don't each search the whole rest. */
  #commentEnd: number | null = null;
  /** Likewise the end of a text block, or the next header line. */
  #blockEnd: TextEnd | null = null;

  constructor(readonly text: string) {
    this.table = new TokenTable(text);
  }

  run(): void {
    const text = this.text;
    const length = text.length;
    if (text.charCodeAt(0) === Unit.ByteOrderMark) this.#at = 1;
    while (this.#at < length) {
      const unit = text.charCodeAt(this.#at);
      if (unit === Unit.Space || (unit >= Unit.Tab && unit <= Unit.Return)) {
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
    this.table.add(kind, start, end);
    this.#at = end;
  }

  #word(): void {
    const start = this.#at;
    let end = wordEnd(this.text, start);
    while (classAt(this.text, end) === CharClass.Superscript) end++;
    if (isDash(this.text.charCodeAt(end))) end = this.#dashed(start, end);
    this.#put(keywordAt(this.text, start, end), start, end);
  }

  /** The end of a name whose hyphens a word processor has made into dashes; `5 kg–6 kg` is a range. */
  #dashed(start: number, end: number): number {
    const text = this.text;
    const isName = (at: number): boolean => isWordPart(classAt(text, at));
    if (!isName(end + 1) || this.table.lastKind === Kind.Number || this.table.lastKind === Kind.Range)
      return end;
    let last = end;
    while (isDash(text.charCodeAt(last)) && isName(last + 1)) last = wordEnd(text, last + 1);
    const plain = text.slice(start, last).replace(DASHES, '-');
    this.table.fault(start, last, `write plain hyphens in a name: \`${clip(plain)}\``, plain);
    return last;
  }

  /** A number, a date or a section; `start` is the sign's offset where there is one, `#at` the first digit's. */
  #number(start: number): void {
    const text = this.text;
    const dateEnd = start === this.#at ? dateLikeEnd(text, start) : -1;
    if (dateEnd !== -1) {
      this.#date(start, dateEnd);
      return;
    }
    const plainEnd = decimalEnd(text, this.#at);
    const end = exponentEnd(text, plainEnd);
    if (sectionEnd(text, end) === end) this.#put(Kind.Number, start, end);
    else this.#put(Kind.Section, start, sectionEnd(text, plainEnd));
  }

  #date(start: number, end: number): void {
    const written = this.text.slice(start, end);
    if (parseDate(written) !== null) {
      this.#put(Kind.Date, start, end);
      return;
    }
    const plain = written.replace(DASHES, '-');
    if (plain !== written && parseDate(plain) !== null) {
      this.table.fault(start, end, `write a date with plain hyphens: \`${plain}\``, plain);
      this.#put(Kind.BadDate, start, end);
      return;
    }
    const shaped = /^\d{4}-\d{2}-\d{2}$/.test(written);
    this.table.fault(
      start,
      end,
      shaped
        ? `there is no such day as ${written}`
        : `write a date as year, month and day, such as 2026-10-02, not \`${clip(written)}\``,
    );
    this.#put(Kind.BadDate, start, end);
  }

  #symbol(unit: number): void {
    const at = this.#at;
    const single = singleSymbol(unit);
    if (single !== 0) {
      this.#put(single, at, at + 1);
      return;
    }
    const next = this.text.charCodeAt(at + 1);
    switch (unit) {
      case Unit.Quote:
        if (opensBlock(this.text, at)) this.#textBlock();
        else this.#text();
        return;
      case Unit.Less:
        if (next === Unit.Equal) this.#put(Kind.LessEqual, at, at + 2);
        else this.#put(Kind.Less, at, at + 1);
        return;
      case Unit.Greater:
        if (next === Unit.Equal) this.#put(Kind.GreaterEqual, at, at + 2);
        else this.#put(Kind.Greater, at, at + 1);
        return;
      case Unit.Equal:
        if (next === Unit.Greater) {
          this.#wrongSign(at, at + 2, '->');
          this.#put(Kind.Arrow, at, at + 2);
          return;
        }
        if (next === Unit.Equal) this.table.fault(at, at + 2, 'write one `=` to compare', '=');
        this.#put(Kind.Equal, at, next === Unit.Equal ? at + 2 : at + 1);
        return;
      case Unit.Slash:
        if (next === Unit.Slash) this.#at = lineEnd(this.text, at);
        else if (next === Unit.Star) this.#blockComment();
        else this.#unknown();
        return;
      case Unit.Minus:
      case Unit.MinusSign:
        if (isDigit(next)) {
          this.#at++;
          this.#number(at);
        } else if (unit === Unit.Minus && next === Unit.Greater) this.#put(Kind.Arrow, at, at + 2);
        else if (unit === Unit.Minus && this.text.startsWith('->', at + 1)) {
          this.#wrongSign(at, at + 3, '->');
          this.#put(Kind.Arrow, at, at + 3);
        } else if (this.#standsInRange(at)) {
          this.#wrongSign(at, at + 1, '..');
          this.#put(Kind.Range, at, at + 1);
        } else this.#unknown();
        return;
    }
    if (unit === Unit.Exclamation && next === Unit.Equal) this.#put(Kind.NotEqual, at, at + 2);
    else if (unit === Unit.Dot && next === Unit.Dot) {
      let end = at + 2;
      while (this.text.charCodeAt(end) === Unit.Dot) end++;
      if (end > at + 2) this.#wrongSign(at, end, '..');
      this.#put(Kind.Range, at, end);
    } else if (unit === Unit.Degree && classAt(this.text, at + 1) === CharClass.Letter)
      this.#put(Kind.Unit, at, wordEnd(this.text, at + 1));
    else this.#unknown();
  }

  #wrongSign(start: number, end: number, right: string): void {
    this.table.fault(
      start,
      end,
      `write \`${right}\` here, not \`${clip(this.text.slice(start, end))}\``,
      right,
    );
  }

  /** A hyphen with spaces around it between two amounts: `95.0 % - 102.0 %`. */
  #standsInRange(at: number): boolean {
    return (
      /[0-9%] ?[^\s"{}:,]{0,8} $/u.test(this.text.slice(Math.max(0, at - 12), at)) &&
      /^ [0-9]/.test(this.text.slice(at + 1, at + 3))
    );
  }

  #blockComment(): void {
    const start = this.#at;
    if (this.#commentEnd === null || (this.#commentEnd !== -1 && this.#commentEnd < start + 2))
      this.#commentEnd = this.text.indexOf('*/', start + 2);
    if (this.#commentEnd !== -1) {
      this.#at = this.#commentEnd + 2;
      return;
    }
    this.table.fault(start, start + 2, 'this comment is not closed: write `*/` where it ends');
    this.#at = lineEnd(this.text, start);
  }

  #text(): void {
    const start = this.#at;
    const { end, closed } = scanText(this.text, start);
    if (!closed) this.table.fault(start, end, 'this text is not closed: write `"` where it ends');
    this.#put(closed ? Kind.Text : Kind.UnclosedText, start, end);
  }

  #textBlock(): void {
    const start = this.#at;
    if (!this.#blockEnd || this.#blockEnd.end < start + 3) this.#blockEnd = scanBlock(this.text, start + 3);
    if (this.#blockEnd.closed) {
      this.#put(Kind.TextBlock, start, this.#blockEnd.end);
      return;
    }
    this.table.fault(start, start + 3, 'this text is not closed: write `"""` where it ends');
    this.#put(Kind.UnclosedText, start, trimmedLineEnd(this.text, start));
  }

  #unknown(): void {
    const text = this.text;
    const start = this.#at;
    const textEnd = scanForeignText(text, start);
    if (textEnd !== -1) {
      const replacement = quoteText(text.slice(start + 1, textEnd - 1));
      this.table.fault(
        start,
        textEnd,
        `write straight quotes around a text: \`${clip(replacement)}\``,
        replacement,
      );
      this.#put(Kind.Text, start, textEnd);
      return;
    }
    if (/[\u201c\u201e\u00ab]/.test(text.charAt(start))) {
      const lineEnd = trimmedLineEnd(text, start);
      this.table.fault(start, start + 1, STRAIGHT_QUOTES, '"');
      this.#put(Kind.UnclosedText, start, lineEnd);
      return;
    }
    let end = start + 1;
    while (end < text.length && !beginsToken(text, end)) end++;
    this.#put(Kind.Unknown, start, end);
    if (isForeignQuote(text, start)) {
      this.table.fault(start, end, STRAIGHT_QUOTES, '"');
      return;
    }
    const written = clip(text.slice(start, Math.min(end, start + 40)));
    const hint = HINTS.get(written) ?? invisible(written);
    if (hint !== undefined) {
      this.table.fault(start, end, hint);
      return;
    }
    this.table.fault(start, end, `\`${written}\` means nothing here: take it out, or put it in quotes`);
  }
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ['#', 'a comment begins with `//`, not `#`'],
  ['--', 'a comment begins with `//`, not `--`'],
  ['±', 'write a range by its two ends, such as `8..12 kN`'],
]);

/** What is said of characters that nobody sees. */
function invisible(written: string): string | undefined {
  if (!/^[\p{Cf}\p{Cc}]+$/u.test(written)) return undefined;
  const code = written.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `a character that can't be seen stands here (U+${code}): delete it`;
}

/** En and em dashes, the hyphen that doesn't break and the minus sign, as a word processor puts them in. */
export const DASHES = /[\u2010-\u2014\u2212]/g;

const STRAIGHT_QUOTES = 'write straight quotes `"` around a text';

function clip(written: string): string {
  return written.length > 24 ? `${written.slice(0, 24)}…` : written;
}
