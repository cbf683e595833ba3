import type { Amount } from './quantity.js';

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
