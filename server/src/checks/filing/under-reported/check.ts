import type { RecordCheck } from '../../check.js';
import { filingWords, obligationDraft, whySentence } from '../../words.js';

/** A filing declared in a category below the lowest that the rules allow. */
export const filingUnderReported: RecordCheck = {
  code: 'filing/under-reported',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'filing' || obligation.shortfall !== 'category') continue;
      const { lowest, highest, declared } = obligation.category!;
      const least = lowest === highest ? `${lowest}` : `${lowest} at least`;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${declared} is too low for ${filingWords(obligation)}: the change has to be filed as ${least}. ` +
            `Write ${highest} instead of ${declared}. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
