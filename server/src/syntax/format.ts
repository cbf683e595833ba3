import { Kind, type Language } from './kinds.js';
import type { ModifyNode, Node } from './nodes.js';
import { parse } from './parser.js';
import { rebaseTextBlock } from './texts.js';
import { childrenOf, spanOf, type Tree } from './tree.js';

/**
 * The text in its one form: two spaces a level, a statement a line, at most one blank line, plain spellings.
 * Comments stay where they are, the line ending and a byte order mark as they were found. A statement with a
 * fault is kept as it is written. Formatting twice is formatting once, and no meaning changes.
 */
export function format(text: string, language: Language): string {
  const tree = parse(text, language);
  const formatted = print(tree);
  if (tree.faults.length === 0 || formatted === text) return formatted;
  // What a fault leaves in doubt may read otherwise on other lines: then the author's own lines stay.
  const again = parse(formatted, language);
  return again.faults.length === tree.faults.length && print(again) === formatted ? formatted : text;
}

const INLINE = -1;
const VERBATIM = -2;
const INDENTATION = '  ';

/** For every token: the depth of the line that it begins, or whether it goes on inside one, or in a faulty stretch. */
type Layout = Int8Array;

function print(tree: Tree): string {
  const printer = new Printer(tree, layoutOf(tree));
  return printer.run();
}

function layoutOf(tree: Tree): Layout {
  const { count } = tree.tokens;
  const layout = new Int8Array(count).fill(INLINE);
  const faulty = new FaultIndex(tree);
  let next = 0;
  for (const item of itemsOf(tree)) {
    keepVerbatim(layout, next, item.first, 0);
    layoutItem(tree, item, layout, faulty);
    next = item.last + 1;
  }
  keepVerbatim(layout, next, count, 0);
  return layout;
}

function itemsOf(tree: Tree): readonly Node[] {
  return tree.root.kind === 'change-file' ? tree.root.records : tree.root.items;
}

function keepVerbatim(layout: Layout, from: number, to: number, depth: number): void {
  for (let index = from; index < to; index++) layout[index] = index === from ? depth : VERBATIM;
}

function layoutItem(tree: Tree, item: Node, layout: Layout, faulty: FaultIndex): void {
  const { kinds } = tree.tokens;
  const statements = statementsOf(tree, item);
  const end = kinds[item.last] === Kind.CloseBrace ? item.last : item.last + 1;
  const first = statements[0]?.first ?? end;
  const isClosed = end === item.last;
  // A fault outside every statement leaves in doubt where the item's body begins and ends.
  if (!isClosed || faulty.between(item.first, first - 1) || faulty.at(item.last)) {
    keepVerbatim(layout, item.first, item.last + 1, 0);
    return;
  }
  layout[item.first] = 0;
  layout[item.last] = 0;
  for (const [index, statement] of statements.entries()) {
    const next = statements[index + 1]?.first ?? end;
    if (faulty.between(statement.first, next - 1)) keepVerbatim(layout, statement.first, next, 1);
    else layoutStatement(statement, layout);
  }
}

function layoutStatement(statement: Node, layout: Layout): void {
  layout[statement.first] = 1;
  if (!isModify(statement)) return;
  for (const line of statement.lines) layout[line.first] = 2;
  layout[statement.last] = 1;
}

function isModify(node: Node): node is ModifyNode {
  return (node as Partial<ModifyNode>).kind === 'modify';
}

/** What stands on lines of its own inside an item, in source order; a `when` or `on` begins at its word. */
function statementsOf(tree: Tree, item: Node): readonly Node[] {
  const { kinds } = tree.tokens;
  const children = childrenOf(item);
  const opening = firstBrace(tree, item);
  const statements: Node[] = [];
  for (const child of children) {
    if (child.first <= opening) continue;
    // Triggers share one `on`; of an expression or a citation the word before it begins the line.
    let first = child.first;
    const kind = (child as { kind?: string }).kind;
    if (kind === 'trigger') {
      if (kinds[first - 1] !== Kind.On) continue;
      first--;
    } else if (kind === undefined || EXPRESSIONS.has(kind)) {
      while (first > opening + 1 && !LEADING.has(kinds[first]!)) first--;
    }
    statements.push(first === child.first ? child : { first, last: child.last });
  }
  return statements;
}

const EXPRESSIONS: ReadonlySet<string> = new Set(['or', 'and', 'not', 'compare', 'in', 'truth']);
const LEADING: ReadonlySet<number> = new Set([Kind.When, Kind.Default, Kind.Cite]);

function firstBrace(tree: Tree, item: Node): number {
  let index = item.first;
  while (index <= item.last && tree.tokens.kinds[index] !== Kind.OpenBrace) index++;
  return index;
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

class Printer {
  readonly #pieces: string[] = [];
  readonly #newLine: string;
  /** The depth of the line that is being printed. */
  #depth = 0;

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
      if (this.layout[index] === VERBATIM) this.#pieces.push(gap, text.slice(starts[index], ends[index]));
      else {
        this.#gap(gap, index);
        this.#pieces.push(this.#spelling(index));
      }
      end = ends[index]!;
    }
    this.#gap(text.slice(end), count);
    const body = this.#pieces.join('');
    return body === '' ? mark : `${mark}${body}${this.#newLine}`;
  }

  /** Prints what stands before a token: its comments, and the line break or space that is due. */
  #gap(gap: string, index: number): void {
    const { count, kinds } = this.tree.tokens;
    const depth = index < count ? this.layout[index]! : 0;
    const startsLine = depth !== INLINE;
    const closes = index < count && kinds[index] === Kind.CloseBrace && startsLine;
    const commentDepth = startsLine ? depth + (closes ? 1 : 0) : this.#depth + 1;
    let mayBeBlank = index > 0 && kinds[index - 1] !== Kind.OpenBrace;
    let last: 'token' | 'block' | 'line' = 'token';
    const trivia = readTrivia(gap);
    for (const comment of trivia.comments) {
      const ownLine = comment.newLines > 0 || last === 'line';
      if (ownLine) this.#break(commentDepth, mayBeBlank && comment.newLines > 1);
      else if (this.#pieces.length > 0) this.#pieces.push(' ');
      this.#pieces.push(comment.text);
      last = comment.text.startsWith('//') ? 'line' : 'block';
      mayBeBlank = true;
    }
    if (index === count) return;
    if (startsLine) {
      this.#depth = depth;
      this.#break(depth, mayBeBlank && !closes && trivia.newLines > 1);
    } else if (last === 'line') this.#break(commentDepth, false);
    else if (last === 'block' || spaceBetween(kinds, index)) this.#pieces.push(' ');
  }

  #break(depth: number, blank: boolean): void {
    if (this.#pieces.length > 0) this.#pieces.push(blank ? this.#newLine + this.#newLine : this.#newLine);
    this.#pieces.push(INDENTATION.repeat(depth));
  }

  #spelling(index: number): string {
    const { text, kinds, starts, ends } = this.tree.tokens;
    const kind = kinds[index]!;
    const plain = PLAIN.get(kind);
    if (plain !== undefined) return plain;
    const written = text.slice(starts[index], ends[index]);
    if (kind === Kind.TextBlock)
      return rebaseTextBlock(written, INDENTATION.repeat(this.#depth + 1), this.#newLine);
    return (kind === Kind.Number || kind === Kind.Section) && written.startsWith('\u2212')
      ? `-${written.slice(1)}`
      : written;
  }
}

const PLAIN: ReadonlyMap<number, string> = new Map([
  [Kind.LessEqual, '<='],
  [Kind.GreaterEqual, '>='],
  [Kind.NotEqual, '!='],
  [Kind.Range, '..'],
  [Kind.Arrow, '->'],
]);

/** Words of the grammar before a `(` that opens a group, where a name would call a function. */
const BEFORE_GROUP: ReadonlySet<number> = new Set([
  Kind.In,
  Kind.And,
  Kind.Or,
  Kind.Not,
  Kind.When,
  Kind.Default,
]);

function spaceBetween(kinds: Uint8Array, index: number): boolean {
  const before = kinds[index - 1]!;
  const kind = kinds[index]!;
  if (kind === Kind.Comma || kind === Kind.Colon || kind === Kind.CloseParen) return false;
  if (before === Kind.OpenParen || before === Kind.Range || kind === Kind.Range) return false;
  return !(kind === Kind.OpenParen && before >= Kind.Word && !BEFORE_GROUP.has(before));
}

interface Trivia {
  readonly comments: readonly { readonly text: string; readonly newLines: number }[];
  /** Line ends behind the last comment. */
  readonly newLines: number;
}

const NO_COMMENTS: Trivia['comments'] = [];

function readTrivia(gap: string): Trivia {
  if (!gap.includes('/')) return { comments: NO_COMMENTS, newLines: countLines(gap) };
  const comments: { text: string; newLines: number }[] = [];
  let from = 0;
  for (let at = gap.indexOf('/'); at !== -1; at = gap.indexOf('/', from)) {
    const isLine = gap.charCodeAt(at + 1) === 47;
    const close = isLine ? -1 : gap.indexOf('*/', at + 2);
    // An unclosed comment ends with its line, as one of `//` does.
    const end = close === -1 ? endOfLine(gap, at) : close + 2;
    comments.push({ text: gap.slice(at, end).trimEnd(), newLines: countLines(gap.slice(from, at)) });
    from = end;
  }
  return { comments, newLines: countLines(gap.slice(from)) };
}

function endOfLine(gap: string, from: number): number {
  let end = from;
  while (end < gap.length && gap.charCodeAt(end) !== 10 && gap.charCodeAt(end) !== 13) end++;
  return end;
}

function countLines(space: string): number {
  let lines = 0;
  for (let at = 0; at < space.length; at++) {
    const unit = space.charCodeAt(at);
    if (unit === 10 || (unit === 13 && space.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}
