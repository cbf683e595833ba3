import { formatDate } from '../../../base/date.js';
import { isEvidence } from '../../../model/record.js';
import type { RecordCheck } from '../../check.js';

/** A temporary change whose last day has passed while the record is still open. */
export const recordLapsed: RecordCheck = {
  code: 'record/lapsed',
  record({ record }, report, world) {
    if (record.until === null || record.until >= world.asOf || isEvidence(record)) return;
    report({
      anchor: { in: 'record', record, place: record.fields.get('until')!.place },
      message:
        `This temporary change ended on ${formatDate(record.until)} and the record is still ${record.status ?? 'open'}. ` +
        'Revert it and close the record, or raise a change that makes it permanent.',
    });
  },
};
