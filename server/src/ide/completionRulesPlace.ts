/** Where in a rule pack the cursor stands, read from the tokens before it. */
import { ANY_SCOPE, type Scope } from '../rules/factPath.js';
import { ACTIONS } from '../rules/facts.js';
import { scopeOf } from '../rules/trigger.js';
import { HEADERS, Kind } from '../syntax/kinds.js';
import type { Tokens } from '../syntax/tree.js';
import { packOfFile } from '../workspace/config.js';
import type { ParsedRules } from '../workspace/parsed.js';
import { wordAt } from './completionStatement.js';
import type { Place } from './completionTyped.js';

/** The word that begins the item that a token may belong to: one at the start of a line that a name follows. */
export function itemBefore(tokens: Tokens, before: number): number {
  for (let at = before - 1; at >= 0; at--) {
    if (!HEADERS.has(tokens.kinds[at]!)) continue;
    const startsLine = at === 0 || tokens.text.slice(tokens.ends[at - 1], tokens.starts[at]).includes('\n');
    if (startsLine || tokens.kinds[at - 1] === Kind.CloseBrace) return at;
  }
  return -1;
}

export function isClosed(tokens: Tokens, item: number, before: number): boolean {
  for (let at = item; at < before; at++) if (tokens.kinds[at] === Kind.CloseBrace) return true;
  return false;
}

export function openingBrace(tokens: Tokens, item: number, before: number): number {
  for (let at = item; at < before; at++) if (tokens.kinds[at] === Kind.OpenBrace) return at;
  return -1;
}

const STATEMENTS_OF: Readonly<Record<'pack' | 'condition' | 'rule', ReadonlySet<number>>> = {
  pack: new Set([Kind.Clock, Kind.Lead, Kind.Order, Kind.Categories]),
  condition: new Set([Kind.Default, Kind.Cite]),
  rule: new Set([
    Kind.On,
    Kind.When,
    Kind.Report,
    Kind.Revalidate,
    Kind.Assess,
    Kind.Perform,
    Kind.Notify,
    Kind.Cite,
    Kind.Dossier,
    Kind.Document,
    Kind.Lead,
    Kind.Basis,
  ]),
};

/** The first token of the statement that the cursor may belong to, -1 where none has begun. */
export function statementBefore(
  tokens: Tokens,
  open: number,
  before: number,
  where: 'pack' | 'condition' | 'rule',
): number {
  for (let at = before - 1; at > open; at--) {
    const startsLine = tokens.text.slice(tokens.ends[at - 1], tokens.starts[at]).includes('\n');
    if (tokens.kinds[at]! >= Kind.Word && tokens.kinds[at + 1] === Kind.Colon && at + 1 < before) {
      // `lead process: …` and `clock PAS: …` have a colon of their own.
      const own = tokens.kinds[at - 1];
      if (own !== Kind.Lead && own !== Kind.Clock) return at;
      continue;
    }
    if (!STATEMENTS_OF[where].has(tokens.kinds[at]!)) continue;
    // `report PAS when …` has its condition on its own line as a rule; `on` of `judged on` is no trigger.
    if (tokens.kinds[at] === Kind.When && !startsLine && tokens.kinds[at - 1] !== Kind.OpenBrace) continue;
    if (tokens.kinds[at] === Kind.On && !startsLine && where !== 'rule') continue;
    return at;
  }
  return -1;
}

export function lastOf(tokens: Tokens, start: number, before: number, kind: number): number {
  for (let at = before - 1; at >= start; at--) if (tokens.kinds[at] === kind) return at;
  return -1;
}

export function wordsPresent(tokens: Tokens, open: number, { before, after }: Place): ReadonlySet<string> {
  const present = new Set<string>();
  for (let at = open + 1; at < tokens.count; at++) {
    if (tokens.kinds[at] === Kind.CloseBrace || HEADERS.has(tokens.kinds[at]!)) break;
    if (at >= before && at < after) continue;
    const word = wordAt(tokens, at);
    present.add(tokens.kinds[at + 1] === Kind.Colon ? `${word}:` : word);
  }
  return present;
}

/** The pack that an item belongs to: the one before it in its file, else the one that the file is named for. */
export function packAt(file: ParsedRules, item: number): string {
  let pack = packOfFile(file.source.path.slice(file.source.path.lastIndexOf('/') + 1)) ?? '';
  for (const one of file.tree.root.items) {
    if (one.first > item) break;
    if (one.kind === 'pack' && one.id) pack = one.id.text;
  }
  return pack;
}

/** What the triggers of the rule say of its subjects and parts. */
export function scopeAt(file: ParsedRules, item: number): Scope {
  const rule = file.tree.root.items.find(({ first }) => first === item);
  if (rule?.kind !== 'rule') return ANY_SCOPE;
  return scopeOf(
    rule.triggers.map(({ action, part, subject }) => ({
      action: ACTIONS.find((one) => one === action?.text) ?? null,
      part: part?.text ?? null,
      subject: subject?.text ?? null,
    })),
  );
}
