import { placeOf } from '../../../model/record.js';
import type { WorkspaceCheck } from '../../check.js';

/** Two records with one number. */
export const recordDuplicateId: WorkspaceCheck = {
  code: 'record/duplicate-id',
  *workspace({ twins }) {
    for (const { record, first } of twins) {
      yield {
        anchor: { in: 'record', record, place: placeOf(record, record.node.id!) },
        message: `${record.id} is already the number of a record in ${first.file}. Give this one a number of its own.`,
        related: [
          {
            message: 'the first record of that number',
            anchor: { in: 'record', record: first, place: placeOf(first, first.node.id!) },
          },
        ],
      };
    }
  },
};
