import type { Io, Output } from './services.js';

/** Marks up text for a terminal, or leaves it as it is. */
export interface Style {
  error(text: string): string;
  warning(text: string): string;
  info(text: string): string;
  good(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const PLAIN: Style = {
  error: (text) => text,
  warning: (text) => text,
  info: (text) => text,
  good: (text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

const COLOURED: Style = {
  error: (text) => `\u001b[31m${text}\u001b[39m`,
  warning: (text) => `\u001b[33m${text}\u001b[39m`,
  info: (text) => `\u001b[36m${text}\u001b[39m`,
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
};

/** Colours on a terminal only; `NO_COLOR` and `FORCE_COLOR` say otherwise (no-color.org, force-color.org). */
export function styleFor(output: Output, environment: Io['environment']): Style {
  if (environment.NO_COLOR) return PLAIN;
  const force = environment.FORCE_COLOR;
  if (force !== undefined) return force === '0' || force === 'false' ? PLAIN : COLOURED;
  return output.isTTY && environment.TERM !== 'dumb' ? COLOURED : PLAIN;
}

/**
 * Text of a workspace made safe to print: control characters, which could move a terminal's cursor or hide
 * what is written, and marks that turn the direction of text round are shown as `\u{…}`; line ends and tabs become
 * spaces.
 */
export function printable(text: string): string {
  if (!PERHAPS_UNSAFE.test(text)) return text;
  return text.replace(/\r\n|[\n\r\t]/g, ' ').replace(UNSAFE, escaped);
}

/** One line of source, made safe; a tab becomes as many spaces as it stands for. */
export function printableSource(line: string): string {
  if (!PERHAPS_UNSAFE.test(line)) return line;
  let result = '';
  let width = 0;
  for (const character of line) {
    const shown = character === '\t' ? ' '.repeat(4 - (width % 4)) : character.replace(UNSAFE, escaped);
    result += shown;
    width += widthOf(shown);
  }
  return result;
}

/** Control characters, line and paragraph separators, and marks of direction. */
const NEVER_SAFE =
  '\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff';
/** Half of a pair is unsafe only where it is alone; but this is quick to look for, and a large report has 100,000 texts. */
const PERHAPS_UNSAFE = new RegExp(`[${NEVER_SAFE}\\ud800-\\udfff]`);
const UNSAFE = new RegExp(`[${NEVER_SAFE}\\p{Cs}]`, 'gu');

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** Columns that a text takes on a terminal: East Asian wide characters and emoji two, combining marks none. */
export function widthOf(text: string): number {
  if (!PERHAPS_WIDE.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (character < '\u0300') width++;
    else if (NO_WIDTH.test(character)) continue;
    else width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

const PERHAPS_WIDE = /[\u0300-\uffff]/;
const NO_WIDTH = /^[\p{Mn}\p{Me}\u200b-\u200d]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

/** Breaks a text between words into lines of at most `width` columns; a longer word keeps a line to itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/ +/)) {
    const length = widthOf(word);
    if (line !== '' && used + 1 + length > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += line === '' ? word : ` ${word}`;
    used += used === 0 ? length : length + 1;
  }
  lines.push(line);
  return lines;
}

/** A text filled up with spaces to a number of columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** `1 change`, `2 changes`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
