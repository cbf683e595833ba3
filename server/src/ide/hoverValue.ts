import { type Amount, amountText, convert, differenceOf, lookupUnit, ratioOf } from '../base/quantity.js';
import type { Value } from '../base/value.js';
import { code, paragraphs, plain } from './hoverMarkdown.js';

/** What a value is in other units, and against the value on the other side of its line; null where there is nothing to say. */
export function valueHover(value: Value, line: { current: Value; proposed: Value } | null): string | null {
  const written = conversions(value);
  const change = line ? changeWords(line.current, line.proposed) : null;
  if (written.length === 0 && change === null) return null;
  const others = written.length > 0 ? `${code(value.text)} is ${written.map(code).join(', ')}.` : '';
  return paragraphs(others, change === null ? '' : plain(change));
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
  ...['h', 'days', 'weeks', 'months', 'years', 'min', 's'],
  ...['L', 'mL', 'µL'],
  ...['mg/mL', 'g/L', 'µg/mL', '% w/v'],
  ...['%', 'ppm', 'ppb'],
  ...['bar', 'kPa', 'psi', 'mbar'],
  ...['m', 'cm', 'mm', 'µm'],
  ...['mol', 'mmol', 'M', 'mM', 'rpm', 'Hz', 'IU', 'kIU', 'MIU'],
];

/** Beyond these a number is harder to read than the one that was written. */
const SMALLEST = 0.001;
const LARGEST = 10_000_000;

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
    if (converted.some((end) => end === null || !isReadable(end, other.offset !== 0))) continue;
    texts.push(
      withEnds(
        value,
        converted.map((end) => rounded(end!.number)),
        other.code,
      ),
    );
    if (texts.length === 3) break;
  }
  return texts;
}

function isReadable({ number }: Amount, isTemperature: boolean): boolean {
  const size = Math.abs(number);
  return isTemperature || size === 0 || (size >= SMALLEST && size < LARGEST);
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
