import type { RecordCheck } from '../../check.js';
import { obligationDraft, openWords, targetSyntax, targetWords, whySentence } from '../../words.js';

/** A validation whose fate the record has to settle: repeat it, or say with grounds why it is unaffected. */
export const assessmentMissing: RecordCheck = {
  code: 'assessment/missing',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      const asked =
        obligation.kind === 'assessment' && (obligation.state === 'unmet' || obligation.state === 'open');
      const hanging = obligation.kind === 'revalidation' && obligation.state === 'open';
      // An `unaffected` line without grounds is a fault of its own and reported as that.
      if (obligation.answer !== null || (!asked && !hanging)) continue;
      const name = targetSyntax(obligation, world);
      const open =
        obligation.state === 'open' ? ` It hangs on an open point: ${openWords(obligation, world)}` : '';
      const subject = obligation.target.startsWith('new:')
        ? `Whether this change needs ${targetWords(obligation)} has to be assessed`
        : `Whether this change touches ${targetWords(obligation)} has to be assessed`;
      const unaffected = hanging ? '' : `, or \`unaffected ${name} because "…"\``;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${subject}, and the record doesn't say.${open} Write \`revalidate ${name} by DATE\`${unaffected}. ${whySentence(obligation, world)}`,
        ),
      );
    }
  },
};
