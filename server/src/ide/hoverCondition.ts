import type { Analysis } from '../impact/analyse.js';
import { isNameOf } from '../impact/answers.js';
import { type Case, contextsOf, packsFor, type TracedEdit } from '../impact/case.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import type { Entity } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import { expressionsOf } from '../rules/compile.js';
import { evaluate } from '../rules/evaluate.js';
import { atomsOf, type Formula, or } from '../rules/formula.js';
import { packsUsedBy } from '../rules/lookup.js';
import type { Condition, Pack } from '../rules/rule.js';
import type { ConditionAnswerNode, ExprNode, OperandNode } from '../syntax/nodes.js';
import { answersOf } from './hoverDates.js';
import { bullets, code, paragraphs, plain } from './hoverMarkdown.js';

/** How a condition is answered in a record: for each edit that some rule asks it of, yes, no or open, and who says so. */
export function conditionInRecord(condition: Condition, analysis: Analysis, world: World): string {
  const answers = answersOf(analysis.record, world);
  const one: Case = {
    world,
    traced: analysis.traced,
    edits: analysis.edits,
    answers,
    contexts: new Map(),
  };
  const lines = analysis.traced
    .filter(({ edit }) => isAskedOf(condition, edit, world))
    .map((traced) => {
      const places = judgedIn(one, traced, condition);
      const key = code(traced.edit.key);
      if (places.length === 0) return `${key}: no filing that it reaches asks this`;
      const own = answers.answer(condition.name, traced.edit, null, null);
      return `${key}: ${stateWords(valueIn(one, traced, condition, places), saidBy(own, condition))}`;
    });
  return lines.length === 0
    ? 'No edit of this record asks it.'
    : paragraphs('In this record:', bullets(lines));
}

/** An approved protocol as a condition: whether the record says that its criteria were met. */
export function protocolInRecord(protocol: string, record: ChangeRecord): string {
  const answer = record.answers.find(
    (one): one is ConditionAnswerNode =>
      (one.kind === 'confirm' || one.kind === 'deny') &&
      one.conditions.some(({ text }) => isNameOf(text, protocol)),
  );
  const said =
    answer === undefined
      ? 'the record does not say, so both outcomes are possible'
      : answer.kind === 'confirm'
        ? 'the record confirms it, so the protocol caps the category of the edits that it covers'
        : 'the record denies it, so the ordinary rules stand';
  return `Were the criteria of the protocol met? In this record: ${said}.`;
}

interface Judged {
  readonly filing: Entity | null;
  readonly pack: Pack;
}

/** Under which packs, and for which filings, an edit is asked the condition. */
function judgedIn(one: Case, traced: TracedEdit, condition: Condition): readonly Judged[] {
  const { world } = one;
  const asks = (pack: Pack): boolean => packsUsedBy(world.rules.packs, pack.id).includes(condition.pack);
  const filings = traced.reach.filings.flatMap(({ id }) => {
    const filing = world.registry.get(id);
    if (!filing) return [];
    const packs = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type')).filter(asks);
    return packs.map((pack) => ({ filing, pack }));
  });
  const everywhere = [...world.rules.packs.values()]
    .filter((pack) => pack.market === null && asks(pack))
    .map((pack) => ({ filing: null, pack }));
  return [...filings, ...everywhere];
}

function valueIn(one: Case, traced: TracedEdit, condition: Condition, places: readonly Judged[]): Formula {
  const asked = truthOf(condition.name);
  return or(
    places.flatMap(({ filing, pack }) =>
      contextsOf(one, traced, filing, pack, one.world.asOf).map((context) =>
        evaluate(asked, context, one.world.rules, condition.pack),
      ),
    ),
  );
}

function saidBy(own: boolean | 'contradictory' | undefined, condition: Condition): string {
  if (own === 'contradictory') return 'the record confirms and denies it';
  if (own !== undefined) return `the record ${own ? 'confirms' : 'denies'} it`;
  return condition.fallback ? 'by the registry' : 'nobody has answered';
}

function stateWords(formula: Formula, by: string): string {
  if (typeof formula === 'boolean') return `**${formula ? 'yes' : 'no'}** (${by})`;
  const facts = [...atomsOf(formula).values()].flatMap((atom) => atom.facts);
  const missing = [...new Set(facts.map((fact) => `${fact.attribute} of ${fact.entity}`))];
  if (missing.length > 0) return `**open** (the registry does not say ${plain(missing.join(', '))})`;
  return `**open** (${by})`;
}

/** Whether a rule that the edit sets off asks the condition anywhere. */
function isAskedOf(condition: Condition, edit: TracedEdit['edit'], world: World): boolean {
  return world.rules
    .rulesFor(edit)
    .some((rule) =>
      expressionsOf(rule).some((expression) =>
        namesIn(expression).some((name) => world.rules.resolveCondition(name, rule.pack) === condition),
      ),
    );
}

function namesIn(expression: ExprNode): readonly string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.flatMap(namesIn);
    case 'not':
      return expression.operand ? namesIn(expression.operand) : [];
    case 'compare':
      return [expression.left, expression.right].flatMap(namesInOperand);
    case 'in':
      return [expression.left, ...expression.options].flatMap(namesInOperand);
    case 'truth':
      return namesInOperand(expression.operand);
  }
}

function namesInOperand(operand: OperandNode | null): readonly string[] {
  if (operand?.kind === 'call') return operand.args.flatMap(namesInOperand);
  return operand?.kind === 'path' ? [operand.text] : [];
}

function truthOf(name: string): ExprNode {
  return { kind: 'truth', operand: { kind: 'path', text: name, first: 0, last: 0 }, first: 0, last: 0 };
}
