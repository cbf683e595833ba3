import { addQuantity, formatDate } from '../../../base/date.js';
import { Answers } from '../../../impact/answers.js';
import { implementationDay } from '../../../impact/filingDates.js';
import type { Obligation } from '../../../impact/obligation.js';
import type { World } from '../../../impact/world.js';
import { isUnderWay } from '../../../model/record.js';
import { valueAt } from '../../../registry/registry.js';
import type { RecordCheck } from '../../check.js';
import { awaitsApproval, earliestFor } from '../../clocks.js';
import { filingWords, obligationDraft, targetWords } from '../../words.js';

/** A change put in place before what it waits for: an approval, a waiting time, a validation, a notice. */
export const timelineImplementTooEarly: RecordCheck = {
  code: 'timeline/implement-too-early',
  record(analysis, report, world) {
    if (analysis.obligations.length === 0) return;
    const answers = new Answers(analysis.record, []);
    for (const obligation of analysis.obligations) {
      if (obligation.kind === 'filing') {
        const day = implementationDay(answers, obligation.target);
        const earliest = earliestFor(obligation, answers, world);
        const declared = obligation.category?.declared;
        if (day !== null && earliest !== null && day < earliest) {
          const message =
            `Implemented on ${formatDate(day)}, but ${filingWords(obligation)} filed as ${declared} allows it from ${formatDate(earliest)} at the earliest. ` +
            'Move the implementation, or file earlier.';
          report(obligationDraft(analysis, obligation, world, message));
        } else if (
          isUnderWay(analysis.record) &&
          day !== null &&
          day <= world.asOf &&
          awaitsApproval(obligation, answers, world)
        ) {
          const message =
            `The change is in place since ${formatDate(day)}, but ${declared} for ${filingWords(obligation)} needs an approval first and the record holds none. ` +
            `Add \`approval ${obligation.target} on DATE\`, or stop distribution.`;
          report(obligationDraft(analysis, obligation, world, message));
        }
      } else if (obligation.shortfall === 'time' && analysis.record.implement !== null) {
        report(
          obligationDraft(
            analysis,
            obligation,
            world,
            lateMessage(obligation, analysis.record.implement, world),
          ),
        );
      }
    }
  },
};

function lateMessage(obligation: Obligation, implemented: number, world: World): string {
  const day = formatDate(implemented);
  switch (obligation.kind) {
    case 'notification': {
      const asks = obligation.because.flatMap(({ rule }) => {
        const agreement = world.registry.get(rule);
        const notice = agreement && valueAt(agreement, 'notify');
        if (notice?.kind !== 'amount') return [];
        const latest = addQuantity(implemented, { ...notice.amount, number: -notice.amount.number });
        return [
          `${rule} asks for ${notice.text}${latest === null ? '' : `, which is by ${formatDate(latest)}`}`,
        ];
      });
      const why = asks.length > 0 ? ` (${[...new Set(asks)].join('; ')})` : '';
      return `${obligation.target} gets too little notice of a change that is implemented on ${day}${why}. Notify earlier, or implement later.`;
    }
    case 'approval':
      return `${obligation.target} approves only after the change is implemented on ${day}. Move the implementation behind the approval.`;
    default:
      return `${targetWords(obligation)} is to be ready only after the change is implemented on ${day}. Bring it forward, or implement later.`;
  }
}
