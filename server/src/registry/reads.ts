import type { Entity, Kind } from './entity.js';

/**
 * What was looked up in a registry while something was worked out from it: IDs of entities, held by the registry or
 * not, and names of what was derived from entities (`readName`).
 */
export class Reads {
  /** Null once it is known that nothing more will be looked up: thousands are kept, and a list takes less room. */
  #collecting: { readonly names: Set<string>; readonly parts: Set<Reads> } | null = {
    names: new Set(),
    parts: new Set(),
  };
  #names: readonly string[] = NO_NAMES;
  #parts: readonly Reads[] = NO_PARTS;

  add(name: string): void {
    this.#collecting?.names.add(name);
  }

  /** What else was used, with what that had looked up: it is shared by all who use it. */
  addPart(part: Reads): void {
    this.#collecting?.parts.add(part);
  }

  /** Nothing more will be looked up. */
  close(): void {
    if (!this.#collecting) return;
    this.#names = [...this.#collecting.names];
    this.#parts = [...this.#collecting.parts];
    this.#collecting = null;
  }

  get names(): Iterable<string> {
    return this.#collecting?.names ?? this.#names;
  }

  get parts(): Iterable<Reads> {
    return this.#collecting?.parts ?? this.#parts;
  }
}

const NO_NAMES: readonly string[] = [];
const NO_PARTS: readonly Reads[] = [];

/** The name of something derived that is looked up by a key; no ID has a line break in it. */
export function readName(sort: string, key: string): string {
  return `${sort}\n${key}`;
}

/** The entities of one kind by keys that each of them tells on its own. */
export interface EntityIndex {
  /** Unlike that of every other index. */
  readonly name: string;
  readonly kind: Kind;
  /** The keys under which an entity stands; none for one that is left out. */
  readonly keysOf: (entity: Entity) => readonly string[];
  /** All that is looked at of an entity found here; left out where that may be anything. */
  readonly tells?: (entity: Entity) => string;
}

/** Tells of many reads whether they looked up one of some names; what they share is looked at once. */
export class ReadsCheck {
  readonly #known = new Map<Reads, boolean>();

  constructor(readonly names: ReadonlySet<string>) {}

  concerns(reads: Reads): boolean {
    for (const name of reads.names) if (this.names.has(name)) return true;
    for (const part of reads.parts) if (this.#partConcerns(part)) return true;
    return false;
  }

  #partConcerns(part: Reads): boolean {
    let known = this.#known.get(part);
    if (known === undefined) this.#known.set(part, (known = this.concerns(part)));
    return known;
  }
}

/** Results by key, each with what it was worked out from: whoever asks for one has read that too. */
export class NotedResults<Result> {
  readonly #results = new Map<string, { readonly result: Result; readonly reads: Reads }>();

  constructor(readonly registry: Noting) {}

  get(key: string, make: () => Result): Result {
    let kept = this.#results.get(key);
    if (!kept) {
      const reads = new Reads();
      kept = { result: this.registry.noting(reads, make), reads };
      reads.close();
      this.#results.set(key, kept);
    }
    this.registry.noteAll(kept.reads);
    return kept.result;
  }
}

/** The part of a registry that notes what is looked up. */
interface Noting {
  noting<Result>(reads: Reads, run: () => Result): Result;
  noteAll(reads: Reads): void;
}
