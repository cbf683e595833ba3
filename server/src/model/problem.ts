import type { Kind } from '../registry/entity.js';
import type { Place } from './edit.js';

/** Something wrong between a record and the registry, at a place of the record. */
export interface ModelProblem {
  readonly code:
    | 'record/unknown-reference'
    | 'record/stale-value'
    | 'record/unit-mismatch'
    | 'record/duplicate-edit';
  readonly place: Place;
  /** What is wrong and what to write, in an author's words. */
  readonly message: string;
  /** The text to put at the place instead, where there is one. */
  readonly replacement?: string;
}

/** `a site`, `an organisation`, `equipment`. */
export function aKind(kind: Kind): string {
  if (kind === 'equipment' || kind === 'packaging') return kind;
  return kind === 'organisation' || kind === 'agreement' ? `an ${kind}` : `a ${kind}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
