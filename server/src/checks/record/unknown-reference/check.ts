import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';
import { categoryProblems, conditionProblems, recordNameProblems, ruleNameProblems } from './names.js';

/** A name that is no entity, record, rule or category, or one of the wrong kind. */
export const recordUnknownReference: RecordCheck = {
  code: 'record/unknown-reference',
  *record(analysis, world) {
    yield* problemDrafts(analysis, 'record/unknown-reference');
    yield* recordNameProblems(analysis, world);
    yield* categoryProblems(analysis, world);
    yield* conditionProblems(analysis, world);
    yield* ruleNameProblems(analysis, world);
  },
};
