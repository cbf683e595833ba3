import type { RecordCheck } from '../../check.js';

/** An answer to a question that the registry answers too, and otherwise. */
export const recordOverrides: RecordCheck = {
  code: 'record/overrides',
  record({ record, overrides }, report, world) {
    for (const { condition, answer, edit, place } of overrides) {
      const question = world.rules.conditions.get(condition)?.question ?? '';
      const [said, told] = answer === 'confirm' ? ['confirms', 'no'] : ['denies', 'yes'];
      report({
        anchor: { in: 'record', record, place },
        message:
          `The record ${said} ${condition}, “${question}”, and answered from the registry it would be ${told} for ${edit}. ` +
          'The record counts, with its grounds. If it is the registry that is out of date, correct it there.',
      });
    }
  },
};
