import { CharClass, classAt } from './characters.js';
import { isDigit, Unit } from './codeUnits.js';
import { Kind } from './kinds.js';

/** The symbols of one code unit that nothing else begins with. */
const SINGLES: readonly (readonly [string, number])[] = [
  ['{', Kind.OpenBrace],
  ['}', Kind.CloseBrace],
  ['(', Kind.OpenParen],
  [')', Kind.CloseParen],
  [':', Kind.Colon],
  [',', Kind.Comma],
  ['%', Kind.Percent],
  ['≤', Kind.LessEqual],
  ['≥', Kind.GreaterEqual],
  ['≠', Kind.NotEqual],
  ['–', Kind.Range],
  ['→', Kind.Arrow],
  ['℃', Kind.Unit],
  ['℉', Kind.Unit],
];

const kindOfSingle = new Uint8Array(0x10000);
for (const [symbol, kind] of SINGLES) kindOfSingle[symbol.charCodeAt(0)] = kind;

/** What else a token may begin with that is no letter, digit or separator. */
const begins = new Uint8Array(0x10000);
for (const symbol of [...SINGLES.map(([single]) => single), '"', '<', '>', '=', '\u2212', '°'])
  begins[symbol.charCodeAt(0)] = 1;

/** The kind of the symbol that a code unit is by itself, or 0. */
export function singleSymbol(unit: number): number {
  return kindOfSingle[unit]!;
}

/** Whether a token or a comment begins at an offset, or white space: where a stretch without meaning ends. */
export function beginsToken(text: string, at: number): boolean {
  const kind = classAt(text, at);
  const unit = text.charCodeAt(at);
  if (kind === CharClass.Separator) {
    const next = text.charCodeAt(at + 1);
    if (unit === Unit.Slash) return next === Unit.Slash || next === Unit.Star;
    if (unit === Unit.Dot) return next === Unit.Dot;
    return unit === Unit.Minus && (next === Unit.Greater || isDigit(next));
  }
  return (kind !== CharClass.Other && kind !== CharClass.Superscript) || begins[unit] === 1;
}
