import { CharClass, classAt } from './characters.js';
import { isDigit, Unit } from './codeUnits.js';
import { isWordPart } from './words.js';

/** The end of digits and of a fraction behind them. */
export function decimalEnd(text: string, start: number): number {
  const end = digitsEnd(text, start);
  return text.charCodeAt(end) === Unit.Dot && isDigit(text.charCodeAt(end + 1))
    ? digitsEnd(text, end + 1)
    : end;
}

/** The end of `e6` or `e-6` behind a number, or the number's own. */
export function exponentEnd(text: string, end: number): number {
  if ((text.charCodeAt(end) | 32) !== 101) return end;
  const sign = text.charCodeAt(end + 1);
  const first = sign === Unit.Plus || sign === Unit.Minus ? end + 2 : end + 1;
  return isDigit(text.charCodeAt(first)) ? digitsEnd(text, first) : end;
}

/** The end of what goes on with a number as a section does: letters and digits, and parts after `.` or `/`. */
export function sectionEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    const kind = classAt(text, end);
    if (kind === CharClass.Letter || kind === CharClass.Digit) end++;
    else if (kind === CharClass.Separator) {
      const unit = text.charCodeAt(end);
      const next = classAt(text, end + 1);
      if (unit === Unit.Dot && isWordPart(next)) end += 2;
      else if (unit === Unit.Slash && next === CharClass.Letter && end > start) end += 2;
      else return end;
    } else return end;
  }
}

/** The end of three runs of digits with `-` or `/` between them, or -1: a date, or what is meant for one. */
export function dateLikeEnd(text: string, start: number): number {
  const first = digitsEnd(text, start);
  const separator = text.charCodeAt(first);
  if (separator !== Unit.Minus && separator !== Unit.Slash && !(isDash(separator) && first === start + 4))
    return -1;
  if (!isDigit(text.charCodeAt(first + 1))) return -1;
  const second = digitsEnd(text, first + 1);
  if (text.charCodeAt(second) !== separator || !isDigit(text.charCodeAt(second + 1))) return -1;
  return digitsEnd(text, second + 1);
}

/** What a word processor makes of a hyphen. A range of years has only one of them. */
export function isDash(unit: number): boolean {
  return (unit >= 0x2010 && unit <= 0x2014) || unit === 0x2212;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}
