/** Which part of a change record the cursor stands in, read from the tokens before it. */
import { Kind, RECORD_STATEMENTS } from '../syntax/kinds.js';
import { decodeText } from '../syntax/texts.js';
import type { Tokens } from '../syntax/tree.js';
import type { Place } from './completionTyped.js';

export type RecordPlace =
  /** Between records. */
  | { readonly at: 'file' }
  /** Behind `change`, before the brace; `names` counts what stands there. */
  | { readonly at: 'header'; readonly names: number }
  | BodyPlace
  | BlockPlace;

export interface BodyPlace {
  readonly at: 'body';
  /** The index of the record's first token. */
  readonly record: number;
  /** The statement or field that the cursor may belong to; null right behind a brace. */
  readonly statement: StatementSlot | FieldSlot | null;
}

/** Where in a statement the cursor stands. */
export interface StatementSlot {
  readonly is: 'statement';
  readonly verb: number;
  /** The kind of the last word that introduces something (`from`), or the verb's. */
  readonly role: number;
  /** A name or value comes next; else what was asked for is there, and a further word may follow. */
  readonly isExpecting: boolean;
  /** What stands behind each word, the cursor's own part left out; what follows the cursor too. */
  readonly names: ReadonlyMap<number, readonly string[]>;
}

export interface FieldSlot {
  readonly is: 'field';
  readonly field: string;
  readonly isExpecting: boolean;
}

/** Inside the braces of a `modify`. */
export interface BlockPlace {
  readonly at: 'block';
  readonly record: number;
  readonly subjects: readonly string[];
  readonly sites: readonly string[];
  /** What of a line comes next. */
  readonly stage: 'path' | 'current' | 'arrow' | 'proposed';
  /** The path of the cursor's line, empty where it is being written. */
  readonly path: string;
  /** The paths of the block, without the cursor's own. */
  readonly written: readonly string[];
}

/** The part of a file of change records that a place lies in. */
export function recordPlaceOf(place: Place): RecordPlace {
  const { tokens, before } = place;
  const record = recordBefore(tokens, before);
  if (record < 0) return { at: 'file' };
  let at = record + 1;
  while (at < before && tokens.kinds[at] !== Kind.OpenBrace && !beginsStatement(tokens, at)) at++;
  if (at >= before) return { at: 'header', names: before - record - 1 };
  if (tokens.kinds[at] === Kind.OpenBrace) at++;
  let start = -1;
  let block = -1;
  for (; at < before; at++) {
    const kind = tokens.kinds[at]!;
    if (block >= 0) {
      if (kind === Kind.CloseBrace) {
        block = -1;
        start = -1;
      } else if (beginsStatement(tokens, at)) {
        block = -1;
        start = at;
      }
    } else if (kind === Kind.CloseBrace) return { at: 'file' };
    else if (kind === Kind.OpenBrace) {
      if (start >= 0 && tokens.kinds[start] === Kind.Modify) block = at;
    } else if (beginsStatement(tokens, at) || isField(tokens, at)) start = at;
  }
  if (block >= 0) return blockPlace(place, record, start, block);
  if (start < 0) return { at: 'body', record, statement: null };
  if (isField(tokens, start)) {
    const last = tokens.kinds[before - 1]!;
    const field = wordAt(tokens, start);
    const isExpecting = before > start + 1 && (last === Kind.Colon || last === Kind.Comma);
    return { at: 'body', record, statement: { is: 'field', field, isExpecting } };
  }
  return { at: 'body', record, statement: statementSlot(place, start) };
}

/** The words that introduce something in a statement. */
const LINKS: ReadonlySet<number> = new Set([
  Kind.At,
  Kind.To,
  Kind.From,
  Kind.With,
  Kind.In,
  Kind.By,
  Kind.Done,
  Kind.Protocol,
  Kind.As,
  Kind.On,
  Kind.For,
  Kind.Because,
  Kind.Evidence,
  Kind.New,
  Kind.Of,
  Kind.No,
]);

function statementSlot(place: Place, start: number): StatementSlot {
  const { tokens, before, after } = place;
  const verb = tokens.kinds[start]!;
  const names = new Map<number, string[]>();
  let role = verb;
  let isExpecting = true;
  const take = (at: number): void => {
    const kind = tokens.kinds[at]!;
    const isDuty = verb === Kind.Expect && (kind === Kind.Revalidate || kind === Kind.Assess);
    if (LINKS.has(kind) || isDuty) {
      role = kind;
      isExpecting = true;
      names.set(role, names.get(role) ?? []);
    } else if (kind === Kind.Comma) isExpecting = true;
    else {
      isExpecting = false;
      names.set(role, [...(names.get(role) ?? []), wordAt(tokens, at)]);
    }
  };
  for (let at = start + 1; at < before; at++) take(at);
  const here = { role, isExpecting };
  for (let at = after; at < tokens.count; at++) {
    const kind = tokens.kinds[at]!;
    if (kind === Kind.CloseBrace || kind === Kind.OpenBrace || kind === Kind.Change) break;
    if (beginsStatement(tokens, at) || isField(tokens, at)) break;
    take(at);
  }
  return { is: 'statement', verb, ...here, names };
}

function blockPlace(place: Place, record: number, start: number, block: number): BlockPlace {
  const { tokens, before, after, isLineStart } = place;
  const { names } = statementSlot({ ...place, before: block, after: block }, start);
  const written: string[] = [];
  let colon = -1;
  for (let at = block + 1; at < tokens.count; at++) {
    if (at >= before && at < after) continue;
    if (tokens.kinds[at] === Kind.CloseBrace || (at >= after && beginsStatement(tokens, at))) break;
    if (tokens.kinds[at] !== Kind.Colon) continue;
    if (at < before) colon = at;
    if (at - 1 < before || at - 1 >= after) written.push(wordAt(tokens, at - 1));
  }
  const common = {
    at: 'block' as const,
    record,
    subjects: names.get(Kind.Modify) ?? [],
    sites: names.get(Kind.At) ?? [],
    written,
  };
  const last = tokens.kinds[before - 1]!;
  const isOpen = last === Kind.Colon || last === Kind.Arrow || last === Kind.Comma;
  if (colon < 0 || (isLineStart && !isOpen)) return { ...common, stage: 'path', path: '' };
  let hasArrow = false;
  for (let at = colon + 1; at < before; at++) if (tokens.kinds[at] === Kind.Arrow) hasArrow = true;
  const stage = hasArrow ? 'proposed' : last === Kind.Colon || last === Kind.Comma ? 'current' : 'arrow';
  return { ...common, stage, path: wordAt(tokens, colon - 1) };
}

/** The `change` of the record that a token would belong to: one that a name follows, at the start of a line. */
function recordBefore(tokens: Tokens, before: number): number {
  for (let at = before - 1; at >= 0; at--) {
    if (tokens.kinds[at] !== Kind.Change) continue;
    const next = tokens.kinds[at + 1];
    if (at + 1 < before && (next === Kind.Colon || next === Kind.Comma)) continue;
    if (at === 0 || tokens.text.slice(tokens.ends[at - 1], tokens.starts[at]).includes('\n')) return at;
    if (tokens.kinds[at - 1] === Kind.CloseBrace) return at;
  }
  return -1;
}

function beginsStatement(tokens: Tokens, at: number): boolean {
  const kind = tokens.kinds[at]!;
  if (!RECORD_STATEMENTS.has(kind) || isField(tokens, at)) return false;
  return at === 0 || tokens.kinds[at - 1] !== Kind.Expect;
}

function isField(tokens: Tokens, at: number): boolean {
  return tokens.kinds[at]! >= Kind.Word && at + 1 < tokens.count && tokens.kinds[at + 1] === Kind.Colon;
}

/** A token as a name: a text without its quotes. */
export function wordAt(tokens: Tokens, at: number): string {
  const written = tokens.text.slice(tokens.starts[at], tokens.ends[at]);
  return tokens.kinds[at] === Kind.Text ? decodeText(written) : written;
}
