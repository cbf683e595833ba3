import type { WorkspaceCheck } from '../../check.js';
import { registryProblemDrafts } from '../../problems.js';

/** A key, value or shape that the registry doesn't have. */
export const registrySchema: WorkspaceCheck = {
  code: 'registry/schema',
  workspace: (everything) => registryProblemDrafts(everything, 'registry/schema'),
};
