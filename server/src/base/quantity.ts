export { beginsUnit, lookupUnit, unitSpellings } from './units.js';

/**
 * A unit of measure. Two units compare when their `dimension` is the same; `working days` and counted
 * things (tablets, vials, doses) are dimensions of their own. Months and years are time, at twelve months
 * to a year of 365.25 days, so they compare with each other exactly and with days on average.
 */
export interface Unit {
  /** The spelling that the formatter and messages print (`°C`, `kg`, `working days`). */
  readonly code: string;
  /** A stable name of the dimension (`mass`, `temperature`, `time`, `count:tablets`, `fraction`). */
  readonly dimension: string;
  /** Its size in the coherent unit of its dimension (SI; seconds; one piece). */
  readonly factor: number;
  /** What is added after the factor, for temperatures (K = number × factor + offset); otherwise 0. */
  readonly offset: number;
}

/** A number with its unit; `unit` is null for a bare number. */
export interface Amount {
  readonly number: number;
  readonly unit: Unit | null;
}

/** Two amounts that differ by less than this, relative to the larger, are equal: 0.1 kg is 100 g. */
const TOLERANCE = 1e-12;

/** A bare number is of the dimension `number`, and compares with bare numbers only. */
export function dimensionOf(amount: Amount): string {
  return amount.unit?.dimension ?? 'number';
}

export function sameDimension(a: Amount, b: Amount): boolean {
  return dimensionOf(a) === dimensionOf(b);
}

/** Which is greater: -1, 0 or 1 as `a` is less than, equal to or greater than `b`; null where dimensions differ. */
export function compareAmounts(a: Amount, b: Amount): -1 | 0 | 1 | null {
  if (!sameDimension(a, b)) return null;
  // Amounts of one unit need no conversion, and lose nothing by it.
  if (a.unit?.code === b.unit?.code) return compareNumbers(a.number, b.number);
  return compareNumbers(inBase(a), inBase(b));
}

/**
 * How many times `b` goes into `a`, or null where dimensions differ or `b` is nothing. Temperatures divide
 * on the absolute scale, the only one on which a ratio means something.
 */
export function ratioOf(a: Amount, b: Amount): number | null {
  if (!sameDimension(a, b)) return null;
  const plain = a.unit?.code === b.unit?.code && (a.unit?.offset ?? 0) === 0;
  const divisor = plain ? b.number : inBase(b);
  if (divisor === 0) return null;
  return (plain ? a.number : inBase(a)) / divisor;
}

/** `a` less `b`, in the unit of `a`; null where dimensions differ. Between temperatures it is in degrees of `a`. */
export function differenceOf(a: Amount, b: Amount): Amount | null {
  const same = convert(b, a.unit);
  return same && { number: a.number - same.number, unit: a.unit };
}

/** The amount in another unit, or null where dimensions differ. */
export function convert(amount: Amount, unit: Unit | null): Amount | null {
  if (amount.unit?.code === unit?.code) return { number: amount.number, unit };
  if (dimensionOf(amount) !== (unit?.dimension ?? 'number')) return null;
  if (unit === null) return amount;
  return { number: (inBase(amount) - unit.offset) / unit.factor, unit };
}

/** The dimension in words for a message: `mass`, `temperature`, `a count of tablets`, `a bare number`. */
export function describeDimension(amountOrUnit: Amount | Unit | null): string {
  const dimension =
    amountOrUnit === null
      ? 'number'
      : 'dimension' in amountOrUnit
        ? amountOrUnit.dimension
        : dimensionOf(amountOrUnit);
  if (dimension === 'number') return 'a bare number';
  if (dimension.startsWith('count:') && !/[/·^]/.test(dimension)) {
    const counted = dimension.slice('count:'.length);
    return counted.toUpperCase() === counted ? counted : `a count of ${counted}`;
  }
  return dimension
    .replaceAll('count:', '')
    .replaceAll('length^3', 'volume')
    .replaceAll('length^2', 'area')
    .replaceAll('/', ' per ')
    .replaceAll('·', ' times ');
}

/** The amount as an author writes it: `50 kg`. */
export function amountText(amount: Amount): string {
  return amount.unit ? `${amount.number} ${amount.unit.code}` : String(amount.number);
}

function inBase(amount: Amount): number {
  const unit = amount.unit;
  return unit ? amount.number * unit.factor + unit.offset : amount.number;
}

function compareNumbers(a: number, b: number): -1 | 0 | 1 {
  if (a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b))) return 0;
  return a < b ? -1 : 1;
}
