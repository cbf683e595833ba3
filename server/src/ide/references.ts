import type { Snapshot } from '../workspace/workspace.js';
import { nameAt, type Occurrence, occurrences } from './names.js';

/**
 * Every place at which what is named at an offset is named, over records, rules, the registry, entail.jsonc
 * and the shipped packs in force; sorted by path and place. Empty where no name stands.
 */
export function referencesAt(
  snapshot: Snapshot,
  path: string,
  offset: number,
  declarations: 'with-declarations' | 'without-declarations',
): readonly Occurrence[] {
  const name = nameAt(snapshot, path, offset);
  if (!name) return [];
  const all = occurrences(snapshot, name);
  return declarations === 'with-declarations' ? all : all.filter(({ role }) => role === 'reference');
}
