import { nearest } from '../base/nearest.js';
import type { Entity, Kind } from '../registry/entity.js';
import { entriesOf, nodeAt } from '../registry/registry.js';
import { type AttributeType, isExtensionKey, SCHEMA } from '../registry/schema.js';
import type { Relation } from './relations.js';
import { relationOf } from './relations.js';

/** What the PATH of a `modify` line names. */
export interface ResolvedPath {
  readonly group: 'attribute' | 'parameter' | 'test' | 'component';
  /** The attribute, parameter or test, or the ID of the component. */
  readonly name: string;
  /** What of it: `limit`, `method`, `share`, `agent`; null where it is the thing itself. */
  readonly detail: string | null;
  /** The path as keys and messages print it: a bare test is its limit, a bare component its share. */
  readonly text: string;
  /** The path in the registry, below the entity. */
  readonly keys: readonly [string, ...string[]];
  /** The registry holds the thing of that name (an attribute of the kind always counts as held). */
  readonly held: boolean;
  /** The kind of the entities that its values name, else null. */
  readonly refers: Kind | null;
  /** Several values may stand for it. */
  readonly several: boolean;
  /** The relation that an attribute stands for, else null. */
  readonly relation: Relation | null;
}

/** The attributes that hold parameters, tests and components, which a path names directly. */
const HOLDERS: { readonly [K in Kind]?: { readonly group: Group; readonly key: string } } = {
  step: { group: 'parameter', key: 'parameters' },
  specification: { group: 'test', key: 'tests' },
  material: { group: 'component', key: 'composition' },
};

type Group = 'parameter' | 'test' | 'component';

/** The attributes of a parameter, a test and a component; the first is what the bare name means. */
const DETAILS: Readonly<Record<Group, readonly string[]>> = {
  parameter: ['value', 'critical', 'method'],
  test: ['limit', 'method', 'frequency'],
  component: ['share', 'function'],
};

/**
 * What a path means for an entity: an attribute of its kind, a parameter, a test or a component, in that
 * order. A name that the registry doesn't hold is taken for a new parameter, test or component (`held`
 * is false); null where the kind has none of these.
 */
export function resolvePath(entity: Entity, path: string): ResolvedPath | null {
  const attribute = attributeOf(entity.kind, path);
  if (attribute) return attribute;
  const holder = HOLDERS[entity.kind];
  if (!holder) return isExtensionKey(path) ? plainAttribute(path) : null;
  const held = entriesOf(nodeAt(entity, holder.key));
  // An ID may have dots of its own, so the longest name that the registry holds wins.
  if (held.has(path)) return inHolder(holder, path, null, true);
  const dot = path.lastIndexOf('.');
  const tail = dot < 0 ? '' : path.slice(dot + 1);
  if (dot > 0 && DETAILS[holder.group].includes(tail)) {
    const name = path.slice(0, dot);
    return inHolder(holder, name, tail, held.has(name));
  }
  if (isExtensionKey(path)) return plainAttribute(path);
  return inHolder(holder, path, null, false);
}

/** Every path that can be written for an entity as the registry stands, in the order of resolution. */
export function pathsOf(entity: Entity): readonly string[] {
  const holder = HOLDERS[entity.kind];
  const paths: string[] = [];
  for (const [name, { type }] of Object.entries(SCHEMA[entity.kind].attributes)) {
    if (name === 'status' && entity.kind !== 'filing' && entity.kind !== 'validation') continue;
    if (name === holder?.key) continue;
    paths.push(name);
    if (type.type === 'record') paths.push(...Object.keys(type.attributes).map((key) => `${name}.${key}`));
  }
  if (!holder) return paths;
  for (const name of entriesOf(nodeAt(entity, holder.key)).keys()) {
    paths.push(name);
    if (holder.group !== 'parameter')
      paths.push(...DETAILS[holder.group].map((detail) => `${name}.${detail}`));
  }
  return paths;
}

/** The nearest path that can be written for the entity, if one is near. */
export function nearestPath(entity: Entity, path: string): string | undefined {
  return nearest(path, pathsOf(entity)) ?? undefined;
}

function attributeOf(kind: Kind, path: string): ResolvedPath | null {
  const attributes = SCHEMA[kind].attributes;
  const [head = '', ...rest] = path.split('.');
  const schema = Object.hasOwn(attributes, head) ? attributes[head] : undefined;
  if (!schema || head === HOLDERS[kind]?.key) return null;
  if (rest.length === 0) {
    const relation = relationOf(kind, head) ?? null;
    const refers = relation?.part ?? kindReferredTo(schema.type);
    return { ...plainAttribute(head), refers, several: takesSeveral(schema.type), relation };
  }
  const detail = rest.join('.');
  if (schema.type.type !== 'record' || !Object.hasOwn(schema.type.attributes, detail)) return null;
  const several = takesSeveral(schema.type.attributes[detail]!.type);
  return { ...plainAttribute(head), detail, text: path, keys: [head, detail], several };
}

function plainAttribute(name: string): ResolvedPath {
  return {
    group: 'attribute',
    name,
    detail: null,
    text: name,
    keys: [name],
    held: true,
    refers: null,
    several: true,
    relation: null,
  };
}

function inHolder(
  holder: { readonly group: Group; readonly key: string },
  name: string,
  written: string | null,
  held: boolean,
): ResolvedPath {
  const { group, key } = holder;
  // The value of a parameter is the parameter; the limit of a test is one thing of several.
  const detail =
    group === 'parameter' ? (written === 'value' ? null : written) : (written ?? DETAILS[group][0]!);
  return {
    group,
    name,
    detail,
    text: detail === null ? name : `${name}.${detail}`,
    keys: detail === null ? [key, name] : [key, name, detail],
    held,
    refers: detail === 'method' ? 'method' : null,
    several: detail === 'method',
    relation: null,
  };
}

function takesSeveral(type: AttributeType): boolean {
  return type.type === 'list' || type.type === 'map';
}

function kindReferredTo(type: AttributeType): Kind | null {
  if (type.type === 'list') return kindReferredTo(type.of);
  return type.type === 'ref' && type.kinds?.length === 1 ? type.kinds[0]! : null;
}
