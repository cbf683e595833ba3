import { nearest } from '../base/nearest.js';
import { ClauseParser } from './clauses.js';
import { FIELD_NAMES, HEADERS, Kind, RULES_STATEMENTS } from './kinds.js';
import type {
  ClauseNode,
  ConditionNode,
  ExprNode,
  FieldNode,
  PackItem,
  PackNode,
  RuleNode,
  RulesFile,
  TextLiteral,
  TriggerNode,
  Word,
} from './nodes.js';
import { wordsOf } from './parserCore.js';

const HEADER_WORDS = wordsOf([...HEADERS].filter((kind) => kind !== Kind.Change));
const PACK_KINDS: readonly number[] = [Kind.Clock, Kind.Lead, Kind.Order];
const CONDITION_KINDS: readonly number[] = [Kind.Default, Kind.Cite];
const CLAUSE_KINDS: readonly number[] = [
  Kind.Report,
  Kind.Revalidate,
  Kind.Assess,
  Kind.Perform,
  Kind.Notify,
  Kind.Cite,
  Kind.Dossier,
  Kind.Document,
  Kind.Lead,
  Kind.Basis,
];
const RULE_KINDS: readonly number[] = [Kind.On, Kind.When, ...CLAUSE_KINDS];

/** Parses a file of rule packs. */
export class RulesParser extends ClauseParser {
  constructor(text: string) {
    super(text, 'rules', RULES_STATEMENTS, FIELD_NAMES.rules);
  }

  file(): RulesFile {
    const items: (PackNode | ConditionNode | RuleNode)[] = [];
    while (this.kind !== Kind.End) {
      if (this.kind === Kind.Pack) items.push(this.#pack());
      else if (this.kind === Kind.Condition) items.push(this.#condition());
      else if (this.kind === Kind.Rule) items.push(this.#rule());
      else this.#betweenItems();
      this.recovered();
    }
    return { kind: 'rules-file', first: 0, last: this.tokens.count - 1, items };
  }

  #betweenItems(): void {
    const written = this.textOf(this.at);
    const near = this.kind === Kind.Word ? nearest(written, HEADER_WORDS) : null;
    if (near && this.kindAt(this.at + 1) !== Kind.Colon) {
      this.wrong(`\`${written}\` is not known here: did you mean \`${near}\`?`, near);
    } else if (this.kind === Kind.CloseBrace) {
      this.wrong('this `}` closes nothing: take it out');
    } else if (this.kind === Kind.Change) {
      this.wrong(
        'a change record stands in a file of its own: move it into one whose name ends in `.change`',
      );
    } else {
      this.wrong(`expected \`pack\`, \`condition\` or \`rule\`, not ${this.describe(this.at)}`);
    }
    while (this.kind !== Kind.End) {
      this.at++;
      if (this.isHeader(this.at)) return;
    }
  }

  /** The word, name and text that every item begins with, and its opening brace. */
  #header(what: string): {
    readonly name: Word | null;
    readonly text: TextLiteral | null;
    readonly opened: boolean;
  } {
    const word = this.textOf(this.at++);
    const name = this.isHeader(this.at)
      ? this.noName(`${what} after \`${word}\``)
      : this.name(`${what} after \`${word}\``);
    const text = this.silent
      ? null
      : this.text(`expected a title in quotes after ${name ? `\`${name.text}\`` : 'the name'}`);
    const opened = this.openBlock('the title');
    this.recovered();
    return { name, text, opened };
  }

  /** Statements up to the closing brace; `statement` takes one that begins with a word of `kinds`. */
  #body(word: string, opened: boolean, kinds: readonly number[], statement: (kind: number) => void): void {
    const words = wordsOf(kinds);
    while (this.kind !== Kind.End && this.kind !== Kind.CloseBrace && !this.isHeader(this.at)) {
      const before = this.at;
      const kind = this.#statementKind(kinds, words);
      if (kind === Kind.Unknown) this.#noStatement(words);
      else statement(kind);
      this.finishStatement(TAIL_WORDS);
      if (this.at === before) this.at++;
    }
    if (this.kind === Kind.CloseBrace) this.at++;
    else if (opened) this.missing(`the ${word} is not closed: expected \`}\``, '\n}');
  }

  #statementKind(kinds: readonly number[], words: readonly string[]): number {
    if (this.isField(this.at)) return Kind.Colon;
    if (kinds.includes(this.kind)) return this.kind;
    if (this.kind < Kind.Word) return Kind.Unknown;
    const written = this.textOf(this.at);
    if (FIELD_NAMES.rules.has(written)) return Kind.Colon;
    const near = nearest(written, words);
    if (near === null || RULES_STATEMENTS.has(this.kind)) return Kind.Unknown;
    this.mended(this.at, this.at, `\`${written}\` is not known here: did you mean \`${near}\`?`, near);
    return kinds[words.indexOf(near)]!;
  }

  #noStatement(words: readonly string[]): void {
    const list = words.map((word) => `\`${word}\``).join(', ');
    this.wrong(`${this.describe(this.at)} is not expected here: write a field or one of ${list}`);
    this.at++;
  }

  // ---- packs --------------------------------------------------------------------------------------

  #pack(): PackNode {
    const first = this.at;
    const { name, text, opened } = this.#header('the ID of the pack');
    const items: PackItem[] = [];
    this.#body('pack', opened, PACK_KINDS, (kind) => items.push(this.packItem(kind)));
    return { kind: 'pack', first, last: this.lastOf(first), id: name, title: text, items };
  }
  // ---- conditions ---------------------------------------------------------------------------------

  #condition(): ConditionNode {
    const first = this.at;
    const { name, text, opened } = this.#header('the name of the condition');
    let fallback: ExprNode | null = null;
    let cite: TextLiteral | null = null;
    this.#body('condition', opened, CONDITION_KINDS, (kind) => {
      if (kind === Kind.Colon) {
        this.wrong('a condition has no fields: write `default` or `cite`');
      } else if (kind === Kind.Default) {
        this.#onlyOnce(fallback !== null);
        this.at++;
        fallback = this.expression('default') ?? fallback;
      } else {
        this.#onlyOnce(cite !== null);
        this.at++;
        cite = this.text('expected a citation in quotes after `cite`');
      }
    });
    return { kind: 'condition', first, last: this.lastOf(first), name, question: text, fallback, cite };
  }

  // ---- rules --------------------------------------------------------------------------------------

  #rule(): RuleNode {
    const first = this.at;
    const { name, text, opened } = this.#header('the name of the rule');
    const fields: FieldNode[] = [];
    const clauses: ClauseNode[] = [];
    let triggers: readonly TriggerNode[] = [];
    let when: ExprNode | null = null;
    this.#body('rule', opened, RULE_KINDS, (kind) => {
      if (kind === Kind.Colon) fields.push(this.field());
      else if (kind === Kind.On) {
        this.#onlyOnce(triggers.length > 0);
        triggers = [...triggers, ...this.triggers()];
      } else if (kind === Kind.When) {
        this.#onlyOnce(when !== null);
        this.at++;
        when = this.expression('when');
      } else clauses.push(this.clause(kind));
    });
    return {
      kind: 'rule',
      first,
      last: this.lastOf(first),
      name,
      title: text,
      fields,
      triggers,
      when,
      clauses,
    };
  }

  #onlyOnce(isSecond: boolean): void {
    if (isSecond) this.mended(this.at, this.at, `\`${this.textOf(this.at)}\` is given twice`);
  }
}

const TAIL_WORDS: readonly string[] = wordsOf([
  Kind.When,
  Kind.Otherwise,
  Kind.Once,
  Kind.Instead,
  Kind.At,
  Kind.And,
  Kind.Or,
]);
