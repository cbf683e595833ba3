import { isInForce, packsFor } from '../../../impact/case.js';
import type { World } from '../../../impact/world.js';
import type { Entity, RegistryNode } from '../../../registry/entity.js';
import { entriesOf, nodeAt, textAt, textsAt } from '../../../registry/registry.js';
import { quote } from '../../../registry/tree.js';
import type { Draft } from '../../check.js';
import { nearestCategory } from '../../words.js';

/**
 * Categories agreed with an authority that no pack in force for the filing knows: they would decide nothing.
 * Where no pack holds for a filing its categories can't be judged.
 */
export function* categoryDrafts(world: World): Iterable<Draft> {
  for (const filing of world.registry.all('filing')) {
    for (const [, { value: entity }] of entriesOf(nodeAt(filing, 'registers'))) {
      yield* judged(world, filing, [filing], reportIn(entity));
      for (const [, { value: attribute }] of entriesOf(entity))
        yield* judged(world, filing, [filing], reportIn(attribute));
    }
  }
  for (const protocol of world.registry.all('protocol')) {
    const filings = (textsAt(protocol, 'filing') ?? []).flatMap((id) => world.registry.get(id) ?? []);
    yield* judged(world, protocol, filings, reportIn(protocol.node));
  }
}

function reportIn(node: RegistryNode): RegistryNode | undefined {
  return entriesOf(node).get('report')?.value;
}

function* judged(
  world: World,
  holder: Entity,
  filings: readonly Entity[],
  report: RegistryNode | undefined,
): Iterable<Draft> {
  if (report?.type !== 'scalar' || report.text === '') return;
  const packs = filings
    .flatMap((filing) => packsFor(world, textAt(filing, 'market'), textAt(filing, 'type')))
    .filter((pack) => pack.categories.length > 1 && isInForce(pack, world.asOf));
  if (packs.length === 0 || packs.some((pack) => pack.categories.includes(report.text))) return;
  const known = [...new Set(packs.flatMap((pack) => pack.categories))];
  const near = nearestCategory(report.text, known);
  const advice = near ? `Did you mean \`${near}\`?` : `It may be ${known.join(', ')}.`;
  const where = filings.map((filing) => filing.id).join(', ');
  yield {
    anchor: { in: 'registry', file: holder.file, at: report.at },
    message: `${quote(report.text)} is no category of the rules in force for ${where}. ${advice}`,
    ...(near === null ? {} : { replacement: near }),
  };
}
