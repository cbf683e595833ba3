import type { WorkspaceCheck } from '../../check.js';
import { registryProblemDrafts } from '../../problems.js';

/** Two entities with one ID. */
export const registryDuplicateId: WorkspaceCheck = {
  code: 'registry/duplicate-id',
  workspace: (everything) => registryProblemDrafts(everything, 'registry/duplicate-id'),
};
