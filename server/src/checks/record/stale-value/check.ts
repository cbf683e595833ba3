import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';

/** A left value, or a part taken out, that is not what the registry says. */
export const recordStaleValue: RecordCheck = {
  code: 'record/stale-value',
  record(analysis, report) {
    for (const draft of problemDrafts(analysis, 'record/stale-value')) report(draft);
  },
};
