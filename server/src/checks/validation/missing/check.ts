import type { RecordCheck } from '../../check.js';
import { obligationDraft, targetSyntax, targetWords, whySentence } from '../../words.js';

/** A validation that has to be done again, or done for the first time, and is not declared. */
export const validationMissing: RecordCheck = {
  code: 'validation/missing',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'revalidation' || obligation.state !== 'unmet') continue;
      const isNew = obligation.target.startsWith('new:');
      const what = isNew
        ? `This change needs ${targetWords(obligation)}`
        : `${targetWords(obligation)} has to be repeated for this change`;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${what}, and the record doesn't say that it is. Write \`revalidate ${targetSyntax(obligation, world)} by DATE\`. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
