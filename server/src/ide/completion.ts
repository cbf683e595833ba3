/** Completion in every kind of file, on broken text as on whole. */

import { CONFIG_FILE } from '../workspace/config.js';
import type { Snapshot } from '../workspace/workspace.js';
import { configCompletions } from './completionConfig.js';
import { type CompletionList, NO_COMPLETIONS } from './completionItem.js';
import { recordCompletions } from './completionRecords.js';
import { registryCompletions } from './completionRegistry.js';
import { rulesCompletions } from './completionRules.js';

export { resolveCompletion } from './completionDocs.js';
export type { Completion, CompletionData, CompletionKind, CompletionList } from './completionItem.js';

/**
 * What may stand at an offset of a file, the likeliest first: at most 200 choices, cheap to make; what each means
 * is asked for with `resolveCompletion`. Empty where nothing can be said (prose, comments, other files).
 */
export function completions(snapshot: Snapshot, path: string, offset: number): CompletionList {
  const file = snapshot.file(path);
  if (path === CONFIG_FILE && file) return configCompletions(snapshot, file, offset);
  switch (file?.kind) {
    case 'changes':
      return recordCompletions(snapshot, file, offset);
    case 'rules':
      return rulesCompletions(snapshot, file, offset);
    case 'registry':
      return registryCompletions(snapshot, file, offset);
    default:
      return NO_COMPLETIONS;
  }
}
