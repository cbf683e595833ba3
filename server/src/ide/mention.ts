import type { Span } from '../base/span.js';

/**
 * What the grammar alone says of a name. Which of several it is, only the workspace tells: after `confirm`
 * stands a condition or a protocol, an operand is a fact, a condition or a word, and the path or a value
 * of a `modify` may name an entity or not.
 */
export type Sort =
  | 'entity'
  | 'record'
  | 'rule'
  | 'condition'
  | 'pack'
  | 'category'
  | 'validation-kind'
  | 'task'
  | 'code'
  | 'fact'
  | 'answered'
  | 'operand'
  | 'path'
  | 'value';

/** One place at which something is named, as the text of one file shows it. */
export interface Mention {
  readonly sort: Sort;
  /** The name as it is written, without quotes. */
  readonly text: string;
  /** Exactly the name, without quotes: what a rename replaces. */
  readonly span: Span;
  readonly role: Role;
  /** The pack to which the place belongs, in rules. */
  readonly pack?: string;
  /** The filings whose categories are meant; missing where any may be. */
  readonly filings?: readonly string[];
  /** What a `modify` or a registration is about, for its paths and values. */
  readonly subjects?: readonly string[];
  /** The path to the left of a value. */
  readonly path?: string;
}

export type Role = 'declaration' | 'reference';

/** A stretch without the quotes around it, of whatever kind, closed or not. */
export function withoutQuotes(text: string, { start, end }: Span): Span {
  const opening = QUOTES.exec(text.slice(start, Math.min(start + 3, end)))?.[0].length ?? 0;
  if (opening === 0) return { start, end };
  const isClosed = end - start >= 2 * opening && /["'\u201d\u201c\u00bb\u2019]/.test(text[end - 1]!);
  return { start: start + opening, end: isClosed ? end - opening : end };
}

const QUOTES = /^(?:"""|["'\u201c\u201e\u00ab\u2018])/;
