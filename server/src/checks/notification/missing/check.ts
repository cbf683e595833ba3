import type { RecordCheck } from '../../check.js';
import { obligationDraft, quoted, whySentence } from '../../words.js';

/** A notification that is owed for certain and not declared. */
export const notificationMissing: RecordCheck = {
  code: 'notification/missing',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'notification' || obligation.state !== 'unmet') continue;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${obligation.target} has to be told of this change, and the record doesn't say that it is. Write \`notify ${quoted(obligation.target)} on DATE\`. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
