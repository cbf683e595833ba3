import { nearest } from '../base/nearest.js';
import { EditParser } from './edits.js';
import { Kind, RECORD_STATEMENTS } from './kinds.js';
import type {
  AnswerNode,
  ConditionAnswerNode,
  DateNode,
  GroundsNode,
  TargetNode,
  TextLiteral,
  Word,
} from './nodes.js';
import { wordsOf } from './parserCore.js';

/** Parses the answers of a change record: what the change takes, as its author declares it. */
export class AnswerParser extends EditParser {
  answer(kind: number): AnswerNode {
    const first = this.at++;
    switch (kind) {
      case Kind.Revalidate: {
        const target = this.target('a validation after `revalidate`');
        const { site, by, done, protocol, grounds } = this.#tails(REVALIDATE_TAILS);
        return {
          kind: 'revalidate',
          first,
          last: this.lastOf(first),
          target,
          site,
          by,
          done,
          protocol,
          grounds,
        };
      }
      case Kind.Unaffected: {
        const targets = this.#targets();
        const { site, grounds } = this.#tails(UNAFFECTED_TAILS);
        return { kind: 'unaffected', first, last: this.lastOf(first), targets, site, grounds };
      }
      case Kind.File: {
        const filings = this.names('a filing after `file`', Kind.As);
        const category = this.#category();
        const { on, scope, submission, grounds } = this.#tails(FILE_TAILS);
        return {
          kind: 'file',
          first,
          last: this.lastOf(first),
          filings,
          category,
          on,
          scope,
          submission,
          grounds,
        };
      }
      case Kind.Implement: {
        const filings = this.names('a filing after `implement`');
        const { on, from } = this.#tails(IMPLEMENT_TAILS);
        return { kind: 'implement', first, last: this.lastOf(first), filings, on, from };
      }
      case Kind.Notify: {
        const parties = this.names('an organisation after `notify`');
        const { on, grounds } = this.#tails(DATED_TAILS);
        return { kind: 'notify', first, last: this.lastOf(first), parties, on, grounds };
      }
      case Kind.Approval: {
        const by = this.names('a filing or an organisation after `approval`');
        const { on, grounds } = this.#tails(DATED_TAILS);
        return { kind: 'approval', first, last: this.lastOf(first), by, on, grounds };
      }
      case Kind.Perform: {
        const task = this.name('a task after `perform`');
        const { by, done, grounds } = this.#tails(PERFORM_TAILS);
        return { kind: 'perform', first, last: this.lastOf(first), task, by, done, grounds };
      }
    }
    const verb: ConditionAnswerNode['kind'] = kind === Kind.Deny ? 'deny' : 'confirm';
    const conditions = this.names(`a condition after \`${verb}\``);
    const { scope, grounds } = this.#tails(CONDITION_TAILS);
    return { kind: verb, first, last: this.lastOf(first), conditions, scope, grounds };
  }

  /** The tails of an answer, in any order, each at most once. */
  /** One word; several as in “Type IB” or “CBE 30” are taken for one, so that one message says what is meant. */
  #category(): Word | null {
    const word = this.part(Kind.As, '`as` and a category such as PAS', 'a category after `as`, such as PAS');
    if (!word || word.quoted || this.silent) return word;
    while (
      this.onSameLine(this.at) &&
      (this.kind === Kind.Word || this.kind === Kind.Number) &&
      /^(?:\d+|[A-Za-z]*[A-Z][A-Za-z]*)$/.test(this.textOf(this.at)) &&
      this.kindAt(this.at + 1) !== Kind.Colon
    )
      this.at++;
    const last = this.at - 1;
    if (last === word.last) return word;
    const { starts, ends, text } = this.tokens;
    return { ...word, last, text: text.slice(starts[word.first], ends[last]).replace(/\s+/g, ' ') };
  }

  #tails(allowed: ReadonlySet<number>): Tails {
    const tails = noTails();
    let seen = 0;
    while (!this.silent) {
      this.#strayComma(allowed);
      if (this.#bareDate(allowed, tails)) continue;
      const kind = this.#tailKind(allowed);
      if (kind === Kind.End) break;
      const index = this.at;
      const bit = 1 << (kind - Kind.At);
      // Only a repetition is a fault here; the second is read all the same, and forgotten.
      const into = seen & bit ? noTails() : tails;
      if (seen & bit) this.mended(index, index, `\`${this.textOf(index)}\` is given twice`);
      seen |= bit;
      if (kind === Kind.Because || kind === Kind.Evidence) this.#grounds(kind, into, tails);
      else {
        this.at++;
        this.#tail(kind, into, allowed);
      }
    }
    return tails;
  }

  /** A comma before a tail. */
  #strayComma(allowed: ReadonlySet<number>): void {
    if (this.kind !== Kind.Comma || !allowed.has(this.kindAt(this.at + 1))) return;
    this.mended(this.at, this.at, 'a comma stands between names only: take it out', '');
    this.at++;
  }

  /** A date without its word. */
  #bareDate(allowed: ReadonlySet<number>, tails: Tails): boolean {
    const isBy = allowed.has(Kind.By);
    if (this.kind !== Kind.Date || !this.onSameLine(this.at) || !(isBy || allowed.has(Kind.On))) return false;
    const right = `${isBy ? 'by' : 'on'} ${this.textOf(this.at)}`;
    this.mended(this.at, this.at, `write \`${right}\``, right);
    const date = this.date('');
    if (isBy) tails.by ??= date;
    else tails.on ??= date;
    return true;
  }

  /** The tail that begins at the cursor; one misspelt is reported and taken for what was meant. */
  #tailKind(allowed: ReadonlySet<number>): number {
    const kind = this.kind;
    if (allowed.has(kind) && this.kindAt(this.at + 1) !== Kind.Colon) return kind;
    if (kind !== Kind.Word || this.isField(this.at)) return Kind.End;
    const words = wordsOf(allowed);
    const written = this.textOf(this.at);
    const near = nearest(written, words);
    if (near === null || nearest(written, RECORD_STATEMENT_WORDS) !== null) return Kind.End;
    this.mended(this.at, this.at, `\`${written}\` is not known here: did you mean \`${near}\`?`, near);
    return [...allowed][words.indexOf(near)]!;
  }

  #tail(kind: number, tails: Tails, allowed: ReadonlySet<number>): void {
    switch (kind) {
      case Kind.At:
        tails.site = this.name('a site after `at`');
        return;
      case Kind.By:
        tails.by = this.date('by');
        return;
      case Kind.Done:
        tails.done = this.date('done');
        return;
      case Kind.On:
        tails.on = this.date('on');
        return;
      case Kind.Protocol:
        tails.protocol = this.name('a document after `protocol`');
        return;
      case Kind.For:
        tails.scope = this.names(
          allowed === FILE_TAILS ? 'what is filed after `for`' : 'what it holds for after `for`',
        );
        return;
      case Kind.In:
        tails.submission = this.name('a submission after `in`');
        return;
      case Kind.From:
        tails.from = this.text('expected a text after `from`, such as "batch 27K014"');
        return;
    }
  }

  #grounds(kind: number, into: Tails, tails: Tails): void {
    const first = tails.grounds?.first ?? this.at;
    let because: TextLiteral | null = tails.grounds?.because ?? null;
    let evidence: readonly Word[] = tails.grounds?.evidence ?? [];
    this.at++;
    if (kind === Kind.Because) because = this.text('expected a reason in quotes after `because`');
    else evidence = this.names('a document after `evidence`');
    // The two halves are one node only where they stand together; they do in the grammar, and else it spans both.
    if (into === tails) tails.grounds = { first, last: this.lastOf(first), because, evidence };
  }

  target(what: string): TargetNode | null {
    const first = this.at;
    if (this.kind === Kind.New && this.kindAt(first + 1) !== Kind.Colon && !this.isSync(first + 1)) {
      this.at++;
      const newKind = this.isWord(this.at)
        ? this.word(this.at++)
        : this.name('a kind of validation after `new`');
      const linked =
        !this.silent && this.keyword(Kind.Of, 'expected `of` and what the new validation covers');
      const ref = linked ? this.name('what the new validation covers after `of`') : null;
      return { first, last: this.lastOf(first), newKind, ref };
    }
    const ref = this.name(what);
    if (ref && !this.silent && this.kind === Kind.Of && this.onSameLine(this.at)) {
      const kind = this.textOf(ref.first);
      this.mended(
        first,
        ref.last,
        `write \`new ${kind}\`: the registry has no validation that covers this yet`,
        `new ${kind}`,
      );
      this.at++;
      const covered = this.name('what the new validation covers after `of`');
      return { first, last: this.lastOf(first), newKind: ref, ref: covered };
    }
    return ref && { first, last: this.lastOf(first), newKind: null, ref };
  }

  #targets(): readonly TargetNode[] {
    const targets: TargetNode[] = [];
    let target = this.target('a validation after `unaffected`');
    while (target) {
      targets.push(target);
      if (!this.separator()) break;
      target = this.target('another validation after `,`: write it, or take the comma out');
    }
    return targets;
  }
}

export const RECORD_STATEMENT_WORDS = wordsOf(RECORD_STATEMENTS);

interface Tails {
  site: Word | null;
  by: DateNode | null;
  done: DateNode | null;
  on: DateNode | null;
  protocol: Word | null;
  scope: readonly Word[];
  submission: Word | null;
  from: TextLiteral | null;
  grounds: GroundsNode | null;
}

function noTails(): Tails {
  return {
    site: null,
    by: null,
    done: null,
    on: null,
    protocol: null,
    scope: [],
    submission: null,
    from: null,
    grounds: null,
  };
}

const GROUNDS = [Kind.Because, Kind.Evidence] as const;
const REVALIDATE_TAILS: ReadonlySet<number> = new Set([
  Kind.At,
  Kind.By,
  Kind.Done,
  Kind.Protocol,
  ...GROUNDS,
]);
const UNAFFECTED_TAILS: ReadonlySet<number> = new Set([Kind.At, ...GROUNDS]);
const FILE_TAILS: ReadonlySet<number> = new Set([Kind.On, Kind.For, Kind.In, ...GROUNDS]);
const IMPLEMENT_TAILS: ReadonlySet<number> = new Set([Kind.On, Kind.From]);
const DATED_TAILS: ReadonlySet<number> = new Set([Kind.On, ...GROUNDS]);
const PERFORM_TAILS: ReadonlySet<number> = new Set([Kind.By, Kind.Done, ...GROUNDS]);
const CONDITION_TAILS: ReadonlySet<number> = new Set([Kind.For, ...GROUNDS]);

/** The statements that a tail belongs to, as they are written; empty for any other word. */
export function statementsWith(tail: number): readonly string[] {
  const statements: readonly (readonly [number, ReadonlySet<number>])[] = [
    [Kind.Modify, new Set([Kind.At])],
    [Kind.Revalidate, REVALIDATE_TAILS],
    [Kind.Unaffected, UNAFFECTED_TAILS],
    [Kind.File, FILE_TAILS],
    [Kind.Implement, IMPLEMENT_TAILS],
    [Kind.Notify, DATED_TAILS],
    [Kind.Approval, DATED_TAILS],
    [Kind.Perform, PERFORM_TAILS],
    [Kind.Confirm, CONDITION_TAILS],
    [Kind.Deny, CONDITION_TAILS],
  ];
  return wordsOf(statements.flatMap(([statement, tails]) => (tails.has(tail) ? [statement] : [])));
}

export const TAIL_WORDS = wordsOf([
  Kind.At,
  Kind.By,
  Kind.Done,
  Kind.On,
  Kind.Protocol,
  Kind.For,
  Kind.In,
  ...GROUNDS,
]);
