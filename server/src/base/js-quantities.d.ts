// The library ships no types; this is the little of it that `units.ts` uses.
declare module 'js-quantities/esm' {
  interface Quantity {
    /** The value in coherent SI base units. */
    readonly baseScalar: number;
  }
  export default function Qty(text: string): Quantity;
}
