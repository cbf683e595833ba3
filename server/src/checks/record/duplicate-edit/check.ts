import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';

/** Two edits of one record that change the same thing. */
export const recordDuplicateEdit: RecordCheck = {
  code: 'record/duplicate-edit',
  *record(analysis) {
    yield* problemDrafts(analysis, 'record/duplicate-edit');
  },
};
