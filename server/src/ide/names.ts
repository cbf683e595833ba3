import type { Range, Span } from '../base/span.js';
import { packsFor } from '../impact/case.js';
import { resolvePath } from '../model/path.js';
import { Registry, textAt } from '../registry/registry.js';
import type { RuleSet } from '../rules/compile.js';
import { rootOf } from '../rules/factPath.js';
import { factNamed } from '../rules/facts.js';
import { packsUsedBy } from '../rules/lookup.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { Mention, Role } from './mention.js';
import { mentionsIn, mentionsNear } from './mentions.js';

export type NameKind =
  | 'entity'
  | 'record'
  | 'rule'
  | 'condition'
  | 'pack'
  | 'category'
  | 'validation-kind'
  | 'task'
  | 'fact'
  | 'code';

/** What is named at a place. */
export interface Name {
  readonly kind: NameKind;
  /** The ID; of rules, conditions and categories the full name (`PACK/NAME`), of a fact its first word. */
  readonly id: string;
  /** All that is meant, `id` first: a bare condition in a record is that of every pack which has one. */
  readonly ids: readonly string[];
  /** As it is written there, without quotes: of a fact the whole path. */
  readonly text: string;
  readonly path: string;
  /** Exactly the name, without quotes. */
  readonly span: Span;
  readonly range: Range;
  readonly role: Role;
}

export interface Occurrence {
  readonly path: string;
  readonly span: Span;
  /** Exactly the name, without quotes. */
  readonly range: Range;
  readonly role: Role;
  /** As it is written there, without quotes: with or without the pack. */
  readonly text: string;
}

/**
 * What is named at an offset of a file: records, rules, registry or entail.jsonc, whole or broken. A name that
 * nothing bears is one all the same, with its `id` as it is written. Null where no name stands.
 */
export function nameAt(snapshot: Snapshot, path: string, offset: number): Name | null {
  const file = snapshot.file(path);
  if (!file) return null;
  const meanings = new Meanings(snapshot, path);
  let found: Name | null = null;
  for (const mention of mentionsNear(file, offset)) {
    const { span } = mention;
    if (offset < span.start || offset > span.end) continue;
    // Where two names touch, the cursor belongs to the one that begins there.
    if (found && found.span.start > span.start) continue;
    const meaning = meanings.of(mention);
    if (meaning)
      found = { ...meaning, text: mention.text, path, span, range: file.rangeOf(span), role: mention.role };
  }
  return found;
}

/**
 * Every place of the workspace, and of the shipped packs in force, at which the same is named; sorted by path
 * and place. Costs a search through the texts, and a walk through those files that hold the name.
 */
export function occurrences(snapshot: Snapshot, name: Meant): readonly Occurrence[] {
  const local = isLocal(name.kind) ? folderOf(name.path) : null;
  const found: Occurrence[] = [];
  // Shipped packs know nothing of a workspace's entities and records: a word of the same letters is another.
  const paths = local === null ? [...snapshot.paths, ...shippedPaths(snapshot)] : snapshot.paths;
  for (const path of paths) {
    if (local !== null && folderOf(path) !== local) continue;
    found.push(...occurrencesInFile(snapshot, path, name));
  }
  return found;
}

/** As `occurrences`, in one file. */
export function occurrencesInFile(snapshot: Snapshot, path: string, name: Meant): readonly Occurrence[] {
  const file = snapshot.file(path);
  const needles = name.ids.map((id) => shortNameOf(snapshot.world.rules, name.kind, id));
  if (!file || !needles.some((needle) => file.source.text.includes(needle))) return [];
  const meanings = new Meanings(snapshot, path);
  const byStart = new Map<number, Occurrence>();
  for (const mention of mentionsIn(file)) {
    const { text, span, role } = mention;
    if (!needles.some((needle) => isNamed(name.kind, text, needle))) continue;
    const meaning = meanings.of(mention);
    if (meaning?.kind !== name.kind || !meaning.ids.some((id) => name.ids.includes(id))) continue;
    byStart.set(span.start, { path, span, range: file.rangeOf(span), role, text });
  }
  return [...byStart.values()].sort((a, b) => a.span.start - b.span.start);
}

/** What is looked for: the path tells in whose registry. */
export type Meant = Pick<Name, 'kind' | 'id' | 'ids' | 'path'>;

/** The paths of the shipped packs in force. They are read-only, and no files of the workspace. */
export function shippedPaths(snapshot: Snapshot): readonly string[] {
  const { packs, rules, conditions } = snapshot.world.rules;
  const files = new Set<string>();
  for (const map of [packs, rules, conditions])
    for (const { location } of map.values()) files.add(location.file);
  if (files.size === 0) return [];
  const own = new Set(snapshot.paths);
  return [...files].filter((file) => !own.has(file)).sort();
}

/** The part of a rule's or condition's full name behind its pack; other names are whole. */
export function shortNameOf(rules: RuleSet, kind: NameKind, id: string): string {
  if (kind === 'rule') return rules.rules.get(id)?.shortName ?? behindPack(id);
  if (kind === 'condition') return rules.conditions.get(id)?.shortName ?? behindPack(id);
  return kind === 'category' ? behindPack(id) : id;
}

/** The registry against which a file is read: the workspace's, or that of the examples it belongs to. */
export function registryFor(snapshot: Snapshot, path: string): Registry {
  const folder = folderOf(path);
  if (folder === '') return snapshot.world.registry;
  const files = snapshot.paths.flatMap((other) => {
    const file = folderOf(other) === folder ? snapshot.file(other) : undefined;
    return file?.kind === 'registry' ? [file.registry] : [];
  });
  return new Registry(files);
}

/** The folder of examples to which a file belongs, with its own entities and records; empty for the workspace. */
export function folderOf(path: string): string {
  const end = path.indexOf('.examples/');
  return end < 0 ? '' : path.slice(0, end);
}

function isNamed(kind: NameKind, text: string, needle: string): boolean {
  return text === needle || (kind === 'fact' ? rootOf(text) === needle : text.endsWith(`/${needle}`));
}

/** Entities and records are known in their own folder only, everything else everywhere. */
function isLocal(kind: NameKind): boolean {
  return kind === 'entity' || kind === 'record';
}

function behindPack(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

type Meaning = Pick<Name, 'kind' | 'id' | 'ids'>;

/** What the mentions of one file mean in its workspace. */
class Meanings {
  #registry: Registry | null = null;

  constructor(
    readonly snapshot: Snapshot,
    readonly path: string,
  ) {}

  of(mention: Mention): Meaning | null {
    const { sort, text } = mention;
    switch (sort) {
      case 'rule':
        return meaning('rule', this.#inPacks(mention, 'rule'));
      case 'condition':
        return meaning('condition', this.#inPacks(mention, 'condition'));
      case 'category':
        return text === 'none' ? null : meaning('category', this.#categories(mention));
      case 'answered':
        return this.#answered(mention);
      case 'operand':
        return this.#operand(mention);
      case 'fact':
        return factNamed(text) ? meaning('fact', [text]) : null;
      case 'path':
        return this.#isComponent(mention) ? meaning('entity', [text]) : null;
      case 'value':
        return this.#isReference(mention) ? meaning('entity', [text]) : null;
      default:
        return meaning(sort, [text]);
    }
  }

  get #rules(): RuleSet {
    return this.snapshot.world.rules;
  }

  get #entities(): Registry {
    this.#registry ??= registryFor(this.snapshot, this.path);
    return this.#registry;
  }

  /** Full names: in rules what the name means in their pack, in records that of every pack. */
  #inPacks({ text, role, pack }: Mention, kind: 'rule' | 'condition'): readonly string[] {
    if (pack === undefined) {
      const named = kind === 'rule' ? this.#rules.rulesNamed(text) : this.#rules.conditionsNamed(text);
      return named.length > 0 ? named.map(({ name }) => name) : [text];
    }
    const own = `${pack}/${text.startsWith(`${pack}/`) ? text.slice(pack.length + 1) : text}`;
    if (role === 'declaration') return [own];
    const resolved =
      kind === 'rule' ? this.#rules.resolveRule(text, pack) : this.#rules.resolveCondition(text, pack);
    // What is superseded may be gone, and is named with its own pack.
    return [resolved?.name ?? (text.includes('/') ? text : own)];
  }

  /** What `confirm` and `deny` answer: a condition, or else a protocol. */
  #answered(mention: Mention): Meaning {
    const { text } = mention;
    const isEntity = this.#rules.conditionsNamed(text).length === 0 && this.#entities.get(text) !== undefined;
    return isEntity ? meaning('entity', [text]) : meaning('condition', this.#inPacks(mention, 'condition'));
  }

  #operand({ text, pack }: Mention): Meaning | null {
    const root = rootOf(text);
    if (factNamed(root)?.kind === 'fact') return meaning('fact', [root]);
    const condition = this.#rules.resolveCondition(text, pack ?? '');
    if (condition) return meaning('condition', [condition.name]);
    return this.#entities.get(text) ? meaning('entity', [text]) : null;
  }

  #isComponent({ text, subjects }: Mention): boolean {
    return (subjects ?? []).some((id) => {
      const subject = this.#entities.get(id);
      const resolved = subject && resolvePath(subject, text);
      // Any other word would be a new component, and nothing yet.
      return resolved?.group === 'component' && (resolved.held || this.#entities.get(text) !== undefined);
    });
  }

  #isReference({ text, subjects, path }: Mention): boolean {
    return (subjects ?? []).some((id) => {
      const subject = this.#entities.get(id);
      const resolved = subject && resolvePath(subject, path ?? '');
      if (!resolved) return false;
      return (
        resolved.refers !== null || (resolved.relation !== null && this.#entities.get(text) !== undefined)
      );
    });
  }

  /** The packs that may be meant: the rule's own, those of the filings' markets, or every one. */
  #categories({ text, pack, filings }: Mention): readonly string[] {
    const all = this.#rules.packs;
    const named =
      pack !== undefined
        ? packsUsedBy(all, pack)
        : (filings ?? []).flatMap((id) => this.#packsOfFiling(id).flatMap((one) => packsUsedBy(all, one)));
    const having = (ids: Iterable<string>): readonly string[] =>
      [...new Set(ids)].filter((id) => all.get(id)?.categories.includes(text) ?? id === pack);
    const found = having(named);
    const meant = found.length > 0 ? found : having(all.keys());
    return meant.length > 0 ? meant.map((id) => `${id}/${text}`) : [text];
  }

  #packsOfFiling(id: string): readonly string[] {
    const filing = this.#entities.get(id);
    const market = filing && textAt(filing, 'market');
    return market === undefined
      ? []
      : packsFor(this.snapshot.world, market, textAt(filing!, 'type')).map((pack) => pack.id);
  }
}

function meaning(kind: NameKind, ids: readonly string[]): Meaning {
  return { kind, id: ids[0] ?? '', ids };
}
