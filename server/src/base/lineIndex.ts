import type { Position, Range, Span } from './span.js';

/**
 * Turns offsets of one text into lines and characters, and back. Lines end at LF, CRLF or a lone CR, as in
 * the Language Server Protocol; characters are UTF-16 code units. Out-of-range input is clamped, never thrown at.
 */
export class LineIndex {
  /** The offset at which each line starts. */
  readonly #starts: Uint32Array;
  readonly #length: number;

  constructor(text: string) {
    this.#starts = lineStarts(text);
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  position(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= clamped) low = middle;
      else high = middle;
    }
    return { line: low, character: clamped - this.#starts[low]! };
  }

  /** The offset of a position; a character past the end of its line stops at the next line's start. */
  offset(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#length;
    const end = this.#starts[position.line + 1] ?? this.#length;
    return Math.min(start + Math.max(position.character, 0), end);
  }

  rangeOf(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
}

/** Where a line ends: LF, CRLF or a lone CR. */
const LINE_END = /\r\n?|\n/g;

function lineStarts(text: string): Uint32Array {
  const starts = [0];
  LINE_END.lastIndex = 0;
  while (LINE_END.test(text)) starts.push(LINE_END.lastIndex);
  return new Uint32Array(starts);
}
