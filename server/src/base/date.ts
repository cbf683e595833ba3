import type { Amount } from './quantity.js';

/** Dates are days since 1970-01-01 in the proleptic Gregorian calendar: no time of day, no time zone. */
const MILLISECONDS_A_DAY = 86_400_000;

/** The day number of `YYYY-MM-DD`, or null where it is not such a date or there is no such day. */
export function parseDate(text: string): number | null {
  if (text.length !== 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const date = digits(text, 8, 10);
  if (year < 0 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return dayOf(year, month, date);
}

/** `YYYY-MM-DD` of a day number. */
export function formatDate(day: number): string {
  const { year, month, date } = calendarOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

export function addDays(day: number, count: number): number {
  return day + count;
}

/** The same date so many whole months on, or the last of that month where it has no such date (31 January + 1). */
export function addMonths(day: number, count: number): number {
  const { year, month, date } = calendarOf(day);
  const months = year * 12 + (month - 1) + count;
  const targetYear = Math.floor(months / 12);
  const targetMonth = months - targetYear * 12 + 1;
  return dayOf(targetYear, targetMonth, Math.min(date, daysInMonth(targetYear, targetMonth)));
}

/**
 * Monday to Friday, counted from the day after. Public holidays are not known, so the result is the
 * earliest possible day.
 */
export function addWorkingDays(day: number, count: number): number {
  const step = count < 0 ? -1 : 1;
  // Whole weeks at once: any seven days hold five working days.
  let left = Math.abs(Math.trunc(count));
  const weeks = Math.max(0, Math.floor(left / 5) - 1);
  let result = day + step * weeks * 7;
  left -= weeks * 5;
  while (left > 0) {
    result += step;
    if (isWorkingDay(result)) left--;
  }
  return result;
}

/**
 * The day a duration after `day`: months and years by the calendar, `working days` Monday to Friday, other
 * durations in days (a part of a day counts as a whole one). Null where the amount is no duration.
 */
export function addQuantity(day: number, amount: Amount): number | null {
  const unit = amount.unit;
  if (unit === null) return null;
  if (unit.dimension === 'working days') return addWorkingDays(day, Math.ceil(amount.number));
  if (unit.dimension !== 'time') return null;
  if (unit.code === 'months' && Number.isInteger(amount.number)) return addMonths(day, amount.number);
  if (unit.code === 'years' && Number.isInteger(amount.number * 12))
    return addMonths(day, amount.number * 12);
  const days = (amount.number * unit.factor) / 86_400;
  return day + Math.ceil(days - 1e-9);
}

const DASH = 45;
const ZERO = 48;

function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function dayOf(year: number, month: number, date: number): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; four hundred years are always the same number of days.
  return Date.UTC(year + 400, month - 1, date) / MILLISECONDS_A_DAY - DAYS_IN_400_YEARS;
}

const DAYS_IN_400_YEARS = 146_097;

function calendarOf(day: number): { year: number; month: number; date: number } {
  const date = new Date(day * MILLISECONDS_A_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() };
}

function isWorkingDay(day: number): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}
