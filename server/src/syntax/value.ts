import { parseDate } from '../base/date.js';
import { nearest } from '../base/nearest.js';
import {
  type Amount,
  beginsUnit,
  compareAmounts,
  describeDimension,
  lookupUnit,
  sameDimension,
  type Unit,
  unitSpellings,
} from '../base/quantity.js';
import type { Value } from '../base/value.js';
import { Cursor } from './cursor.js';
import { Kind } from './kinds.js';
import { lex } from './lexer.js';
import { decodeText, decodeTextBlock } from './texts.js';

/**
 * A scalar of the registry, read as a record would read it: `50 kg`, `20..25 °C`, `NMT 0.2 %`, `2026-01-01`,
 * `none`; one word is an id, and whatever is no value of the language is text. `text` has no quotes to take off.
 */
export function parseValue(text: string): Value {
  const known = memory.get(text);
  if (known) return known;
  const value = readScalar(text);
  if (memory.size >= 50_000) memory.clear();
  memory.set(text, value);
  return value;
}

/**
 * The value at the cursor, which then stands behind it; null, with the cursor unmoved, where there is none. A value
 * with a fault of its own (an unknown unit, two dimensions) is read as text.
 */
export function readValue(cursor: Cursor): Value | null {
  const first = cursor.at;
  const kind = cursor.kind;
  switch (kind) {
    case Kind.Text:
      cursor.at++;
      return { kind: 'text', text: decodeText(cursor.textOf(first)) };
    case Kind.TextBlock:
      cursor.at++;
      return { kind: 'text', text: decodeTextBlock(cursor.textOf(first)) };
    case Kind.UnclosedText:
      cursor.at++;
      cursor.doubtful();
      return { kind: 'text', text: decodeText(cursor.textOf(first)) };
    case Kind.Date: {
      cursor.at++;
      const text = cursor.textOf(first);
      return { kind: 'date', day: parseDate(text)!, text };
    }
    case Kind.BadDate:
      cursor.at++;
      return { kind: 'text', text: cursor.textOf(first) };
    case Kind.None:
      cursor.at++;
      return { kind: 'none', text: 'none' };
    case Kind.Number:
    case Kind.Section:
      return readAmountOrRange(cursor);
    case Kind.NotMoreThan:
    case Kind.LessEqual:
    case Kind.Less:
    case Kind.NotLessThan:
    case Kind.GreaterEqual:
    case Kind.Greater:
      return readLimit(cursor, kind);
  }
  if (kind < Kind.Word) return null;
  cursor.at++;
  return { kind: 'id', text: cursor.textOf(first) };
}

/** Whether a value can begin with a token of this kind. */
export function beginsValue(kind: number): boolean {
  return (
    kind >= Kind.Word ||
    (kind >= Kind.Text && kind <= Kind.Section) ||
    (kind >= Kind.Less && kind <= Kind.GreaterEqual)
  );
}

const memory = new Map<string, Value>();

function readScalar(text: string): Value {
  const asText: Value = { kind: 'text', text };
  const unit = text.charCodeAt(0);
  // A quote, a comment or a line end inside a scalar belongs to its text, not to our grammar.
  if (text.length > 200 || unit === 34 || /["\n\r]|\/[/*]/.test(text)) return asText;
  if (text === '') return asText;
  const { tokens, faults } = lex(text);
  if (faults.length > 0 || tokens.count === 0) return asText;
  const cursor = new Cursor(tokens);
  const value = readValue(cursor);
  if (!value || cursor.at !== tokens.count || cursor.faults.length > 0) return asText;
  return value.kind === 'id' && /^[0-9-]/.test(text) ? asText : value;
}

interface ReadAmount {
  readonly amount: Amount;
  /** Without a unit, and written as no number is: `007`. */
  readonly isText: boolean;
}

function readAmountOrRange(cursor: Cursor): Value {
  const first = cursor.at;
  const low = readAmount(cursor);
  if (cursor.kind === Kind.Range) return readRange(cursor, first, low);
  if (!low) {
    if (cursor.at === first) cursor.at++;
    const section = cursor.at === first + 1;
    return section && !cursor.silent && cursor.kindAt(first) === Kind.Section
      ? { kind: 'id', text: cursor.textOf(first) }
      : { kind: 'text', text: written(cursor, first) };
  }
  if (isHyphened(cursor)) return readHyphenedRange(cursor, first, low);
  const text = written(cursor, first);
  return low.isText ? { kind: 'text', text } : { kind: 'amount', amount: low.amount, text };
}

/** `50-60` is lexed as 50 and -60. */
function isHyphened(cursor: Cursor): boolean {
  const { text, starts, ends } = cursor.tokens;
  const start = starts[cursor.at];
  return cursor.kind === Kind.Number && ends[cursor.at - 1] === start && text.charCodeAt(start!) === 45;
}

function readHyphenedRange(cursor: Cursor, first: number, low: ReadAmount): Value {
  const range = `${written(cursor, first)}..${cursor.textOf(cursor.at).slice(1)}`;
  cursor.mended(first, cursor.at, `write a range with two dots: \`${range}\``, range);
  const high = readAmount(cursor)!;
  const upper = { ...high, amount: { ...high.amount, number: -high.amount.number } };
  return intervalOf(cursor, first, low, upper);
}

function readRange(cursor: Cursor, first: number, low: ReadAmount | null): Value {
  if (!low && cursor.at === first) cursor.at++;
  cursor.at++;
  const high = cursor.kind === Kind.Number || cursor.kind === Kind.Section ? readAmount(cursor) : null;
  if (!high) cursor.missing('expected the upper end of the range after `..`, such as `20..25 °C`');
  if (!low || !high) return { kind: 'text', text: written(cursor, first) };
  return intervalOf(cursor, first, low, high);
}

function intervalOf(cursor: Cursor, first: number, low: ReadAmount, high: ReadAmount): Value {
  const text = written(cursor, first);
  const lowAmount = low.amount.unit ? low.amount : { number: low.amount.number, unit: high.amount.unit };
  if (!sameDimension(lowAmount, high.amount)) {
    cursor.mended(
      first,
      cursor.at - 1,
      `a range needs two ends of one dimension: this one runs from ${describeDimension(lowAmount)} to ${describeDimension(high.amount)}`,
    );
    return { kind: 'text', text };
  }
  if (compareAmounts(lowAmount, high.amount) === 1) {
    cursor.mended(first, cursor.at - 1, 'this range runs backwards: write the lower end first');
  }
  return {
    kind: 'interval',
    low: { amount: lowAmount, open: false },
    high: { amount: high.amount, open: false },
    text,
  };
}

function readLimit(cursor: Cursor, kind: number): Value {
  const first = cursor.at++;
  const isNumber = cursor.kind === Kind.Number || cursor.kind === Kind.Section;
  const limit = isNumber ? readAmount(cursor) : null;
  const text = written(cursor, first);
  if (!limit) {
    cursor.missing(`expected a number after \`${cursor.textOf(first)}\`, such as \`NMT 0.2 %\``);
    return { kind: 'text', text };
  }
  const bound = { amount: limit.amount, open: kind === Kind.Less || kind === Kind.Greater };
  const upper = kind === Kind.NotMoreThan || kind === Kind.LessEqual || kind === Kind.Less;
  return { kind: 'interval', low: upper ? null : bound, high: upper ? bound : null, text };
}

/** A number with its unit, whether apart (`50 kg`) or stuck together (`50kg`); null, unmoved, for a section. */
function readAmount(cursor: Cursor): ReadAmount | null {
  const first = cursor.at;
  const text = cursor.textOf(first);
  if (cursor.kind === Kind.Section) {
    const stuck = STUCK_UNIT.exec(text);
    const unit = stuck && lookupUnit(stuck[2]!);
    if (!unit) return null;
    cursor.at++;
    return { amount: { number: toNumber(stuck[1]!), unit }, isText: false };
  }
  cursor.at++;
  const unit = readUnit(cursor);
  if (unit === null) return { amount: { number: toNumber(text), unit: null }, isText: /^0[0-9]/.test(text) };
  if (unit === UNKNOWN_UNIT) return { amount: { number: toNumber(text), unit: null }, isText: true };
  return { amount: { number: toNumber(text), unit }, isText: false };
}

const STUCK_UNIT = /^([-\u2212]?[0-9]+(?:\.[0-9]+)?)([^0-9.].*)$/u;

const UNKNOWN_UNIT: Unit = { code: '?', dimension: '?', factor: 1, offset: 0 };

/** The unit behind a number, on its line; null where there is none. */
function readUnit(cursor: Cursor): Unit | null {
  const kind = cursor.kind;
  if (kind === Kind.Percent) {
    // `%` is a unit wherever it stands; on another line than its number it can be nothing else.
    cursor.at++;
    return readSecondWord(cursor, '%') ?? lookupUnit('%')!;
  }
  if (kind !== Kind.Word && kind !== Kind.Unit) return null;
  if (!cursor.onSameLine(cursor.at)) return null;
  const next = cursor.kindAt(cursor.at + 1);
  if (next === Kind.Colon || next === Kind.OpenParen) return null;
  const word = cursor.textOf(cursor.at);
  const index = cursor.at++;
  const unit = (beginsUnit(word) && readSecondWord(cursor, word)) || lookupUnit(word);
  if (unit) return unit;
  const near = nearest(word, unitSpellings());
  cursor.mended(
    index,
    index,
    near
      ? `\`${word}\` is no known unit: did you mean \`${near}\`?`
      : `\`${word}\` is no known unit: write one such as kg, mL, °C, % or months`,
    near ?? undefined,
  );
  return UNKNOWN_UNIT;
}

function readSecondWord(cursor: Cursor, first: string): Unit | null {
  if (cursor.kind !== Kind.Word || !cursor.onSameLine(cursor.at)) return null;
  const next = cursor.kindAt(cursor.at + 1);
  if (next === Kind.Colon || next === Kind.OpenParen) return null;
  const unit = lookupUnit(`${first} ${cursor.textOf(cursor.at)}`);
  if (!unit) return null;
  cursor.at++;
  return unit;
}

function toNumber(text: string): number {
  return Number(text.charCodeAt(0) === 0x2212 ? `-${text.slice(1)}` : text);
}

function written(cursor: Cursor, first: number): string {
  const { text, starts, ends } = cursor.tokens;
  return text.slice(starts[first], ends[cursor.at - 1]);
}
