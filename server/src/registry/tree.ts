import type { ListNode, MapEntry, MapNode, RegistryNode, RegistryProblem, ScalarNode } from './entity.js';

/** A key that stands a second time in its map. The map keeps the first. */
export interface DuplicateKey {
  readonly map: MapNode;
  readonly key: string;
  readonly firstAt: number;
  readonly entry: MapEntry;
}

/** Further faults of one file are left out: who reads two hundred mends the first ones first. */
const MOST_FAULTS = 200;

/**
 * Collects the nodes of one file with their places, the faults found on the way, and the keys that stand
 * twice. Both readers build through it, so that they cannot differ in anything but what they recognise.
 */
export class TreeBuilder {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly problems: RegistryProblem[] = [];
  readonly duplicates: DuplicateKey[] = [];

  constructor(readonly text: string) {}

  /**
   * A new place: offsets in the file's text, `end` exclusive. The tolerant reader puts what it misses at the
   * end of a text (the value of `[?`) one character behind it; a place never is.
   */
  place(start: number, end: number): number {
    this.ends.push(Math.min(end, this.text.length));
    return this.starts.push(Math.min(start, this.text.length)) - 1;
  }

  /** Sets the end of a collection's place, which is known only after its last item. */
  close(at: number, end: number): void {
    this.ends[at] = Math.min(end, this.text.length);
  }

  scalar(start: number, end: number, text: string, style: 'plain' | 'quoted'): ScalarNode {
    const plain = style === 'plain';
    return {
      type: 'scalar',
      at: this.place(start, end),
      text: plain && NULLS.has(text) ? '' : text,
      plain,
    };
  }

  /** An empty value, placed without width where it would have stood. */
  nothing(position: number): ScalarNode {
    return { type: 'scalar', at: this.place(position, position), text: '', plain: true };
  }

  /** As `nothing`, where something was written that has been complained about. */
  unreadable(position: number): ScalarNode {
    const node = this.nothing(position);
    this.#unreadable.add(node.at);
    return node;
  }

  isUnreadable(node: RegistryNode): boolean {
    return this.#unreadable.has(node.at);
  }

  readonly #unreadable = new Set<number>();

  list(at: number, items: readonly RegistryNode[]): ListNode {
    return { type: 'list', at, items };
  }

  map(at: number): MapNode & { readonly entries: Map<string, MapEntry> } {
    return { type: 'map', at, entries: new Map<string, MapEntry>() };
  }

  add(map: MapNode & { readonly entries: Map<string, MapEntry> }, key: string, entry: MapEntry): void {
    if (entry.value.type === 'scalar' && entry.value.text === '' && key.includes(':')) {
      const glued = key.match(/^([A-Za-z][\w.-]*):(\S.*)$/);
      if (glued) {
        this.#addGlued(map, glued[1]!, glued[2]!, entry.keyAt);
        return;
      }
    }
    const first = map.entries.get(key);
    if (first) this.duplicates.push({ map, key, firstAt: first.keyAt, entry });
    else map.entries.set(key, entry);
  }

  /** `{ key:value }` is one long key to YAML, and never what was meant. */
  #addGlued(
    map: MapNode & { readonly entries: Map<string, MapEntry> },
    key: string,
    written: string,
    keyAt: number,
  ): void {
    const start = this.starts[keyAt]!;
    const end = this.ends[keyAt]!;
    this.fault(start, end, missingSpace(key, written), `${key}: ${written}`);
    const text = written.replace(/^(["'])(.*)\1$/, '$2');
    const value = this.scalar(start + key.length + 1, end, text, 'plain');
    this.add(map, key, { keyAt: this.place(start, start + key.length), value });
  }

  /** So many faults are known that a further one helps nobody. */
  get hasEnough(): boolean {
    return this.problems.length >= MOST_FAULTS;
  }

  fault(start: number, end: number, message: string, replacement?: string): void {
    if (this.hasEnough) return;
    const at = this.place(start, end);
    this.problems.push({
      code: 'syntax',
      at,
      message,
      ...(replacement === undefined ? {} : { replacement }),
    });
  }

  /**
   * A fault that a file rather has fifty times than twice (an alias, an anchor): the first of a sort is
   * reported, and says how many follow.
   */
  repeatedFault(sort: 'alias' | 'anchor', start: number, end: number, message: string): void {
    const known = this.#repeated.get(sort);
    const index = known ? this.problems.findIndex((problem) => problem.at === known.at) : -1;
    const first = this.problems[index];
    if (!known || !first) {
      if (this.hasEnough) return;
      this.fault(start, end, message);
      this.#repeated.set(sort, { at: this.problems.at(-1)!.at, message, more: 0 });
      return;
    }
    known.more++;
    const many =
      sort === 'alias' ? (known.more === 1 ? 'alias' : 'aliases') : `anchor${known.more === 1 ? '' : 's'}`;
    this.problems[index] = {
      ...first,
      message: `${known.message} (And ${known.more} more ${many} in this file.)`,
    };
  }

  readonly #repeated = new Map<string, { readonly at: number; readonly message: string; more: number }>();

  /** The place of the complaint about tabs, once there is one. */
  tabbedAt: number | null = null;

  /** The line of a place, counted from one, as messages name it. */
  lineOf(at: number): number {
    let line = 1;
    const end = this.starts[at] ?? 0;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < end; i = this.text.indexOf('\n', i + 1)) line++;
    return line;
  }
}

/** The complaint about `key:value`. */
export function missingSpace(key: string, value: string): string {
  return `${quote(`${key}:${value}`)} needs a space after the colon: ${quote(`${key}: ${value}`)}.`;
}

const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

/** The faults that both readers find in what is valid YAML, in one wording. */
export const UNSUPPORTED = {
  anchor: (name: string) =>
    `${quote(`&${name}`)} names a value to be repeated elsewhere, which a registry doesn't support: remove it, and write the value out wherever it is meant.`,
  alias: (name: string) =>
    `${quote(`*${name}`)} repeats a value from elsewhere, which a registry doesn't support: write the value out here. If a text is meant, put it in quotes.`,
  merge: "`<<` merges another entry in, which a registry doesn't support: write the attributes out here.",
  tag: (tag: string) =>
    `${quote(tag)} is a YAML tag, which a registry doesn't support: remove it. If a text is meant, put it in quotes.`,
  key: 'A key must be a word; this one is a list or a map.',
  emptyKey: 'A key is missing before this colon.',
  document:
    '`---` begins a second document. A registry file holds one: remove the line; sections may be split over files instead.',
};

/**
 * The end of a flow collection whose last item ends at `position`: behind the closing bracket, past
 * white space, a last comma and comments.
 */
export function endOfFlow(text: string, position: number): number {
  let i = position;
  while (i < text.length) {
    const ch = text[i]!;
    if (ch === ']' || ch === '}') return i + 1;
    if (ch === '#') {
      const eol = text.indexOf('\n', i);
      if (eol < 0) return position;
      i = eol;
    } else if (ch !== ',' && ch !== ':' && ch.trim() !== '') return position;
    i++;
  }
  return position;
}

/** A decoded block scalar without the line break that ends it: nobody means that one. */
export function withoutLastBreak(text: string): string {
  return text.replace(/[\r\n]+$/, '');
}

/** Where the text of a block scalar stands that takes the lines from `start` to `end`. */
export function blockContent(
  source: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  let from = start;
  let to = end;
  while (to > from && source[to - 1]!.trim() === '') to--;
  while (from < to && source[from]!.trim() === '') from++;
  return { start: from, end: to };
}

/** What an author wrote, as a message quotes it: on one line, and no longer than one reads. */
export function quote(written: string): string {
  const line = written.replace(/\s+/g, ' ');
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``;
}
