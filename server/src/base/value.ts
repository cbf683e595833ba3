import type { Amount } from './quantity.js';
import { compareAmounts } from './quantity.js';

/** One end of an interval; `open` means that the end itself lies outside (`<`, `>`). */
export interface Bound {
  readonly amount: Amount;
  readonly open: boolean;
}

/**
 * What may stand to the right of a colon, in a record as in the registry.
 *
 * - `amount`: a number or a quantity (`50`, `50 kg`)
 * - `interval`: a range or a limit (`20..25 °C`, `NMT 0.2 %`, `>= 98.0 %`); a missing bound is unbounded
 * - `id`: a bare word, a reference or a word of a vocabulary (`true` and `false` too)
 *
 * `text` is always what the author wrote, without quotes, so that `95.0` keeps its zero.
 */
export type Value =
  | { readonly kind: 'none'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'id'; readonly text: string }
  | { readonly kind: 'date'; readonly day: number; readonly text: string }
  | { readonly kind: 'amount'; readonly amount: Amount; readonly text: string }
  | {
      readonly kind: 'interval';
      readonly low: Bound | null;
      readonly high: Bound | null;
      readonly text: string;
    };

/**
 * Whether two values mean the same: 50 kg is 50000 g, `NMT 0.2 %` is `<= 0.2 %`, a word is the text of the
 * same letters. `none` equals only `none`.
 */
export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'id' && b.kind === 'id') return a.text === b.text;
  if (a.kind === 'amount' && b.kind === 'amount') return compareAmounts(a.amount, b.amount) === 0;
  if (a.kind === 'date' && b.kind === 'date') return a.day === b.day;
  if (a.kind === 'interval' && b.kind === 'interval')
    return sameBound(a.low, b.low) && sameBound(a.high, b.high);
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  const wordsOnly = (a.kind === 'id' || a.kind === 'text') && (b.kind === 'id' || b.kind === 'text');
  // A value that was put in quotes where the other was not is still what its author wrote.
  return (wordsOnly || a.kind === 'text' || b.kind === 'text') && a.text === b.text;
}

/** Whether one list of values means the same as another, in any order: a list of sites is a set. */
export function sameValues(a: readonly Value[], b: readonly Value[]): boolean {
  return (
    a.length === b.length &&
    a.every((value) => b.some((other) => sameValue(value, other))) &&
    b.every((value) => a.some((other) => sameValue(value, other)))
  );
}

/**
 * Whether an amount or interval lies wholly inside another (an amount counts as the interval of itself);
 * null where the two can't be compared: other dimensions, or values that are no amounts.
 */
export function isInside(inner: Value, outer: Value): boolean | null {
  const inside = boundsOf(inner);
  const outside = boundsOf(outer);
  if (!inside || !outside) return null;
  const dimensionKnown = inside.low ?? inside.high;
  const other = outside.low ?? outside.high;
  if (!dimensionKnown || !other || compareAmounts(dimensionKnown.amount, other.amount) === null) return null;
  return lowerEndInside(inside.low, outside.low) && upperEndInside(inside.high, outside.high);
}

/** The value as its author wrote it; texts without quotes. */
export function valueText(value: Value): string {
  return value.text;
}

/** The ends of an amount or interval; null for every other value. */
export function boundsOf(value: Value): { readonly low: Bound | null; readonly high: Bound | null } | null {
  if (value.kind === 'interval') return value;
  if (value.kind !== 'amount') return null;
  const itself = { amount: value.amount, open: false };
  return { low: itself, high: itself };
}

function sameBound(a: Bound | null, b: Bound | null): boolean {
  if (!a || !b) return a === b;
  return a.open === b.open && compareAmounts(a.amount, b.amount) === 0;
}

function lowerEndInside(inner: Bound | null, outer: Bound | null): boolean {
  if (!outer) return true;
  if (!inner) return false;
  const order = compareAmounts(inner.amount, outer.amount);
  return order === 1 || (order === 0 && (!outer.open || inner.open));
}

function upperEndInside(inner: Bound | null, outer: Bound | null): boolean {
  if (!outer) return true;
  if (!inner) return false;
  const order = compareAmounts(inner.amount, outer.amount);
  return order === -1 || (order === 0 && (!outer.open || inner.open));
}
