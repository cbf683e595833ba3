import { formatDate } from '../../../base/date.js';
import { Answers } from '../../../impact/answers.js';
import { implementationDay } from '../../../impact/filings.js';
import type { Obligation } from '../../../impact/obligation.js';
import { isUnderWay } from '../../../model/record.js';
import type { RecordCheck } from '../../check.js';
import { awaitsApproval, earliestFor } from '../../clocks.js';
import { filingWords, obligationDraft, targetWords } from '../../words.js';

/** A change put in place before what it waits for: an approval, a waiting time, a validation, a notice. */
export const timelineImplementTooEarly: RecordCheck = {
  code: 'timeline/implement-too-early',
  *record(analysis, world) {
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
          yield obligationDraft(analysis, obligation, world, message);
        } else if (
          isUnderWay(analysis.record) &&
          day !== null &&
          day <= world.asOf &&
          awaitsApproval(obligation, answers, world)
        ) {
          const message =
            `The change is in place since ${formatDate(day)}, but ${declared} for ${filingWords(obligation)} needs an approval first and the record holds none. ` +
            `Add \`approval ${obligation.target} on DATE\`, or stop distribution.`;
          yield obligationDraft(analysis, obligation, world, message);
        }
      } else if (obligation.shortfall === 'time' && analysis.record.implement !== null) {
        yield obligationDraft(
          analysis,
          obligation,
          world,
          lateMessage(obligation, analysis.record.implement),
        );
      }
    }
  },
};

function lateMessage(obligation: Obligation, implemented: number): string {
  const day = formatDate(implemented);
  switch (obligation.kind) {
    case 'notification':
      return `${obligation.target} gets less notice than the quality agreement asks for before the change is implemented on ${day}. Notify earlier, or implement later.`;
    case 'approval':
      return `${obligation.target} approves only after the change is implemented on ${day}. Move the implementation behind the approval.`;
    default:
      return `${targetWords(obligation)} is to be ready only after the change is implemented on ${day}. Bring it forward, or implement later.`;
  }
}
