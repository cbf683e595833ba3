import type { Tokens } from './tree.js';

/** How a token stands in the formatted text. */
export const Place = {
  /** It goes on with the line of the token before it. */
  Follows: 0,
  /** It begins a statement, an item or a closing brace on a line of its own. */
  Begins: 1,
  /** It begins a further line of its statement. */
  Continues: 2,
  /** It is kept with the white space before it as written: its stretch has a fault. */
  Verbatim: 3,
} as const;

/** Spaces that a block is indented by, and that a further line of a statement is beyond the line before. */
export const BLOCK = 2;
export const CONTINUATION = 4;

/** For every token its place, and for one that begins a line how many spaces stand before it. */
export class Layout {
  readonly places: Uint8Array;
  readonly indents: Uint16Array;

  constructor({ count }: Tokens) {
    this.places = new Uint8Array(count);
    this.indents = new Uint16Array(count);
  }

  begin(index: number, indent: number): void {
    this.places[index] = Place.Begins;
    this.indents[index] = indent;
  }

  continue(index: number, indent: number): void {
    this.places[index] = Place.Continues;
    this.indents[index] = indent;
  }

  /** The tokens from one up to another, not included, stand as written, but for the line that they begin. */
  keep(from: number, to: number, indent: number): void {
    this.places.fill(Place.Verbatim, from, to);
    if (from < to) this.begin(from, indent);
  }
}
