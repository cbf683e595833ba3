import type { Position, Span } from '../base/span.js';
import { Kind } from '../syntax/kinds.js';
import type { Tokens, Tree } from '../syntax/tree.js';
import type { Snapshot } from '../workspace/workspace.js';
import { viewOf } from './hoverWorld.js';
import { type Painted, paintChange } from './tokensChange.js';
import { paintRules } from './tokensRules.js';

/** The types of semantic tokens, all of them standard in the Language Server Protocol; a token names one by its index. */
export const TOKEN_TYPES = [
  'keyword',
  'property',
  'enumMember',
  /** Entities of the registry. */
  'class',
  /** Change records. */
  'struct',
  /** Rules. */
  'interface',
  /** Rule packs. */
  'namespace',
  /** Conditions and protocols that answer for one. */
  'macro',
  /** Facts. */
  'variable',
  'function',
  'number',
  'string',
  'comment',
  'operator',
] as const;

/** The modifiers; a token holds them as a set of bits, the first being the lowest. */
export const TOKEN_MODIFIERS = [
  'declaration',
  'deprecated',
  /** No entity, rule or condition of that name is known. */
  'unresolved',
  'proposed',
  'retired',
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** A stretch of one line, in UTF-16 code units from zero. */
export interface SemanticToken {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/**
 * The semantic tokens of a file of records or rules, in order, or of a stretch of it; none for other files. What
 * runs over several lines is given line by line.
 */
export function semanticTokens(snapshot: Snapshot, path: string, span?: Span): readonly SemanticToken[] {
  const file = snapshot.file(path);
  if (file?.kind !== 'changes' && file?.kind !== 'rules') return [];
  const asked = span ?? { start: 0, end: file.source.text.length };
  const painted =
    file.kind === 'changes'
      ? paintChange(file.tree, asked, viewOf(snapshot, path).world)
      : paintRules(file.tree, asked, snapshot.world);
  return collect(file.tree, asked, painted, (offset) => file.rangeOf({ start: offset, end: offset }).start);
}

/** The five numbers a token in which the protocol sends them: each place is counted from the token before. */
export function encodeTokens(tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    const delta = token.line - line;
    if (delta > 0) character = 0;
    const bits = token.modifiers.reduce((sum, one) => sum | (1 << TOKEN_MODIFIERS.indexOf(one)), 0);
    data.push(delta, token.character - character, token.length, TOKEN_TYPES.indexOf(token.type), bits);
    line = token.line;
    character = token.character;
  }
  return data;
}

function collect(
  { text, tokens }: Tree,
  asked: Span,
  painted: Painted,
  positionOf: (offset: number) => Position,
): readonly SemanticToken[] {
  const found: SemanticToken[] = [];
  const put = (start: number, end: number, type: TokenType, modifiers: readonly TokenModifier[]): void => {
    for (const piece of linesOf(text, start, end)) {
      if (piece.end <= asked.start || piece.start >= asked.end) continue;
      const { line, character } = positionOf(piece.start);
      found.push({ line, character, length: piece.end - piece.start, type, modifiers });
    }
  };
  const first = firstEndingAfter(tokens, asked.start);
  let before = first === 0 ? 0 : tokens.ends[first - 1]!;
  for (let index = first; index <= tokens.count; index++) {
    const start = index < tokens.count ? tokens.starts[index]! : text.length;
    for (const comment of commentsIn(text, before, start)) put(comment.start, comment.end, 'comment', NONE);
    if (index === tokens.count || start >= asked.end) break;
    const paint = painted.get(index);
    const type = paint?.type ?? typeOfKind(tokens.kinds[index]!);
    before = tokens.ends[index]!;
    if (type) put(start, before, type, paint?.modifiers ?? NONE);
  }
  return found;
}

const NONE: readonly TokenModifier[] = [];

/** What a token is where no part of the tree says more. */
function typeOfKind(kind: number): TokenType | null {
  if (kind > Kind.Word) return 'keyword';
  switch (kind) {
    case Kind.Text:
    case Kind.TextBlock:
    case Kind.UnclosedText:
      return 'string';
    case Kind.Date:
    case Kind.BadDate:
    case Kind.Number:
    case Kind.Section:
    case Kind.Unit:
    case Kind.Percent:
      return 'number';
    case Kind.Arrow:
    case Kind.Range:
    case Kind.Equal:
    case Kind.NotEqual:
    case Kind.Less:
    case Kind.LessEqual:
    case Kind.Greater:
    case Kind.GreaterEqual:
      return 'operator';
    default:
      return null;
  }
}

function firstEndingAfter({ ends, count }: Tokens, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The comments between two tokens; one that is not closed ends with its line. */
function commentsIn(text: string, from: number, to: number): readonly Span[] {
  const comments: Span[] = [];
  for (let at = from; at < to - 1; at++) {
    if (text[at] !== '/' || (text[at + 1] !== '/' && text[at + 1] !== '*')) continue;
    const close = text[at + 1] === '*' ? text.indexOf('*/', at + 2) : -1;
    const end = close >= 0 && close + 2 <= to ? close + 2 : lineEnd(text, at, to);
    comments.push({ start: at, end });
    at = end - 1;
  }
  return comments;
}

function linesOf(text: string, start: number, end: number): readonly Span[] {
  const lines: Span[] = [];
  let from = start;
  while (from < end) {
    const to = lineEnd(text, from, end);
    const blank = text.slice(from, to).trim() === '';
    if (!blank) lines.push({ start: from, end: to });
    from = to + 1;
  }
  return lines;
}

function lineEnd(text: string, from: number, limit: number): number {
  let end = from;
  while (end < limit && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}
