import type { WorkspaceCheck } from '../../check.js';
import { ruleProblemDrafts } from '../../problems.js';

/** A rule without a citation, or that doesn't say how sure it is. */
export const rulesNoCitation: WorkspaceCheck = {
  code: 'rules/no-citation',
  workspace: (everything) => ruleProblemDrafts(everything, 'rules/no-citation'),
};
