import { Kind } from './kinds.js';
import { CONTINUATION, type Layout } from './layout.js';
import type { Piece } from './pieces.js';
import { spaceBetween, spellingOf } from './spelling.js';
import type { Tokens } from './tree.js';
import { isLineComment, readTrivia } from './trivia.js';

/** Columns that a line has, unless a text alone is longer. */
export const LINE_WIDTH = 100;

/** Breaks statements that do not fit on a line, from the outside in, and those that a comment breaks. */
export class Wrapper {
  /** Where tokens would begin and end if the whole file stood on one line. */
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  /** How many comments up to a token can't stand on a line with what is around them. */
  readonly #forced: Uint32Array;

  constructor(
    tokens: Tokens,
    readonly layout: Layout,
  ) {
    this.#starts = new Uint32Array(tokens.count);
    this.#ends = new Uint32Array(tokens.count);
    this.#forced = new Uint32Array(tokens.count);
    this.#measure(tokens);
  }

  #measure(tokens: Tokens): void {
    const { text, count, kinds, starts, ends } = tokens;
    let column = 0;
    let forced = 0;
    let end = 0;
    for (let index = 0; index < count; index++) {
      const { comments } = readTrivia(text.slice(end, starts[index]));
      for (const comment of comments) {
        column += comment.text.length + 1;
        if (comment.newLines > 0 || isLineComment(comment) || /[\r\n]/.test(comment.text)) forced++;
      }
      if (index > 0 && (comments.length > 0 || spaceBetween(kinds, index))) column++;
      this.#starts[index] = column;
      this.#forced[index] = forced;
      column += widthOf(tokens, index);
      this.#ends[index] = column;
      end = ends[index]!;
    }
  }

  /** Lays out a piece whose line begins at `indent`. */
  wrap(piece: Piece, indent: number): void {
    this.#place(piece, indent, indent);
  }

  /** Lays out a piece from a column on; gives the column behind it. */
  #place(piece: Piece, column: number, indent: number): number {
    const { first, last, parts } = piece;
    const end = column + this.#ends[last]! - this.#starts[first]!;
    const isForced = this.#forced[last]! > this.#forced[first]!;
    if (parts.length === 0 || (end <= LINE_WIDTH && !isForced)) return end;
    const inner = piece.manner === 'level' ? indent : indent + CONTINUATION;
    let at = column;
    for (const part of parts) {
      if (part.first !== first) {
        const gap = this.#starts[part.first]! - this.#ends[part.first - 1]!;
        const width = this.#ends[part.last]! - this.#starts[part.first]!;
        const isApart = this.#forced[part.first]! > this.#forced[part.first - 1]!;
        if (piece.manner === 'filled' && !isApart && at + gap + width <= LINE_WIDTH) at += gap;
        else {
          this.layout.continue(part.first, inner);
          at = inner;
        }
      }
      at = this.#place(part, at, inner);
    }
    return at;
  }
}

function widthOf(tokens: Tokens, index: number): number {
  const { kinds, starts, ends } = tokens;
  const kind = kinds[index]!;
  if (kind < Kind.Equal && kind !== Kind.Number && kind !== Kind.Section && kind !== Kind.TextBlock) {
    if (kind !== Kind.Arrow && kind !== Kind.Range) return ends[index]! - starts[index]!;
  }
  const spelling = spellingOf(tokens, index);
  // Of a text of many lines only the delimiters stand on lines that hold something else.
  return kind === Kind.TextBlock && /[\r\n]/.test(spelling) ? 6 : spelling.length;
}
