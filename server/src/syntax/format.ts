import { Kind, type Language } from './kinds.js';
import { BLOCK, Layout } from './layout.js';
import type { ModifyNode, Node } from './nodes.js';
import { parse } from './parser.js';
import { EXPRESSIONS, headerPiece, statementPiece } from './pieces.js';
import { printLayout } from './printer.js';
import { childrenOf, spanOf, type Tree } from './tree.js';
import { Wrapper } from './wrap.js';

/**
 * The text in its one form: two spaces a level, a statement a line and further lines four spaces in where it is
 * too long, at most one blank line, plain spellings. Comments stay where they are, the line ending and a byte order
 * mark as they were found. A statement with a fault is kept as it is written. Formatting twice is formatting once,
 * and no meaning changes.
 */
export function format(text: string, language: Language): string {
  const tree = parse(text, language);
  const formatted = print(tree);
  if (tree.faults.length === 0 || formatted === text) return formatted;
  // What a fault leaves in doubt may read otherwise on other lines: then the author's own lines stay.
  const again = parse(formatted, language);
  return again.faults.length === tree.faults.length && print(again) === formatted ? formatted : text;
}

function print(tree: Tree): string {
  return printLayout(tree, new Arrangement(tree).run());
}

/** Gives every token its place. */
class Arrangement {
  readonly #layout: Layout;
  readonly #wrapper: Wrapper;
  readonly #faulty: FaultIndex;

  constructor(readonly tree: Tree) {
    this.#layout = new Layout(tree.tokens);
    this.#wrapper = new Wrapper(tree.tokens, this.#layout);
    this.#faulty = new FaultIndex(tree);
  }

  run(): Layout {
    const { root, tokens } = this.tree;
    let next = 0;
    for (const item of root.kind === 'change-file' ? root.records : root.items) {
      this.#layout.keep(next, item.first, 0);
      this.#item(item);
      next = item.last + 1;
    }
    this.#layout.keep(next, tokens.count, 0);
    return this.#layout;
  }

  #item(item: Node): void {
    const { kinds } = this.tree.tokens;
    const opening = this.#brace(item.first, item.last);
    const statements = this.#statementsOf(item, opening);
    const end = kinds[item.last] === Kind.CloseBrace ? item.last : item.last + 1;
    const first = statements[0]?.first ?? end;
    const isClosed = end === item.last;
    // A fault outside every statement leaves in doubt where the item's body begins and ends.
    if (!isClosed || this.#faulty.between(item.first, first - 1) || this.#faulty.at(item.last)) {
      this.#layout.keep(item.first, item.last + 1, 0);
      return;
    }
    this.#layout.begin(item.first, 0);
    this.#wrapper.wrap(headerPiece(this.tree.tokens, item.first, opening), 0);
    for (const [index, { first: begin, node }] of statements.entries()) {
      const next = statements[index + 1]?.first ?? end;
      if (this.#faulty.between(begin, next - 1)) this.#layout.keep(begin, next, BLOCK);
      else this.#statement(node, begin, next - 1);
    }
    this.#close(item.last, 0);
  }

  #statement(node: Node, first: number, last: number): void {
    const { tokens } = this.tree;
    this.#layout.begin(first, BLOCK);
    if (!isModify(node)) {
      this.#wrapper.wrap(statementPiece(tokens, node, first, last), BLOCK);
      return;
    }
    this.#wrapper.wrap(statementPiece(tokens, node, first, this.#brace(first, last)), BLOCK);
    for (const line of node.lines) {
      this.#layout.begin(line.first, 2 * BLOCK);
      this.#wrapper.wrap(statementPiece(tokens, line, line.first, line.last), 2 * BLOCK);
    }
    this.#close(last, BLOCK);
  }

  /** A closing brace begins a line, unless nothing at all stands before it in its block. */
  #close(index: number, indent: number): void {
    const { kinds, ends, starts, text } = this.tree.tokens;
    const isEmpty =
      kinds[index - 1] === Kind.OpenBrace && text.slice(ends[index - 1], starts[index]).trim() === '';
    if (!isEmpty) this.#layout.begin(index, indent);
  }

  #brace(first: number, last: number): number {
    let index = first;
    while (index <= last && this.tree.tokens.kinds[index] !== Kind.OpenBrace) index++;
    return index;
  }

  /** What stands on lines of its own inside an item, in source order; a `when` or `on` begins at its word. */
  #statementsOf(item: Node, opening: number): readonly { readonly first: number; readonly node: Node }[] {
    const { kinds } = this.tree.tokens;
    const statements: { first: number; node: Node }[] = [];
    for (const child of childrenOf(item)) {
      if (child.first <= opening) continue;
      // Triggers share one `on`; of an expression or a citation the word before it begins the line.
      let { first } = child;
      const kind = (child as { kind?: string }).kind;
      if (kind === 'trigger') {
        if (kinds[first - 1] !== Kind.On) continue;
        first--;
      } else if (kind === undefined || EXPRESSIONS.has(kind)) {
        while (first > opening + 1 && !LEADING.has(kinds[first]!)) first--;
      }
      statements.push({ first, node: child });
    }
    return statements;
  }
}

const LEADING: ReadonlySet<number> = new Set([Kind.When, Kind.Default, Kind.Cite]);

function isModify(node: Node): node is ModifyNode {
  return (node as Partial<ModifyNode>).kind === 'modify';
}

/** Where the faults are, by token. */
class FaultIndex {
  readonly #starts: readonly number[];

  constructor(readonly tree: Tree) {
    this.#starts = tree.faults.map((fault) => fault.span.start);
  }

  /** A fault lies in a stretch of tokens, or just behind it. */
  between(first: number, last: number): boolean {
    if (this.#starts.length === 0 || last < first) return false;
    const { start } = spanOf(this.tree.tokens, { first, last: first });
    const { end } = spanOf(this.tree.tokens, { first: last, last });
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! < start) low = middle + 1;
      else high = middle;
    }
    return low < this.#starts.length && this.#starts[low]! <= end;
  }

  at(index: number): boolean {
    return this.between(index, index);
  }
}
