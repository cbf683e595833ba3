import type { Range } from '../base/span.js';
import type { Snapshot } from '../workspace/workspace.js';
import { nameAt, occurrencesInFile } from './names.js';

export interface Highlight {
  readonly range: Range;
  /** `write` where it is declared. */
  readonly kind: 'read' | 'write';
}

/** The places in the same file at which the same is named; empty where no name stands at the offset. */
export function highlightsAt(snapshot: Snapshot, path: string, offset: number): readonly Highlight[] {
  const name = nameAt(snapshot, path, offset);
  if (!name) return [];
  return occurrencesInFile(snapshot, path, name).map(({ range, role }) => ({
    range,
    kind: role === 'declaration' ? 'write' : 'read',
  }));
}
