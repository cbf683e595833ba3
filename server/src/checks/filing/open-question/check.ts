import type { Obligation } from '../../../impact/obligation.js';
import type { World } from '../../../impact/world.js';
import type { RecordCheck } from '../../check.js';
import { filingWords, obligationDraft, openWords, whySentence } from '../../words.js';

/** A filing (or a task or notice) that hangs on a question nobody has answered or a fact that is missing. */
export const filingOpenQuestion: RecordCheck = {
  code: 'filing/open-question',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.state !== 'open' && !isHiddenByDates(obligation)) continue;
      if (obligation.kind === 'revalidation' || obligation.kind === 'assessment') continue;
      report(obligationDraft(analysis, obligation, world, messageOf(obligation, world)));
    }
  },
};

/** A filing whose dates break its clock may also be declared below what an open question could ask. */
function isHiddenByDates({ shortfall, questions, category }: Obligation): boolean {
  return (
    shortfall === 'time' &&
    questions.length > 0 &&
    category !== null &&
    category.declared !== category.highest
  );
}

function messageOf(obligation: Obligation, world: World): string {
  const why = whySentence(obligation, world);
  const open = openWords(obligation, world);
  if (obligation.kind !== 'filing')
    return `Whether ${obligation.target} is owed is not settled. ${open} ${why}`;
  const { lowest, highest, declared } = obligation.category!;
  if (lowest === null || highest === null) {
    return `Nothing here can say what this change means for ${filingWords(obligation)}: ${obligation.text}. Decide it by hand and keep the reason in the record. ${open}`.trim();
  }
  const range = `Whether ${filingWords(obligation)} needs ${lowest === 'none' ? 'nothing' : lowest} or ${highest} is not settled`;
  const kept = declared === null ? '' : `, and the record declares ${declared}`;
  const safe =
    declared === highest ? '' : `Or declare ${highest}, which is enough whatever the answers are. `;
  return `${range}${kept}. ${open} ${safe}${why}`;
}
