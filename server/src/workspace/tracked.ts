import { sameItems } from '../base/lists.js';

/** How each part of an input is made. */
export type Makers<Input extends object> = { readonly [Part in keyof Input]: () => Input[Part] };

/**
 * An input of many parts, each made when it is first read. A run notes which parts it reads, and is repeated only
 * when one of them has changed: a part that is a list has changed when its items have.
 */
export class Tracked<Input extends object> {
  readonly #runs = new Map<
    object,
    { readonly read: ReadonlyMap<keyof Input, unknown>; readonly result: unknown }
  >();
  readonly #last = new Map<keyof Input, unknown>();
  /** Parts that were made since the last change. */
  readonly #fresh = new Set<keyof Input>();

  constructor(readonly makers: Makers<Input>) {}

  /** Something that parts are made from may have changed. */
  changed(): void {
    this.#fresh.clear();
  }

  /** The result of `make` for this key, the same object where nothing that it read has changed. */
  run<Result>(key: object, make: (input: Input) => Result): Result {
    const before = this.#runs.get(key);
    if (before && [...before.read].every(([part, value]) => this.#current(part) === value))
      return before.result as Result;
    const read = new Map<keyof Input, unknown>();
    const input = {} as Input;
    for (const part of Object.keys(this.makers) as (keyof Input)[]) {
      Object.defineProperty(input, part, {
        get: () => {
          if (!read.has(part)) read.set(part, this.#current(part));
          return read.get(part);
        },
      });
    }
    const result = make(input);
    this.#runs.set(key, { read, result });
    return result;
  }

  #current(part: keyof Input): unknown {
    const last = this.#last.get(part);
    if (this.#fresh.has(part)) return last;
    this.#fresh.add(part);
    const value: unknown = this.makers[part]();
    if (Array.isArray(last) && Array.isArray(value) && sameItems(last, value)) return last;
    this.#last.set(part, value);
    return value;
  }
}
