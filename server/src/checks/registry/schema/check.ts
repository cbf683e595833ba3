import type { WorkspaceCheck } from '../../check.js';
import { registryProblemDrafts } from '../../problems.js';
import { categoryDrafts } from './categories.js';
import { patternDrafts } from './patterns.js';

/** A key, value or shape that the registry doesn't have, and what would never match or decide anything. */
export const registrySchema: WorkspaceCheck = {
  code: 'registry/schema',
  *workspace(everything) {
    yield* registryProblemDrafts(everything, 'registry/schema');
    yield* patternDrafts(everything.world.registry);
    yield* categoryDrafts(everything.world);
  },
};
