/** The UTF-16 code units that mean something to the lexer. */
export const Unit = {
  Tab: 9,
  LineFeed: 10,
  Return: 13,
  Space: 32,
  Exclamation: 33,
  Quote: 34,
  Plus: 43,
  Star: 42,
  Minus: 45,
  Dot: 46,
  Slash: 47,
  Less: 60,
  Equal: 61,
  Greater: 62,
  Backslash: 92,
  Degree: 0xb0,
  MinusSign: 0x2212,
  ByteOrderMark: 0xfeff,
} as const;

export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

export function isLineEnd(unit: number): boolean {
  return unit === Unit.LineFeed || unit === Unit.Return;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}
