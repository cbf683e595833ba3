import type { RecordCheck } from '../../check.js';
import { obligationDraft, quoted, whySentence } from '../../words.js';

/** An approval that is owed for certain and not declared. */
export const approvalMissing: RecordCheck = {
  code: 'approval/missing',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'approval' || obligation.state !== 'unmet') continue;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${obligation.target} has to approve this change, and the record holds no approval. Write \`approval ${quoted(obligation.target)} on DATE evidence "…"\` once it is there. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
