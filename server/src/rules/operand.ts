/**
 * What a path names, read for one edit: the values that are known, or what is missing to know them.
 *
 * - a list of values: known (an empty list is "none of them")
 * - `Missing`: the registry doesn't hold it
 * - `null`: makes no sense here (the activity of a piece of equipment), so that a comparison is false
 */
import { compareAmounts } from '../base/quantity.js';
import { isInside, sameValue, type Value } from '../base/value.js';
import type { Edit } from '../model/edit.js';
import type { Kind, RegistryNode, ScalarNode } from '../registry/entity.js';
import type { Registry } from '../registry/registry.js';
import { type AttributeType, SCHEMA } from '../registry/schema.js';
import { parseValue } from '../syntax/value.js';
import type { Context } from './context.js';
import { attributeType, elementType } from './factPath.js';
import type { MissingFact } from './formula.js';

export type Operand = readonly Value[] | Missing | null;

/** Reads one operand of an expression. */
export type Reader = (context: Context) => Operand;

/** What the registry doesn't say; `known` are the values that it does hold of a list. */
export class Missing {
  constructor(
    /** The same for the same unknown: `DAB-4.inspections`. */
    readonly key: string,
    readonly facts: readonly MissingFact[],
    /** Whether it is one yes or no, one word (so that its possible values exclude each other), or anything. */
    readonly shape: 'boolean' | 'word' | 'other' = 'other',
    readonly known: readonly Value[] = [],
  ) {}
}

/** The unknown attribute of an entity. */
export function missingAttribute(
  entity: string,
  attribute: string,
  shape: Missing['shape'] = 'other',
): Missing {
  return new Missing(`${entity}.${attribute}`, [{ entity, attribute }], shape);
}

export const NONE: readonly Value[] = [{ kind: 'none', text: 'none' }];

/** The reader of a path whose root is a fact that isn't a yes or no of its own. */
export function pathReader(path: string): Reader {
  const [root = '', ...rest] = path.split('.');
  switch (root) {
    case 'action':
      return wordReader((edit) => edit.action);
    case 'attribute':
      return wordReader((edit) => edit.attribute);
    case 'detail':
      return wordReader((edit) => edit.detail);
    case 'direction':
      return wordReader(directionOf);
    case 'subject':
      return rest.length === 0
        ? wordReader((edit) => edit.subject)
        : (context) => readEntity(context.registry, context.edit.subject, rest, 0);
    case 'current':
    case 'proposed':
      return sideReader(root, rest);
    case 'component':
    case 'parameter':
    case 'test':
      return elementReader(root, rest);
    case 'stage':
      return readStage;
    case 'product':
      return ownReader((context) => context.product?.id, readProduct, rest);
    case 'filing':
      return ownReader(
        (context) => context.filing?.id,
        () => null,
        rest,
      );
    case 'market':
      return readMarket;
    default:
      return () => null;
  }
}

/** How an edit moves a value; null where nothing moves or the two can't be compared. */
export function directionOf(edit: Edit): string | null {
  let direction = directions.get(edit);
  if (direction === undefined) directions.set(edit, (direction = computeDirection(edit)));
  return direction;
}

/** The values that an edit takes out or puts in; `none` where there are none. */
export function sideOf(edit: Edit, side: 'current' | 'proposed'): readonly Value[] {
  const values = edit[side];
  if (values.length > 0) return values;
  const part = side === 'current' ? edit.out : edit.in;
  return part === null ? NONE : idValues(part);
}

/** A word as a list of one value. */
export function idValues(text: string): readonly Value[] {
  let values = words.get(text);
  if (!values) {
    // What is remembered comes from files, so its size is bounded.
    if (words.size > 50_000) words.clear();
    words.set(text, (values = [{ kind: 'id', text }]));
  }
  return values;
}

/** The name of the component, parameter or test that an edit is about; null where it is about none. */
export function elementName(edit: Edit, root: string): string | null {
  if (edit.parts[0] !== root) return null;
  return edit.parts[1] ?? edit.in ?? edit.out;
}

/** What a record makes of an attribute of a component, parameter or test, in any edit of the subject. */
export function proposedElement(
  context: Context,
  root: string,
  name: string,
  detail: string,
): readonly Value[] | undefined {
  for (const edit of context.edits) {
    if (edit.subject !== context.edit.subject || edit.parts[0] !== root || edit.action === 'remove') continue;
    // The bare name of a parameter is its value.
    for (const line of edit.lines ?? [])
      if (line.path === `${name}.${detail}` || (line.path === name && detail === 'value'))
        return line.proposed;
  }
  return undefined;
}

/** The values at a path of attributes below an entity, references followed. */
export function readEntity(registry: Registry, id: string, path: readonly string[], from: number): Operand {
  const entity = registry.get(id);
  const name = path[from]!;
  if (!entity) return missingAttribute(id, path.slice(from).join('.'));
  const type = name.startsWith('x-') ? EXTENSION : attributeType(entity.kind, name);
  if (!type) return null;
  const node = entity.node.entries.get(name)?.value;
  if (node === undefined || isEmpty(node)) {
    if (name === 'status' && !OWN_STATUS.includes(entity.kind)) return idValues('current');
    const absent = SCHEMA[entity.kind].attributes[name]?.absentMeans;
    if (absent !== undefined) return idValues(absent);
    return missingAttribute(
      id,
      path.slice(from).join('.'),
      path.length === from + 1 ? shapeOf(type) : 'other',
    );
  }
  return readNode(registry, node, type, path, from + 1, { id, from });
}

const words = new Map<string, readonly Value[]>();
const directions = new WeakMap<Edit, string | null>();
const scalars = new WeakMap<ScalarNode, readonly Value[]>();
const EXTENSION: AttributeType = { type: 'value' };
const OWN_STATUS: readonly Kind[] = ['validation', 'filing'];

function wordReader(of: (edit: Edit) => string | null): Reader {
  return (context) => {
    const word = of(context.edit);
    return word === null ? null : idValues(word);
  };
}

function ownReader(
  idOf: (context: Context) => string | undefined,
  absent: (context: Context) => Operand,
  rest: readonly string[],
): Reader {
  return (context) => {
    const id = idOf(context);
    if (id === undefined) return absent(context);
    return rest.length === 0 ? idValues(id) : readEntity(context.registry, id, rest, 0);
  };
}

function sideReader(side: 'current' | 'proposed', rest: readonly string[]): Reader {
  if (rest.length === 0) return (context) => sideOf(context.edit, side);
  return (context) => {
    const { edit, registry } = context;
    const part = side === 'current' ? edit.out : edit.in;
    if (part !== null && registry.get(part)) return readEntity(registry, part, rest, 0);
    const named = edit[side].filter(
      ({ kind, text }) => (kind === 'id' || kind === 'text') && registry.get(text),
    );
    // What is no entity has no attributes, which is not the same as having none of them.
    return named.length === 0 ? null : gather(named.map(({ text }) => readEntity(registry, text, rest, 0)));
  };
}

const HOLDERS: Readonly<Record<string, string>> = {
  component: 'composition',
  parameter: 'parameters',
  test: 'tests',
};

function elementReader(root: string, rest: readonly string[]): Reader {
  const holder = HOLDERS[root]!;
  const element = elementType(root);
  return (context) => {
    const { edit, registry } = context;
    const name = elementName(edit, root);
    if (name === null) return null;
    if (rest.length === 0) return idValues(name);
    const detail = rest[0]!;
    const own = element?.type === 'record' && Object.hasOwn(element.attributes, detail);
    // A component is a material too, whose own attributes follow it as well.
    if (!own) return registry.get(name) ? readEntity(registry, name, rest, 0) : null;
    const proposed = proposedElement(context, root, name, detail);
    if (proposed) return proposed;
    const node = entryOf(entryOf(registry.get(edit.subject)?.node, holder), name);
    const path = [holder, name, ...rest];
    if (node === undefined) return missingAttribute(edit.subject, path.join('.'));
    return readNode(registry, node, element, path, 2, { id: edit.subject, from: 0 });
  };
}

/** Where a path began, for naming what is missing. */
interface Origin {
  readonly id: string;
  readonly from: number;
}

function readNode(
  registry: Registry,
  node: RegistryNode,
  type: AttributeType,
  path: readonly string[],
  at: number,
  origin: Origin,
): Operand {
  if (type.type === 'list') {
    if (node.type !== 'list') return readNode(registry, node, type.of, path, at, origin);
    return gather(node.items.map((item) => readNode(registry, item, type.of, path, at, origin)));
  }
  const missing = (shape: Missing['shape'] = 'other'): Missing =>
    missingAttribute(origin.id, path.slice(origin.from).join('.'), shape);
  if (at === path.length) return readEnd(registry, node, type, path, at, origin, missing);
  const name = path[at]!;
  if (type.type === 'ref')
    return node.type === 'scalar' ? readEntity(registry, node.text, path, at) : missing();
  if (type.type === 'record') {
    const next = Object.hasOwn(type.attributes, name) ? type.attributes[name]!.type : type.others;
    if (!next) return null;
    if (node.type !== 'map')
      return type.shorthand === name
        ? readNode(registry, node, next, path, at + 1, origin)
        : missing(shapeOf(next));
    const entry = entryOf(node, name);
    return entry === undefined || isEmpty(entry)
      ? missing(shapeOf(next))
      : readNode(registry, entry, next, path, at + 1, origin);
  }
  if (type.type === 'map') {
    const entry = entryOf(node, name);
    return entry === undefined ? missing() : readNode(registry, entry, type.of, path, at + 1, origin);
  }
  return null;
}

function readEnd(
  registry: Registry,
  node: RegistryNode,
  type: AttributeType,
  path: readonly string[],
  at: number,
  origin: Origin,
  missing: () => Missing,
): Operand {
  if (node.type === 'scalar') return scalarValues(node);
  if (node.type === 'list')
    return gather(node.items.map((item) => (item.type === 'scalar' ? scalarValues(item) : missing())));
  if (type.type === 'record' && type.shorthand !== undefined) {
    const entry = entryOf(node, type.shorthand);
    const next = type.attributes[type.shorthand]!.type;
    return entry === undefined ? missing() : readNode(registry, entry, next, path, at, origin);
  }
  if (type.type === 'map') return [...node.entries.keys()].flatMap(idValues);
  return missing();
}

/** Several operands as one: every value that is known, and all that is missing. */
function gather(operands: readonly Operand[]): Operand {
  const values: Value[] = [];
  const missing: Missing[] = [];
  let applies = operands.length === 0;
  for (const operand of operands) {
    if (operand === null) continue;
    applies = true;
    if (operand instanceof Missing) {
      missing.push(operand);
      values.push(...operand.known);
    } else values.push(...operand);
  }
  if (!applies) return null;
  const first = missing[0];
  if (!first) return values;
  if (missing.length === 1 && values.length === 0 && operands.length === 1) return first;
  return new Missing(
    missing.map((part) => part.key).join('+'),
    missing.flatMap((part) => part.facts),
    'other',
    values,
  );
}

function scalarValues(node: ScalarNode): readonly Value[] {
  let values = scalars.get(node);
  if (!values) scalars.set(node, (values = node.text === '' ? [] : [parseValue(node.text)]));
  return values;
}

function entryOf(node: RegistryNode | undefined, key: string): RegistryNode | undefined {
  return node?.type === 'map' ? node.entries.get(key)?.value : undefined;
}

function isEmpty(node: RegistryNode): boolean {
  return node.type === 'scalar' && node.text === '';
}

function shapeOf(type: AttributeType): Missing['shape'] {
  if (type.type === 'boolean') return 'boolean';
  return type.type === 'word' || type.type === 'text' || type.type === 'ref' ? 'word' : 'other';
}

const MATERIAL_FLOW: readonly Kind[] = ['material', 'step', 'specification', 'packaging', 'equipment'];

/** A stage that no material in reach names is missing on the first of them; what reaches no material has none. */
function readStage(context: Context): Operand {
  if (context.stage !== null) return idValues(context.stage);
  return missingOfMaterial(context, 'stage', 'word');
}

function readProduct(context: Context): Operand {
  const { edit, reach } = context;
  if (reach.products.length > 0 || !edit.subjectKind || !MATERIAL_FLOW.includes(edit.subjectKind))
    return null;
  return missingOfMaterial(context, 'product', 'other');
}

function missingOfMaterial(context: Context, attribute: string, shape: Missing['shape']): Operand {
  for (const reached of context.reach.entities.values()) {
    if (reached.kind !== 'material') continue;
    const material = context.registry.get(reached.id);
    if (material && !material.node.entries.has(attribute))
      return missingAttribute(reached.id, attribute, shape);
  }
  return null;
}

function readMarket(context: Context): Operand {
  if (context.filing) {
    const own = readEntity(context.registry, context.filing.id, ['market'], 0);
    if (own && !(own instanceof Missing)) return own;
  }
  const market = context.pack?.market;
  return market ? idValues(market) : null;
}

function computeDirection(edit: Edit): string | null {
  if (edit.action === 'add') return 'added';
  if (edit.action === 'remove') return 'removed';
  const [before, ...otherBefore] = edit.current;
  const [after, ...otherAfter] = edit.proposed;
  if (edit.action !== 'modify' || !before || !after) return null;
  if (otherBefore.length > 0 || otherAfter.length > 0) return directionOfList(edit.current, edit.proposed);
  if (before.kind === 'none') return after.kind === 'none' ? null : 'added';
  if (after.kind === 'none') return 'removed';
  if (before.kind === 'amount' && after.kind === 'amount') {
    const order = compareAmounts(after.amount, before.amount);
    return order === 1 ? 'increased' : order === -1 ? 'decreased' : null;
  }
  const inside = isInside(after, before);
  if (inside === null || sameValue(before, after)) return null;
  return inside ? 'tightened' : 'relaxed';
}

/** A list that only grows or only shrinks; null where something is replaced. */
function directionOfList(before: readonly Value[], after: readonly Value[]): string | null {
  const holds = (values: readonly Value[], one: Value): boolean =>
    one.kind === 'none' || values.some((other) => sameValue(one, other));
  const kept = before.every((one) => holds(after, one));
  const known = after.every((one) => holds(before, one));
  return kept === known ? null : kept ? 'added' : 'removed';
}
