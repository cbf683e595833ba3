import type { WorkspaceCheck } from '../../check.js';
import { ruleProblemDrafts } from '../../problems.js';

/** A fact, condition or function in a rule that Entail doesn't know. */
export const rulesUnknownFact: WorkspaceCheck = {
  code: 'rules/unknown-fact',
  workspace: (everything) => ruleProblemDrafts(everything, 'rules/unknown-fact'),
};
