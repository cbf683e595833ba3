/** The content of a text of one line, given with its quotes (the closing one may be missing, or both of another kind). */
export function decodeText(written: string): string {
  // Quotes of another kind have no escapes; a closing one that is missing takes nothing with it.
  if (written.charCodeAt(0) !== 34) return written.replace(/^.|[\p{Pi}\p{Pf}\u201e\u201a'"]$/gu, '');
  const closed = written.length > 1 && written.endsWith('"') && !endsEscaped(written);
  return withoutEscapes(written.slice(1, closed ? -1 : undefined));
}

/**
 * The content of a text block, given with its delimiters: as in Java, the indentation that all lines share
 * (the closing delimiter's own line counts) and white space at line ends are no part of it.
 */
export function decodeTextBlock(written: string): string {
  const lines = linesOf(written.slice(3, -3));
  const first = lines[0]!;
  const startsOnNextLine = lines.length > 1 && first.trim() === '';
  if (lines.length === 1) return withoutEscapes(first);
  const body = startsOnNextLine ? lines.slice(1) : lines;
  const indentation = sharedIndentation(startsOnNextLine ? body : body.slice(1));
  const stripped = body.map((line, index) =>
    (index === 0 && !startsOnNextLine ? line : line.slice(indentation)).trimEnd(),
  );
  return withoutEscapes(stripped.join('\n'));
}

/** The same text block with its lines at another indentation and the same content; `newLine` between lines. */
export function rebaseTextBlock(written: string, indentation: string, newLine: string): string {
  const lines = linesOf(written.slice(3, -3));
  if (lines.length === 1 || lines[0]!.trim() !== '') return written;
  const body = lines.slice(1);
  const shared = sharedIndentation(body);
  const last = body.length - 1;
  const moved = body.map((line, index) => {
    if (index === last) return indentation + line.slice(shared);
    return line.trim() === '' ? '' : indentation + line.slice(shared).trimEnd();
  });
  const rebased = `"""${newLine}${moved.join(newLine)}"""`;
  return decodeTextBlock(rebased) === decodeTextBlock(written) ? rebased : written;
}

/** A text as an author writes it on one line. */
export function quoteText(content: string): string {
  return `"${content.replace(/[\\"]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ')}"`;
}

function linesOf(content: string): string[] {
  return content.split(/\r\n|\r|\n/);
}

function sharedIndentation(lines: readonly string[]): number {
  let shared = Number.POSITIVE_INFINITY;
  for (const [index, line] of lines.entries()) {
    const indentation = line.length - line.trimStart().length;
    // A blank line says nothing, but for the last: it is the closing delimiter's own.
    if (indentation === line.length && index < lines.length - 1) continue;
    shared = Math.min(shared, indentation);
  }
  return Number.isFinite(shared) ? shared : 0;
}

function withoutEscapes(content: string): string {
  return content.includes('\\') ? content.replace(/\\(["\\])/g, '$1') : content;
}

function endsEscaped(written: string): boolean {
  let slashes = 0;
  for (let at = written.length - 2; at >= 1 && written[at] === '\\'; at--) slashes++;
  return slashes % 2 === 1;
}
