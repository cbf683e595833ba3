/** Under which packs a filing is judged for an edit, on which day and by which answer of the record. */
import type { Edit } from '../model/edit.js';
import type { Entity } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import type { Pack } from '../rules/rule.js';
import type { FileNode } from '../syntax/nodes.js';
import { type Answers, fileAnswersFor, inScope } from './answers.js';
import { isInForce, packsFor } from './case.js';
import { judgedOnImplementation } from './clock.js';
import { implementationDay } from './filingDates.js';
import type { World } from './world.js';

export interface Judgement {
  readonly answer: FileNode | null;
  /** The pack whose categories and clocks count. Null where none is in force on that day, or the filing is not approved. */
  readonly pack: Pack | null;
  /** Every pack in force for the filing, that one included: a company's own stands beside the shipped one. */
  readonly packs: readonly Pack[];
  readonly day: number;
}

export function judgementOf(world: World, answers: Answers, filing: Entity, edit: Edit): Judgement {
  const packs = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'));
  const answer = answerFor(fileAnswersFor(answers, filing.id), edit, filing.id, packs);
  if (answer) answers.use(answer);
  const day = judgedDay(packs, answer, implementationDay(answers, filing.id)) ?? world.asOf;
  const inForce = isApproved(filing) ? packs.filter((pack) => isInForce(pack, day)) : [];
  return { answer, pack: leading(inForce), packs: inForce, day };
}

/** Of several packs for one kind of filing, the one that knows the most categories: the others add rules to it. */
function leading(packs: readonly Pack[]): Pack | null {
  return packs.reduce<Pack | null>(
    (best, pack) => (best === null || pack.categories.length > best.categories.length ? pack : best),
    null,
  );
}

function isApproved(filing: Entity): boolean {
  const status = textAt(filing, 'status');
  return status === undefined || status === 'approved';
}

/** The answer that declares an edit's category: one scoped to the edit before one that speaks of all, then the highest. */
function answerFor(
  declared: readonly FileNode[],
  edit: Edit,
  filing: string,
  packs: readonly Pack[],
): FileNode | null {
  const meant = declared.filter((answer) => inScope(answer.scope, edit, null, filing));
  const scoped = meant.filter((answer) => answer.scope.length > 0);
  const rankOf = ({ category }: FileNode): number =>
    Math.max(-1, ...packs.map((pack) => pack.categories.indexOf(category?.text ?? '')));
  return (scoped.length > 0 ? scoped : meant).reduce<FileNode | null>(
    (best, answer) => (best === null || rankOf(answer) > rankOf(best) ? answer : best),
    null,
  );
}

function judgedDay(
  packs: readonly Pack[],
  answer: FileNode | null,
  implemented: number | null,
): number | null {
  const category = answer?.category?.text;
  const byImplementation =
    category !== undefined && packs.some((pack) => judgedOnImplementation(pack, category));
  return (byImplementation ? implemented : null) ?? answer?.on?.day ?? null;
}
