import type { WorkspaceCheck } from '../../check.js';
import { ruleProblemDrafts } from '../../problems.js';

/** A comparison in a rule of things that can't be compared. */
export const rulesTypeMismatch: WorkspaceCheck = {
  code: 'rules/type-mismatch',
  workspace: (everything) => ruleProblemDrafts(everything, 'rules/type-mismatch'),
};
