import type { Span } from '../base/span.js';
import type { ChangeFile, Node, RulesFile } from './nodes.js';

/**
 * The significant tokens of a text, in parallel arrays. White space and comments are the gaps between
 * them, so the tokens and the text together lose nothing.
 */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** A fault in the text: one fault, one message, at its place. */
export interface SyntaxFault {
  readonly span: Span;
  /** What is wrong and what to write, in an author's words. */
  readonly message: string;
  /** The text that would mend it, where there is one (the nearest name, the missing brace). */
  readonly replacement?: string;
}

/** The outcome of parsing any text whatever: parsing never fails. */
export interface Tree<Root extends ChangeFile | RulesFile = ChangeFile | RulesFile> {
  readonly text: string;
  readonly tokens: Tokens;
  readonly root: Root;
  readonly faults: readonly SyntaxFault[];
}

/** The offsets that a node covers, from its first token's start to its last token's end. */
export function spanOf(tokens: Tokens, node: Node): Span {
  return { start: tokens.starts[node.first] ?? 0, end: tokens.ends[node.last] ?? tokens.text.length };
}

/** The text again, from the tokens and the gaps between them: equal to `tree.text` for any input whatever. */
export function textOf(tree: Tree): string {
  const { text, count, starts, ends } = tree.tokens;
  const pieces: string[] = [];
  let end = 0;
  for (let index = 0; index < count; index++) {
    pieces.push(text.slice(end, starts[index]), text.slice(starts[index], ends[index]));
    end = ends[index]!;
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}

/**
 * The index of the token at an offset: the one that holds it, or that ends there and is a word's end under the
 * cursor. Null in a gap.
 */
export function tokenAt(tokens: Tokens, offset: number): number | null {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tokens.ends[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  if (low < tokens.count && tokens.starts[low]! <= offset) return low;
  return low > 0 && tokens.ends[low - 1] === offset ? low - 1 : null;
}

/** The nodes directly below a node, in source order. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (const part of Object.values(node) as readonly unknown[]) {
    if (Array.isArray(part)) {
      for (const item of part) if (isNode(item)) children.push(item);
    } else if (isNode(part)) children.push(part);
  }
  return children.sort((a, b) => a.first - b.first || a.last - b.last);
}

/** The nodes that hold an offset (both ends included), the root first, the innermost last. */
export function nodesAt(tree: Tree, offset: number): readonly Node[] {
  const path: Node[] = [tree.root];
  for (;;) {
    const inside = childrenOf(path[path.length - 1]!).filter((child) => {
      const span = spanOf(tree.tokens, child);
      return span.start <= offset && offset <= span.end;
    });
    // Where two touch, the cursor belongs to the one that begins there.
    const next = inside[inside.length - 1];
    if (!next) return path;
    path.push(next);
  }
}

function isNode(part: unknown): part is Node {
  return (
    typeof part === 'object' &&
    part !== null &&
    typeof (part as { first?: unknown }).first === 'number' &&
    typeof (part as { last?: unknown }).last === 'number'
  );
}
