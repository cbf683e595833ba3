import { type Answers, fileAnswersFor } from '../impact/answers.js';
import { packsJudging } from '../impact/case.js';
import { type Clock, clockOf } from '../impact/clock.js';
import { approvalDay, firstApproval, implementationDay } from '../impact/filingDates.js';
import type { Obligation } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import { textAt } from '../registry/registry.js';

/** The clock of the category that a record declares for a filing, run on the record's dates; null without one. */
export function declaredClock(obligation: Obligation, answers: Answers, world: World): Clock | null {
  const filing = world.registry.get(obligation.target);
  const answer = fileAnswersFor(answers, obligation.target).find(
    (one) => one.category?.text === obligation.category?.declared,
  );
  if (!filing || !answer?.category) return null;
  const category = answer.category.text;
  const pack = packsJudging(world, filing, obligation.judgedOn).find((one) => one.clocks.has(category));
  if (!pack) return null;
  return clockOf(pack, category, {
    submitted: answer.on?.day ?? null,
    approved: approvalDay(answers, obligation.target),
    implemented: implementationDay(answers, obligation.target),
    firstApproved: firstApproval(filing),
    procedure: textAt(filing, 'procedure'),
  });
}

/** The first day on which the declared category allows the change; null where a missing date leaves it unknown. */
export function earliestFor(obligation: Obligation, answers: Answers, world: World): number | null {
  return declaredClock(obligation, answers, world)?.earliest ?? null;
}

/** Whether the declared category needs an approval that the record doesn't hold. */
export function awaitsApproval(obligation: Obligation, answers: Answers, world: World): boolean {
  return (
    declaredClock(obligation, answers, world)?.needsApproval === true &&
    approvalDay(answers, obligation.target) === null
  );
}
