import type { RecordCheck } from '../../check.js';
import { filingWords, obligationDraft, openWords, quoted, whySentence } from '../../words.js';

/** A filing that is owed for certain and not declared. */
export const filingMissing: RecordCheck = {
  code: 'filing/missing',
  *record(analysis, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'filing' || obligation.state !== 'unmet') continue;
      const { lowest, highest } = obligation.category!;
      const settled = lowest === highest;
      const what = settled ? `as ${lowest}` : `as ${lowest} at least and ${highest} at most`;
      const open = settled ? '' : ` ${openWords(obligation, world)}`;
      yield obligationDraft(
        analysis,
        obligation,
        world,
        `This change has to be filed in ${filingWords(obligation)} ${what}, and the record doesn't say that it is. ` +
          `Write \`file ${quoted(obligation.target)} as ${highest} on DATE\`.${open} ${whySentence(obligation, world)}`,
      );
    }
  },
};
