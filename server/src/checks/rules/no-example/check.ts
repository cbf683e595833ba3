import { isNameOf } from '../../../impact/answers.js';
import type { WorkspaceCheck } from '../../check.js';

/** A rule of the workspace without an example that must hold and one that must not. */
export const rulesNoExample: WorkspaceCheck = {
  code: 'rules/no-example',
  *workspace({ world, ownRules, shownRules }) {
    for (const name of ownRules) {
      const rule = world.rules.rules.get(name);
      if (!rule) continue;
      const holds = shownRules.some(({ considered }) => considered.has(name));
      const fails = shownRules.some(({ ruledOut }) => ruledOut.some((one) => isNameOf(one, name)));
      if (holds && fails) continue;
      const lack = holds
        ? 'no example in which it must not hold'
        : fails
          ? 'no example in which it must hold'
          : 'no example';
      yield {
        anchor: { in: 'rules', location: rule.location },
        message:
          `${name} has ${lack}, so nobody can tell whether it says what it means. ` +
          `Write small records with \`expect … by ${rule.shortName}\` and \`expect no ${rule.shortName}\` in the folder PACK.examples beside the pack.`,
      };
    }
  },
};
