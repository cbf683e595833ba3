import { sameValue } from '../../../base/value.js';
import type { World } from '../../../impact/world.js';
import type { Entity, RegistryNode } from '../../../registry/entity.js';
import { entriesOf, nodeAt, siteValue, textAt, textsAt } from '../../../registry/registry.js';
import { parseValue } from '../../../syntax/value.js';
import type { Draft, WorkspaceCheck } from '../../check.js';

/** One step's or test's values, or the ranges of its process validations, that differ between sites. */
export const registryDivergentCriteria: WorkspaceCheck = {
  code: 'registry/divergent-criteria',
  *workspace({ world }) {
    for (const step of world.registry.all('step')) {
      yield* divergentAt(step, nodeAt(step, 'parameters'), textsAt(step, 'sites') ?? []);
      yield* divergentRanges(world, step);
    }
    for (const specification of world.registry.all('specification')) {
      yield* divergentAt(specification, nodeAt(specification, 'tests'), []);
    }
  },
};

/** Values under `at` that differ from the general one, or from each other. */
function* divergentAt(
  entity: Entity,
  criteria: RegistryNode | undefined,
  sites: readonly string[],
): Iterable<Draft> {
  for (const [name, { value: node }] of entriesOf(criteria)) {
    const own = entriesOf(entriesOf(node).get('at')?.value);
    if (own.size === 0) continue;
    const others = sites.some((site) => !own.has(site)) || sites.length === 0;
    const general = others ? siteValue(node, null) : undefined;
    const values = [...(general ? [{ where: 'elsewhere', value: general }] : [])];
    for (const site of own.keys()) values.push({ where: `at ${site}`, value: siteValue(node, site)! });
    const different = values.find(({ value }) => value && !sameValue(value, values[0]!.value));
    if (!different) continue;
    yield {
      anchor: { in: 'registry', file: entity.file, at: node.at },
      message:
        `${name} of ${entity.id} differs between sites: ${values.map(({ where, value }) => `${value.text} ${where}`).join(', ')}. ` +
        'Bring them into line, or keep the reason where an inspector finds it.',
    };
  }
}

function* divergentRanges(world: World, step: Entity): Iterable<Draft> {
  const validations = world.network
    .validationsOf(step.id)
    .filter(
      (validation) =>
        textAt(validation, 'kind') === 'process' && (textAt(validation, 'status') ?? 'current') === 'current',
    );
  const seen = new Map<string, { readonly text: string; readonly validation: Entity }>();
  for (const validation of validations) {
    for (const [name, { value: range }] of entriesOf(nodeAt(validation, 'ranges'))) {
      if (range.type !== 'scalar') continue;
      const first = seen.get(name);
      if (!first) seen.set(name, { text: range.text, validation });
      else if (
        textAt(first.validation, 'site') !== textAt(validation, 'site') &&
        !sameValue(parseValue(first.text), parseValue(range.text))
      ) {
        yield {
          anchor: { in: 'registry', file: validation.file, at: range.at },
          message:
            `${step.id} is validated for ${name} ${range.text} here and for ${first.text} in ${first.validation.id}. ` +
            'A batch that is fine at one site would be out of range at the other: bring them into line, or keep the reason.',
          related: [
            {
              message: first.validation.id,
              anchor: { in: 'registry', file: first.validation.file, at: first.validation.at },
            },
          ],
        };
      }
    }
  }
}
