import { textAt, textsAt } from '../registry/registry.js';
import type { Context } from './context.js';

/**
 * Whether the registry marks what the edit changes as standing in the restricted part of a master file that the filing
 * refers to. It is a mark: where it isn't, the rules ask.
 */
export function isRestricted({ filing, registry, edit }: Context): boolean {
  return (filing ? (textsAt(filing, 'references') ?? []) : []).some((id) => {
    const file = registry.get(id);
    return file !== undefined && textAt(file, 'registers', [edit.subject, 'part']) === 'restricted';
  });
}
