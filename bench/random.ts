/** Repeatable pseudo-random numbers: the same seed gives the same sequence on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). The mixing is Tommy Ettinger's mulberry32 (public domain). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Whether something that happens with that probability happens. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** One of several outcomes, each as likely as its share of the sum of the weights. */
  weighted<T>(outcomes: readonly (readonly [T, number])[]): T {
    let left = this.next() * outcomes.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [outcome, weight] of outcomes) {
      left -= weight;
      if (left < 0) return outcome;
    }
    return outcomes.at(-1)![0];
  }
}
