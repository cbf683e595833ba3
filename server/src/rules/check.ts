/** Type check of expressions: every name is known, and only what can be compared is compared. */

import { nearest } from '../base/nearest.js';
import { describeDimension } from '../base/quantity.js';
import type { Value } from '../base/value.js';
import type { CompareOp, ExprNode, Node, OperandNode } from '../syntax/nodes.js';
import { isLiteralWord, resolvePath, rootOf, type Scope } from './factPath.js';
import { type Fact, type FactType, factNamed, factNames } from './facts.js';
import type { RuleProblem } from './rule.js';

/** Where an expression stands, and which names it may use besides the facts. */
export interface CheckSite {
  readonly file: string;
  readonly scope: Scope;
  /** Whether a condition of the name can be used here. */
  readonly isCondition: (name: string) => boolean;
  /** Names of conditions, for the nearest one. */
  readonly conditionNames: readonly string[];
  /** `default`s ask the registry alone. */
  readonly place: 'rule' | 'default';
}

/** What is wrong with an expression, each fault at its place; the comparisons that have one are put into `faulty`. */
export function checkExpression(
  expr: ExprNode | null,
  site: CheckSite,
  faulty: WeakSet<ExprNode>,
): readonly RuleProblem[] {
  const checker = new Checker(site, faulty);
  checker.expression(expr);
  return checker.problems;
}

class Checker {
  readonly problems: RuleProblem[] = [];

  constructor(
    readonly site: CheckSite,
    readonly faulty: WeakSet<ExprNode>,
  ) {}

  expression(expr: ExprNode | null): void {
    const known = this.problems.length;
    switch (expr?.kind) {
      case 'and':
      case 'or':
        for (const operand of expr.operands) this.expression(operand);
        break;
      case 'not':
        this.expression(expr.operand);
        break;
      case 'compare':
        this.compare(expr.op, expr.left, expr.right);
        break;
      case 'in':
        if (expr.left) for (const option of expr.options) this.compare('=', expr.left, option);
        break;
      case 'truth':
        this.truth(expr.operand);
        break;
    }
    const isLeaf = expr?.kind === 'compare' || expr?.kind === 'in' || expr?.kind === 'truth';
    if (isLeaf && this.problems.length > known) this.faulty.add(expr);
  }

  truth(operand: OperandNode): void {
    if (operand.kind === 'path') {
      if (operand.text === 'true' || operand.text === 'false') return;
      if (factNamed(rootOf(operand.text))?.kind !== 'fact') {
        this.condition(operand);
        return;
      }
    }
    const type = this.operand(operand);
    if (!type || type.type === 'boolean' || (type.type === 'value' && isLongPath(operand))) return;
    const written = operandText(operand);
    this.mismatch(
      operand,
      type.type === 'group'
        ? `\`${written}\` is a group of attributes; name one of them: ${type.attributes.join(', ')}`
        : `\`${written}\` is ${describeType(type)}, not a yes or no; compare it: \`${written} = …\``,
    );
  }

  condition(operand: OperandNode & { readonly kind: 'path' }): void {
    const name = operand.text;
    const { site } = this;
    if (site.isCondition(name)) {
      if (site.place === 'default')
        this.mismatch(
          operand,
          `\`${name}\` is a condition, and a default can't name one; ask a fact of the registry instead`,
        );
      return;
    }
    const candidates = [
      ...factNames('fact'),
      ...(site.place === 'rule' ? site.conditionNames : []),
      ...factNames('function'),
    ];
    this.unknown(operand, name, site.place === 'rule' ? 'fact or condition' : 'fact', candidates);
  }

  compare(op: CompareOp, left: OperandNode | null, right: OperandNode | null): void {
    if (!left || !right) return;
    const leftType = this.operand(left);
    if (!leftType) return;
    if (leftType.type === 'group') {
      this.mismatch(
        left,
        `\`${operandText(left)}\` is a group of attributes; name one of them: ${leftType.attributes.join(', ')}`,
      );
      return;
    }
    if (right.kind === 'path' && isLiteralWord(leftType, right.text)) {
      this.word(op, left, leftType, right, right.text);
      return;
    }
    const rightType = right.kind === 'literal' ? literalType(right.value) : this.operand(right);
    if (!rightType || isNone(right)) return;
    if (rightType.type === 'word' && right.kind === 'literal') {
      this.word(op, left, leftType, right, right.value.text);
      return;
    }
    const ordered = op !== '=' && op !== '!=';
    if (ordered && !(isOrdered(leftType) && isOrdered(rightType))) {
      const odd = isOrdered(leftType) ? right : left;
      const type = odd === left ? leftType : rightType;
      this.mismatch(
        odd,
        `\`${operandText(odd)}\` is ${describeType(type)}, which \`${op}\` can't compare; use = or !=`,
      );
    } else if (!areComparable(leftType, rightType)) {
      this.mismatch(
        right,
        `\`${operandText(left)}\` is ${describeType(leftType)} and \`${operandText(right)}\` is ${describeType(rightType)}: the two can't be compared`,
      );
    }
  }

  /** A word as a literal: it must be one that the left side can have. */
  word(op: CompareOp, left: OperandNode, type: FactType, node: OperandNode, word: string): void {
    if (word === 'none') return;
    if (type.type === 'amount' || type.type === 'date') {
      this.unknownOperand(node, word, type);
      return;
    }
    if (op !== '=' && op !== '!=') {
      this.mismatch(node, `\`${word}\` is a word, which \`${op}\` can't compare; use = or !=`);
      return;
    }
    const written = operandText(left);
    if (type.type === 'boolean') {
      if (word !== 'true' && word !== 'false')
        this.mismatch(
          node,
          `\`${written}\` is a yes or no; write \`${written}\`, \`not ${written}\`, or = true or false`,
        );
    } else if (type.type === 'word' && type.closed && !type.words.includes(word)) {
      const near = nearest(word, [...type.words, ...factNames('fact')]);
      const some = type.words.length > 16 ? [...type.words.slice(0, 16), '…'] : type.words;
      const hint = near ? `did you mean ${near}?` : `write one of ${some.join(', ')}`;
      this.mismatch(node, `\`${word}\` is no ${lastSegment(written)}; ${hint}`, near);
    } else if (node.kind === 'path' && word.includes('.') && nearest(rootOf(word), factNames('fact'))) {
      // A dotted word is an ID at best, and a fact misspelt far more often.
      this.unknown(node, word, 'fact', factNames('fact'));
    }
  }

  /** A bare word where only a fact could help: most likely a fact misspelt. */
  unknownOperand(node: OperandNode, word: string, type: FactType): void {
    const near = nearest(word, factNames('fact'));
    if (near && node.kind === 'path') this.unknown(node, word, 'fact', factNames('fact'));
    else this.mismatch(node, `\`${word}\` is a word where ${describeType(type)} is meant`);
  }

  /** The type of an operand, or undefined where it has a fault of its own. */
  operand(node: OperandNode): FactType | undefined {
    if (node.kind === 'literal') return literalType(node.value);
    if (node.kind === 'call') return this.call(node);
    const resolution = resolvePath(node.text, this.site.scope);
    if (resolution.found) return resolution.type;
    if (!resolution.fact) {
      if (this.site.isCondition(node.text))
        this.mismatch(node, `\`${node.text}\` is a condition: let it stand alone, as a yes or no`);
      else this.unknown(node, node.text, 'fact', factNames('fact'));
      return undefined;
    }
    this.unknownAttribute(node, resolution.at, resolution.candidates);
    return undefined;
  }

  unknownAttribute(
    node: OperandNode & { readonly kind: 'path' },
    at: number,
    candidates: readonly string[],
  ): void {
    const segments = node.text.split('.');
    const owner = segments.slice(0, at).join('.');
    const name = segments[at]!;
    const near = nearest(name, candidates);
    const hint = near
      ? `did you mean ${owner}.${near}?`
      : candidates.length === 0
        ? 'compare it as a whole'
        : candidates.length > 16
          ? 'see the page of facts for what it has'
          : `it has ${candidates.join(', ')}`;
    const replacement = near ? [...segments.slice(0, at), near, ...segments.slice(at + 1)].join('.') : null;
    this.report(
      'rules/unknown-fact',
      node,
      `\`${owner}\` has no attribute \`${name}\` here; ${hint}`,
      replacement,
    );
  }

  call(node: OperandNode & { readonly kind: 'call' }): FactType | undefined {
    const name = node.name.text;
    const called = factNamed(name);
    if (called?.kind !== 'function') {
      if (called)
        this.unknownFunction(
          node.name,
          name,
          `\`${name}\` is a fact and takes no brackets; write \`${name}\``,
        );
      else this.unknown(node.name, name, 'function', factNames('function'));
      return undefined;
    }
    if (node.args.length !== called.parameters.length) {
      this.mismatch(node, `\`${name}\` takes ${counted(called)}; write for example \`${called.example}\``);
      return called.type;
    }
    for (const [index, argument] of node.args.entries()) this.argument(called, index, argument);
    return called.type;
  }

  unknownFunction(node: Node, name: string, message: string): void {
    this.report('rules/unknown-fact', node, message, name);
  }

  argument(called: Fact, index: number, node: OperandNode): void {
    const { type, name } = called.parameters[index]!;
    if (node.kind === 'path' && isLiteralWord(type, node.text)) {
      if (type.type === 'word') this.wordArgument(called, index, node);
      else if (type.type === 'amount') this.unknownOperand(node, node.text, type);
      else if (nearest(rootOf(node.text), factNames('fact')))
        this.unknown(node, node.text, 'fact', factNames('fact'));
      return;
    }
    const given = this.operand(node);
    if (!given || isNone(node)) return;
    if (given.type === 'group' || !areComparable(type, given))
      this.mismatch(
        node,
        `the ${name} of \`${called.name}\` is ${describeType(type)}, but \`${operandText(node)}\` is ${describeType(given)}`,
      );
  }

  wordArgument(called: Fact, index: number, node: OperandNode & { readonly kind: 'path' }): void {
    const { type, name } = called.parameters[index]!;
    if (type.type !== 'word' || !type.closed || type.words.includes(node.text)) return;
    const near = nearest(node.text, type.words);
    const hint = near ? `did you mean ${near}?` : `write one of ${type.words.join(', ')}`;
    this.mismatch(node, `\`${node.text}\` is no ${name} that \`${called.name}\` knows; ${hint}`, near);
  }

  unknown(node: Node, name: string, what: string, candidates: readonly string[]): void {
    const near = nearest(name, candidates) ?? nearestRoot(name, candidates);
    const hint = near ? `did you mean ${near}?` : 'see the page of facts for what there is';
    this.report('rules/unknown-fact', node, `there is no ${what} \`${name}\`; ${hint}`, near);
  }

  mismatch(node: Node, message: string, replacement: string | null = null): void {
    this.report('rules/type-mismatch', node, message, replacement);
  }

  report(code: RuleProblem['code'], node: Node, message: string, replacement: string | null): void {
    const location = { file: this.site.file, node };
    this.problems.push(
      replacement === null ? { code, location, message } : { code, location, message, replacement },
    );
  }
}

/** A type in words: `a date`, `one of immediate, modified`. */
export function describeType(type: FactType): string {
  switch (type.type) {
    case 'boolean':
      return 'a yes or no';
    case 'word':
      if (!type.closed || type.words.length === 0) return 'a word';
      return type.words.length > 8 ? 'a word of a fixed list' : `one of ${type.words.join(', ')}`;
    case 'entity':
      return type.kinds?.length === 1 ? `a ${type.kinds[0]}` : 'an entity';
    case 'amount':
      if (type.dimension === 'number') return 'a number';
      return type.dimension === null ? 'a quantity' : describeAmount(type.dimension);
    case 'date':
      return 'a date';
    case 'text':
      return 'a text';
    case 'value':
      return 'a value';
    case 'group':
      return 'a group of attributes';
  }
}

function describeAmount(dimension: string): string {
  if (dimension === 'time') return 'a duration';
  return `a quantity (${describeDimension({ code: '', dimension, factor: 1, offset: 0 })})`;
}

function literalType(value: Value): FactType {
  switch (value.kind) {
    case 'amount':
      return { type: 'amount', dimension: value.amount.unit?.dimension ?? 'number' };
    case 'interval': {
      const bound = value.low ?? value.high;
      return { type: 'amount', dimension: bound?.amount.unit?.dimension ?? 'number' };
    }
    case 'date':
      return { type: 'date' };
    case 'text':
      return { type: 'text' };
    case 'id':
      return value.text === 'true' || value.text === 'false'
        ? { type: 'boolean' }
        : { type: 'word', closed: false, words: [] };
    case 'none':
      return { type: 'value' };
  }
}

function isNone(node: OperandNode): boolean {
  return node.kind === 'literal' ? node.value.kind === 'none' : node.kind === 'path' && node.text === 'none';
}

function isOrdered(type: FactType): boolean {
  return type.type === 'amount' || type.type === 'date' || type.type === 'value';
}

function areComparable(a: FactType, b: FactType): boolean {
  if (a.type === 'value' || b.type === 'value') return true;
  if (a.type === 'amount' && b.type === 'amount')
    return a.dimension === null || b.dimension === null || a.dimension === b.dimension;
  if (a.type === 'entity' && b.type === 'entity')
    return a.kinds === null || b.kinds === null || a.kinds.some((kind) => b.kinds!.includes(kind));
  if (a.type === 'word' && b.type === 'word')
    return !a.closed || !b.closed || a.words.some((word) => b.words.includes(word));
  const isWritten = (type: FactType): boolean => type.type === 'word' || type.type === 'text';
  return a.type === b.type || (isWritten(a) && isWritten(b));
}

/** A yes or no of a company's own (`subject.x-…`) has no type that the schema knows. */
function isLongPath(node: OperandNode): boolean {
  return node.kind === 'path' && node.text.includes('.');
}

/** An operand as its author wrote it. */
export function operandText(node: OperandNode): string {
  if (node.kind === 'path') return node.text;
  if (node.kind === 'literal') return node.value.kind === 'text' ? `"${node.value.text}"` : node.value.text;
  return `${node.name.text}(${node.args.map(operandText).join(', ')})`;
}

/** `prodct.sterile` is mended in its root alone. */
function nearestRoot(path: string, candidates: readonly string[]): string | null {
  const root = rootOf(path);
  const near = root === path ? null : nearest(root, candidates);
  return near && near + path.slice(root.length);
}

function counted(called: Fact): string {
  const names = called.parameters.map((parameter) => parameter.name);
  return names.length === 1
    ? `one argument (${names[0]})`
    : `${names.length} arguments (${names.join(', ')})`;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
