import type { Span } from '../base/span.js';
import type { World } from '../impact/world.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import { rootOf } from '../rules/factPath.js';
import { factNamed } from '../rules/facts.js';
import type {
  ClauseNode,
  ExprNode,
  Node,
  OperandNode,
  PackItem,
  RuleNode,
  RulesFile,
  ValueNode,
  Word,
} from '../syntax/nodes.js';
import { spanOf, type Tree } from '../syntax/tree.js';
import type { TokenModifier, TokenType } from './tokens.js';
import type { Paint, Painted } from './tokensChange.js';

/** Says what each name of the packs, conditions and rules in a stretch is. */
export function paintRules(tree: Tree<RulesFile>, asked: Span, world: World): Painted {
  const painter = new RulesPainter(world);
  for (const item of tree.root.items) {
    // The pack counts for what follows it, wherever it stands.
    if (item.kind === 'pack') painter.pack = item.id?.text ?? '';
    const span = spanOf(tree.tokens, item);
    if (span.end <= asked.start || span.start >= asked.end) continue;
    if (item.kind === 'rule') painter.rule(item);
    else if (item.kind === 'condition') {
      painter.paint(item.name, 'macro', ['declaration']);
      painter.expression(item.fallback);
    } else {
      painter.paint(item.id, 'namespace', ['declaration']);
      for (const part of item.items) painter.packItem(part);
    }
  }
  return painter.painted;
}

class RulesPainter {
  readonly painted = new Map<number, Paint>();
  /** The pack to which what is painted belongs. */
  pack = '';

  constructor(readonly world: World) {}

  packItem(item: PackItem): void {
    switch (item.kind) {
      case 'field':
        this.paint(item.name, 'property');
        for (const value of item.values) this.#fieldValue(item.name.text, value);
        return;
      case 'categories':
        for (const name of item.names) this.paint(name, 'enumMember', ['declaration']);
        return;
      case 'clock':
        this.#category(item.category);
        for (const step of item.steps) {
          this.paint({ first: step.first, last: step.first }, 'keyword');
          this.#value(step.value);
        }
        return;
      case 'lead':
        this.#validationKind(item.subject);
        this.#value(item.value);
        return;
      case 'order':
        this.#validationKind(item.before);
        this.#validationKind(item.after);
        return;
    }
  }

  rule(rule: RuleNode): void {
    this.paint(rule.name, 'interface', ['declaration']);
    for (const field of rule.fields) {
      this.paint(field.name, 'property');
      for (const value of field.values) this.#value(value);
    }
    for (const trigger of rule.triggers) {
      if (trigger.any) this.paint(trigger, 'keyword');
      this.paint(trigger.action, 'enumMember');
      this.paint(trigger.part, 'property');
      this.paint(trigger.subject, 'enumMember');
    }
    this.expression(rule.when);
    for (const clause of rule.clauses) this.#clause(clause);
  }

  #clause(clause: ClauseNode): void {
    switch (clause.kind) {
      case 'report':
        this.#category(clause.category);
        for (const other of clause.insteadOf) {
          const isKnown = this.world.rules.resolveRule(other.text, this.pack) !== undefined;
          this.paint(other, 'interface', isKnown ? [] : ['unresolved']);
        }
        break;
      case 'duty':
        this.#validationKind(clause.validationKind);
        this.paint(clause.scope, 'keyword');
        break;
      case 'perform-clause':
        this.paint(clause.task, 'enumMember');
        break;
      case 'notify-clause':
        this.paint(clause.role, 'enumMember');
        break;
      case 'dossier':
        for (const section of clause.sections) this.paint(section, 'number');
        break;
      case 'lead-clause':
        this.#value(clause.value);
        break;
      case 'basis':
        this.paint(clause.basis, 'enumMember');
        break;
    }
    if ('when' in clause) this.expression(clause.when);
  }

  expression(expression: ExprNode | null): void {
    switch (expression?.kind) {
      case 'and':
      case 'or':
        for (const operand of expression.operands) this.expression(operand);
        return;
      case 'not':
        this.expression(expression.operand);
        return;
      case 'compare':
        this.#operand(expression.left);
        this.#operand(expression.right);
        return;
      case 'in':
        this.#operand(expression.left);
        for (const option of expression.options) this.#operand(option);
        return;
      case 'truth':
        this.#operand(expression.operand, 'truth');
    }
  }

  #operand(operand: OperandNode | null, as: 'value' | 'truth' = 'value'): void {
    switch (operand?.kind) {
      case 'call':
        this.paint(operand.name, 'function', factNamed(operand.name.text) ? [] : ['unresolved']);
        for (const argument of operand.args) this.#operand(argument);
        return;
      case 'literal':
        this.#value({ ...operand, value: operand.value });
        return;
      case 'path':
        this.#path(operand, as);
    }
  }

  /** A fact, else a condition where a truth stands, else a word of a vocabulary. */
  #path(operand: Node & { readonly text: string }, as: 'value' | 'truth'): void {
    if (factNamed(rootOf(operand.text))?.kind === 'fact') this.paint(operand, 'variable');
    else if (this.world.rules.resolveCondition(operand.text, this.pack)) this.paint(operand, 'macro');
    else if (as === 'truth') this.paint(operand, 'macro', ['unresolved']);
    else this.paint(operand, 'enumMember');
  }

  #fieldValue(field: string, value: ValueNode): void {
    if (field === 'otherwise' || field === 'supersedes') this.paint(value, 'interface');
    else if (field === 'uses') {
      const isKnown = this.world.rules.packs.has(value.value.text);
      this.paint(value, 'namespace', isKnown ? [] : ['unresolved']);
    } else this.#value(value);
  }

  #value(node: ValueNode | null): void {
    if (node?.value.kind === 'id') this.paint(node, 'enumMember');
    else if (node?.value.kind === 'amount') this.paint(node, 'number');
    else if (node?.value.kind === 'interval') this.paint({ first: node.last, last: node.last }, 'number');
  }

  #category(word: Word | null): void {
    const categories = this.world.rules.packs.get(this.pack)?.categories ?? [];
    // A pack without categories of its own adds rules to another; `none` is always there.
    const isKnown = word === null || categories.length <= 1 || categories.includes(word.text);
    this.paint(word, 'enumMember', isKnown ? [] : ['unresolved']);
  }

  #validationKind(word: Word | null): void {
    const isKnown = word === null || VALIDATION_KINDS.some((kind) => kind === word.text);
    this.paint(word, 'enumMember', isKnown ? [] : ['unresolved']);
  }

  paint(node: Node | null, type: TokenType, modifiers: readonly TokenModifier[] = []): void {
    if (!node) return;
    for (let index = node.first; index <= node.last; index++) this.painted.set(index, { type, modifiers });
  }
}
