import type { WorkspaceCheck } from '../../check.js';
import { ruleProblemDrafts } from '../../problems.js';

/** A rule of the workspace that takes the place of a shipped one. */
export const rulesOverrides: WorkspaceCheck = {
  code: 'rules/overrides',
  workspace: (everything) => ruleProblemDrafts(everything, 'rules/overrides'),
};
