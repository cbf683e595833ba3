import { parseDate } from '../../../base/date.js';
import type { World } from '../../../impact/world.js';
import type { Entity } from '../../../registry/entity.js';
import { nodeAt, statusOf, textAt, textsAt } from '../../../registry/registry.js';
import type { WorkspaceCheck } from '../../check.js';

/** A step that makes something at a site where no current process validation covers it. */
export const registryStepNotValidated: WorkspaceCheck = {
  code: 'registry/step-not-validated',
  *workspace({ world }) {
    // A registry that holds no validations says nothing of them: they are unknown, not missing.
    if (world.registry.all('validation').length === 0) return;
    for (const step of world.registry.all('step')) {
      if (statusOf(step) !== 'current' || (textsAt(step, 'produces') ?? []).length === 0) continue;
      // A site that isn't in the registry is reported as that.
      const sites = (textsAt(step, 'sites') ?? []).filter(
        (site) => world.registry.get(site)?.kind === 'site',
      );
      const bare = sites.filter((site) => !isCovered(world, step, site));
      if (bare.length === 0) continue;
      yield {
        anchor: { in: 'registry', file: step.file, at: nodeAt(step, 'sites')?.at ?? step.at },
        message:
          `No current process validation covers ${step.id} at ${bare.join(', ')}. ` +
          `Enter it under \`validations\` (kind: process, covers: [${step.id}], site: ${bare[0]}), or correct the sites of the step.`,
      };
    }
  },
};

/** One that has expired is reported as that; it is not missing. */
function isCovered(world: World, step: Entity, site: string): boolean {
  return world.network.validationsOf(step.id).some((validation) => {
    const status = textAt(validation, 'status') ?? 'current';
    const due = parseDate(textAt(validation, 'due') ?? '');
    const counts =
      status === 'current' ||
      status === 'expired' ||
      (due !== null && status !== 'withdrawn' && status !== 'planned' && status !== 'in-progress');
    const at = textAt(validation, 'site');
    return textAt(validation, 'kind') === 'process' && counts && (at === undefined || at === site);
  });
}
