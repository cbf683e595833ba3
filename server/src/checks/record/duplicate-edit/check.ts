import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';

/** Two edits of one record that change the same thing. */
export const recordDuplicateEdit: RecordCheck = {
  code: 'record/duplicate-edit',
  record(analysis, report) {
    for (const draft of problemDrafts(analysis, 'record/duplicate-edit')) report(draft);
  },
};
