import type { RecordCheck } from '../../check.js';
import { problemDrafts } from '../../problems.js';
import { categoryProblems, conditionProblems, recordNameProblems, ruleNameProblems } from './names.js';

/** A name that is no entity, record, rule or category, or one of the wrong kind. */
export const recordUnknownReference: RecordCheck = {
  code: 'record/unknown-reference',
  record(analysis, report, world) {
    for (const draft of problemDrafts(analysis, 'record/unknown-reference')) report(draft);
    recordNameProblems(analysis, report, world);
    categoryProblems(analysis, report, world);
    conditionProblems(analysis, report, world);
    ruleNameProblems(analysis, report, world);
  },
};
