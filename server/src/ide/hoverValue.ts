import { type Amount, amountText, convert, differenceOf, lookupUnit, ratioOf } from '../base/quantity.js';
import type { Value } from '../base/value.js';
import { code, paragraphs } from './hoverMarkdown.js';

/** What a value is in other units, and against the value on the other side of its line; null where there is nothing to say. */
export function valueHover(value: Value, line: { current: Value; proposed: Value } | null): string | null {
  const written = conversions(value);
  const change = line ? changeWords(line.current, line.proposed) : null;
  if (written.length === 0 && change === null) return null;
  const others = written.length > 0 ? `${code(value.text)} is ${written.join(', ')}.` : '';
  return paragraphs(others, change ?? '');
}

/** `×2.4` for `50 kg -> 120 kg`; null where there is no ratio or it is 1. */
export function ratioMark(current: Value, proposed: Value): string | null {
  if (current.kind !== 'amount' || proposed.kind !== 'amount') return null;
  if (current.amount.unit?.dimension === 'temperature') return null;
  const ratio = ratioOf(proposed.amount, current.amount);
  return ratio === null || ratio === 1 ? null : `×${rounded(ratio)}`;
}

/** The units that a reader is likely to think in; of each dimension at most three others are shown. */
const USUAL_UNITS = [
  ...['kg', 'g', 'mg', 'µg'],
  ...['°C', '°F', 'K'],
  ...['years', 'months', 'weeks', 'days', 'h', 'min', 's'],
  ...['L', 'mL', 'µL'],
  ...['mg/mL', 'g/L', 'µg/mL', '% w/v'],
  ...['%', 'ppm', 'ppb'],
  ...['bar', 'kPa', 'psi', 'mbar'],
  ...['m', 'cm', 'mm', 'µm'],
  ...['mol', 'mmol', 'M', 'mM', 'rpm', 'Hz', 'IU', 'kIU', 'MIU'],
];

/** Outside of these a number is harder to read than the one that was written; other dimensions have `USUAL_RANGE`. */
const READABLE: Readonly<Record<string, readonly [number, number]>> = {
  time: [0.5, 100_000],
  fraction: [0.01, 10_000],
};
const USUAL_RANGE = [0.001, 10_000_000] as const;
/** They compare with days on average only. */
const CALENDAR: ReadonlySet<string> = new Set(['months', 'years']);

function conversions(value: Value): readonly string[] {
  const ends: Amount[] =
    value.kind === 'amount'
      ? [value.amount]
      : value.kind === 'interval'
        ? [value.low, value.high].flatMap((bound) => (bound ? [bound.amount] : []))
        : [];
  const unit = ends[0]?.unit;
  if (!unit) return [];
  const texts: string[] = [];
  for (const word of USUAL_UNITS) {
    const other = lookupUnit(word);
    if (!other || other.dimension !== unit.dimension || other.code === unit.code) continue;
    const converted = ends.map((end) => convert(end, other));
    if (converted.some((end) => end === null || !isReadable(end))) continue;
    const isAverage = unit.dimension === 'time' && CALENDAR.has(unit.code) !== CALENDAR.has(other.code);
    const numbers = converted.map((end) => rounded(end!.number));
    texts.push(`${isAverage ? 'about ' : ''}${code(withEnds(value, numbers, other.code))}`);
    if (texts.length === 3) break;
  }
  return texts;
}

function isReadable({ number, unit }: Amount): boolean {
  const dimension = unit?.dimension ?? '';
  if (number === 0 || dimension === 'temperature') return true;
  const [smallest, largest] = READABLE[dimension] ?? USUAL_RANGE;
  return Math.abs(number) >= smallest && Math.abs(number) < largest;
}

function withEnds(value: Value, numbers: readonly string[], unit: string): string {
  if (value.kind !== 'interval') return `${numbers[0]} ${unit}`;
  if (value.low && value.high) return `${numbers[0]}..${numbers[1]} ${unit}`;
  const bound = (value.low ?? value.high)!;
  return `${value.low ? '>' : '<'}${bound.open ? '' : '='} ${numbers[0]} ${unit}`;
}

function changeWords(current: Value, proposed: Value): string | null {
  if (current.kind !== 'amount' || proposed.kind !== 'amount') return null;
  const difference = differenceOf(proposed.amount, current.amount);
  if (!difference) return null;
  const mark = ratioMark(current, proposed);
  const size = { number: Number(rounded(Math.abs(difference.number))), unit: difference.unit };
  if (size.number === 0) return 'The proposed value is the current one.';
  const times = mark === null ? '' : `${mark.slice(1)} times the current value: `;
  return `${times}${amountText(size)} ${difference.number > 0 ? 'more' : 'less'}.`;
}

function rounded(number: number): string {
  return String(Number(number.toPrecision(5)));
}
