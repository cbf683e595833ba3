import { nearest } from '../base/nearest.js';
import type { Entity, Kind, MapEntry, RegistryFile, RegistryProblem } from './entity.js';
import { addWithin, type Reference } from './references.js';
import { entriesOf, nodeAt, type Registry } from './registry.js';
import { isExtensionKey, SCHEMA } from './schema.js';
import { quote } from './tree.js';

/** The keys under `registers` that the entity has nothing for: no attribute, parameter, test or component. */
export function unknownRegistrations(registry: Registry, file: RegistryFile): readonly RegistryProblem[] {
  return file.entities.flatMap((filing) =>
    registrations(registry, filing).flatMap(({ entity, key, entry }) => {
      const known = registrable(entity);
      return known.includes(key) ? [] : [unknownKey(entity, key, entry.keyAt, known)];
    }),
  );
}

/** What is named in the values under `registers`: the sites of a step as registered, the suppliers of a material. */
export function registeredReferences(registry: Registry, filing: Entity): readonly Reference[] {
  const found: Reference[] = [];
  for (const { entity, key, entry } of registrations(registry, filing)) {
    const attributes = SCHEMA[entity.kind].attributes;
    const { value } = entry;
    if (Object.hasOwn(attributes, key))
      addWithin(attributes[key]!.type, entriesOf(value).get('value')?.value ?? value, found);
  }
  return found;
}

/** An attribute that a filing registers of an entity of the registry. */
interface Registered {
  readonly entity: Entity;
  readonly key: string;
  readonly entry: MapEntry;
}

function registrations(registry: Registry, filing: Entity): readonly Registered[] {
  if (filing.kind !== 'filing') return [];
  const registers = nodeAt(filing, 'registers');
  if (registers?.type !== 'map') return [];
  const found: Registered[] = [];
  for (const [id, { value }] of registers.entries) {
    const entity = registry.get(id);
    if (!entity || value.type !== 'map') continue;
    for (const [key, entry] of value.entries)
      if (key !== '' && !MARKS.has(key) && !isExtensionKey(key)) found.push({ entity, key, entry });
  }
  return found;
}

/** What is said of the registration as a whole. */
const MARKS: ReadonlySet<string> = new Set(['report', 'part']);

/** Where an entity keeps what has names of the author's own, and what one of it is called. */
const NAMED: { readonly [K in Kind]?: { readonly holder: string; readonly title: string } } = {
  step: { holder: 'parameters', title: 'parameter' },
  specification: { holder: 'tests', title: 'test' },
  material: { holder: 'composition', title: 'component' },
};

function registrable(entity: Entity): readonly string[] {
  const named = NAMED[entity.kind];
  const own = named ? [...entriesOf(nodeAt(entity, named.holder)).keys()] : [];
  return [...own, ...Object.keys(SCHEMA[entity.kind].attributes), ...(OF_OTHERS[entity.kind] ?? [])];
}

/** What belongs to an entity and stands elsewhere: the steps of a material name it, the protocols their filing. */
const OF_OTHERS: { readonly [K in Kind]?: readonly string[] } = {
  material: ['steps'],
  filing: ['protocols'],
};

function unknownKey(entity: Entity, key: string, at: number, known: readonly string[]): RegistryProblem {
  const { title } = SCHEMA[entity.kind];
  const named = NAMED[entity.kind];
  const what = named ? `no attribute and no ${named.title}` : 'no attribute';
  const near = nearest(key, known);
  const shown = known.slice(0, MOST_SHOWN).join(', ');
  const more = known.length > MOST_SHOWN ? ' and others' : '';
  const advice = near
    ? `Did you mean \`${near}\`?`
    : `What it has is ${shown}${more}${named ? `; a new ${named.title} is added under \`${named.holder}:\` of ${entity.id} first` : ''}.`;
  return {
    code: 'registry/schema',
    severity: 'error',
    at,
    message: `${quote(key)} is ${what} of the ${title} ${quote(entity.id)}, so registering it says nothing. ${advice}`,
    ...(near === null ? {} : { replacement: near }),
  };
}

const MOST_SHOWN = 12;
