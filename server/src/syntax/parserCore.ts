import { parseDate } from '../base/date.js';
import { nearest } from '../base/nearest.js';
import { Cursor } from './cursor.js';
import { HEADERS, KEYWORDS, Kind, type Language, RESERVED } from './kinds.js';
import { DASHES, lex } from './lexer.js';
import type { DateNode, FieldNode, TextLiteral, ValueNode, Word } from './nodes.js';
import { decodeText, decodeTextBlock } from './texts.js';
import type { SyntaxFault } from './tree.js';
import { beginsValue, readValue } from './value.js';

/**
 * What the parsers of both languages share: names, texts, dates, lists, and recovery. Every function either
 * takes tokens or reports a fault; a caller's loop checks that it advances.
 */
export class ParserCore extends Cursor {
  readonly #lexicalFaults: readonly SyntaxFault[];
  readonly #reserved: ReadonlySet<number>;

  constructor(
    text: string,
    readonly language: Language,
    readonly statements: ReadonlySet<number>,
    /** Fields of the language; one of these at the start of a line is no name, even without its colon. */
    readonly knownFields: ReadonlySet<string>,
  ) {
    const { tokens, faults } = lex(text);
    super(tokens);
    this.#lexicalFaults = faults;
    this.#reserved = RESERVED[language];
  }

  /** Every fault, in source order. */
  sortedFaults(): readonly SyntaxFault[] {
    if (this.#lexicalFaults.length === 0 && this.faults.length < 2) return this.faults;
    return [...this.#lexicalFaults, ...this.faults].sort(
      (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
    );
  }

  /** The last token of a node that began at `first` (a node covers one token at least). */
  lastOf(first: number): number {
    return Math.max(first, this.at - 1);
  }

  word(index: number): Word {
    const written = this.textOf(index);
    // A name with dashes for hyphens was reported by the lexer; what is meant is clear.
    const text = this.#lexicalFaults.length === 0 ? written : written.replace(DASHES, '-');
    return { first: index, last: index, text, quoted: false };
  }

  /** `NAME :` stands at a token. */
  isField(index: number): boolean {
    return (
      this.kindAt(index + 1) === Kind.Colon && (this.isWord(index) || this.kinds[index] === Kind.Section)
    );
  }

  /** A word that begins a statement stands at a token, and not as the name of a field. */
  isStatement(index: number): boolean {
    return this.statements.has(this.kinds[index]!) && this.kindAt(index + 1) !== Kind.Colon;
  }

  /** A record, pack, condition or rule begins at a token. */
  isHeader(index: number): boolean {
    const kind = this.kinds[index]!;
    if (!HEADERS.has(kind) || this.kindAt(index + 1) === Kind.Colon) return false;
    // `change batch-size: 50 kg -> 60 kg` means `modify`.
    if (kind === Kind.Change && this.kindAt(index + 2) === Kind.Colon) return false;
    return (kind === Kind.Change) === (this.language === 'change');
  }

  isSync(index: number): boolean {
    const kind = this.kinds[index]!;
    return (
      kind === Kind.End ||
      kind === Kind.CloseBrace ||
      this.isStatement(index) ||
      this.isField(index) ||
      this.isHeader(index) ||
      ((kind === Kind.Word || kind === Kind.Categories) && this.#startsKnownField(index))
    );
  }

  /** Goes on to where parsing can resume; a block in braces that is met on the way is passed over whole. */
  skipToSync(): void {
    let depth = 0;
    for (; this.kind !== Kind.End; this.at++) {
      if (this.isHeader(this.at)) return;
      if (this.kind === Kind.OpenBrace) depth++;
      else if (this.kind === Kind.CloseBrace) {
        if (depth === 0) return;
        depth--;
      } else if (depth === 0 && this.isSync(this.at)) return;
    }
  }

  /** Ends a statement: whatever still stands before the next one is one fault, unless one was reported. */
  finishStatement(expectedWords: readonly string[]): void {
    if (!this.silent && !this.isSync(this.at) && !this.#startsLikeStatement(this.at))
      this.unexpected(expectedWords);
    if (this.silent) this.skipToSync();
    this.recovered();
  }

  /** The token at the cursor fits nothing; one of `words` may have been meant. */
  unexpected(words: readonly string[]): void {
    const written = this.textOf(this.at);
    const near = this.isWord(this.at) ? nearest(written, words) : null;
    if (near) this.wrong(`\`${written}\` is not known here: did you mean \`${near}\`?`, near);
    else this.wrong(`${this.describe(this.at)} is not expected here`);
  }

  describe(index: number): string {
    const kind = this.kinds[index]!;
    if (kind === Kind.End) return 'the end of the file';
    if (kind === Kind.Text || kind === Kind.TextBlock || kind === Kind.UnclosedText) return 'a text';
    const written = this.textOf(index);
    return `\`${written.length > 40 ? `${written.slice(0, 40)}…` : written}\``;
  }

  /** Takes a word of the grammar. A near miss is reported and taken as that word; otherwise it is missing. */
  keyword(kind: number, message: string): boolean {
    if (this.kind === kind) {
      this.at++;
      return true;
    }
    const meant = wordOf(kind);
    const next = this.kindAt(this.at + 1);
    if (this.kind === Kind.Word && next !== Kind.Colon && nearest(this.textOf(this.at), [meant]) !== null) {
      this.mended(
        this.at,
        this.at,
        `\`${this.textOf(this.at)}\` is not known here: did you mean \`${meant}\`?`,
        meant,
      );
      this.at++;
      return true;
    }
    if (this.#isLinkFor(kind)) {
      this.mended(this.at, this.at, `write \`${meant}\` here, not \`${this.textOf(this.at)}\``, meant);
      this.at++;
      return true;
    }
    this.missing(message, ` ${meant}`);
    return false;
  }

  /** Another small word stands where one of the grammar is due, with the name behind it: `add A in B`. */
  #isLinkFor(kind: number): boolean {
    const next = this.kindAt(this.at + 1);
    return (
      LINKS.has(this.kind) &&
      this.onSameLine(this.at) &&
      (next === Kind.Word || next === Kind.Text) &&
      this.onSameLine(this.at + 1) &&
      !this.#followsOnLine(kind)
    );
  }

  /** A name, or null with the fault `expected WHAT`. */
  name(what: string): Word | null {
    const index = this.at;
    const kind = this.kind;
    if (kind === Kind.Word) {
      const startsField = this.isField(index) && !this.onSameLine(index);
      if (startsField || this.#startsKnownField(index)) return this.noName(what);
      this.at++;
      return this.word(index);
    }
    if (kind === Kind.Text) {
      this.at++;
      return { first: index, last: index, text: decodeText(this.textOf(index)), quoted: true };
    }
    if (kind > Kind.Word) {
      if (!this.#reserved.has(kind)) {
        this.at++;
        return this.word(index);
      }
      if (this.#isMeantAsName(index)) {
        const written = this.textOf(index);
        this.mended(
          index,
          index,
          `\`${written}\` is a word of the language: where it is a name, write it in quotes, \`"${written}"\``,
          `"${written}"`,
        );
        this.at++;
        return this.word(index);
      }
      return this.noName(what);
    }
    if (kind === Kind.Section || kind === Kind.Number || kind === Kind.Date || kind === Kind.BadDate) {
      const begin = this.textOf(index);
      if (this.language === 'rules' && kind !== Kind.Date && kind !== Kind.BadDate && /^[0-9]/.test(begin)) {
        this.at++;
        return this.word(index);
      }
      // `2026-001` is lexed in two pieces.
      const { starts, ends } = this.tokens;
      let last = index;
      while (NAME_PIECES.has(this.kindAt(last + 1)) && starts[last + 1] === ends[last]) last++;
      const { start, end } = this.spanOf(index, last);
      const written = this.tokens.text.slice(start, end);
      if (kind !== Kind.BadDate)
        this.mended(
          index,
          last,
          `a name that begins with a digit is written in quotes: \`"${written}"\``,
          `"${written}"`,
        );
      this.at = last + 1;
      return { first: index, last, text: written, quoted: false };
    }
    return this.noName(what);
  }

  noName(what: string): null {
    this.missing(`expected ${what}`);
    return null;
  }

  /**
   * `name ("," name)*`; empty, with a fault, where there is none. Two names side by side lack a comma, unless they lack
   * the word `link` between them, which then does not follow.
   */
  names(what: string, link?: number): readonly Word[] {
    // `file as PAS`: the word that links is no name, unless it stands there twice.
    const isLinked = link !== undefined && this.kind === link && this.kindAt(this.at + 1) !== link;
    const first = isLinked ? this.noName(what) : this.name(what);
    if (!first) return [];
    const names = [first];
    while (this.separator(link)) {
      const next = this.name('another name after `,`: write it, or take the comma out');
      if (!next) break;
      names.push(next);
    }
    return names;
  }

  /** Takes the comma before another name, or reports that it is missing: two names stand side by side. */
  separator(link?: number): boolean {
    if (this.silent) return false;
    if (this.kind === Kind.Comma) {
      this.at++;
      return true;
    }
    const next = this.kindAt(this.at + 1);
    if (
      this.isWord(this.at) &&
      this.textOf(this.at) === 'and' &&
      (next === Kind.Word || next === Kind.Text || next === Kind.New) &&
      this.onSameLine(this.at + 1)
    ) {
      this.mended(this.at, this.at, 'write `,` between names, not `and`', ',');
      this.at++;
      return true;
    }
    // IDs have capitals or digits; a misspelt word of the grammar has none.
    const isName =
      this.kind === Kind.Word &&
      this.onSameLine(this.at) &&
      this.kindAt(this.at + 1) !== Kind.Colon &&
      /[A-Z0-9]/.test(this.textOf(this.at)) &&
      (link === undefined || this.#followsOnLine(link));
    if (isName) this.lacking(this.at - 1, `expected \`,\` before ${this.describe(this.at)}`, ',');
    return isName;
  }

  /** A word of the grammar and the one name behind it. */
  part(keyword: number, link: string, what: string): Word | null {
    if (this.silent || !this.keyword(keyword, `expected ${link}`)) return null;
    return this.name(what);
  }

  takes(kind: number): boolean {
    if (this.silent || this.kind !== kind || this.kindAt(this.at + 1) === Kind.Colon) return false;
    this.at++;
    return true;
  }

  text(message: string): TextLiteral | null {
    const literal = this.optionalText();
    if (!literal) this.missing(message);
    return literal;
  }

  optionalText(): TextLiteral | null {
    const index = this.at;
    const kind = this.kind;
    if (kind !== Kind.Text && kind !== Kind.TextBlock && kind !== Kind.UnclosedText) return null;
    this.at++;
    const written = this.textOf(index);
    if (kind === Kind.UnclosedText) this.doubtful();
    return {
      first: index,
      last: index,
      text: kind === Kind.TextBlock ? decodeTextBlock(written) : decodeText(written),
    };
  }

  date(after: string): DateNode | null {
    const index = this.at;
    if (this.kind === Kind.Date) {
      this.at++;
      return { first: index, last: index, day: parseDate(this.textOf(index))! };
    }
    if (this.kind === Kind.BadDate) {
      this.at++;
      return null;
    }
    if ((this.kind === Kind.Section || this.kind === Kind.Number) && this.onSameLine(index)) {
      this.mended(
        index,
        index,
        `write a date as year, month and day, such as 2026-10-02, not \`${this.textOf(index)}\``,
      );
      this.at++;
      return null;
    }
    this.missing(`expected a date after \`${after}\`, such as 2026-10-02`);
    return null;
  }

  value(message: string): ValueNode | null {
    const first = this.at;
    const isName = this.isWord(first);
    // A statement that begins on the next line is no value, nor is the name of the next field.
    const isNext =
      isName &&
      (this.isField(first) ||
        this.isHeader(first) ||
        (this.isStatement(first) && !this.#isMeantAsName(first)));
    const value = isNext ? null : readValue(this);
    if (!value) {
      if (
        beginsValue(this.kind) ||
        this.isSync(this.at) ||
        this.kind === Kind.Comma ||
        this.kind === Kind.Arrow
      )
        this.missing(message);
      else this.wrong(`${message}, not ${this.describe(this.at)}`);
      return null;
    }
    return { first, last: this.lastOf(first), value };
  }

  /** `value ("," value)*` */
  values(message: string): readonly ValueNode[] {
    const first = this.value(message);
    if (!first) return [];
    const values = [first];
    let isDoubtful = false;
    while (this.kind === Kind.Comma && !this.silent) {
      if (this.#isInsideNumber()) {
        isDoubtful = true;
        values.push(this.#numberWithComma(values.pop()!));
        continue;
      }
      this.at++;
      const next = this.value('expected another value after `,`: write it, or take the comma out');
      if (!next) break;
      values.push(next);
    }
    // Nothing can be said of how such an old value compares with what the registry holds.
    return isDoubtful && this.kindAt(this.at) === Kind.Arrow ? [] : values;
  }

  /** `60,000` and `20,5`: digits on both sides of the comma at the cursor, and no space. */
  #isInsideNumber(): boolean {
    const { text, starts, ends } = this.tokens;
    const next = this.kindAt(this.at + 1);
    return (
      this.kind === Kind.Comma &&
      this.kindAt(this.at - 1) === Kind.Number &&
      (next === Kind.Number || next === Kind.Section) &&
      ends[this.at - 1] === starts[this.at] &&
      starts[this.at + 1] === ends[this.at] &&
      /[0-9]/.test(text.charAt(starts[this.at + 1]!))
    );
  }

  /** Reports the comma inside a number and takes the whole value, from `begun` on, for a text. */
  #numberWithComma(begun: ValueNode): ValueNode {
    const comma = this.at;
    const begin = this.textOf(comma - 1);
    const groups: string[] = [];
    while (this.#isInsideNumber()) {
      groups.push(/^[0-9]+/.exec(this.textOf(this.at + 1))![0]);
      this.at += 2;
    }
    const plain = begin + groups.join('');
    const decimal = `${begin}.${groups.join('')}`;
    const isDecimal = !groups.every((group) => group.length === 3);
    this.mended(
      comma,
      comma,
      isDecimal
        ? `a comma stands between values, not inside a number: write decimals with a point, \`${decimal}\`, and two values with a space behind the comma`
        : groups.length === 1
          ? `a comma stands between values, not inside a number: write \`${plain}\` without the comma, or \`${decimal}\` with a point if these are decimals`
          : `a comma stands between values, not inside a number: write \`${plain}\` without the commas`,
      isDecimal ? '.' : undefined,
    );
    // The rest of the value begins with the last digits.
    this.at--;
    this.doubtful();
    readValue(this);
    this.recovered();
    const { start, end } = this.spanOf(begun.first, this.at - 1);
    return {
      first: begun.first,
      last: this.at - 1,
      value: { kind: 'text', text: this.tokens.text.slice(start, end) },
    };
  }

  /** `NAME ":" value ("," value)*`, the cursor on the name. A lost colon is reported and the values are read. */
  field(): FieldNode {
    const first = this.at;
    const name = this.word(this.at++);
    if (!this.takesColon(name.text)) this.lacking(first, `expected \`:\` after \`${name.text}\``, ':');
    const values = this.values(`expected a value after \`${name.text}:\``);
    return { kind: 'field', first, last: this.lastOf(first), name, values };
  }

  /** Takes a colon, or reports the `=` that stands for it. */
  takesColon(after: string): boolean {
    if (this.kind !== Kind.Colon && this.kind !== Kind.Equal) return false;
    if (this.kind === Kind.Equal)
      this.mended(this.at, this.at, `write \`:\` after \`${after}\`, not \`=\``, ':');
    this.at++;
    return true;
  }

  /** Takes the `{` of a record, pack, condition or rule; whatever stands before it is passed over. */
  openBlock(after: string): boolean {
    if (this.kind === Kind.OpenParen) {
      this.mended(this.at, this.at, 'write `{` here, not `(`', '{');
      this.at++;
      return true;
    }
    if (this.kind !== Kind.OpenBrace) this.missing(`expected \`{\` after ${after}`, ' {');
    while (this.kind !== Kind.OpenBrace && !this.isSync(this.at)) this.at++;
    if (this.kind !== Kind.OpenBrace) return false;
    this.at++;
    return true;
  }

  #followsOnLine(kind: number): boolean {
    let index = this.at + 1;
    while (this.kinds[index] !== kind && this.kinds[index] !== Kind.End && this.onSameLine(index)) index++;
    return this.kinds[index] === kind;
  }

  /** A known field that has lost its colon begins a line here. */
  #startsKnownField(index: number): boolean {
    return !this.onSameLine(index) && this.knownFields.has(this.textOf(index));
  }

  /** A line begins with what is nearly a statement's word: the statement before it has ended. */
  #startsLikeStatement(index: number): boolean {
    if (this.kinds[index] !== Kind.Word || this.onSameLine(index)) return false;
    return nearest(this.textOf(index), wordsOf(this.statements)) !== null;
  }

  /** A reserved word that stands on its statement's line where a name is due, with nothing of its own behind it. */
  #isMeantAsName(index: number): boolean {
    if (this.isHeader(index) || !this.onSameLine(index)) return false;
    const next = this.kindAt(index + 1);
    const goesOn = (next >= Kind.Word || next === Kind.Text) && this.onSameLine(index + 1);
    const startsStatement = this.isStatement(index) && goesOn;
    if (!startsStatement)
      return next === Kind.Comma || next === Kind.OpenBrace || next >= Kind.Word || this.isSync(index + 1);
    // `revalidate file at DAB-4`: a statement would go on with a name.
    return next > Kind.Word && this.#reserved.has(next) && !this.statements.has(next);
  }
}

/** The small words that link names, and are taken one for the other. */
const LINKS: ReadonlySet<number> = new Set([
  Kind.To,
  Kind.From,
  Kind.With,
  Kind.In,
  Kind.By,
  Kind.As,
  Kind.On,
  Kind.At,
  Kind.For,
  Kind.Of,
]);

/** What a name that begins with a digit may be lexed into. */
const NAME_PIECES: ReadonlySet<number> = new Set([Kind.Number, Kind.Section, Kind.Word, Kind.Date]);

/** The first spelling of each keyword. */
const SPELLINGS = new Map<number, string>([...KEYWORDS].reverse().map(([word, kind]) => [kind, word]));

export function wordOf(kind: number): string {
  return SPELLINGS.get(kind) ?? '';
}

export function wordsOf(kinds: Iterable<number>): readonly string[] {
  return Array.from(kinds, wordOf);
}
