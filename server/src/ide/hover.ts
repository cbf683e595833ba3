import type { Range } from '../base/span.js';
import type { Snapshot } from '../workspace/workspace.js';
import { hoverInChange } from './hoverChange.js';
import { hoverInConfig } from './hoverConfig.js';
import { hoverInRegistry } from './hoverRegistry.js';
import { hoverInRules } from './hoverRules.js';
import { viewOf } from './hoverWorld.js';

/** What is shown over a place of a text: Markdown in which everything from the workspace is escaped. */
export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

/** What the thing at an offset of a file is and entails; null where there is nothing to say. Works on broken text. */
export function hover(snapshot: Snapshot, path: string, offset: number): Hover | null {
  const file = snapshot.file(path);
  if (!file) return null;
  switch (file.kind) {
    case 'changes':
      return hoverInChange(viewOf(snapshot, path), file, offset);
    case 'rules':
      return hoverInRules(snapshot, file, offset);
    case 'registry':
      return hoverInRegistry(viewOf(snapshot, path), file, offset);
    case 'plain':
      return path.endsWith('.jsonc') ? hoverInConfig(snapshot, file, offset) : null;
  }
}
