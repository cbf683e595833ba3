/** Where lines are put into a change record and taken out of it, so that the text around them stays as it is. */
import { format } from '../syntax/format.js';
import { Kind } from '../syntax/kinds.js';
import type { Node, RecordNode, Statement } from '../syntax/nodes.js';
import { spanOf, type Tokens } from '../syntax/tree.js';
import { beginsLine, indentOf, lineEnding, lineStart, lineStop, nextLine, type TextChange } from './edits.js';

/** One record in its text. The changes name offsets of the file. */
export class RecordText {
  readonly #text: string;

  constructor(
    readonly tokens: Tokens,
    readonly node: RecordNode,
  ) {
    this.#text = tokens.text;
  }

  /**
   * Puts answers into the record: each after the last one of its kind, those without one after the last
   * answer, or behind the edits with a blank line between. Null where the record has no body.
   */
  addAnswers(lines: readonly string[]): readonly TextChange[] | null {
    const { statements } = this.node;
    const homes = new Map<Statement | null, string[]>();
    const homeOf = (line: string): Statement | null => {
      const verb = line.slice(0, line.indexOf(' '));
      const kinds = QUESTION_VERBS.has(verb) ? QUESTION_VERBS : new Set([verb]);
      return (
        statements.findLast((statement) => kinds.has(statement.kind)) ??
        statements.findLast((statement) => ANSWER_KINDS.has(statement.kind)) ??
        statements.findLast((statement) => !statement.kind.startsWith('expect')) ??
        null
      );
    };
    // What belongs behind an answer of its own kind comes before what only goes to the end.
    const isSettled = (line: string): boolean => homeOf(line)?.kind === line.slice(0, line.indexOf(' '));
    for (const line of [...lines.filter(isSettled), ...lines.filter((one) => !isSettled(one))]) {
      const home = homeOf(line);
      const known = homes.get(home);
      if (known) known.push(line);
      else homes.set(home, [line]);
    }
    const changes = [...homes].map(([home, own]) =>
      this.#insert(home, own, home !== null && !ANSWER_KINDS.has(home.kind) ? 'blank-line' : 'adjacent'),
    );
    return changes.every((change) => change !== null) ? changes : null;
  }

  /** Puts a field in behind the last of the named fields that is there, else at the beginning of the body. */
  addField(line: string, behind: readonly string[]): TextChange | null {
    const home = this.node.statements.findLast(
      (statement) => statement.kind === 'field' && behind.includes(statement.name.text),
    );
    return this.#insert(home ?? null, [line], 'adjacent');
  }

  /** Takes out statements or lines of a `modify`, with the line that they leave empty and the comment behind them. */
  remove(node: Node): TextChange {
    const text = this.#text;
    const { start, end } = spanOf(this.tokens, node);
    const after = this.#lineEndBehind(node.last);
    if (after === null || !beginsLine(text, start)) {
      const gap = /^[^\S\r\n]*/.exec(text.slice(end))![0].length;
      return { span: { start, end: end + gap }, newText: '' };
    }
    const from = lineStart(text, start);
    const to = nextLine(text, after);
    const before =
      from === 0 ? from : lineStart(text, text.startsWith('\r\n', from - 2) ? from - 2 : from - 1);
    const isBlankBefore = from > 0 && text.slice(before, from).trim() === '';
    const follows = text.slice(to, lineStop(text, to)).trim();
    const leavesGap = isBlankBefore && (follows === '' || follows.startsWith('}'));
    return { span: { start: leavesGap ? before : from, end: to }, newText: '' };
  }

  /** Puts words in behind a node, on its line. */
  append(node: Node, words: string): TextChange {
    const { end } = spanOf(this.tokens, node);
    return { span: { start: end, end }, newText: ` ${words}` };
  }

  replace(node: Node, newText: string): TextChange {
    return { span: spanOf(this.tokens, node), newText };
  }

  textOf(node: Node): string {
    const { start, end } = spanOf(this.tokens, node);
    return this.#text.slice(start, end);
  }

  /** Statements on lines of their own behind another one, or behind the opening brace. */
  #insert(
    behind: Statement | null,
    lines: readonly string[],
    distance: 'adjacent' | 'blank-line',
  ): TextChange | null {
    const text = this.#text;
    const anchor = behind?.last ?? this.#openBrace();
    if (anchor === null) return null;
    const indent = this.#bodyIndent();
    const ending = lineEnding(text);
    const block = lines.flatMap(formattedStatement).map((line) => ending + indent + line);
    const newText = (distance === 'blank-line' ? ending : '') + block.join('');
    const at = this.#lineEndBehind(anchor);
    if (at !== null) return { span: { start: at, end: at }, newText };
    // The next token stands on the same line: it moves to a line of its own.
    const start = this.tokens.ends[anchor]!;
    const next = this.tokens.starts[anchor + 1]!;
    const closes = this.tokens.kinds[anchor + 1] === Kind.CloseBrace;
    const gap = text.slice(start, next);
    const rest = closes ? this.#recordIndent() : indent;
    return { span: { start, end: next }, newText: `${gap.trimEnd()}${newText}${ending}${rest}` };
  }

  #openBrace(): number | null {
    for (let index = this.node.first; index <= this.node.last; index++)
      if (this.tokens.kinds[index] === Kind.OpenBrace) return index;
    return null;
  }

  #recordIndent(): string {
    return indentOf(this.#text, this.tokens.starts[this.node.first]!);
  }

  #bodyIndent(): string {
    for (const statement of this.node.statements) {
      const start = this.tokens.starts[statement.first]!;
      if (beginsLine(this.#text, start)) return indentOf(this.#text, start);
    }
    return `${this.#recordIndent()}  `;
  }

  /** Where the line ends on which a token ends, behind its comments; null where another token follows on it. */
  #lineEndBehind(index: number): number | null {
    const text = this.#text;
    const to = index + 1 < this.tokens.count ? this.tokens.starts[index + 1]! : text.length;
    let at = this.tokens.ends[index]!;
    while (at < to) {
      if (text[at] === '\n' || text[at] === '\r') return at;
      if (text.startsWith('//', at)) return lineStop(text, at);
      const close = text.startsWith('/*', at) ? text.indexOf('*/', at + 2) : -1;
      at = close >= 0 ? close + 2 : at + 1;
    }
    return to === text.length ? to : null;
  }
}

/** The lines that the formatter makes of a statement, without the indentation of the body. */
function formattedStatement(line: string): readonly string[] {
  const formatted = format(`change A {\n  ${line}\n}\n`, 'change').split('\n').slice(1, -2);
  return formatted.map((one) => one.replace(/^ {2}/, ''));
}

const QUESTION_VERBS: ReadonlySet<string> = new Set(['confirm', 'deny']);

const ANSWER_KINDS: ReadonlySet<string> = new Set([
  'revalidate',
  'unaffected',
  'file',
  'implement',
  'notify',
  'approval',
  'perform',
  'confirm',
  'deny',
]);
