import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';

/** Values whose units measure different things. */
export const recordUnitMismatch: RecordCheck = {
  code: 'record/unit-mismatch',
  *record(analysis) {
    yield* problemDrafts(analysis, 'record/unit-mismatch');
  },
};
