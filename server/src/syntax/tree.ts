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
