/**
 * Markers of fixtures: comments below a line that say which findings are expected in it, and where.
 *
 *     file NDA-1 as AR
 *     // ^^^^^^^^^^^^^ filing/under-reported: AR is too low => PAS
 *
 * The carets stand below the range (to the end of the line for one of several lines); `//<` means the line's
 * first column, where no caret fits below. What follows the code is a part of the message; what follows `=>`
 * is the text that would mend the range.
 */
import type { Finding } from './finding.js';

const MARKER = /^\s*(?:\/\/|#)(?:<| *(\^+)) ([a-z-]+(?:\/[a-z-]+)?): (.*?)(?: => (.*))?$/;

export interface Marker {
  readonly line: number;
  readonly start: number;
  readonly end: number | null;
  readonly code: string;
  readonly message: string;
  readonly replacement: string | null;
}

/** A text without its markers, and the markers with the lines that they stand below. */
export function unmarked(text: string): { readonly text: string; readonly markers: readonly Marker[] } {
  const lines: string[] = [];
  const markers: Marker[] = [];
  for (const line of text.split('\n')) {
    const found = MARKER.exec(line);
    if (!found) {
      lines.push(line);
      continue;
    }
    const [, carets, code, message, replacement] = found;
    const start = carets === undefined ? 0 : line.indexOf('^');
    markers.push({
      line: Math.max(0, lines.length - 1),
      start,
      end: carets === undefined ? null : start + carets.length,
      code: code!,
      message: message!,
      replacement: replacement?.replaceAll('\\n', '\n') ?? null,
    });
  }
  return { text: lines.join('\n'), markers };
}

/** The differences between the findings of a code in one file and the markers of the file, in words. */
export function differences(
  path: string,
  marked: string,
  code: string,
  findings: readonly Finding[],
): readonly string[] {
  const { text, markers } = unmarked(marked);
  const lines = text.split('\n');
  const open = markers.filter((marker) => marker.code === code);
  const unexpected = findings.filter((finding) => {
    const at = open.findIndex((marker) => isMeant(marker, finding, lines));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  return [
    ...unexpected.map(
      (finding) =>
        `${path}: not marked:\n${lines[finding.range.start.line] ?? ''}\n${markerFor(finding, lines)}`,
    ),
    ...open.map((marker) => `${path}, below line ${marker.line + 1}: not found: ${marker.message}`),
  ];
}

/** The text with the markers that its findings call for, instead of those that it has. */
export function withMarkers(marked: string, findings: readonly Finding[]): string {
  const lines = unmarked(marked).text.split('\n');
  return lines
    .flatMap((line, index) => {
      const here = findings.filter((finding) => finding.range.start.line === index);
      return [line, ...here.map((finding) => markerFor(finding, lines))];
    })
    .join('\n');
}

function isMeant(marker: Marker, finding: Finding, lines: readonly string[]): boolean {
  const { start } = finding.range;
  return (
    marker.line === start.line &&
    marker.start === start.character &&
    (marker.end === null || marker.end === endInLine(finding, lines)) &&
    finding.message.includes(marker.message) &&
    marker.replacement === finding.replacement
  );
}

function markerFor(finding: Finding, lines: readonly string[]): string {
  const { start } = finding.range;
  const sign = /\.ya?ml$/.test(finding.file) ? '#' : '//';
  const end = endInLine(finding, lines);
  const isBelow = start.character < sign.length;
  const carets = isBelow
    ? `${sign}<`
    : `${sign}${' '.repeat(start.character - sign.length)}${'^'.repeat(end - start.character)}`;
  const mended = finding.replacement === null ? '' : ` => ${finding.replacement.replaceAll('\n', '\\n')}`;
  return `${carets} ${finding.code}: ${finding.message}${mended}`;
}

/** Where the carets end: an empty range (something is missing there) has one too. */
function endInLine(finding: Finding, lines: readonly string[]): number {
  const { start, end } = finding.range;
  const own = end.line === start.line ? end.character : (lines[start.line] ?? '').length;
  return Math.max(own, start.character + 1);
}
