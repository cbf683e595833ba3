import { Kind } from './kinds.js';
import type { CompareOp, ExprNode, OperandNode } from './nodes.js';
import { ParserCore } from './parserCore.js';
import { readValue } from './value.js';

/** Deeper than any rule that a person reads; keeps a megabyte of `(` off the stack. */
const DEEPEST = 100;

const COMPARISONS: ReadonlyMap<number, CompareOp> = new Map([
  [Kind.Equal, '='],
  [Kind.NotEqual, '!='],
  [Kind.Less, '<'],
  [Kind.LessEqual, '<='],
  [Kind.Greater, '>'],
  [Kind.GreaterEqual, '>='],
]);

/** Parses the conditions of rules: `or` over `and` over `not` over comparisons. */
export class ExpressionParser extends ParserCore {
  #depth = 0;

  /** A condition, or null with a fault; `after` is the word before it. */
  expression(after: string): ExprNode | null {
    this.#depth = 0;
    return this.#or(after);
  }

  #or(after: string): ExprNode | null {
    return this.#chain('or', Kind.Or, after, (before) =>
      this.#chain('and', Kind.And, before, (inner) => this.#not(inner)),
    );
  }

  #chain(
    kind: 'or' | 'and',
    word: number,
    after: string,
    operand: (after: string) => ExprNode | null,
  ): ExprNode | null {
    const first = this.at;
    const head = operand(after);
    if (!head || this.kind !== word || this.silent) return head;
    const operands: ExprNode[] = [head];
    while (this.kind === word && !this.silent) {
      this.at++;
      const next = operand(kind);
      if (next) operands.push(next);
    }
    return { kind, first, last: this.lastOf(first), operands };
  }

  #not(after: string): ExprNode | null {
    if (this.kind !== Kind.Not) return this.#atom(after);
    const first = this.at++;
    if (this.kind === Kind.Not) this.wrong('`not not` says nothing: take both out', '');
    const operand = this.silent ? null : this.#atom('not');
    return { kind: 'not', first, last: this.lastOf(first), operand };
  }

  #atom(after: string): ExprNode | null {
    if (this.kind === Kind.OpenParen) return this.#group();
    const first = this.at;
    const left = this.#operand(`expected a condition after \`${after}\``);
    if (!left) return null;
    const op = COMPARISONS.get(this.kind);
    if (op !== undefined) {
      this.at++;
      const right = this.#operand(`expected what to compare with after \`${op}\``);
      return { kind: 'compare', first, last: this.lastOf(first), op, left, right };
    }
    const negated = this.kind === Kind.Not && this.kindAt(this.at + 1) === Kind.In;
    if (negated) this.at++;
    if (this.kind !== Kind.In) return { kind: 'truth', first, last: this.lastOf(first), operand: left };
    this.at++;
    const options = this.#operands('in');
    return { kind: 'in', first, last: this.lastOf(first), negated, left, options };
  }

  #group(): ExprNode | null {
    if (this.#tooDeep()) return null;
    const opening = this.at++;
    this.#depth++;
    const inner = this.#or('(');
    this.#depth--;
    this.#close(opening);
    return inner;
  }

  #operand(message: string): OperandNode | null {
    const first = this.at;
    const kind = this.kind;
    if (this.isWord(first) && (kind === Kind.Word || !this.#endsExpression())) {
      if (this.isField(first)) {
        this.missing(message);
        return null;
      }
      this.at++;
      if (this.kind === Kind.OpenParen) {
        if (this.#tooDeep()) return null;
        this.#depth++;
        const args = this.#operands(this.textOf(first));
        this.#depth--;
        return { kind: 'call', first, last: this.lastOf(first), name: this.word(first), args };
      }
      return { kind: 'path', first, last: first, text: this.textOf(first) };
    }
    if ((kind >= Kind.Text && kind <= Kind.Section) || kind === Kind.None) {
      const value = readValue(this);
      if (value) return { kind: 'literal', first, last: this.lastOf(first), value };
    }
    this.missing(message);
    return null;
  }

  /** `"(" operand ("," operand)* ")"` */
  #operands(after: string): readonly OperandNode[] {
    const operands: OperandNode[] = [];
    if (this.kind !== Kind.OpenParen) {
      this.missing(`expected \`(\` after \`${after}\``, ' (');
      return operands;
    }
    const opening = this.at++;
    for (;;) {
      const operand = this.#operand('expected a fact or a value');
      if (operand) operands.push(operand);
      if (this.silent || this.kindAt(this.at) !== Kind.Comma) break;
      this.at++;
    }
    this.#close(opening);
    return operands;
  }

  #close(opening: number): void {
    if (this.silent) return;
    if (this.kind === Kind.CloseParen) this.at++;
    else if (this.isSync(this.at)) this.missing('expected `)`: the `(` before it is not closed', ')');
    else this.wrong(`expected \`)\` before ${this.describe(this.at)}`);
    if (this.silent && this.kind === Kind.CloseParen && this.at > opening) this.at++;
  }

  #endsExpression(): boolean {
    const kind = this.kind;
    return (
      this.statements.has(kind) ||
      kind === Kind.And ||
      kind === Kind.Or ||
      kind === Kind.Not ||
      kind === Kind.In ||
      kind === Kind.Otherwise ||
      kind === Kind.Once ||
      kind === Kind.Instead ||
      kind === Kind.None ||
      kind === Kind.NotMoreThan ||
      kind === Kind.NotLessThan ||
      this.isHeader(this.at)
    );
  }

  #tooDeep(): boolean {
    if (this.#depth < DEEPEST) return false;
    this.wrong('this condition is too deeply nested: split it into conditions of their own');
    return true;
  }
}
