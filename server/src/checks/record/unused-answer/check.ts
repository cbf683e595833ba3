import { nearest } from '../../../base/nearest.js';
import { analyse } from '../../../impact/analyse.js';
import { targetName } from '../../../impact/duties.js';
import type { Obligation } from '../../../impact/obligation.js';
import type { World } from '../../../impact/world.js';
import { type ChangeRecord, placeOf } from '../../../model/record.js';
import type { AnswerNode } from '../../../syntax/nodes.js';
import type { RecordCheck } from '../../check.js';
import { categoriesOf } from '../unknown-reference/names.js';

/** An answer that answers nothing that is owed. */
export const recordUnusedAnswer: RecordCheck = {
  code: 'record/unused-answer',
  record({ record, unused, edits, problems, obligations }, report, world) {
    // Without an edit that was understood nothing is owed yet; what is wrong there is said there.
    if (unused.length === 0 || (edits.length === 0 && record.edits.length > 0)) return;
    const above = owedAbove(record, world);
    for (const answer of unused) {
      const place = placeOf(record, answer);
      const isFaulty = problems.some(
        (problem) => place.first <= problem.place.first && problem.place.last <= place.last,
      );
      if (
        isFaulty ||
        isIncomplete(answer) ||
        namesNothing(answer, world) ||
        isOfUnknownCategory(answer, world) ||
        targetsOf(answer).some((target) => above.has(target))
      )
        continue;
      report({
        anchor: { in: 'record', record, place },
        ...adviceOn(answer, obligations),
      });
    }
  },
};

function adviceOn(answer: AnswerNode, obligations: readonly Obligation[]): { readonly message: string } {
  const targets = targetsOf(answer);
  const repeated =
    answer.kind === 'unaffected' &&
    obligations.find(({ kind, target }) => kind === 'revalidation' && targets.includes(target));
  if (repeated) {
    const words = repeated.target.replace(/^new:([^:]+):/, 'new $1 of ');
    return {
      message: `${words} has to be repeated for this change, and \`unaffected\` can't waive that: it answers what has to be assessed only. Write \`revalidate ${words} by DATE\`.`,
    };
  }
  const tasks = obligations.filter(({ kind }) => kind === 'task').map(({ target }) => target);
  const near = answer.kind === 'perform' ? nearest(targets[0]!, tasks) : null;
  const hint = near === null ? '' : ` Did you mean \`perform ${near}\`?`;
  return {
    message: `${whatItIs(answer)} answers nothing that is owed here.${hint} Take it out, or check that it names what you mean.`,
  };
}

/** What the record of which this is a part owes, and asks: an answer here counts there too. */
function owedAbove(record: ChangeRecord, world: World): ReadonlySet<string> {
  const parent = record.parent === null ? undefined : world.record(record.parent);
  if (!parent) return new Set();
  const { obligations } = analyse(parent, world);
  const answered = world
    .childrenOf(parent.id)
    .concat(parent)
    .flatMap((one) => one.answers);
  // A question that is answered is asked no more, so every condition that was answered may have been.
  const conditions = answered.flatMap((answer) =>
    answer.kind === 'confirm' || answer.kind === 'deny' ? answer.conditions.map(({ text }) => text) : [],
  );
  return new Set([...obligations.map(({ target }) => target), ...conditions]);
}

/** The parser has said what is missing. */
function isIncomplete(answer: AnswerNode): boolean {
  return (
    answer.faulty === true || targetsOf(answer).length === 0 || (answer.kind === 'file' && !answer.category)
  );
}

/** An answer to a question that no rule asks is reported as an unknown name. */
function namesNothing(answer: AnswerNode, world: World): boolean {
  if (answer.kind !== 'confirm' && answer.kind !== 'deny') return false;
  return answer.conditions.some(
    ({ text }) =>
      world.rules.conditionsNamed(text).length === 0 && world.registry.get(text)?.kind !== 'protocol',
  );
}

/** A category that the filing's market doesn't have is reported as an unknown name. */
function isOfUnknownCategory(answer: AnswerNode, world: World): boolean {
  if (answer.kind !== 'file') return false;
  const categories = answer.filings.flatMap(({ text }) => categoriesOf(text, world));
  return categories.length > 0 && !categories.includes(answer.category?.text ?? '');
}

function targetsOf(answer: AnswerNode): readonly string[] {
  switch (answer.kind) {
    case 'revalidate':
      return answer.target ? [targetName(answer.target)] : [];
    case 'unaffected':
      return answer.targets.map(targetName);
    case 'file':
    case 'implement':
      return answer.filings.map(({ text }) => text);
    case 'notify':
      return answer.parties.map(({ text }) => text);
    case 'approval':
      return answer.by.map(({ text }) => text);
    case 'perform':
      return answer.task ? [answer.task.text] : [];
    case 'confirm':
    case 'deny':
      return answer.conditions.map(({ text }) => text);
  }
}

function whatItIs(answer: AnswerNode): string {
  switch (answer.kind) {
    case 'confirm':
    case 'deny':
      return `\`${answer.kind} ${answer.conditions.map((condition) => condition.text).join(', ')}\``;
    case 'file':
      return `Filing ${answer.filings.map((filing) => filing.text).join(', ')}`;
    default:
      return `This \`${answer.kind}\` line`;
  }
}
