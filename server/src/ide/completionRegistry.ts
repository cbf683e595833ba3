/** Completion in the registry's YAML: sections, attributes, words of vocabularies and references. */
import { formatDate } from '../base/date.js';
import { packsFor } from '../impact/case.js';
import { pathsOf } from '../model/path.js';
import type { Entity, Kind } from '../registry/entity.js';
import { entriesOf, nodeAt, textAt, textsAt } from '../registry/registry.js';
import {
  type Attributes,
  type AttributeType,
  KINDS,
  type MapType,
  SCHEMA,
  SECTIONS,
} from '../registry/schema.js';
import { WELL_KNOWN_PARAMETERS, WELL_KNOWN_TESTS } from '../rules/trigger.js';
import type { ParsedRegistry } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { CompletionBuilder, type CompletionList, NO_COMPLETIONS } from './completionItem.js';
import { addReferences, type Wanted } from './completionReferences.js';
import { type YamlPlace, yamlPlaceAt } from './completionYaml.js';

export function registryCompletions(
  snapshot: Snapshot,
  file: ParsedRegistry,
  offset: number,
): CompletionList {
  const place = yamlPlaceAt(file.source.text, offset);
  if (!place) return NO_COMPLETIONS;
  const builder = new CompletionBuilder(file, {
    prefix: place.prefix,
    span: { start: place.start, end: place.end },
    inQuotes: place.isQuoted,
  });
  const [section, id, ...path] = place.keys;
  if (section === undefined) {
    if (place.expects === 'key') addSections(builder, place);
    return builder.list();
  }
  const kind = SECTIONS.get(section);
  if (!kind || id === undefined) return builder.list();
  const scene: Scene = { snapshot, builder, place, kind, id, path };
  const type = typeAt(kind, path);
  if (!type) return builder.list();
  if (place.expects === 'key') addKeys(scene, type);
  else if (place.expects === 'value') addValues(scene, type);
  else if (type.type === 'list' || type.type === 'map') addValues(scene, type);
  return builder.list();
}

interface Scene {
  readonly snapshot: Snapshot;
  readonly builder: CompletionBuilder;
  readonly place: YamlPlace;
  readonly kind: Kind;
  /** The entity in which the cursor stands. */
  readonly id: string;
  /** The keys below it. */
  readonly path: readonly string[];
}

/** What may stand under the keys below an entity; a list is what its items are. */
function typeAt(kind: Kind, path: readonly string[]): AttributeType | undefined {
  let type: AttributeType | undefined = { type: 'record', attributes: SCHEMA[kind].attributes };
  for (const key of path) {
    const holder: AttributeType | undefined = itemsOf(type);
    if (holder?.type === 'map') type = holder.of;
    else if (holder?.type !== 'record') return undefined;
    else type = Object.hasOwn(holder.attributes, key) ? holder.attributes[key]!.type : holder.others;
  }
  return type;
}

function itemsOf(type: AttributeType | undefined): AttributeType | undefined {
  return type?.type === 'list' ? type.of : type;
}

function addSections(builder: CompletionBuilder, place: YamlPlace): void {
  for (const kind of KINDS) {
    const { section, description } = SCHEMA[kind];
    if (place.siblings.includes(section)) continue;
    builder.add(0, {
      label: section,
      kind: 'field',
      detail: description,
      insert: place.hasColon ? section : `${section}:\n  `,
      data: { topic: 'kind', name: section },
    });
  }
}

// ---- keys ---------------------------------------------------------------------------------------

function addKeys(scene: Scene, type: AttributeType): void {
  const holder = itemsOf(type);
  if (holder?.type === 'record') {
    addAttributes(scene, holder.attributes);
    if (holder.others) addNames(scene, attributesOfRegistered(scene));
  } else if (holder?.type === 'map') addKeysOfMap(scene, holder);
}

/** The attributes that are not there yet, needed ones first. */
function addAttributes(scene: Scene, attributes: Attributes): void {
  const { builder, place, kind, path } = scene;
  for (const [label, { description, required, type }] of Object.entries(attributes)) {
    if (place.siblings.includes(label)) continue;
    builder.add(required ? 0 : 1, {
      label,
      kind: 'attribute',
      detail: description,
      insert: withColon(place, label, type),
      data: path.length === 0 ? { topic: 'attribute', name: label, of: kind } : undefined,
    });
  }
}

function addNames({ builder, place }: Scene, names: Iterable<string>): void {
  for (const label of names)
    if (!place.siblings.includes(label))
      builder.add(2, { label, kind: 'attribute', insert: withColon(place, label, null) });
}

function addKeysOfMap(scene: Scene, { keys }: MapType): void {
  const { place } = scene;
  if (keys === 'name') addNames(scene, knownNames(scene));
  else if (keys.type === 'word') addNames(scene, keys.words);
  else
    refer(scene, { kinds: keys.kinds, without: place.siblings }, (name) =>
      withColon(place, plainScalar(name), null),
    );
}

/** A key with its colon, and in block style the line below where what it holds is a map. */
function withColon(place: YamlPlace, key: string, type: AttributeType | null): string {
  if (place.hasColon) return key;
  const isMap = type?.type === 'map' && !place.isFlow;
  return isMap ? `${key}:` : `${key}: `;
}

/** Names that are in use for a parameter, a test or a validated range. */
function knownNames({ snapshot, kind, id, path }: Scene): readonly string[] {
  const { registry } = snapshot.world;
  switch (path.at(-1)) {
    case 'parameters':
      return WELL_KNOWN_PARAMETERS;
    case 'tests':
      return WELL_KNOWN_TESTS;
    case 'ranges': {
      const validation = kind === 'validation' ? registry.get(id) : undefined;
      return (validation ? (textsAt(validation, 'covers') ?? []) : []).flatMap((covered) => {
        const step = registry.get(covered);
        return step ? [...entriesOf(nodeAt(step, 'parameters')).keys()] : [];
      });
    }
    default:
      return [];
  }
}

/** What of an entity a filing can register: its attributes, parameters, tests and components. */
function attributesOfRegistered({ snapshot, path }: Scene): readonly string[] {
  const entity = path[0] === 'registers' ? snapshot.world.registry.get(path[1] ?? '') : undefined;
  return entity ? pathsOf(entity).filter((name) => name !== 'name' && !name.includes('.')) : [];
}

// ---- values -------------------------------------------------------------------------------------

function addValues(scene: Scene, type: AttributeType): void {
  const { builder, snapshot, place } = scene;
  switch (type.type) {
    case 'list':
      addValues(scene, type.of);
      return;
    case 'word':
      builder.words(0, type.words);
      return;
    case 'boolean':
      builder.words(0, ['true', 'false']);
      return;
    case 'date':
      builder.add(0, { label: formatDate(snapshot.world.asOf), kind: 'date', detail: 'today' });
      return;
    case 'ref':
      refer(scene, { kinds: type.kinds, without: [scene.id] }, plainScalar);
      return;
    case 'map':
      // A plain list of the keys is accepted too, where they are references.
      if (place.expects === 'item' && typeof type.keys === 'object' && type.keys.type === 'ref')
        refer(scene, { kinds: type.keys.kinds }, plainScalar);
      return;
    case 'text':
      if (scene.path.at(-1) === 'report') addCategories(scene);
      return;
    default:
  }
}

/** A category that is agreed with the authority: of the filing's own market, or of the protocol's filings. */
function addCategories({ snapshot, builder, kind, id }: Scene): void {
  const { world } = snapshot;
  const entity = world.registry.get(id);
  const filings =
    kind === 'filing' ? [id] : entity && kind === 'protocol' ? (textsAt(entity, 'filing') ?? []) : [];
  for (const one of filings) {
    const filing = world.registry.get(one);
    if (!filing) continue;
    for (const pack of packsFor(world, textAt(filing, 'market'), textAt(filing, 'type')))
      for (const name of pack.categories)
        builder.add(0, {
          label: name,
          kind: 'category',
          detail: pack.id,
          data: { topic: 'category', name, of: one },
        });
  }
}

/** References; those to sites begin with the sites at which the entity stands, as the registry was last read. */
function refer(scene: Scene, wanted: Wanted, write: (name: string) => string): void {
  const { snapshot, builder, id } = scene;
  const { world } = snapshot;
  const entity: Entity | undefined = world.registry.get(id);
  const first = entity && wanted.kinds?.includes('site') ? world.network.sitesOf(id) : [];
  addReferences(builder, 3, snapshot, NO_DISTANCES, { ...wanted, first }, write);
}

const NO_DISTANCES: ReadonlyMap<string, number> = new Map();

/** A name as YAML takes it for itself. */
function plainScalar(name: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N}_./-]*$/u.test(name) && !RESERVED.has(name.toLowerCase())
    ? name
    : JSON.stringify(name);
}

const RESERVED: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off']);
