import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';

/** Values whose units measure different things. */
export const recordUnitMismatch: RecordCheck = {
  code: 'record/unit-mismatch',
  record(analysis, report) {
    for (const draft of problemDrafts(analysis, 'record/unit-mismatch')) report(draft);
  },
};
