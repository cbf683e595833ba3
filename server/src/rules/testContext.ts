/** For tests: a registry, a record and rules from texts, and the context in which an expression of them is judged. */
import { editsOf } from '../model/edits.js';
import { recordsOf } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import { readRegistry } from '../registry/read.js';
import { Registry, textsAt } from '../registry/registry.js';
import type { ExprNode } from '../syntax/nodes.js';
import { parseChange, parseRules } from '../syntax/parser.js';
import { compileRules, type RuleSet } from './compile.js';
import type { ConditionAnswers, Context } from './context.js';
import { evaluate } from './evaluate.js';
import type { Formula } from './formula.js';

/** Compiles one file of rules. */
export function compileText(text: string, file = 'rules/test.rules'): RuleSet {
  return compileRules([{ file, tree: parseRules(text), shipped: false }]);
}

/** The expression of a text, inside a rule of its own. */
export function expressionOf(text: string): ExprNode {
  const tree = parseRules(`pack p "p" {} rule r "r" { on any edit when ${text} }`);
  const rule = tree.root.items.find((item) => item.kind === 'rule');
  if (tree.faults.length > 0 || !rule?.when)
    throw new Error(tree.faults[0]?.message ?? `no expression: ${text}`);
  return rule.when;
}

export interface TestCase {
  readonly registry: string;
  /** The statements of one record. */
  readonly change: string;
  /** The key of the edit to look at; the first by default. */
  readonly edit?: string;
  readonly filing?: string;
  readonly pack?: string;
  readonly rules?: RuleSet;
  /** What the record says of conditions, by full name. */
  readonly answers?: Readonly<Record<string, boolean | 'contradictory'>>;
  /** Days since 1970-01-01; 2027-01-01 by default. */
  readonly day?: number;
}

const NEW_YEAR_2027 = 20_819;

/** The context of one edit; fails on a record or registry with a fault, which would make the test mean nothing. */
export function contextOf(test: TestCase): Context {
  const file = readRegistry('registry/test.yaml', test.registry);
  const fault = file.problems.find((problem) => problem.severity !== 'warning');
  if (fault) throw new Error(fault.message);
  const registry = new Registry([file]);
  const network = buildNetwork(registry);
  const tree = parseChange(`change CC-1 "test" { status: draft raised: 2026-01-01 ${test.change} }`);
  const record = recordsOf('changes/test.change', tree)[0]!;
  const { edits, problems } = editsOf(record, registry);
  const wrong = tree.faults[0]?.message ?? problems[0]?.message;
  if (wrong !== undefined) throw new Error(wrong);
  const edit = edits.find((candidate) => test.edit === undefined || candidate.key === test.edit);
  if (!edit) throw new Error(`no edit among ${edits.map(({ key }) => key).join(', ')}`);
  const reach = network.reach(edit);
  const filing = registry.get(test.filing ?? '') ?? null;
  const productId = (filing && textsAt(filing, 'product')?.[0]) ?? reach.products[0]?.id ?? '';
  const answers: ConditionAnswers = {
    answer: (condition) => test.answers?.[condition],
    overrides: () => {},
  };
  return {
    registry,
    network,
    edit,
    edits,
    reach,
    product: registry.get(productId) ?? null,
    stage: reach.stages[0] ?? null,
    filing,
    pack: test.rules?.packs.get(test.pack ?? 'p') ?? null,
    answers,
    conditions: new Map(),
    held: new Map(),
    day: test.day ?? NEW_YEAR_2027,
  };
}

/** What is left of an expression for a test case. */
export function evaluateText(expression: string, test: TestCase): Formula {
  const rules = test.rules ?? compileText('');
  return evaluate(expressionOf(expression), contextOf({ ...test, rules }), rules, test.pack ?? 'p');
}
