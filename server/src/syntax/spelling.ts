import { Kind } from './kinds.js';
import type { Tokens } from './tree.js';

/** A token in its plain spelling: `<=` for `≤`. A text block is as it is written. */
export function spellingOf({ text, kinds, starts, ends }: Tokens, index: number): string {
  const kind = kinds[index]!;
  const plain = PLAIN.get(kind);
  if (plain !== undefined) return plain;
  const written = text.slice(starts[index], ends[index]);
  return (kind === Kind.Number || kind === Kind.Section) && written.startsWith('\u2212')
    ? `-${written.slice(1)}`
    : written;
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

/** Whether a space stands before a token, on the line of the one before it. */
export function spaceBetween(kinds: Uint8Array, index: number): boolean {
  const before = kinds[index - 1]!;
  const kind = kinds[index]!;
  if (kind === Kind.Comma || kind === Kind.Colon || kind === Kind.CloseParen) return false;
  if (before === Kind.OpenParen || before === Kind.Range || kind === Kind.Range) return false;
  if (before === Kind.OpenBrace && kind === Kind.CloseBrace) return false;
  return !(kind === Kind.OpenParen && before >= Kind.Word && !BEFORE_GROUP.has(before));
}
