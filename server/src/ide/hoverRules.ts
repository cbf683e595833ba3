import { SCHEMA } from '../registry/schema.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import { resolvePath, rootOf } from '../rules/factPath.js';
import { factNamed } from '../rules/facts.js';
import { SCOPES_IN_WORDS } from '../rules/words.js';
import type { Node, OperandNode, RulesFile, ScopeNode, ValueNode, Word } from '../syntax/nodes.js';
import { nodesAt, spanOf, tokenAt } from '../syntax/tree.js';
import { type ParsedRules, rangeOfNode } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { Hover } from './hover.js';
import { bold } from './hoverMarkdown.js';
import { attributeHover, attributeNamed, kindHover } from './hoverRegistry.js';
import {
  BASES,
  categoryHover,
  conditionHover,
  factHover,
  packHover,
  packsSeenFrom,
  ruleHover,
  taskHover,
} from './hoverRule.js';
import { valueHover } from './hoverValue.js';
import { fieldHover, keywordHover, vocabularyHover } from './hoverWords.js';

/** What the thing at an offset of a rules file means. */
export function hoverInRules(snapshot: Snapshot, file: ParsedRules, offset: number): Hover | null {
  const { tree } = file;
  const token = tokenAt(tree.tokens, offset);
  if (token === null) return null;
  const nodes = nodesAt(tree, offset);
  const inner = nodes.at(-1)!;
  const span = spanOf(tree.tokens, { first: token, last: token });
  const text = file.source.text.slice(span.start, span.end);
  const pack = packBefore(tree.root, inner);
  const named = nodes.length > 1 ? nameHover(snapshot, nodes, inner, pack) : null;
  if (named !== null) return { range: rangeOfNode(file, inner), markdown: named };
  const keyword = keywordHover(text, 'rules');
  return keyword === null ? null : { range: file.rangeOf(span), markdown: keyword };
}

/** The pack to which what stands at a node belongs: the last one that begins before it. */
function packBefore(root: RulesFile, node: Node): string {
  let pack = '';
  for (const item of root.items) {
    if (item.first > node.first) break;
    if (item.kind === 'pack') pack = item.id?.text ?? '';
  }
  return pack;
}

/** What the name or value under the cursor is, by the part that it plays in the node around it. */
function nameHover({ world }: Snapshot, nodes: readonly Node[], inner: Node, pack: string): string | null {
  const { rules, registry } = world;
  const around = nodes.at(-2)! as Node & { readonly kind?: string } & Readonly<Record<string, unknown>>;
  const isPart = (part: string): boolean => {
    const value = around[part];
    return value === inner || (Array.isArray(value) && value.includes(inner));
  };
  const text = (inner as Partial<Word>).text ?? '';
  const rule = (name: string): string | null => {
    const found = rules.resolveRule(name, pack);
    return found ? ruleHover(found, rules) : null;
  };
  const category = (): string | null => categoryHover(text, packsSeenFrom(rules, pack));
  switch (around.kind) {
    case 'pack': {
      const known = rules.packs.get(pack);
      return isPart('id') || isPart('title') ? (known ? packHover(known, rules) : null) : null;
    }
    case 'condition': {
      if (!isPart('name') && !isPart('question')) break;
      const condition = rules.resolveCondition((around.name as Word | null)?.text ?? '', pack);
      return condition ? conditionHover(condition) : null;
    }
    case 'rule':
      if (!isPart('name') && !isPart('title')) break;
      return rule((around.name as Word | null)?.text ?? '');
    case 'field': {
      if (isPart('name')) return fieldHover(text, 'rules');
      const { value } = inner as ValueNode;
      const used = rules.packs.get(value.text);
      if (used) return packHover(used, rules);
      return rule(value.text) ?? valueHover(value, null);
    }
    case 'categories':
      return category();
    case 'clock':
      return isPart('category') ? category() : null;
    case 'clock-step':
    case 'lead-clause':
      return 'value' in inner ? valueHover((inner as ValueNode).value, null) : null;
    case 'lead':
    case 'order':
      if ('value' in inner) return valueHover((inner as ValueNode).value, null);
      return validationKind(text);
    case 'trigger':
      if (isPart('action')) return vocabularyHover(text, 'what an edit does');
      if (isPart('subject')) return kindHover(text);
      return isPart('part') ? partHover(text, (around.subject as Word | null)?.text ?? '') : null;
    case 'report':
      if (isPart('insteadOf')) return rule(text);
      return isPart('category') ? category() : null;
    case 'duty':
      if (isPart('scope')) return scopeHover(inner as ScopeNode);
      return isPart('validationKind') ? validationKind(text) : null;
    case 'perform-clause':
      return isPart('task') ? taskHover(text, rules) : null;
    case 'basis':
      return Object.hasOwn(BASES, text) ? `${bold(text)}: ${BASES[text as keyof typeof BASES]}` : null;
    case 'call':
      if (isPart('name')) return factHover(text, '');
      break;
  }
  const operand = inner as OperandNode;
  if (operand.kind === 'literal') return valueHover(operand.value, null);
  if (operand.kind !== 'path') return null;
  if (factNamed(rootOf(operand.text))?.kind === 'fact') {
    const attribute = attributeNamed(operand.text.split('.').slice(1));
    if (resolvePath(operand.text).found) return factHover(operand.text, attribute);
  }
  const condition = rules.resolveCondition(operand.text, pack);
  if (condition) return conditionHover(condition);
  const entity = registry.get(operand.text);
  return entity ? kindHover(entity.kind) : null;
}

function scopeHover({ word, atDestination }: ScopeNode): string | null {
  if (word === null && !atDestination) return null;
  const written = [...(word === null ? [] : [word]), ...(atDestination ? ['at destination'] : [])].join(' ');
  const meant = word === null ? 'every validation of the kind' : `those ${SCOPES_IN_WORDS[word]}`;
  return `${bold(written)}: ${meant}${atDestination ? ', at the site to which something is brought' : ''}`;
}

function validationKind(word: string): string | null {
  return VALIDATION_KINDS.some((kind) => kind === word) ? vocabularyHover(word, 'kind of validation') : null;
}

/** The part of a trigger: a kind, or an attribute of the subject's kind. */
function partHover(part: string, subject: string): string | null {
  if (Object.hasOwn(SCHEMA, subject)) {
    const attribute = SCHEMA[subject as keyof typeof SCHEMA].attributes[part];
    if (attribute) return attributeHover(part, attribute);
  }
  return kindHover(part);
}
