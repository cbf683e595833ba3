import { nearest } from '../base/nearest.js';
import { AnswerParser, RECORD_STATEMENT_WORDS, statementsWith, TAIL_WORDS } from './answers.js';
import { FIELD_NAMES, HEADERS, Kind, RECORD_STATEMENTS } from './kinds.js';
import type { ChangeFile, ExpectNode, FieldNode, RecordNode, Statement, TextLiteral } from './nodes.js';
import { quoteText } from './texts.js';

/** Parses a file of change records. */
export class RecordParser extends AnswerParser {
  /** The record was opened with `(`, so that a `)` closes it. */
  #isInParens = false;

  constructor(text: string) {
    super(text, 'change', RECORD_STATEMENTS, FIELD_NAMES.change);
  }

  file(): ChangeFile {
    const records: RecordNode[] = [];
    while (this.kind !== Kind.End) {
      if (this.kind === Kind.Change || this.#isNearlyChange()) {
        records.push(this.#record());
      } else {
        this.#betweenRecords();
      }
      this.recovered();
    }
    return { kind: 'change-file', first: 0, last: this.tokens.count - 1, records };
  }

  /** A misspelt `change` is reported and taken for it. */
  #isNearlyChange(): boolean {
    const written = this.textOf(this.at);
    if (this.kind !== Kind.Word || this.kindAt(this.at + 1) === Kind.Colon) return false;
    if (nearest(written, ['change']) === null) return false;
    this.mended(this.at, this.at, `\`${written}\` is not known here: did you mean \`change\`?`, 'change');
    return true;
  }

  override isSync(index: number): boolean {
    return super.isSync(index) || this.#closesParens(index) || this.#isMisplacedChange(index);
  }

  /** `change batch-size: …` inside a record. */
  #isMisplacedChange(index: number): boolean {
    return (
      this.kinds[index] === Kind.Change && this.kindAt(index + 2) === Kind.Colon && !this.onSameLine(index)
    );
  }

  #closesParens(index: number): boolean {
    return this.#isInParens && this.kindAt(index) === Kind.CloseParen;
  }

  /** Whatever stands between records is one fault, up to the next record. */
  #betweenRecords(): void {
    const written = this.textOf(this.at);
    if (this.kind === Kind.CloseBrace) {
      this.wrong('this `}` closes nothing: take it out');
    } else if (this.kind !== Kind.Change && HEADERS.has(this.kind)) {
      this.wrong(
        `\`${written}\` belongs into a file of rules: move it into one whose name ends in \`.rules\``,
      );
    } else {
      this.wrong(`expected \`change\` and the ID of a record, not ${this.describe(this.at)}`);
    }
    while (this.kind !== Kind.End) {
      this.at++;
      if (this.kind === Kind.Change && this.isHeader(this.at)) return;
    }
  }

  #record(): RecordNode {
    const first = this.at++;
    const id = this.isHeader(this.at)
      ? this.noName('the ID of the record after `change`')
      : this.name('the ID of the record after `change`');
    const title = this.silent ? null : this.#title();
    const statements: Statement[] = [];
    this.#isInParens = this.kind === Kind.OpenParen;
    const opened = this.openBlock(title ? 'the title' : 'the ID');
    this.recovered();
    this.#body(statements);
    if (this.kind === Kind.CloseBrace) this.at++;
    else if (this.#closesParens(this.at)) {
      this.mended(this.at, this.at, 'write `}` here, not `)`', '}');
      this.at++;
    } else if (opened) {
      this.missing(`the record${id ? ` ${id.text}` : ''} is not closed: expected \`}\``, '\n}');
    }
    return { kind: 'record', first, last: this.lastOf(first), id, title, statements };
  }

  /** The title; words without quotes before the `{` are reported and taken for it. */
  #title(): TextLiteral | null {
    const first = this.at;
    let end = first;
    while (this.onSameLine(end) && (this.isWord(end) || TITLE_KINDS.has(this.kindAt(end)))) end++;
    const opens = this.kindAt(end) === Kind.OpenBrace || this.kindAt(end) === Kind.OpenParen;
    if (end === first || !opens) {
      if (end > first && this.kindAt(end) === Kind.Text)
        this.wrong('an ID is written in one piece, such as `CC-2026-014`');
      return this.optionalText();
    }
    const span = this.spanOf(first, end - 1);
    const text = this.tokens.text.slice(span.start, span.end);
    this.mended(first, end - 1, `a title stands in quotes: ${inCode(text)}`, quoteText(text));
    this.at = end;
    return { first, last: end - 1, text };
  }

  #body(statements: Statement[]): void {
    while (
      this.kind !== Kind.End &&
      this.kind !== Kind.CloseBrace &&
      !this.#closesParens(this.at) &&
      !this.isHeader(this.at)
    ) {
      const before = this.at;
      const known = this.faults.length;
      const statement = this.#statement(this.#statementKind());
      this.#strayTail();
      if (statement) this.#strayReason(statement);
      const isDoubtful = this.silent || !this.isSync(this.at);
      this.finishStatement(TAIL_WORDS);
      if (statement)
        statements.push(
          isDoubtful || this.faults.length > known ? { ...statement, faulty: true } : statement,
        );
      if (this.at === before) this.at++;
    }
  }

  /** A tail that the statement before it doesn't take, or that stands alone. */
  #strayTail(): void {
    if (this.silent || this.isSync(this.at)) return;
    const owners = statementsWith(this.kind).map((word) => `\`${word}\``);
    if (owners.length === 0) return;
    const list = [owners.slice(0, -1).join(', '), owners.at(-1)].filter(Boolean).join(' or ');
    this.wrong(`\`${this.textOf(this.at)}\` is not expected here: it belongs to ${list}`);
  }

  /** A reason without its `because`. */
  #strayReason(statement: Statement): void {
    if (statement.kind !== 'unaffected' && statement.kind !== 'confirm' && statement.kind !== 'deny') return;
    if (this.silent || statement.grounds || this.isSync(this.at) || !this.onSameLine(this.at)) return;
    const isText = this.kind === Kind.Text || this.kind === Kind.TextBlock;
    if (isText || (this.isWord(this.at) && nearest(this.textOf(this.at), TAIL_WORDS) === null))
      this.wrong('a reason stands in quotes behind `because`: write `because "…"`');
  }

  /** The kind of statement that begins at the cursor; a near miss is reported and taken for what was meant. */
  #statementKind(): number {
    if (this.isField(this.at)) return Kind.Colon;
    // `implement` is a field and a statement; a date belongs to the field.
    const next = this.kindAt(this.at + 1);
    if (this.kind === Kind.Implement && (next === Kind.Date || next === Kind.BadDate || next === Kind.Equal))
      return Kind.Colon;
    if (this.#isMisplacedChange(this.at)) return Kind.Unknown;
    if (RECORD_STATEMENTS.has(this.kind)) return this.kind;
    if (this.kind < Kind.Word) return Kind.Unknown;
    const written = this.textOf(this.at);
    if (FIELD_NAMES.change.has(written)) return Kind.Colon;
    const near = nearest(written, RECORD_STATEMENT_WORDS);
    const kind = near === null ? undefined : KIND_OF_STATEMENT.get(near);
    if (near === null || kind === undefined) return Kind.Unknown;
    this.mended(this.at, this.at, `\`${written}\` is no statement: did you mean \`${near}\`?`, near);
    return kind;
  }

  #statement(kind: number): Statement | null {
    switch (kind) {
      case Kind.Colon:
        return this.#field();
      case Kind.Modify:
        return this.modify();
      case Kind.Add:
      case Kind.Remove:
      case Kind.Replace:
      case Kind.Transfer:
        return this.partEdit(kind);
      case Kind.Expect:
        return this.#expect();
      case Kind.Unknown:
        if (this.#isMisplacedChange(this.at)) {
          const name = this.textOf(this.at + 1);
          this.wrong(
            `a value that changes stands in the block of an edit: \`modify SUBJECT { ${name}: … -> … }\``,
          );
          do this.at++;
          while (this.kind !== Kind.End && this.onSameLine(this.at));
          return null;
        }
        this.#strayTail();
        this.wrong(
          this.kind === Kind.OpenBrace
            ? 'this `{` opens nothing: a block belongs to `modify`'
            : `expected a field or a statement such as \`modify\`, \`transfer\` or \`file\`, not ${this.describe(this.at)}`,
        );
        return null;
    }
    return this.answer(kind);
  }

  #field(): FieldNode {
    const field = this.#wholeValue(this.field());
    if (this.kind === Kind.Arrow)
      this.wrong(
        `a value that changes stands in the block of an edit: \`modify SUBJECT { ${field.name.text}: … -> … }\``,
      );
    else if (field.values.length > 0 && this.#runsOn() && this.kindAt(this.at - 1) === Kind.Text)
      this.wrong('the text ends before this: write `\\"` for a quotation mark inside a text');
    else if (field.values.length > 0 && this.#runsOn())
      this.wrong(`a text of several words stands in quotes: \`${field.name.text}: "…"\``);
    return field;
  }

  /** Of a field that takes one word or a day, all that stands on its line is the value: its check says what is wrong. */
  #wholeValue(field: FieldNode): FieldNode {
    const [value] = field.values;
    if (!value || field.values.length > 1 || !SHORT_FIELDS.has(field.name.text) || this.silent) return field;
    while (this.onSameLine(this.at) && !this.isSync(this.at) && PLAIN_KINDS.has(plainKind(this.kind)))
      this.at++;
    const last = this.at - 1;
    if (last === value.last) return field;
    const { start, end } = this.spanOf(value.first, last);
    const text = this.tokens.text.slice(start, end);
    return { ...field, last, values: [{ first: value.first, last, value: { kind: 'text', text } }] };
  }

  /** A text without quotes goes on behind its first word. */
  #runsOn(): boolean {
    return !this.silent && this.isWord(this.at) && this.onSameLine(this.at) && !this.isSync(this.at);
  }

  #expect(): ExpectNode {
    const first = this.at++;
    const next = this.kind;
    if (next === Kind.No) {
      this.at++;
      const rule = this.name('a rule after `no`');
      return { kind: 'expect-no', first, last: this.lastOf(first), rule };
    }
    if (next === Kind.Revalidate || next === Kind.Assess) {
      this.at++;
      const duty = next === Kind.Revalidate ? 'revalidate' : 'assess';
      const target = this.target(`a validation after \`${duty}\``);
      return { kind: 'expect-duty', first, last: this.lastOf(first), duty, target };
    }
    const category =
      next === Kind.None
        ? this.word(this.at++)
        : this.name(
            'what is expected: write `expect CATEGORY for FILING`, `expect no RULE` or `expect revalidate VALIDATION`',
          );
    const filing = this.part(
      Kind.For,
      '`for` and a filing: write `expect CATEGORY for FILING`, `expect no RULE` or `expect revalidate VALIDATION`',
      'a filing after `for`',
    );
    const rule = !this.silent && this.takes(Kind.By) ? this.name('a rule after `by`') : null;
    return { kind: 'expect-category', first, last: this.lastOf(first), category, filing, rule };
  }
}

/** What an unquoted title may hold besides words. */
const TITLE_KINDS: ReadonlySet<number> = new Set([Kind.Number, Kind.Section, Kind.Date, Kind.Comma]);

/** The fields whose value is one of few words, a day or the ID of a record. */
const SHORT_FIELDS: ReadonlySet<string> = new Set([
  'status',
  'raised',
  'implement',
  'until',
  'urgency',
  'after',
  'parent',
]);

const PLAIN_KINDS: ReadonlySet<number> = new Set([Kind.Word, Kind.Number, Kind.Section, Kind.Date]);

/** A word of the grammar is a word as well. */
function plainKind(kind: number): number {
  return kind > Kind.Word ? Kind.Word : kind;
}

function inCode(title: string): string {
  const quoted = quoteText(title);
  return `\`${quoted.length > 60 ? `${quoted.slice(0, 60)}…` : quoted}\``;
}

const KIND_OF_STATEMENT: ReadonlyMap<string, number> = new Map(
  [...RECORD_STATEMENTS].map((kind, index) => [RECORD_STATEMENT_WORDS[index]!, kind]),
);
