import { FIELD_NAMES, Kind } from './kinds.js';
import type { ExprNode, Node, OperandNode } from './nodes.js';
import type { Tokens } from './tree.js';

/**
 * A stretch of tokens that stands on one line if it fits; otherwise its parts do, which cover it without a gap.
 * `each`: every part on a line of its own; `level`: likewise, but no further in than the first; `filled`: as many on
 * a line as fit.
 */
export interface Piece {
  readonly first: number;
  readonly last: number;
  readonly parts: readonly Piece[];
  readonly manner: 'each' | 'level' | 'filled';
}

/** The header of a record, pack, condition or rule, up to its brace: it breaks before the title. */
export function headerPiece(tokens: Tokens, first: number, last: number): Piece {
  const titles = where(first, last, (index) => index > first + 1 && isText(tokens.kinds[index]!));
  return split(first, last, titles.slice(0, 1), 'each', atom);
}

/** A statement of a record, a pack, a condition or a rule; `node` is what it was read as, or its expression. */
export function statementPiece(tokens: Tokens, node: Node, first: number, last: number): Piece {
  const { kinds } = tokens;
  const kind = (node as { readonly kind?: string }).kind ?? '';
  const list = (from: number, to: number): Piece => namesPiece(tokens, from, to);
  switch (kind) {
    case 'field':
    case 'dossier':
      return list(first, last);
    case 'modify-line':
      return split(
        first,
        last,
        where(first, last, (index) => kinds[index] === Kind.Arrow),
        'each',
        list,
      );
    case 'trigger':
    case 'cite':
      return split(first, last, afterCommas(kinds, first, last), 'each', atom);
    case 'clock':
      return split(first, last, afterCommas(kinds, first, last), 'filled', atom);
    case 'categories':
      return split(
        first,
        last,
        where(first, last, (index) => kinds[index] === Kind.Less),
        'filled',
        atom,
      );
    case 'report':
    case 'duty':
    case 'perform-clause':
    case 'notify-clause':
      return clausePiece(tokens, (node as { readonly when?: ExprNode | null }).when ?? null, first, last);
  }
  if (EXPRESSIONS.has(kind)) return expressionPiece(kinds, node as ExprNode, first, last);
  return ATOMS.has(kind) ? atom(first, last) : answerPiece(tokens, first, last);
}

const ATOMS: ReadonlySet<string> = new Set([
  '',
  'document',
  'lead-clause',
  'lead',
  'order',
  'basis',
  'expect-no',
]);
export const EXPRESSIONS: ReadonlySet<string> = new Set(['or', 'and', 'not', 'compare', 'in', 'truth']);

function atom(first: number, last: number): Piece {
  return { first, last, parts: [], manner: 'each' };
}

/** A piece with a part from each of the cuts on; what has no cut is as `inner` makes it. */
function split(
  first: number,
  last: number,
  cuts: readonly number[],
  manner: Piece['manner'],
  inner: (first: number, last: number) => Piece,
): Piece {
  if (cuts.length === 0) return inner(first, last);
  const begins = [first, ...cuts];
  const parts = begins.map((begin, index) => inner(begin, (begins[index + 1] ?? last + 1) - 1));
  return { first, last, parts, manner };
}

/** The tokens behind the first one where a line may begin. */
function where(first: number, last: number, begins: (index: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let index = first + 1; index <= last; index++) if (begins(index)) found.push(index);
  return found;
}

function afterCommas(kinds: Uint8Array, first: number, last: number): readonly number[] {
  return where(first, last, (index) => kinds[index - 1] === Kind.Comma);
}

/** Names or values with commas between them. */
function namesPiece(tokens: Tokens, first: number, last: number): Piece {
  const cuts = afterCommas(tokens.kinds, first, last).filter((index) => isNameAnywhere(tokens, index));
  return split(first, last, cuts, 'filled', atom);
}

/** Some words are a name or a value only behind another token on its line; at the start of one they begin a statement. */
function isNameAnywhere({ text, kinds, starts, ends }: Tokens, index: number): boolean {
  const kind = kinds[index]!;
  if (kind > Kind.NotLessThan) return kind === Kind.New;
  if (kind !== Kind.Word) return true;
  const written = text.slice(starts[index], ends[index]);
  return !FIELD_NAMES.change.has(written) && !FIELD_NAMES.rules.has(written);
}

// ---- records --------------------------------------------------------------------------------------

const TAILS: ReadonlySet<number> = new Set([
  Kind.At,
  Kind.To,
  Kind.From,
  Kind.With,
  Kind.In,
  Kind.By,
  Kind.Done,
  Kind.Protocol,
  Kind.As,
  Kind.On,
  Kind.For,
]);

/** An edit, an answer or an expectation: its grounds apart from the rest first, then its tails, then its names. */
function answerPiece(tokens: Tokens, first: number, last: number): Piece {
  const { kinds } = tokens;
  const isGrounds = (index: number): boolean =>
    kinds[index] === Kind.Because || kinds[index] === Kind.Evidence;
  let inGrounds = false;
  const halves = where(first, last, (index) => {
    const turns = inGrounds ? TAILS.has(kinds[index]!) : isGrounds(index);
    if (turns) inGrounds = !inGrounds;
    return turns;
  });
  return split(first, last, halves, 'each', (from, to) => {
    const tails = where(from, to, (index) => isGrounds(index) || TAILS.has(kinds[index]!));
    const manner = isGrounds(from) ? 'level' : 'each';
    return split(from, to, tails, manner, (begin, end) => namesPiece(tokens, begin, end));
  });
}

// ---- rules ----------------------------------------------------------------------------------------

const CLAUSE_TAILS: ReadonlySet<number> = new Set([Kind.Instead, Kind.When, Kind.Otherwise, Kind.Once]);

/** A clause breaks before its text and its tails; the word behind its first one may be any. */
function clausePiece(tokens: Tokens, when: ExprNode | null, first: number, last: number): Piece {
  const { kinds } = tokens;
  const tails = where(
    first,
    last,
    (index) => index > first + 1 && (CLAUSE_TAILS.has(kinds[index]!) || isText(kinds[index]!)),
  ).filter((index) => !when || index < when.first || index > when.last);
  return split(first, last, tails, 'each', (from, to) =>
    when && kinds[from] === Kind.When ? expressionPiece(kinds, when, from, to) : namesPiece(tokens, from, to),
  );
}

/** An expression with whatever stands around it, its word and parentheses. */
function expressionPiece(kinds: Uint8Array, expression: ExprNode | null, first: number, last: number): Piece {
  if (expression === null) return atom(first, last);
  switch (expression.kind) {
    case 'or':
    case 'and': {
      const begins = expression.operands.slice(1).map((operand) => {
        let index = operand.first - 1;
        while (kinds[index] === Kind.OpenParen) index--;
        return index;
      });
      let next = 0;
      return split(first, last, begins, 'each', (from, to) =>
        expressionPiece(kinds, expression.operands[next++]!, from, to),
      );
    }
    case 'not':
      return expressionPiece(kinds, expression.operand, first, last);
    case 'compare':
      return split(
        first,
        last,
        [...argumentsOf(expression.left), ...argumentsOf(expression.right)],
        'filled',
        atom,
      );
    case 'in': {
      const options = expression.options.map((option) => option.first);
      return split(first, last, [...argumentsOf(expression.left), ...options], 'filled', atom);
    }
  }
  return split(first, last, argumentsOf(expression.operand), 'filled', atom);
}

function argumentsOf(operand: OperandNode | null): readonly number[] {
  return operand?.kind === 'call' ? operand.args.map((argument) => argument.first) : [];
}

function isText(kind: number): boolean {
  return kind === Kind.Text || kind === Kind.TextBlock;
}
