import type { Span } from '../base/span.js';
import { DEEPEST } from './events.js';
import { missingSpace, quote } from './tree.js';

/** A fault of the YAML in plain words: what is wrong, and what to write. Offsets in the file's text. */
export interface Fault extends Span {
  readonly message: string;
  readonly replacement?: string;
}

/** The passage that could not be read, where the reader stopped in it, and what it said. */
export interface Failure {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly position: number;
  readonly reason: string;
}

/**
 * Puts a YAML parser's complaint in an author's words. Parsers stop well behind the cause (a limit that
 * begins with `>` is reported at what follows it), so the lines up to there are searched for the faults
 * that people make before the parser's own words are believed.
 */
export function explain(failure: Failure): Fault {
  const { text, from, to } = failure;
  const position = Math.min(Math.max(failure.position, from), to);
  const early = explainReason(failure, position);
  if (early) return early;
  const lines = linesUpTo(text, from, position, to);
  for (const line of lines) {
    for (const trap of TRAPS) {
      const fault = trap(text.slice(line.start, line.end), line.start, failure);
      if (fault) return fault;
    }
  }
  const last = lines.at(-1) ?? { start: position, end: position };
  const start = last.start + (text.slice(last.start, last.end).match(/^\s*/)?.[0].length ?? 0);
  const message = /indent|mapping entry|multiline|document separator/.test(failure.reason)
    ? INDENTED_DIFFERENTLY
    : "This can't be read: write `key: value`, with a space after the colon, and close every quote and bracket.";
  return { start: Math.min(start, last.end), end: last.end, message };
}

export const INDENTED_DIFFERENTLY =
  'This line is indented differently from its neighbours: the keys of one entry stand in one column, and what belongs to a key stands further in.';

/** What to write for a limit that YAML takes for a block of text (`>= 98.0 %`, `> 5`, `| x`). */
export function limitAdvice(value: string): { readonly message: string; readonly replacement: string } {
  const least = value.match(/^>=\s*(.*)$/);
  const quoted = inQuotes(value);
  const shown = quote(quoted);
  const sign = value[0] === '>' ? '`>`' : '`|`';
  const instead = least
    ? `${quote(`NLT ${least[1]}`)}, or put it in quotes: ${shown}`
    : `it in quotes: ${shown}`;
  return {
    message: `${quote(value)} can't stand here without quotes, because ${sign} begins a block of text in YAML: write ${instead}.`,
    replacement: least ? `NLT ${least[1]}` : quoted,
  };
}

/** A text as it is written between double quotes. */
function inQuotes(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

type Trap = (line: string, start: number, failure: Failure) => Fault | null;

/** What comes before a value: a colon and a space, a dash and a space, or an opening of a flow collection. */
const BEFORE_VALUE = /(?<=^|[\s{[,])(?:[^\s{}[\],:#][^{}[\],:#]*:\s+|-\s+)|[{[,]\s*/g;

const TRAPS: readonly Trap[] = [
  function blockSign(line, start) {
    return atValues(line, (value, at) => {
      if (!/^[>|]/.test(value) || /^[>|][-+\d]{0,2}\s*(#.*)?$/.test(value)) return null;
      const written = flowValue(value, line);
      return { start: start + at, end: start + at + written.length, ...limitAdvice(written) };
    });
  },
  function reservedSign(line, start) {
    return atValues(line, (value, at) => {
      if (!/^[@`%&*!,]/.test(value) || (value[0] === ',' && inFlow(value, line))) return null;
      const written = flowValue(value, line);
      const quoted = inQuotes(written);
      return {
        start: start + at,
        end: start + at + written.length,
        message: `A value can't begin with ${value[0] === '`' ? 'a backtick' : `\`${value[0]}\``} unless it is in quotes: ${quote(quoted).slice(1, -1)}.`,
        replacement: quoted,
      };
    });
  },
  function openQuote(line, start, { text, to }) {
    return atValues(line, (value, at) => {
      const quote = value[0]!;
      if (quote !== '"' && quote !== "'") return null;
      const close = closingQuote(text, start + at, to);
      if (close < 0) {
        return {
          start: start + at,
          end: start + line.length,
          message: `This text isn't closed: add \`${quote}\` at its end.`,
        };
      }
      const rest = text.slice(close + 1, to).match(/^[^\S\n]*([^\s,\]}#:][^\n]*)/);
      if (!rest) return null;
      return {
        start: close + 1,
        end: close + 1 + rest[0].trimEnd().length,
        message: 'Nothing may follow a closing quote: put the whole value in quotes.',
      };
    });
  },
  function noSpace(line, start) {
    const match = line.match(/^(\s*(?:-\s+)?)([A-Za-z][\w.-]*):(?!\/\/)([^\s:][^\n]*?)\s*$/);
    if (!match || /:\s/.test(match[3]!)) return null;
    const at = start + match[1]!.length;
    return {
      start: at,
      end: at + match[2]!.length + 1 + match[3]!.length,
      message: missingSpace(match[2]!, match[3]!),
      replacement: `${match[2]}: ${match[3]}`,
    };
  },
  function openBracket(line, start, { text, to }) {
    return atValues(line, (value, at) => {
      const bracket = value[0]!;
      if (bracket !== '{' && bracket !== '[') return null;
      const close = closingBracket(text, start + at, to);
      if (close >= 0) {
        const rest = inFlow(value, line) ? null : text.slice(close + 1, to).match(/^[^\S\n]*([^\s#][^\n]*)/);
        if (!rest) return null;
        return {
          start: close + 1,
          end: close + 1 + rest[0].trimEnd().length,
          message: `Nothing may follow the closing \`${text[close]}\`: write it on a line of its own, or inside.`,
        };
      }
      const closing = bracket === '{' ? '}' : ']';
      return {
        start: start + at,
        end: start + line.trimEnd().length,
        message: `\`${bracket}\` isn't closed: add \`${closing}\` where it ends.`,
      };
    });
  },
  function commas(line, start) {
    const match = line.match(/[{[,]\s*,/);
    if (match?.index === undefined || !/[{[]/.test(line)) return null;
    const at = start + match.index + match[0].length - 1;
    return {
      start: at,
      end: at + 1,
      message: 'Nothing stands before this comma: remove it, or write what is missing.',
      replacement: '',
    };
  },
  function colonInside(line, start) {
    const match = line.match(
      /^(\s*(?:-\s+)?[^\s:#"'{[][^:#{[]*:\s+)([^\s"'{[#&*!|>][^#]*?:\s[^#]*?)\s*(?:#.*)?$/,
    );
    if (!match) return null;
    const at = start + match[1]!.length;
    const quoted = inQuotes(match[2]!);
    return {
      start: at,
      end: at + match[2]!.length,
      message: `A text with a colon and a space in it needs quotes: ${quote(quoted)}.`,
      replacement: quoted,
    };
  },
  function strayClosing(line, start) {
    const match = line.match(/^(?:\s*[^\s:#"'{[][^:#{[]*:\s+|\s*)([\]}])/);
    if (!match) return null;
    const at = start + match[0].length - 1;
    return {
      start: at,
      end: at + 1,
      message: `\`${match[1]}\` closes nothing: remove it, or add the bracket that it should close.`,
    };
  },
];

/** What the parser's own words settle, wherever the text looks like a trap. */
function explainReason({ text, reason, to }: Failure, position: number): Fault | null {
  if (/nesting exceeded/.test(reason)) {
    return {
      start: position,
      end: Math.min(position + 1, to),
      message: `This is nested more than ${DEEPEST} levels deep, which nothing in a registry needs: check the brackets and the indentation.`,
    };
  }
  if (/escape|hexadecimal/.test(reason)) {
    const start = text[position] === '\\' ? position : Math.max(0, position - 1);
    const written = text.slice(start, Math.min(start + 2, to));
    return {
      start,
      end: Math.min(start + 2, to),
      message: `\`${written}\` means nothing between double quotes: write the backslash twice, or use single quotes.`,
    };
  }
  if (/non-printable|null byte|JSON character/.test(reason)) {
    const code = text.charCodeAt(position).toString(16).toUpperCase().padStart(4, '0');
    return {
      start: position,
      end: Math.min(position + 1, to),
      message: `This file holds a character that YAML doesn't allow (U+${code}): remove it.`,
    };
  }
  return null;
}

function atValues(line: string, judge: (value: string, at: number) => Fault | null): Fault | null {
  BEFORE_VALUE.lastIndex = 0;
  for (let match = BEFORE_VALUE.exec(line); match; match = BEFORE_VALUE.exec(line)) {
    const at = match.index + match[0].length;
    if (at < line.length) {
      const fault = judge(line.slice(at), at);
      if (fault) return fault;
    }
    // The next value may follow this one's opening bracket at once.
    BEFORE_VALUE.lastIndex = Math.max(at > match.index ? at : at + 1, match.index + 1);
  }
  return null;
}

/** A plain value as written, up to the comment or, inside brackets, the next comma or closing bracket. */
function flowValue(value: string, line: string): string {
  const written = inFlow(value, line) ? value.match(/^[^,\]}\n]*/)![0] : value;
  return written.replace(/\s+#.*$/, '').trimEnd();
}

function inFlow(value: string, line: string): boolean {
  return /[{[]/.test(line.slice(0, line.length - value.length));
}

function linesUpTo(text: string, from: number, position: number, to: number): readonly Span[] {
  const lines: Span[] = [];
  let start = from;
  // A long passage is one big flow collection or list; its cause lies just before the parser's stop.
  if (position - from > LOOK_BACK) {
    const lineStart = text.lastIndexOf('\n', position - LOOK_BACK) + 1;
    start = Math.max(from, lineStart, position - 2 * LOOK_BACK);
  }
  const last = Math.min(to, position + LOOK_BACK);
  while (start < last) {
    const eol = text.indexOf('\n', start);
    const end = eol < 0 || eol > last ? last : eol;
    if (/\S/.test(text.slice(start, end))) lines.push({ start, end: text[end - 1] === '\r' ? end - 1 : end });
    if (end >= position) break;
    start = end + 1;
  }
  return lines;
}

const LOOK_BACK = 2_000;

function closingQuote(text: string, open: number, to: number): number {
  const quote = text[open];
  for (let i = open + 1; i < to; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) {
      if (quote === "'" && text[i + 1] === "'") i++;
      else return i;
    }
  }
  return -1;
}

function closingBracket(text: string, open: number, to: number): number {
  let depth = 0;
  for (let i = open; i < to; i++) {
    const ch = text[i];
    if (ch === '"' || ch === "'") {
      const close = /[\s{[,]/.test(text[i - 1]!) ? closingQuote(text, i, to) : i;
      if (close < 0) return -1;
      i = close;
    } else if (ch === '{' || ch === '[') depth++;
    else if ((ch === '}' || ch === ']') && --depth === 0) return i;
  }
  return -1;
}
