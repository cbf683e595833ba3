import { Kind } from './kinds.js';
import { BLOCK, CONTINUATION, type Layout, Place } from './layout.js';
import { spaceBetween, spellingOf } from './spelling.js';
import { rebaseTextBlock } from './texts.js';
import type { Tree } from './tree.js';
import { isLineComment, readTrivia } from './trivia.js';

/** The text of a tree in a layout: every token and every comment, in their order. */
export function printLayout(tree: Tree, layout: Layout): string {
  return new Printer(tree, layout).run();
}

/** Code that ends further right than this does not move the comments of the lines around it. */
const ALIGNED_WIDTH = 60;

class Printer {
  readonly #pieces: string[] = [];
  /** Where the line that is being printed ends by now. */
  #column = 0;
  /** Comments behind lines of one indentation that follow on one another; they begin in one column. */
  #run: { readonly piece: number; readonly column: number }[] = [];
  readonly #newLine: string;
  /** Spaces before the line that is being printed, and before the first line of its statement. */
  #lineIndent = 0;
  #statementIndent = 0;
  /** Spaces before the last line that was begun, be it a comment's. */
  #printedIndent = 0;

  constructor(
    readonly tree: Tree,
    readonly layout: Layout,
  ) {
    this.#newLine = /\r\n|\n|\r/.exec(tree.text)?.[0] === '\r\n' ? '\r\n' : '\n';
  }

  run(): string {
    const { text, count, starts, ends } = this.tree.tokens;
    const mark = text.charCodeAt(0) === 0xfeff ? '\ufeff' : '';
    let end = mark.length;
    for (let index = 0; index < count; index++) {
      const gap = text.slice(end, starts[index]);
      if (this.layout.places[index] === Place.Verbatim) {
        this.#push(gap);
        this.#push(text.slice(starts[index], ends[index]));
        this.#align();
        this.#column = Number.POSITIVE_INFINITY;
      } else {
        this.#gap(gap, index);
        this.#push(this.#spelling(index));
      }
      end = ends[index]!;
    }
    this.#gap(text.slice(end), count);
    this.#align();
    const body = this.#pieces.join('');
    return body === '' ? mark : `${mark}${body}${this.#newLine}`;
  }

  /** Prints what stands before a token: its comments, and the line break or space that is due. */
  #gap(gap: string, index: number): void {
    const { count, kinds } = this.tree.tokens;
    const isEnd = index === count;
    const place = isEnd ? Place.Begins : this.layout.places[index]!;
    const indent = isEnd ? 0 : this.layout.indents[index]!;
    const begins = place === Place.Begins;
    const closes = !isEnd && begins && kinds[index] === Kind.CloseBrace;
    const inside = Math.max(this.#lineIndent, this.#statementIndent + CONTINUATION);
    const commentIndent = place === Place.Follows ? inside : indent + (closes ? BLOCK : 0);
    let mayBeBlank = begins && index > 0 && kinds[index - 1] !== Kind.OpenBrace;
    let last: 'token' | 'block' | 'line' = 'token';
    const trivia = readTrivia(gap);
    for (const comment of trivia.comments) {
      const ownLine = comment.newLines > 0 || last === 'line';
      if (ownLine) {
        this.#align();
        this.#break(commentIndent, mayBeBlank && comment.newLines > 1);
      } else if (this.#pieces.length > 0) {
        if (isLineComment(comment)) this.#run.push({ piece: this.#pieces.length, column: this.#column });
        this.#push(' ');
      }
      this.#push(comment.text);
      last = isLineComment(comment) ? 'line' : 'block';
      mayBeBlank = begins;
    }
    if (isEnd) return;
    if (place !== Place.Follows) {
      this.#lineIndent = indent;
      if (begins) this.#statementIndent = indent;
      this.#break(indent, mayBeBlank && !closes && trivia.newLines > 1);
    } else if (last === 'line') {
      this.#lineIndent = inside;
      this.#break(inside, false);
    } else if (last === 'block' || spaceBetween(kinds, index)) this.#push(' ');
  }

  #break(indent: number, blank: boolean): void {
    if (blank || indent !== this.#printedIndent) this.#align();
    if (this.#pieces.length > 0) this.#push(blank ? this.#newLine + this.#newLine : this.#newLine);
    this.#push(' '.repeat(indent));
    this.#printedIndent = indent;
  }

  #push(piece: string): void {
    const lineEnd = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('\r'));
    this.#column = lineEnd === -1 ? this.#column + piece.length : piece.length - lineEnd - 1;
    this.#pieces.push(piece);
  }

  #align(): void {
    const run = this.#run.filter(({ column }) => column <= ALIGNED_WIDTH);
    const widest = Math.max(...run.map(({ column }) => column));
    for (const { piece, column } of run) this.#pieces[piece] = ' '.repeat(widest - column + 1);
    this.#run = [];
  }

  #spelling(index: number): string {
    const written = spellingOf(this.tree.tokens, index);
    return this.tree.tokens.kinds[index] === Kind.TextBlock
      ? rebaseTextBlock(written, ' '.repeat(this.#lineIndent + BLOCK), this.#newLine)
      : written;
  }
}
