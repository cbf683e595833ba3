import type { Span } from '../base/span.js';
import { Kind } from './kinds.js';
import type { SyntaxFault, Tokens } from './tree.js';

/**
 * A place in a token table, and the faults found so far. Once a fault is reported nothing further is until
 * `recovered` is called: what follows a fault is most often its consequence.
 */
export class Cursor {
  at = 0;
  readonly faults: SyntaxFault[] = [];
  #silent = false;
  protected readonly kinds: Uint8Array;

  constructor(readonly tokens: Tokens) {
    this.kinds = tokens.kinds;
  }

  get kind(): number {
    return this.kinds[this.at]!;
  }

  get silent(): boolean {
    return this.#silent;
  }

  kindAt(index: number): number {
    return this.kinds[index] ?? Kind.End;
  }

  /** The token as it is written. */
  textOf(index: number): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  spanOf(first: number, last: number): Span {
    return { start: this.tokens.starts[first]!, end: this.tokens.ends[last]! };
  }

  isWord(index: number): boolean {
    return this.kinds[index]! >= Kind.Word;
  }

  /** Whether a token stands on the line on which the token before it ends. */
  onSameLine(index: number): boolean {
    if (index === 0) return false;
    const { text, starts, ends } = this.tokens;
    for (let offset = ends[index - 1]!; offset < starts[index]!; offset++) {
      const unit = text.charCodeAt(offset);
      if (unit === 10 || unit === 13) return false;
    }
    return true;
  }

  /** Something is missing: the fault lies just behind the token before the cursor. */
  missing(message: string, insertion?: string): void {
    // A character that means nothing has its own message already.
    if (this.kind !== Kind.Unknown && this.kind !== Kind.UnclosedText) {
      const end = this.at === 0 ? 0 : this.tokens.ends[this.at - 1]!;
      this.#report({ start: end, end }, message, insertion);
    }
    this.#silent = true;
  }

  /** The token at the cursor is wrong; what follows it is doubtful. */
  wrong(message: string, replacement?: string): void {
    if (this.kind === Kind.End) this.missing(message);
    else if (this.kind !== Kind.Unknown && this.kind !== Kind.UnclosedText)
      this.#report(this.spanOf(this.at, this.at), message, replacement);
    this.#silent = true;
  }

  /** A stretch of tokens is wrong, but what was meant is clear and parsing goes on. */
  mended(first: number, last: number, message: string, replacement?: string): void {
    this.#report(this.spanOf(first, last), message, replacement);
  }

  /** Something is missing behind a token, but what was meant is clear and parsing goes on. */
  lacking(index: number, message: string, insertion: string): void {
    const end = this.tokens.ends[index]!;
    this.#report({ start: end, end }, message, insertion);
  }

  /** A lexical fault was met, reported where it was found. */
  doubtful(): void {
    this.#silent = true;
  }

  recovered(): void {
    this.#silent = false;
  }

  #report(span: Span, message: string, replacement: string | undefined): void {
    if (this.#silent) return;
    this.faults.push(replacement === undefined ? { span, message } : { span, message, replacement });
  }
}
