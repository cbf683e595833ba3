import { placeOf } from '../../../model/record.js';
import type { AnswerNode } from '../../../syntax/nodes.js';
import type { RecordCheck } from '../../check.js';

/** An answer that answers nothing that is owed. */
export const recordUnusedAnswer: RecordCheck = {
  code: 'record/unused-answer',
  *record({ record, unused }) {
    for (const answer of unused) {
      yield {
        anchor: { in: 'record', record, place: placeOf(record, answer) },
        message: `${whatItIs(answer)} answers nothing that is owed here. Take it out, or check that it names what you mean.`,
      };
    }
  },
};

function whatItIs(answer: AnswerNode): string {
  switch (answer.kind) {
    case 'confirm':
    case 'deny':
      return `\`${answer.kind} ${answer.conditions.map((condition) => condition.text).join(', ')}\``;
    case 'file':
      return `Filing ${answer.filings.map((filing) => filing.text).join(', ')}`;
    default:
      return `This \`${answer.kind}\` line`;
  }
}
