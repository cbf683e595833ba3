import type { RecordCheck } from '../../check.js';
import { obligationDraft, quoted, whySentence } from '../../words.js';

/** A task that is owed for certain and not declared. */
export const taskMissing: RecordCheck = {
  code: 'task/missing',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'task' || obligation.state !== 'unmet') continue;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `This change asks for “${obligation.text}”, and the record doesn't say that it is done. Write \`perform ${quoted(obligation.target)} by DATE\`. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
