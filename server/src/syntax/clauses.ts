import { nearest } from '../base/nearest.js';
import { Kind } from './kinds.js';
import type {
  ClauseNode,
  DutyClause,
  ExprNode,
  ReportClause,
  ScopeNode,
  ScopeWord,
  TriggerNode,
  Word,
} from './nodes.js';
import { PackItemParser } from './packItems.js';

const ACTIONS: readonly string[] = ['add', 'remove', 'replace', 'modify', 'any'];
const ONE_WORD_SCOPES: readonly string[] = ['direct', 'downstream', 'product'] satisfies readonly ScopeWord[];

/** Parses the triggers and clauses of rules. */
export class ClauseParser extends PackItemParser {
  triggers(): readonly TriggerNode[] {
    const triggers: TriggerNode[] = [];
    this.at++;
    for (;;) {
      const trigger = this.#trigger();
      if (trigger) triggers.push(trigger);
      if (this.silent || this.kind !== Kind.Comma) return triggers;
      this.at++;
    }
  }

  #trigger(): TriggerNode | null {
    const first = this.at;
    const message = 'expected an edit such as `add site of step` or `any edit`';
    const written = this.isWord(first) && !this.isField(first) ? this.textOf(first) : '';
    const meant = ACTIONS.includes(written) ? written : written === '' ? null : nearest(written, ACTIONS);
    if (meant === null) {
      this.missing(message);
      return null;
    }
    if (meant !== written) this.meant(first, meant);
    this.at++;
    if (meant === 'any') {
      this.fixedWord(['edit'], 'expected `edit` after `any`');
      return {
        kind: 'trigger',
        first,
        last: this.lastOf(first),
        any: true,
        action: null,
        part: null,
        subject: null,
      };
    }
    const action = { first, last: first, text: meant, quoted: false };
    const part = this.plainWord(`what is changed after \`${meant}\`, such as \`site\``);
    const linked =
      !this.silent && this.keyword(Kind.Of, 'expected `of` and the kind of thing that it belongs to');
    const subject = linked ? this.plainWord('a kind of thing after `of`, such as `step`') : null;
    return { kind: 'trigger', first, last: this.lastOf(first), any: false, action, part, subject };
  }

  clause(kind: number): ClauseNode {
    const first = this.at++;
    switch (kind) {
      case Kind.Report:
        return this.#report(first);
      case Kind.Revalidate:
      case Kind.Assess:
        return this.#duty(first, kind);
      case Kind.Perform: {
        const task = this.name('a task after `perform`');
        const text = this.silent ? null : this.text('expected what is to be done, in quotes, after the task');
        const when = this.when();
        return { kind: 'perform-clause', first, last: this.lastOf(first), task, text, when };
      }
      case Kind.Notify: {
        const role = this.plainWord('whom to notify after `notify`: holder, authorised, sponsor or customer');
        const when = this.when();
        return { kind: 'notify-clause', first, last: this.lastOf(first), role, when };
      }
      case Kind.Cite: {
        const citations = this.texts('expected a citation in quotes after `cite`');
        return { kind: 'cite', first, last: this.lastOf(first), citations };
      }
      case Kind.Dossier: {
        const sections = this.names('a section such as 3.2.S.4.1 after `dossier`');
        return { kind: 'dossier', first, last: this.lastOf(first), sections };
      }
      case Kind.Document: {
        const text = this.text('expected the name of a document in quotes after `document`');
        return { kind: 'document', first, last: this.lastOf(first), text };
      }
      case Kind.Lead: {
        const value = this.value('expected how long it takes after `lead`, such as `3..9 months`');
        return { kind: 'lead-clause', first, last: this.lastOf(first), value };
      }
    }
    const basis = this.plainWord('`official`, `secondary` or `recalled` after `basis`');
    return { kind: 'basis', first, last: this.lastOf(first), basis };
  }

  #report(first: number): ReportClause {
    const category = this.plainWord('a category after `report`, such as PAS');
    let insteadOf: readonly Word[] = [];
    let when: ExprNode | null = null;
    let otherwise = false;
    let once = false;
    while (!this.silent) {
      if (this.kind === Kind.Instead) {
        this.at++;
        if (this.keyword(Kind.Of, 'expected `of` and a rule after `instead`')) {
          insteadOf = [...insteadOf, ...this.names('a rule after `instead of`')];
        }
      } else if (this.#whenFollows()) {
        if (when || otherwise)
          this.wrong('a report has one `when` or one `otherwise`: join conditions by `and`');
        else when = this.when();
      } else if (this.kind === Kind.Otherwise && !this.isField(this.at)) {
        if (when || otherwise) this.wrong('a report has one `when` or one `otherwise`');
        else this.at++;
        otherwise = true;
      } else if (this.kind === Kind.Once && !this.isField(this.at)) {
        this.at++;
        once = true;
      } else break;
    }
    return { kind: 'report', first, last: this.lastOf(first), category, insteadOf, when, otherwise, once };
  }

  #duty(first: number, kind: number): DutyClause {
    const duty = kind === Kind.Revalidate ? 'revalidate' : 'assess';
    const validationKind = this.plainWord(`a kind of validation after \`${duty}\``);
    const scope = this.silent ? null : this.#scope();
    const when = this.when();
    return { kind: 'duty', first, last: this.lastOf(first), duty, validationKind, scope, when };
  }

  #scope(): ScopeNode | null {
    const first = this.at;
    const word = this.#scopeWord();
    let atDestination = false;
    if (!this.silent && this.kind === Kind.At) {
      this.at++;
      atDestination = this.fixedWord(['destination'], 'expected `destination` after `at`') !== null;
    }
    return this.at === first ? null : { kind: 'scope', first, last: this.lastOf(first), word, atDestination };
  }

  #scopeWord(): ScopeWord | null {
    if (this.takes(Kind.Of))
      return this.fixedWord(['steps'], 'expected `steps` after `of`') === null ? null : 'of steps';
    if (this.kind !== Kind.Word || this.isField(this.at)) return null;
    const written = this.textOf(this.at);
    const meant = ONE_WORD_SCOPES.includes(written) ? written : nearest(written, ONE_WORD_SCOPES);
    if (meant === null) return null;
    if (meant !== written) this.meant(this.at, meant);
    this.at++;
    return meant as ScopeWord;
  }

  #whenFollows(): boolean {
    return this.kind === Kind.When && !this.isField(this.at);
  }

  when(): ExprNode | null {
    if (this.silent || !this.#whenFollows()) return null;
    this.at++;
    return this.expression('when');
  }
}
