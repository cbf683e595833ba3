import type { WorkspaceCheck } from '../../check.js';
import { registryProblemDrafts } from '../../problems.js';

/** A name in the registry that is no entity, or one of the wrong kind. */
export const registryUnknownReference: WorkspaceCheck = {
  code: 'registry/unknown-reference',
  workspace: (everything) => registryProblemDrafts(everything, 'registry/unknown-reference'),
};
