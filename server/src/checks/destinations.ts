import type { Analysis } from '../impact/analyse.js';
import type { World } from '../impact/world.js';
import type { Edit } from '../model/edit.js';
import { isEvidence } from '../model/record.js';
import type { Entity } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';

/** Something that an edit puts at a site: a step brought there, equipment that stands there. */
export interface Brought {
  readonly edit: Edit;
  readonly subject: Entity;
  readonly site: Entity;
  /** The products that the edit reaches. */
  readonly products: readonly Entity[];
}

/** What the edits of a record put at sites. */
export function brought(analysis: Analysis, world: World): readonly Brought[] {
  if (isEvidence(analysis.record)) return [];
  return analysis.traced.flatMap(({ edit, reach }) => {
    const part = edit.in === null ? undefined : world.registry.get(edit.in);
    const subject = world.registry.get(edit.subject);
    if (!part || !subject) return [];
    const site = part.kind === 'site' ? part : world.registry.get(textAt(part, 'site') ?? '');
    if (site?.kind !== 'site') return [];
    return [
      { edit, subject, site, products: reach.products.flatMap(({ id }) => world.registry.get(id) ?? []) },
    ];
  });
}

/** The day on which the change takes effect, or today where the record doesn't say. */
export function implementDay(analysis: Analysis, world: World): number {
  return analysis.record.implement ?? world.asOf;
}
