/** Reads the headers of packs: their fields, categories, clocks, lead times and orders. */
import { nearest } from '../base/nearest.js';
import { Sha256 } from '../base/sha256.js';
import type { Value } from '../base/value.js';
import { MARKETS, VALIDATION_KINDS } from '../registry/vocabulary.js';
import type { ClockNode, ClockStepNode, FieldNode, Node, PackNode, Word } from '../syntax/nodes.js';
import type { RulesSource } from './lookup.js';
import type { ClockStep, Pack, RuleLocation, RuleProblem } from './rule.js';

const FIELDS = [
  'market',
  'filings',
  'source',
  'in-force',
  'until',
  'accepts',
  'uses',
  'otherwise',
  'categories',
];

/** What was meant for a date. */
export const LOOKS_LIKE_DATE = /^\d+[-/]\d+[-/]\d+$/;

/** A pack whose `otherwise` is not yet looked up. */
export interface UnresolvedPack extends Pack {
  readonly otherwiseName: { readonly name: string; readonly location: RuleLocation } | null;
}

/** Gathers the headers of every pack over all files: a header that comes again continues the first. */
export class PackReader {
  readonly #drafts = new Map<string, PackDraft>();

  constructor(readonly problems: RuleProblem[]) {}

  read(source: RulesSource): void {
    const begun = new Set<PackDraft>();
    for (const item of source.tree.root.items) {
      if (item.kind !== 'pack' || !item.id) continue;
      let draft = this.#drafts.get(item.id.text);
      if (!draft) {
        const location = { file: source.file, node: item };
        this.#drafts.set(item.id.text, (draft = new PackDraft(item.id.text, location, this.problems)));
      }
      draft.read(source.file, item);
      begun.add(draft);
    }
    for (const draft of begun) draft.hash.update(source.tree.text);
  }

  /** The packs, with what a using pack doesn't say itself taken over from those that it uses. */
  finish(): ReadonlyMap<string, UnresolvedPack> {
    const packs = new Map<string, UnresolvedPack>();
    for (const id of this.#drafts.keys()) this.#finish(id, packs, new Set());
    for (const draft of this.#drafts.values()) draft.checkReferences(packs);
    return packs;
  }

  #finish(id: string, packs: Map<string, UnresolvedPack>, begun: Set<string>): UnresolvedPack | undefined {
    const done = packs.get(id);
    const draft = this.#drafts.get(id);
    if (done || !draft || begun.has(id)) return done;
    begun.add(id);
    const used = draft.uses.flatMap((other) => this.#finish(other, packs, begun) ?? []);
    const pack = draft.finish(used);
    packs.set(id, pack);
    return pack;
  }
}

/** One header value, with its place for messages. */
interface Said {
  readonly text: string;
  readonly day: number | null;
  readonly node: Node;
  readonly file: string;
}

class PackDraft {
  readonly hash = new Sha256();
  readonly #fields = new Map<string, readonly Said[]>();
  readonly #clocks = new Map<
    string,
    { readonly steps: readonly ClockStep[]; readonly location: RuleLocation }
  >();
  readonly #clockNames: { readonly word: Word; readonly file: string }[] = [];
  readonly #leads = new Map<string, Value>();
  readonly #orders: { readonly before: string; readonly after: string }[] = [];
  #categories: readonly string[] | null = null;
  #title = '';

  constructor(
    readonly id: string,
    readonly location: RuleLocation,
    readonly problems: RuleProblem[],
  ) {}

  get uses(): readonly string[] {
    return this.#texts('uses');
  }

  read(file: string, node: PackNode): void {
    if (this.#title === '') this.#title = node.title?.text ?? '';
    for (const item of node.items) {
      switch (item.kind) {
        case 'field':
          this.#field(file, item);
          break;
        case 'categories':
          this.#readCategories(
            file,
            item,
            item.names.map((name) => name.text),
          );
          break;
        case 'clock':
          this.#clock(file, item);
          break;
        case 'lead':
          if (item.subject && item.value && this.#isValidationKind(file, item.subject))
            this.#leads.set(item.subject.text, item.value.value);
          break;
        case 'order':
          if (item.before && item.after)
            if (this.#isValidationKind(file, item.before) && this.#isValidationKind(file, item.after))
              this.#orders.push({ before: item.before.text, after: item.after.text });
          break;
      }
    }
  }

  finish(used: readonly UnresolvedPack[]): UnresolvedPack {
    const market = this.#one('market');
    const otherwise = this.#fields.get('otherwise')?.[0];
    const inherited = used.find((pack) => pack.otherwiseName !== null)?.otherwiseName ?? null;
    const own = this.#categories ?? used.find((pack) => pack.categories.length > 1)?.categories ?? [];
    const clocks = new Map(used.flatMap((pack) => [...pack.clocks]).reverse());
    for (const [category, { steps }] of this.#clocks) clocks.set(category, steps);
    if (market && !otherwise && !inherited)
      this.#report(
        this.location.file,
        this.location.node,
        `the pack ${this.id} has a market but no \`otherwise\`; name the rule that decides about changes that no rule lists: \`otherwise: RULE\``,
      );
    return {
      id: this.id,
      title: this.#title,
      market: market?.text ?? null,
      filings: this.#texts('filings'),
      source: this.#one('source')?.text ?? '',
      from: this.#day('in-force'),
      until: this.#day('until'),
      accepts: this.#texts('accepts'),
      categories: own[0] === 'none' ? own : ['none', ...own],
      clocks,
      otherwise: null,
      otherwiseName: otherwise
        ? { name: otherwise.text, location: { file: otherwise.file, node: otherwise.node } }
        : inherited,
      uses: this.uses,
      leads: this.#leads,
      orders: this.#orders,
      sha256: this.hash.hex(),
      location: this.location,
    };
  }

  /** What can be judged only once every pack is known. */
  checkReferences(packs: ReadonlyMap<string, Pack>): void {
    for (const said of this.#fields.get('uses') ?? []) {
      if (packs.has(said.text)) continue;
      const near = nearest(said.text, packs.keys());
      const hint = near ? `did you mean ${near}?` : `the packs are ${[...packs.keys()].sort().join(', ')}`;
      this.#report(said.file, said.node, `there is no pack ${said.text} to use; ${hint}`, near);
    }
    const market = this.#one('market');
    if (market && !MARKETS.includes(market.text)) {
      const near = nearest(market.text, MARKETS);
      const hint = near ? `did you mean ${near}?` : 'write an ISO country code such as US, or EU';
      this.#report(market.file, market.node, `${market.text} is no market; ${hint}`, near);
    }
    const categories = packs.get(this.id)?.categories ?? [];
    for (const { word, file } of this.#clockNames) {
      if (categories.includes(word.text)) continue;
      this.#report(file, word, ...unknownCategory(word.text, this.id, categories));
    }
  }

  #field(file: string, node: FieldNode): void {
    const name = node.name.text;
    if (name.startsWith('x-')) return;
    if (!FIELDS.includes(name)) {
      const near = nearest(name, FIELDS);
      const hint = near ? `did you mean ${near}?` : `it may have ${FIELDS.join(', ')}`;
      this.#report(file, node.name, `a pack has no field \`${name}\`; ${hint}`, near);
      return;
    }
    const said = node.values.map(({ value, first, last }) => ({
      text: value.text,
      day: value.kind === 'date' ? value.day : null,
      node: { first, last },
      file,
    }));
    if (name === 'categories') {
      this.#readCategories(
        file,
        node,
        said.map(({ text }) => text),
      );
      return;
    }
    if (said.length === 0) return;
    if ((name === 'in-force' || name === 'until') && said[0]!.day === null) {
      // What looks like a date was reported by the parser.
      if (!LOOKS_LIKE_DATE.test(said[0]!.text))
        this.#report(file, said[0]!.node, `\`${name}\` is a date; write for example \`${name}: 2026-01-15\``);
      return;
    }
    const before = this.#fields.get(name);
    if (!before) this.#fields.set(name, said);
    else if (!sameTexts(before, said))
      this.#report(
        file,
        node,
        `the pack ${this.id} already says \`${name}: ${before.map(({ text }) => text).join(', ')}\` in ${before[0]!.file}; keep one of the two`,
      );
  }

  #readCategories(file: string, node: Node, names: readonly string[]): void {
    if (names.length === 0) return;
    if (this.#categories === null) this.#categories = names;
    else if (this.#categories.join() !== names.join())
      this.#report(
        file,
        node,
        `the pack ${this.id} already says \`categories: ${this.#categories.join(' < ')}\`; keep one of the two`,
      );
  }

  #clock(file: string, node: ClockNode): void {
    if (!node.category) return;
    const category = node.category.text;
    const location = { file, node };
    const before = this.#clocks.get(category);
    const steps = node.steps.flatMap(clockStep);
    if (!before) this.#clocks.set(category, { steps, location });
    else if (JSON.stringify(before.steps) !== JSON.stringify(steps))
      this.#report(
        file,
        node,
        `the pack ${this.id} already has another clock for ${category}; keep one of the two`,
      );
    this.#clockNames.push({ word: node.category, file });
  }

  #isValidationKind(file: string, word: Word): boolean {
    const problem = unknownValidationKind(word.text);
    if (problem) this.#report(file, word, ...problem);
    return problem === null;
  }

  #one(field: string): Said | undefined {
    return this.#fields.get(field)?.[0];
  }

  #texts(field: string): readonly string[] {
    return (this.#fields.get(field) ?? []).map(({ text }) => text);
  }

  #day(field: string): number | null {
    return this.#one(field)?.day ?? null;
  }

  #report(file: string, node: Node, message: string, replacement: string | null = null): void {
    const location = { file, node };
    this.problems.push({
      code: 'syntax',
      location,
      message,
      ...(replacement === null ? {} : { replacement }),
    });
  }
}

/** What to say of a word that is no kind of validation; null where it is one. */
export function unknownValidationKind(word: string): [message: string, replacement: string | null] | null {
  if ((VALIDATION_KINDS as readonly string[]).includes(word)) return null;
  const near = nearest(word, VALIDATION_KINDS);
  const hint = near ? `did you mean ${near}?` : `write one of ${VALIDATION_KINDS.join(', ')}`;
  return [`${word} is no kind of validation; ${hint}`, near];
}

/** What to say of a word that is no category of a pack. */
export function unknownCategory(
  word: string,
  pack: string,
  categories: readonly string[],
): [message: string, replacement: string | null] {
  if (categories.length < 2)
    return [
      `the pack ${pack} has no categories, so nothing can be reported as ${word}; write \`categories: none < … \` in the pack`,
      null,
    ];
  const near = nearest(word, categories);
  const hint = near ? `did you mean ${near}?` : `write one of ${categories.join(', ')}`;
  return [`${word} is no category of ${pack}; ${hint}`, near];
}

function clockStep(node: ClockStepNode): ClockStep[] {
  const { step, value } = node;
  switch (step) {
    case 'approval':
    case 'on-receipt':
    case 'afterwards':
      return [{ step }];
    case 'wait':
      return value ? [{ step, value: value.value, procedure: node.procedure }] : [];
    case 'typical':
      return value ? [{ step, value: value.value, filingType: node.filingType }] : [];
    case 'within':
      return value ? [{ step, value: value.value, ofAnniversary: node.ofAnniversary }] : [];
    case 'judged':
      return node.judgedOn ? [{ step, on: node.judgedOn }] : [];
  }
}

function sameTexts(a: readonly Said[], b: readonly Said[]): boolean {
  return a.length === b.length && a.every((said, index) => said.text === b[index]!.text);
}
