import type { Obligation } from '../../../impact/obligation.js';
import type { World } from '../../../impact/world.js';
import type { RecordCheck } from '../../check.js';
import { filingWords, obligationDraft, openWords, quoted, whySentence } from '../../words.js';

/** A filing that is owed for certain and not declared, or declared for some of the edits only. */
export const filingMissing: RecordCheck = {
  code: 'filing/missing',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      if (obligation.kind !== 'filing' || obligation.state !== 'unmet') continue;
      report(obligationDraft(analysis, obligation, world, messageOf(obligation, world)));
    }
  },
};

function messageOf(obligation: Obligation, world: World): string {
  const { lowest, highest, declared } = obligation.category!;
  const settled = lowest === highest;
  const as = settled ? `as ${lowest}` : `as ${lowest} at least and ${highest} at most`;
  const open = settled ? '' : ` ${openWords(obligation, world)}`;
  const isPartial = [...world.rules.packs.values()].some(
    (pack) => pack.market === obligation.market && pack.categories.includes(declared ?? ''),
  );
  const owed = isPartial
    ? `The record declares ${filingWords(obligation)} for some of its edits only; taken together they have to be filed ${as}.`
    : `This change has to be filed in ${filingWords(obligation)} ${as}, and the record doesn't say that it is.`;
  const line = `\`file ${quoted(obligation.target)} as ${highest} on DATE\``;
  const write = isPartial
    ? `Add a line for the other edits, such as ${line}, with \`for\` and their names.`
    : `Write ${line}.`;
  return `${owed} ${write}${open} ${whySentence(obligation, world)}`;
}
