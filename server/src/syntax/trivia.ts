/** What stands between two tokens. */
export interface Trivia {
  readonly comments: readonly Comment[];
  /** Line ends behind the last comment. */
  readonly newLines: number;
}

export interface Comment {
  readonly text: string;
  /** Line ends before it. */
  readonly newLines: number;
}

const NO_COMMENTS: readonly Comment[] = [];

/** The comments in a gap between tokens, and the line ends around them. */
export function readTrivia(gap: string): Trivia {
  if (!gap.includes('/')) return { comments: NO_COMMENTS, newLines: countLines(gap) };
  const comments: Comment[] = [];
  let from = 0;
  for (let at = gap.indexOf('/'); at !== -1; at = gap.indexOf('/', from)) {
    const isLine = gap.charCodeAt(at + 1) === 47;
    const close = isLine ? -1 : gap.indexOf('*/', at + 2);
    // An unclosed comment ends with its line, as one of `//` does.
    const end = close === -1 ? endOfLine(gap, at) : close + 2;
    comments.push({ text: gap.slice(at, end).trimEnd(), newLines: countLines(gap.slice(from, at)) });
    from = end;
  }
  return { comments, newLines: countLines(gap.slice(from)) };
}

/** A comment of `//`, which no token can follow on its line. */
export function isLineComment(comment: Comment): boolean {
  return comment.text.startsWith('//');
}

function endOfLine(gap: string, from: number): number {
  let end = from;
  while (end < gap.length && gap.charCodeAt(end) !== 10 && gap.charCodeAt(end) !== 13) end++;
  return end;
}

function countLines(space: string): number {
  let lines = 0;
  for (let at = 0; at < space.length; at++) {
    const unit = space.charCodeAt(at);
    if (unit === 10 || (unit === 13 && space.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}
