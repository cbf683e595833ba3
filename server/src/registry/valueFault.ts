import { Cursor } from '../syntax/cursor.js';
import { lex } from '../syntax/lexer.js';
import { parseValue, readValue } from '../syntax/value.js';

/**
 * What is wrong with a scalar that was meant as a value of the language but isn't one: an unknown unit, a
 * range of two dimensions. Undefined for everything else, free text (`10 mL of type I glass`) included.
 *
 * @param text a scalar that `parseValue` takes for text.
 */
export function valueFault(text: string): { readonly message: string } | undefined {
  if (!BEGINS_AS_VALUE.test(text) || text.length > 80 || text.includes('\n')) return undefined;
  const { tokens, faults } = lex(text);
  if (faults.length > 0) return undefined;
  const cursor = new Cursor(tokens);
  readValue(cursor);
  return cursor.at === tokens.count ? cursor.faults[0] : undefined;
}

/**
 * What a text was most likely meant to say as a value of the language: `NMT 0.2 %` for `max 0,2 %`, `95..105 %` for
 * `95 - 105 %`. Undefined where no such reading is one.
 */
export function meantAsValue(text: string): string | undefined {
  if (text.length > 80 || !/\d/.test(text)) return undefined;
  const meant = HABITS.reduce((written, [habit, ours]) => written.replace(habit, ours), text);
  return meant !== text && parseValue(meant).kind !== 'text' ? meant : undefined;
}

/** How limits, ranges and decimals are written elsewhere. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:max\.?|maximum|not more than|at most|up to|no more than)\s+/i, 'NMT '],
  [/^(?:min\.?|minimum|not less than|at least|no less than)\s+/i, 'NLT '],
  [/(?<=[\d%\p{L}]) (?:-|−|to) (?=\d)/u, '..'],
  [/(?<=\d)\.{3}(?=\d)/, '..'],
  [/(?<=\d),(?=\d{1,2}(?!\d)|\d{4})/g, '.'],
];

const BEGINS_AS_VALUE = /^(?:(?:NMT|NLT|[<>≤≥]=?)\s*)?[-−]?\d/;
