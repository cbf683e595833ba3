import { nearest } from '../base/nearest.js';
import { Kind } from './kinds.js';
import type { CategoriesNode, ClockNode, ClockStepNode, PackItem, Word } from './nodes.js';
import { WordParser } from './ruleWords.js';

const CLOCK_STEPS: readonly string[] = [
  'approval',
  'on-receipt',
  'afterwards',
  'wait',
  'typical',
  'within',
  'judged',
];

/** The procedures of a European filing, after which a clock may tell its waiting times apart. */
const PROCEDURES = ['CP', 'MRP', 'DCP', 'NP'];

/** Parses what stands in a pack: fields, categories, clocks, lead times and order. */
export class PackItemParser extends WordParser {
  packItem(kind: number): PackItem {
    const first = this.at;
    if (kind === Kind.Clock) return this.#clock();
    if (kind === Kind.Lead) {
      this.at++;
      const subject = this.subject('a kind of validation after `lead`');
      const colon = !this.silent && this.colon(subject);
      const value = colon ? this.value('expected how long it takes, such as `3..9 months`') : null;
      return { kind: 'lead', first, last: this.lastOf(first), subject, value };
    }
    if (kind === Kind.Order) {
      this.at++;
      const before = this.plainWord('a kind of validation after `order`');
      const linked =
        !this.silent && this.keyword(Kind.Before, 'expected `before` and another kind of validation');
      const after = linked ? this.plainWord('a kind of validation after `before`') : null;
      return { kind: 'order', first, last: this.lastOf(first), before, after };
    }
    return this.kind === Kind.Categories ? this.#categories() : this.field();
  }

  #categories(): CategoriesNode {
    const first = this.at++;
    if (!this.takesColon('categories')) this.lacking(first, 'expected `:` after `categories`', ':');
    const names: Word[] = [];
    for (;;) {
      const name = this.plainWord('a category');
      if (!name) break;
      names.push(name);
      if (this.kind === Kind.Comma) {
        this.mended(this.at, this.at, 'categories stand lowest first with `<` between them', '<');
      } else if (this.kind !== Kind.Less) break;
      this.at++;
    }
    return { kind: 'categories', first, last: this.lastOf(first), names };
  }

  #clock(): ClockNode {
    const first = this.at++;
    const category = this.subject('a category after `clock`');
    const steps: ClockStepNode[] = [];
    if (!this.silent && this.colon(category)) {
      for (;;) {
        const step = this.#clockStep();
        if (step) steps.push(step);
        if (this.silent || this.kind !== Kind.Comma) break;
        this.at++;
      }
    }
    return { kind: 'clock', first, last: this.lastOf(first), category, steps };
  }

  #clockStep(): ClockStepNode | null {
    const first = this.at;
    const written = this.isWord(first) && !this.isField(first) ? this.textOf(first) : '';
    const step = CLOCK_STEPS.includes(written)
      ? written
      : written === ''
        ? null
        : nearest(written, CLOCK_STEPS);
    if (step === null) {
      this.missing(
        'expected what the clock does: `approval`, `on-receipt`, `afterwards`, `wait 30 days`, `typical 4 months`, `within 60 days` or `judged on submission`',
      );
      return null;
    }
    if (step !== written) this.meant(first, step);
    this.at++;
    const takesValue = step === 'wait' || step === 'typical' || step === 'within';
    const value = takesValue ? this.value(`expected how long after \`${step}\`, such as \`30 days\``) : null;
    let ofAnniversary = false;
    if (step === 'within' && this.kind === Kind.Of && !this.silent) {
      this.at++;
      ofAnniversary = this.fixedWord(['anniversary'], 'expected `anniversary` after `of`') !== null;
    }
    let procedure: string | null = null;
    if (step === 'wait' && this.kind === Kind.For && !this.silent) {
      this.at++;
      procedure = this.fixedWord(PROCEDURES, 'expected a procedure after `for`: `CP`, `MRP`, `DCP` or `NP`');
    }
    let filingType: string | null = null;
    if (step === 'typical' && this.kind === Kind.For && !this.silent) {
      this.at++;
      filingType = this.plainWord('a type of filing after `for`')?.text ?? null;
    }
    let judgedOn: ClockStepNode['judgedOn'] = null;
    if (step === 'judged' && this.keyword(Kind.On, 'expected `on submission` or `on implementation`')) {
      const day = this.fixedWord(
        ['submission', 'implementation'],
        'expected `submission` or `implementation` after `on`',
      );
      judgedOn = day as ClockStepNode['judgedOn'];
    }
    return {
      kind: 'clock-step',
      first,
      last: this.lastOf(first),
      step: step as ClockStepNode['step'],
      value,
      ofAnniversary,
      procedure,
      filingType,
      judgedOn,
    };
  }
}
