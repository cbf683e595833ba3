import { placeOf } from '../../../model/record.js';
import type { RecordCheck } from '../../check.js';

/** An `unaffected`, `confirm` or `deny` that gives no grounds. */
export const recordMissingGrounds: RecordCheck = {
  code: 'record/missing-grounds',
  record({ record }, report) {
    for (const answer of record.answers) {
      if (answer.kind !== 'unaffected' && answer.kind !== 'confirm' && answer.kind !== 'deny') continue;
      // What is wrong with the line has been said; the grounds may be what was not understood.
      if (answer.grounds || answer.faulty) continue;
      report({
        anchor: { in: 'record', record, place: placeOf(record, answer) },
        message: `\`${answer.kind}\` needs grounds: an inspector will ask why. Add \`because "…"\` in a sentence, \`evidence DOCUMENT\`, or both.`,
      });
    }
  },
};
