import type { WorkspaceCheck } from '../../check.js';
import { ruleProblemDrafts } from '../../problems.js';

/** A trigger that no edit can match. */
export const rulesDeadTrigger: WorkspaceCheck = {
  code: 'rules/dead-trigger',
  workspace: (everything) => ruleProblemDrafts(everything, 'rules/dead-trigger'),
};
