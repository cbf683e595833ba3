/** What a UTF-16 code unit may be part of. Letters, marks and digits of every script go through one table. */
export const CharClass = {
  Other: 0,
  Space: 1,
  NewLine: 2,
  Letter: 3,
  Digit: 4,
  /** Joins the parts of an identifier when a letter or digit follows: `- _ . /`. */
  Separator: 5,
  /** May go on with a unit, never begin one: `m²`, `min⁻¹`. */
  Superscript: 6,
  /** Not yet looked up (above ASCII only). */
  Unseen: 7,
} as const;

const classes = new Uint8Array(0x10000).fill(CharClass.Unseen);

for (let unit = 0; unit < 0x80; unit++) classes[unit] = classOfAscii(unit);

/** The class of the code unit at an offset; `Other` past the end and for lone surrogates. */
export function classAt(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  // Past the end there is NaN.
  if (!(unit >= 0)) return CharClass.Other;
  const known = classes[unit]!;
  if (known !== CharClass.Unseen) return known;
  if (unit >= 0xd800 && unit <= 0xdfff) return classOfSurrogate(text, offset, unit);
  const found = classOf(String.fromCharCode(unit));
  classes[unit] = found;
  return found;
}

function classOfAscii(unit: number): number {
  if (unit === 10 || unit === 13) return CharClass.NewLine;
  if (unit === 32 || (unit >= 9 && unit <= 12)) return CharClass.Space;
  const lower = unit | 32;
  if (lower >= 97 && lower <= 122) return CharClass.Letter;
  if (unit >= 48 && unit <= 57) return CharClass.Digit;
  return unit === 45 || unit === 46 || unit === 47 || unit === 95 ? CharClass.Separator : CharClass.Other;
}

/** Both halves of a pair have the class of their character, so a scanner may step by code units. */
function classOfSurrogate(text: string, offset: number, unit: number): number {
  const start = unit < 0xdc00 ? offset : offset - 1;
  const point = text.codePointAt(start);
  if (point === undefined || point <= 0xffff) return CharClass.Other;
  return classOf(String.fromCodePoint(point));
}

function classOf(character: string): number {
  if (/[\u2028\u2029]/.test(character)) return CharClass.NewLine;
  if (/\s/u.test(character)) return CharClass.Space;
  if (/[\p{L}\p{M}]/u.test(character)) return CharClass.Letter;
  if (/\p{Nd}/u.test(character)) return CharClass.Letter;
  return /[²³¹⁰⁴-⁹⁻]/u.test(character) ? CharClass.Superscript : CharClass.Other;
}
