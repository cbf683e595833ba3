import type { SyntaxFault, Tokens } from './tree.js';

const LOOK_AHEAD = 4;

/** Tokens and faults as they are found; the table grows with them. */
export class TokenTable {
  readonly faults: SyntaxFault[] = [];
  #kinds: Uint8Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #count = 0;

  constructor(readonly text: string) {
    const capacity = (text.length >>> 2) + 16;
    this.#kinds = new Uint8Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  /** The kind of the last token found; `End` before the first. */
  get lastKind(): number {
    return this.#count === 0 ? 0 : this.#kinds[this.#count - 1]!;
  }

  /** The tokens found, without the room that is left: they are kept for as long as the file is. */
  tokens(): Tokens {
    const length = this.#count + LOOK_AHEAD;
    return {
      text: this.text,
      count: this.#count,
      kinds: this.#kinds.slice(0, length),
      starts: this.#starts.slice(0, length),
      ends: this.#ends.slice(0, length),
    };
  }

  add(kind: number, start: number, end: number): void {
    // Kinds of zero always stay behind the last token, so that a parser may look ahead without a check.
    if (this.#count + LOOK_AHEAD >= this.#kinds.length) this.#grow();
    this.#kinds[this.#count] = kind;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count++;
  }

  fault(start: number, end: number, message: string, replacement?: string): void {
    this.faults.push(
      replacement === undefined
        ? { span: { start, end }, message }
        : { span: { start, end }, message, replacement },
    );
  }

  #grow(): void {
    const capacity = this.#kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    const starts = new Uint32Array(capacity);
    const ends = new Uint32Array(capacity);
    kinds.set(this.#kinds);
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#kinds = kinds;
    this.#starts = starts;
    this.#ends = ends;
  }
}
