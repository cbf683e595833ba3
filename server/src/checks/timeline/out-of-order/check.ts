import { formatDate } from '../../../base/date.js';
import type { Analysis } from '../../../impact/analyse.js';
import { Answers, fileAnswersFor } from '../../../impact/answers.js';
import { isSameSite, targetName } from '../../../impact/duties.js';
import type { World } from '../../../impact/world.js';
import { placeOf } from '../../../model/record.js';
import type { RecordCheck, ReportDraft } from '../../check.js';
import { declaredClock } from '../../clocks.js';
import { filingWords, obligationDraft, targetWords } from '../../words.js';

/** Dates of one record that come in an order in which they can't, or may not, happen. */
export const timelineOutOfOrder: RecordCheck = {
  code: 'timeline/out-of-order',
  record(analysis, report, world) {
    if (analysis.obligations.length === 0) return;
    const answers = new Answers(analysis.record, []);
    validationsOutOfOrder(analysis, answers, report, world);
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'filing') continue;
      const submitted = fileAnswersFor(answers, obligation.target).find((answer) => answer.on)?.on?.day;
      const clock = declaredClock(obligation, answers, world);
      if (submitted !== undefined && clock?.submitBy != null && submitted > clock.submitBy) {
        const message = `${filingWords(obligation)} is to be filed on ${formatDate(submitted)}, but ${obligation.category!.declared} has to be submitted by ${formatDate(clock.submitBy)}.`;
        report(obligationDraft(analysis, obligation, world, message));
      }
      const approval = answers
        .of('approval')
        .find((answer) => answer.by.some((word) => word.text === obligation.target));
      if (submitted !== undefined && approval?.on && approval.on.day < submitted) {
        report({
          anchor: { in: 'record', record: analysis.record, place: placeOf(analysis.record, approval) },
          message: `The approval of ${obligation.target} is dated ${formatDate(approval.on.day)}, before it is filed on ${formatDate(submitted)}. Correct one of the two dates.`,
          obligation: obligation.id,
        });
      }
    }
  },
};

/** Pairs that a pack puts in order: what comes first must be ready when the other is. */
function validationsOutOfOrder(
  analysis: Analysis,
  answers: Answers,
  report: ReportDraft,
  world: World,
): void {
  // It takes two dates to be out of order.
  if (answers.of('revalidate').length < 2) return;
  const dated = analysis.obligations.flatMap((obligation) => {
    const answer = answers
      .of('revalidate')
      .find(
        (one) => one.target && targetName(one.target) === obligation.target && isSameSite(one, obligation),
      );
    const day = answer?.done?.day ?? answer?.by?.day;
    return answer && day !== undefined && obligation.validationKind !== null
      ? [{ obligation, answer, day }]
      : [];
  });
  for (const { orders } of world.rules.packs.values()) {
    for (const { before, after } of orders) {
      for (const later of dated.filter((one) => one.obligation.validationKind === after)) {
        const tooLate = dated.find(
          (one) =>
            one.obligation.validationKind === before &&
            one.obligation.site === later.obligation.site &&
            one.day > later.day,
        );
        if (!tooLate) continue;
        report({
          anchor: { in: 'record', record: analysis.record, place: placeOf(analysis.record, later.answer) },
          message:
            `${targetWords(later.obligation)} is due on ${formatDate(later.day)}, before ${targetWords(tooLate.obligation)} on ${formatDate(tooLate.day)}, ` +
            `but ${before.replaceAll('-', ' ')} comes before ${after.replaceAll('-', ' ')}. Move one of the two dates.`,
          obligation: later.obligation.id,
          related: [
            {
              message: 'what has to come first',
              anchor: {
                in: 'record',
                record: analysis.record,
                place: placeOf(analysis.record, tooLate.answer),
              },
            },
          ],
        });
      }
    }
  }
}
