/**
 * Evaluation of expressions with three values: known parts are put in, what is left is a formula over
 * unanswered questions and missing facts. An expression is turned into closures once per rule set, since
 * it is evaluated for every edit, product and filing of every record.
 */
import { compareAmounts } from '../base/quantity.js';
import { boundsOf, sameValue, type Value } from '../base/value.js';
import type { Edit } from '../model/edit.js';
import type { CompareOp, ExprNode, OperandNode } from '../syntax/nodes.js';
import { numericCall, truthCall } from './call.js';
import { operandText } from './check.js';
import type { RuleSet } from './compile.js';
import type { Context } from './context.js';
import { isLiteralWord, resolvePath, rootOf } from './factPath.js';
import { type FactType, factNamed } from './facts.js';
import { type Atom, and, atomsOf, type Formula, type MissingFact, not, or } from './formula.js';
import { Missing, type Operand, pathReader, type Reader } from './operand.js';
import { registeredIn } from './registration.js';
import { isRestricted } from './restricted.js';
import type { Condition } from './rule.js';
import { isValidated } from './validated.js';

/** What is left of an expression (null is true) written in `pack`, once everything known is put in. */
export function evaluate(expr: ExprNode | null, context: Context, rules: RuleSet, pack: string): Formula {
  if (expr === null) return true;
  let evaluator = rules.evaluators.get(expr);
  if (!evaluator) {
    const conditions: ConditionLookup = (name) => rules.resolveCondition(name, pack);
    rules.evaluators.set(expr, (evaluator = compileExpression(expr, conditions, rules.faulty)));
  }
  return evaluator(context);
}

/** An expression made ready to be evaluated many times. */
export type Evaluator = (context: Context) => Formula;

/** Finds the condition that a name means where the expression is written. */
export type ConditionLookup = (name: string) => Condition | undefined;

/** Makes an expression ready; a part that is missing, names nothing or is `faulty` stays open, since it was reported already. */
export function compileExpression(
  expr: ExprNode,
  conditions: ConditionLookup,
  faulty: WeakSet<ExprNode>,
): Evaluator {
  if (faulty.has(expr)) return unresolved(leafText(expr));
  switch (expr.kind) {
    case 'and':
    case 'or':
      return compileJoin(
        expr.kind,
        expr.operands.map((operand) => compileExpression(operand, conditions, faulty)),
      );
    case 'not': {
      if (!expr.operand) return unresolved('not');
      const operand = compileExpression(expr.operand, conditions, faulty);
      return (context) => not(operand(context));
    }
    case 'compare':
      return compileCompare(expr.op, expr.left, expr.right);
    case 'in':
      return compileIn(expr.left, expr.options, expr.negated ? '!=' : '=');
    case 'truth':
      return compileTruth(expr.operand, conditions, faulty);
  }
}

/** What a condition's question is about: the part put in or out, or `SUBJECT.PATH`. */
export function subjectOfQuestion(edit: Edit): string {
  const part = edit.in ?? edit.out;
  if (part !== null) return part;
  const suffix = edit.site === null ? '' : `@${edit.site}`;
  return suffix !== '' && edit.key.endsWith(suffix) ? edit.key.slice(0, -suffix.length) : edit.key;
}

function compileJoin(op: 'and' | 'or', operands: readonly Evaluator[]): Evaluator {
  const absorbing = op === 'or';
  const join = op === 'or' ? or : and;
  return (context) => {
    let left: Formula[] | null = null;
    for (const operand of operands) {
      const formula = operand(context);
      if (formula === absorbing) return absorbing;
      if (formula !== !absorbing) (left ??= []).push(formula);
    }
    return left === null ? !absorbing : join(left);
  };
}

function leafText(expr: ExprNode): string {
  const textOf = (operand: OperandNode | null): string => (operand ? operandText(operand) : '');
  switch (expr.kind) {
    case 'compare':
      return `${textOf(expr.left)} ${expr.op} ${textOf(expr.right)}`;
    case 'in':
      return `${textOf(expr.left)} in ${expr.options.map(textOf).join(', ')}`;
    case 'truth':
      return textOf(expr.operand);
    default:
      return expr.kind;
  }
}

function unresolved(name: string): Evaluator {
  const atom: Atom = { op: 'atom', key: `?${name}`, questions: [], facts: [] };
  return () => atom;
}

// ---- truth values -------------------------------------------------------------------------------

function compileTruth(
  operand: OperandNode,
  conditions: ConditionLookup,
  faulty: WeakSet<ExprNode>,
): Evaluator {
  if (operand.kind === 'literal') return unresolved(operand.value.text);
  if (operand.kind === 'call')
    return (
      truthCall(operand.name.text, operand.args.map(argumentReader(operand))) ?? unresolved(operand.name.text)
    );
  const truth = truthOfPath(operand.text);
  if (truth) return truth;
  const condition = conditions(operand.text);
  return condition ? compileCondition(condition, faulty) : unresolved(operand.text);
}

function truthOfPath(path: string): Evaluator | undefined {
  if (path === 'true' || path === 'false') return () => path === 'true';
  const own = TRUTHS.get(path);
  if (own) return own;
  if (factNamed(rootOf(path))?.kind !== 'fact') return undefined;
  const reader = pathReader(path);
  return (context) => {
    const operand = reader(context);
    if (operand === null) return false;
    const known = operand instanceof Missing ? operand.known : operand;
    for (const value of known) if (value.text === 'true') return true;
    return operand instanceof Missing ? atomOf(operand.key, operand.facts) : false;
  };
}

/** The record's answer comes first, then the default where the registry can tell, else the question stays open. */
function compileCondition(condition: Condition, faulty: WeakSet<ExprNode>): Evaluator {
  const fallback = condition.fallback && compileExpression(condition.fallback, () => undefined, faulty);
  const judge = (context: Context): Formula => {
    const { edit } = context;
    const answer = context.answers.answer(
      condition.name,
      edit,
      context.product?.id ?? null,
      context.filing?.id ?? null,
    );
    if (typeof answer === 'boolean') {
      if (fallback?.(context) === !answer)
        context.answers.overrides(
          condition.name,
          edit,
          context.product?.id ?? null,
          context.filing?.id ?? null,
        );
      return answer;
    }
    let facts: readonly MissingFact[] = [];
    if (answer === undefined && fallback) {
      const formula = fallback(context);
      if (typeof formula === 'boolean') return formula;
      facts = factsOf(formula);
    }
    return {
      op: 'atom',
      key: `${condition.name}|${edit.key}`,
      questions: [{ condition: condition.name, for: subjectOfQuestion(edit), text: condition.question }],
      facts,
    };
  };
  return (context) => {
    let formula = context.conditions.get(condition);
    if (formula === undefined) context.conditions.set(condition, (formula = judge(context)));
    return formula;
  };
}

function factsOf(formula: Formula): readonly MissingFact[] {
  const facts = new Map<string, MissingFact>();
  for (const atom of atomsOf(formula).values())
    for (const fact of atom.facts) facts.set(`${fact.entity}.${fact.attribute}`, fact);
  return [...facts.values()];
}

// ---- comparisons --------------------------------------------------------------------------------

function compileCompare(op: CompareOp, left: OperandNode | null, right: OperandNode | null): Evaluator {
  if (!left || !right) return unresolved(op);
  const special = truthOperand(left);
  if (special && (op === '=' || op === '!=')) return compileTruthComparison(op, special, right);
  const leftReader = operandReader(left);
  const rightReader = readerFor(typeOf(left), right);
  return (context) => compare(op, leftReader(context), rightReader(context));
}

function compileIn(left: OperandNode | null, options: readonly OperandNode[], op: '=' | '!='): Evaluator {
  if (!left || options.length === 0) return unresolved('in');
  const leftReader = operandReader(left);
  const truth = truthOperand(left);
  if (truth) {
    const equals = compileJoin(
      'or',
      options.map((option) => compileTruthComparison('=', truth, option)),
    );
    return op === '=' ? equals : (context) => (leftReader(context) === null ? false : not(equals(context)));
  }
  const type = typeOf(left);
  const members = options.map((option) => readerFor(type, option));
  const written = options.flatMap((option) => constantOf(type, option) ?? []);
  const isKnown = written.length === options.length;
  return (context) => {
    const operand = leftReader(context);
    // What makes no sense here is neither in the list nor outside it.
    if (operand === null) return false;
    // Most lists are of words that are written out, and most operands are known.
    const isMember =
      isKnown && !(operand instanceof Missing)
        ? anyPair('=', operand, written)
        : isAmong(operand, members, context);
    return op === '=' ? isMember : not(isMember);
  };
}

function isAmong(operand: Operand, members: readonly Reader[], context: Context): Formula {
  let open: Formula[] | null = null;
  for (const member of members) {
    const formula = compare('=', operand, member(context));
    if (formula === true) return true;
    if (formula !== false) (open ??= []).push(formula);
  }
  return open === null ? false : or(open);
}

/** The facts that are a yes or no which isn't read as a value. */
const TRUTHS: ReadonlyMap<string, Evaluator> = new Map<string, Evaluator>([
  ['registered', (context) => registeredIn(context).registered],
  ['restricted', isRestricted],
  ['validated', isValidated],
]);

/** A yes or no that isn't read as a value: `registered` and its like, and the questions. */
function truthOperand(node: OperandNode): Evaluator | undefined {
  if (node.kind === 'path') return TRUTHS.get(node.text);
  return node.kind === 'call' ? truthCall(node.name.text, node.args.map(argumentReader(node))) : undefined;
}

function compileTruthComparison(op: '=' | '!=', left: Evaluator, right: OperandNode): Evaluator {
  const other = compileTruth(right, () => undefined, NOTHING);
  return (context) => {
    const a = left(context);
    const b = other(context);
    const same = or([and([a, b]), and([not(a), not(b)])]);
    return op === '=' ? same : not(same);
  };
}

const NOTHING: WeakSet<ExprNode> = new WeakSet();

function argumentReader(
  call: OperandNode & { readonly kind: 'call' },
): (node: OperandNode, index: number) => Reader {
  const parameters = factNamed(call.name.text)?.parameters ?? [];
  return (node, index) => {
    const type = parameters[index]?.type;
    return type ? readerFor(type, node) : operandReader(node);
  };
}

/** The type of an operand as far as names go; what only a rule's triggers would tell is left wide. */
function typeOf(node: OperandNode): FactType {
  if (node.kind === 'call') return factNamed(node.name.text)?.type ?? ANYTHING;
  if (node.kind === 'literal') return ANYTHING;
  const resolution = resolvePath(node.text);
  return resolution.found ? resolution.type : ANYTHING;
}

const ANYTHING: FactType = { type: 'value' };

/** What an operand is in every context: a value that is written out. Undefined where it is read from somewhere. */
function constantOf(type: FactType, node: OperandNode): Value | undefined {
  if (node.kind === 'literal') return node.value;
  return node.kind === 'path' && isLiteralWord(type, node.text) ? wordValue(node.text) : undefined;
}

function readerFor(type: FactType, node: OperandNode): Reader {
  if (node.kind === 'call')
    return numericCall(node.name.text, node.args.map(argumentReader(node))) ?? (() => null);
  const constant = constantOf(type, node);
  if (!constant) return node.kind === 'path' ? pathReader(node.text) : () => null;
  const values = [constant];
  return () => values;
}

function operandReader(node: OperandNode): Reader {
  return readerFor(ANYTHING, node);
}

function wordValue(text: string): Value {
  return text === 'none' ? { kind: 'none', text } : { kind: 'id', text };
}

/**
 * Of lists, a comparison holds if it holds for some pair of elements. A side that makes no sense here makes
 * every comparison false, `!=` too. Quantities of two dimensions are neither equal nor in any order.
 */
function compare(op: CompareOp, left: Operand, right: Operand): Formula {
  if (left === null || right === null) return false;
  if (op === '!=') return not(compare('=', left, right));
  const missingLeft = left instanceof Missing;
  const missingRight = right instanceof Missing;
  if (anyPair(op, missingLeft ? left.known : left, missingRight ? right.known : right)) return true;
  if (!missingLeft && !missingRight) return false;
  if (op === '=') return equalityAtom(left, right);
  // `a >= b` is `not a < b`, so that both are one unknown.
  if (op === '>=') return not(compareAtom('<', left, right));
  if (op === '>') return not(compareAtom('<=', left, right));
  return compareAtom(op, left, right);
}

function equalityAtom(left: Operand, right: Operand): Formula {
  // What is equal to what doesn't depend on the side, so the unknown comes first, of two the smaller key.
  const swap = !(left instanceof Missing) || (right instanceof Missing && right.key < left.key);
  const [a, b] = swap ? [right, left] : [left, right];
  if (!(a instanceof Missing)) return false;
  const other = b instanceof Missing || b === null || b.length !== 1 ? undefined : b[0]!;
  const word = other && (other.kind === 'id' || other.kind === 'text') ? other.text : undefined;
  if (word !== undefined && a.shape === 'boolean' && (word === 'true' || word === 'false')) {
    const atom = atomOf(a.key, a.facts);
    return word === 'true' ? atom : not(atom);
  }
  const key = `${a.key} = ${keyOf(b)}`;
  if (word === undefined || a.shape !== 'word') return atomOf(key, [...a.facts, ...factsIn(b)]);
  return { op: 'atom', key, variable: a.key, value: word, questions: [], facts: a.facts };
}

function compareAtom(op: '<' | '<=', left: Operand, right: Operand): Formula {
  return atomOf(`${keyOf(left)} ${op} ${keyOf(right)}`, [...factsIn(left), ...factsIn(right)]);
}

function atomOf(key: string, facts: readonly MissingFact[]): Atom {
  return { op: 'atom', key, questions: [], facts };
}

function keyOf(operand: Operand): string {
  if (operand === null) return '';
  return operand instanceof Missing ? operand.key : operand.map((value) => value.text).join('+');
}

function factsIn(operand: Operand): readonly MissingFact[] {
  return operand instanceof Missing ? operand.facts : [];
}

function anyPair(op: CompareOp, left: readonly Value[], right: readonly Value[]): boolean {
  for (const a of left)
    for (const b of right) if (op === '=' ? sameValue(a, b) : isOrdered(op, a, b)) return true;
  return false;
}

/** Of ranges, an order holds only if it holds for everything inside them. */
function isOrdered(op: CompareOp, left: Value, right: Value): boolean {
  if (left.kind === 'date' && right.kind === 'date') return holds(op, Math.sign(left.day - right.day));
  const a = boundsOf(left);
  const b = boundsOf(right);
  if (!a || !b) return false;
  const [near, far] = op === '<' || op === '<=' ? [a.high, b.low] : [a.low, b.high];
  if (!near || !far) return false;
  const order = compareAmounts(near.amount, far.amount);
  if (order === null) return false;
  // Where the ends meet, one that lies outside its own range keeps the two apart.
  if (order === 0 && (near.open || far.open)) return true;
  return holds(op, order);
}

function holds(op: CompareOp, order: number): boolean {
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  return op === '>' ? order > 0 : order >= 0;
}
