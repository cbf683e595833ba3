import { sameValue } from '../../../base/value.js';
import type { Entity, RegistryNode } from '../../../registry/entity.js';
import { entriesOf, nodeAt, siteValue, textAt } from '../../../registry/registry.js';
import { parseValue } from '../../../syntax/value.js';
import type { Draft, WorkspaceCheck } from '../../check.js';

/** What a filing registers and what the registry says is done, where the two differ. */
export const registryNotAsRegistered: WorkspaceCheck = {
  code: 'registry/not-as-registered',
  *workspace({ world }) {
    for (const filing of world.registry.all('filing')) {
      if (textAt(filing, 'status') === 'withdrawn') continue;
      for (const [id, { value: element }] of entriesOf(nodeAt(filing, 'registers'))) {
        const entity = world.registry.get(id);
        if (!entity) continue;
        for (const [attribute, { value }] of entriesOf(element)) {
          if (attribute !== 'report') yield* differences(filing, entity, attribute, value);
        }
      }
    }
  },
};

function* differences(
  filing: Entity,
  entity: Entity,
  attribute: string,
  node: RegistryNode,
): Iterable<Draft> {
  const registered = node.type === 'map' ? node.entries.get('value')?.value : node;
  const actual = actualNode(entity, attribute);
  if (!registered || !actual) return;
  const draft = (message: string): Draft => ({
    anchor: { in: 'registry', file: filing.file, at: registered.at },
    message: `${filing.id} registers ${message}. File what is done, or do what is filed.`,
    related: [
      {
        message: `${attribute} of ${entity.id}`,
        anchor: { in: 'registry', file: entity.file, at: actual.at },
      },
    ],
  });
  const list = idsOf(registered);
  const current = idsOf(actual);
  if (registered.type === 'list' || actual.type === 'list') {
    const extra = current.filter((id) => !list.includes(id));
    const gone = list.filter((id) => !current.includes(id));
    if (extra.length > 0)
      yield draft(
        `the ${attribute} of ${entity.id} as ${list.join(', ') || 'none'}, and the registry also has ${extra.join(', ')}`,
      );
    else if (gone.length > 0)
      yield draft(`${gone.join(', ')} among the ${attribute} of ${entity.id}, and the registry doesn't`);
    return;
  }
  const value = siteValue(actual, null);
  if (registered.type !== 'scalar' || !value || sameValue(parseValue(registered.text), value)) return;
  yield draft(`${attribute} of ${entity.id} as ${registered.text}, and the registry says ${value.text}`);
}

/** Where the registry holds what `registers` calls by a bare name: an attribute, a parameter or a test. */
function actualNode(entity: Entity, attribute: string): RegistryNode | undefined {
  return (
    nodeAt(entity, attribute) ??
    nodeAt(entity, 'parameters', [attribute]) ??
    nodeAt(entity, 'tests', [attribute]) ??
    nodeAt(entity, 'composition', [attribute])
  );
}

function idsOf(node: RegistryNode): readonly string[] {
  if (node.type === 'list') return node.items.flatMap((item) => (item.type === 'scalar' ? [item.text] : []));
  return node.type === 'scalar' ? [node.text] : [];
}
