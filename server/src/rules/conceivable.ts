import type { Entity, RegistryNode } from '../registry/entity.js';
import type { ExprNode, OperandNode } from '../syntax/nodes.js';
import type { RuleSet } from './compile.js';
import type { Context } from './context.js';
import { evaluate } from './evaluate.js';
import { rootOf } from './factPath.js';
import { factNamed } from './facts.js';
import type { Rule } from './rule.js';

/**
 * Of a list of rules those that the product and the stage of a context alone don't rule out. Most rules speak of one
 * sort of product, so this is looked at once for a list and a product, and not for every edit of every record.
 */
export function conceivable(rules: readonly Rule[], context: Context, set: RuleSet): readonly Rule[] {
  const { product, stage } = context;
  // What is not known may be missing on another entity in each record.
  if (!product || stage === null) return rules;
  let ofSet = known.get(set);
  if (!ofSet) known.set(set, (ofSet = new WeakMap()));
  let ofList = ofSet.get(rules);
  if (!ofList) ofSet.set(rules, (ofList = new Map()));
  const sort = sortOf(product);
  let ofSort = ofList.get(sort);
  if (!ofSort) ofList.set(sort, (ofSort = new Map()));
  let found = ofSort.get(stage);
  if (!found) {
    const possible = rules.filter((rule) => !isRuledOut(rule, context, set));
    ofSort.set(stage, (found = possible.length === rules.length ? rules : possible));
  }
  return found;
}

/** A rule set is never changed, and what was known of it goes with it. */
const known = new WeakMap<RuleSet, WeakMap<readonly Rule[], BySortAndStage>>();

/** By what products say of themselves, then by stage. */
type BySortAndStage = Map<string, Map<string, readonly Rule[]>>;

/** All that a product says of itself but its name: of many products there are few sorts. */
function sortOf(product: Entity): string {
  let sort = sorts.get(product);
  if (sort === undefined) {
    const entries = [...product.node.entries].filter(([key]) => key !== 'name');
    sort = entries.map(([key, { value }]) => `${key}: ${textOf(value)}`).join('\n');
    sorts.set(product, sort);
  }
  return sort;
}

const sorts = new WeakMap<Entity, string>();

function textOf(node: RegistryNode): string {
  if (node.type === 'scalar') return JSON.stringify(node.text);
  if (node.type === 'list') return `[${node.items.map(textOf).join()}]`;
  return `{${[...node.entries].map(([key, { value }]) => `${JSON.stringify(key)}:${textOf(value)}`).join()}}`;
}

/** Whether one of the things that all have to hold is about the product and the stage alone, and is known to be false. */
function isRuledOut(rule: Rule, context: Context, set: RuleSet): boolean {
  return aboutProduct(rule).some((expr) => evaluate(expr, context, set, rule.pack) === false);
}

/** Of the things that all have to hold for a rule those that are about the product and the stage alone. */
function aboutProduct(rule: Rule): readonly ExprNode[] {
  let found = aboutProducts.get(rule);
  if (!found) {
    const all = rule.when?.kind === 'and' ? rule.when.operands : rule.when ? [rule.when] : [];
    aboutProducts.set(rule, (found = all.filter(isAboutProduct)));
  }
  return found;
}

const aboutProducts = new WeakMap<Rule, readonly ExprNode[]>();

function isAboutProduct(expr: ExprNode): boolean {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return expr.operands.every(isAboutProduct);
    case 'not':
      return expr.operand !== null && isAboutProduct(expr.operand);
    case 'compare':
      return isOwn(expr.left) && (isOwn(expr.right) || isWord(expr.right));
    case 'in':
      return isOwn(expr.left) && expr.options.every((option) => isOwn(option) || isWord(option));
    case 'truth':
      return isOwn(expr.operand);
  }
}

/** The stage, or an attribute of the product itself but its name: what is behind a reference stands in another entity. */
function isOwn(operand: OperandNode | null): boolean {
  return (
    operand?.kind === 'path' && (operand.text === 'stage' || /^product\.(?!name$)[^.]+$/.test(operand.text))
  );
}

/** A value that is written out; a word that names a fact may be one. */
function isWord(operand: OperandNode | null): boolean {
  if (operand?.kind === 'path') return factNamed(rootOf(operand.text))?.kind !== 'fact';
  return operand?.kind === 'literal';
}
