/**
 * The small part of Markdown that hovers are written in. Whatever comes from a workspace is hostile: it goes
 * through `plain` or `code`, which leave it no way to become a link, an image, HTML or a cell of a table.
 */

/** A text as itself: on one line, without controls or marks of writing direction, everything special escaped. */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]#|~$]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('://', '&#58;//')
    .replaceAll('@', '&#64;')
    .replace(/www\./gi, (word) => `${word.slice(0, -1)}&#46;`)
    .replace(/^(\s*)([-+])/, '$1\\$2')
    .replace(/^(\s*\d+)\./, '$1\\.');
}

/** A name or a piece of source: in code type where it may stand so, else escaped. */
export function code(text: string): string {
  const line = oneLine(text);
  return line === '' || /[`|\\]/.test(line) ? plain(line) : `\`${line}\``;
}

export function bold(text: string): string {
  return `**${plain(text)}**`;
}

/** A table whose cells are Markdown already; nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A list whose items are Markdown already; nothing without items. Of many, the first `limit` and how many more. */
export function bullets(items: readonly string[], limit = 12): string {
  const shown = items.slice(0, limit).map((item) => `- ${item}`);
  if (items.length > limit) shown.push(`- and ${items.length - limit} more`);
  return shown.join('\n');
}

/** Paragraphs, tables and lists one below the other; empty ones are left out. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Longer than this, a text belongs in its file and not in a hover. */
const LONGEST = 400;

function oneLine(text: string): string {
  const line = text
    // Controls, zero-width characters and the marks that turn the direction of writing.
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()} …` : line;
}
