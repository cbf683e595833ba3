import { Cursor } from '../syntax/cursor.js';
import { lex } from '../syntax/lexer.js';
import { readValue } from '../syntax/value.js';

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

const BEGINS_AS_VALUE = /^(?:(?:NMT|NLT|[<>≤≥]=?)\s*)?[-−]?\d/;
