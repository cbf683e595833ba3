/** For tests: what a record entails, from a registry, rules and a record in plain text, as lines to compare. */
import { parseDate } from '../base/date.js';
import { type ChangeRecord, recordsOf } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import { readRegistry } from '../registry/read.js';
import { Registry } from '../registry/registry.js';
import { compileRules } from '../rules/compile.js';
import { parseChange, parseRules } from '../syntax/parser.js';
import { type Analysis, analyse } from './analyse.js';
import type { Obligation } from './obligation.js';

export interface TestCase {
  readonly registry: string;
  readonly rules: string;
  /** The statements of CC-1, which is `assessing` and raised on 2026-01-01 unless they say otherwise. */
  readonly record: string;
  /** Further records, whole. */
  readonly others?: string;
  /** 2026-11-22 by default. */
  readonly asOf?: string;
}

/** Analyses CC-1. Fails on a fault in any of the texts, which would make the test mean nothing. */
export function analyseText(test: TestCase): Analysis {
  const file = readRegistry('registry/test.yaml', test.registry);
  const registry = new Registry([file]);
  const source = { file: 'rules/test.rules', tree: parseRules(test.rules), shipped: false };
  const rules = compileRules([source], NAMES);
  const status = /\bstatus:/.test(test.record) ? '' : 'status: assessing';
  const own = `change CC-1 "test" { ${status} raised: 2026-01-01\n${test.record} }`;
  const tree = parseChange(`${own}\n${test.others ?? ''}`);
  const records = recordsOf('changes/test.change', tree);
  const wrong =
    file.problems.find((problem) => problem.severity !== 'warning') ??
    source.tree.faults[0] ??
    tree.faults[0] ??
    rules.problems.find((problem) => problem.code !== 'rules/no-example');
  if (wrong) throw new Error(wrong.message);
  const analysis = analyse(records[0]!, {
    registry,
    network: buildNetwork(registry),
    rules,
    asOf: parseDate(test.asOf ?? '2026-11-22')!,
    record: (id) => records.find((record) => record.id === id),
    childrenOf: (id) => records.filter((record) => record.parent === id).sort(byId),
  });
  if (analysis.problems[0]) throw new Error(analysis.problems[0].message);
  return analysis;
}

/** What rules of the tests call their parameters, tests and components. */
const NAMES = { parameters: ['size', 'time'], tests: ['assay', 'water'], components: [] };

/** The obligations of CC-1, one line each; `only` keeps the lines that begin with one of these words. */
export function obligations(test: TestCase, ...only: readonly string[]): readonly string[] {
  return analyseText(test)
    .obligations.map(lineOf)
    .filter((line) => only.length === 0 || only.some((word) => line.startsWith(`${word} `)));
}

/**
 * `filing NDA unmet AR..PAS as CBE by p/one, p/two asks p/c for B lacks NDA.registers`: kind, target with
 * site, state, category, the rules (in brackets where they may not hold), questions and facts.
 */
export function lineOf(obligation: Obligation): string {
  const { kind, target, site, state, category, because, questions, facts, shortfall } = obligation;
  const words = [kind, site === null ? target : `${target}@${site}`, state];
  if (shortfall !== null) words.push(`in ${shortfall}`);
  if (category) {
    words.push(category.lowest === null ? 'unknown' : `${category.lowest}..${category.highest}`);
    if (category.declared !== null) words.push(`as ${category.declared}`);
  }
  const rules = because.map(({ rule, certain }) => (certain ? rule : `(${rule})`));
  if (rules.length > 0) words.push(`by ${[...new Set(rules)].join(', ')}`);
  for (const question of questions) words.push(`asks ${question.condition} for ${question.for}`);
  for (const fact of facts) words.push(`lacks ${fact.entity}.${fact.attribute}`);
  return words.join(' ');
}

/** The items of a filing, `EDIT CATEGORY RULE` each. */
export function items(test: TestCase, filing: string): readonly string[] {
  const found = analyseText(test).obligations.find(
    ({ kind, target }) => kind === 'filing' && target === filing,
  );
  return (found?.items ?? []).map(({ edit, category, rule }) => `${edit} ${category} ${rule}`);
}

function byId(a: ChangeRecord, b: ChangeRecord): number {
  return a.id < b.id ? -1 : 1;
}
