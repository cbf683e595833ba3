import { placeOf } from '../../../model/record.js';
import type { WorkspaceCheck } from '../../check.js';

/** Two records with one number. */
export const recordDuplicateId: WorkspaceCheck = {
  code: 'record/duplicate-id',
  *workspace({ world, twins }) {
    for (const record of twins) {
      const known = world.record(record.id)!;
      yield {
        anchor: { in: 'record', record, place: placeOf(record, record.node.id!) },
        message: `${record.id} is already the number of a record in ${known.file}. Give this one a number of its own.`,
        related: [
          {
            message: 'the first record of that number',
            anchor: { in: 'record', record: known, place: placeOf(known, known.node.id!) },
          },
        ],
      };
    }
  },
};
