import type { RecordCheck } from '../../check.js';
import { filingWords, obligationDraft, whySentence } from '../../words.js';

/** A filing declared in a category above the highest that the rules ask for: allowed, and often needless. */
export const filingOverReported: RecordCheck = {
  code: 'filing/over-reported',
  record(analysis, report, world) {
    for (const obligation of analysis.obligations) {
      const { category } = obligation;
      if (!category?.declared || category.highest === null || obligation.state !== 'met') continue;
      if (rankOf(obligation.market, category.declared) <= rankOf(obligation.market, category.highest))
        continue;
      const enough =
        category.highest === 'none' ? 'nothing needs to be filed' : `${category.highest} would be enough`;
      report(
        obligationDraft(
          analysis,
          obligation,
          world,
          `${category.declared} is more than the rules ask of ${filingWords(obligation)}: ${enough}. ` +
            `Keep it if you mean to, or write what is asked. ${whySentence(obligation, world)}`,
        ),
      );
    }

    function rankOf(market: string | null, category: string): number {
      const packs = [...world.rules.packs.values()].filter((pack) => pack.market === market);
      return Math.max(-1, ...packs.map((pack) => pack.categories.indexOf(category)));
    }
  },
};
