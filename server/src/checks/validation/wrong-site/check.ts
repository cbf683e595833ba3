import type { RecordCheck } from '../../check.js';
import { obligationDraft, targetSyntax, targetWords, whySentence } from '../../words.js';

/** A revalidation declared at another site than the one at which it is owed. */
export const validationWrongSite: RecordCheck = {
  code: 'validation/wrong-site',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.shortfall !== 'site') continue;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${targetWords(obligation)} is what is owed; this line means another site. ` +
            `Write \`revalidate ${targetSyntax(obligation, world)}\`. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
