/** What a path such as `product.release` names: a fact of the catalogue, and attributes of the registry after it. */
import type { Kind } from '../registry/entity.js';
import { type AttributeType, KINDS, SCHEMA } from '../registry/schema.js';
import { type Fact, type FactType, factNamed } from './facts.js';

const VALUE: FactType = { type: 'value' };

/** What an expression is about, as far as the triggers of its rule say; null is any kind. */
export interface Scope {
  readonly subjects: readonly Kind[] | null;
  readonly parts: readonly Kind[] | null;
}

export const ANY_SCOPE: Scope = { subjects: null, parts: null };

/** What a path such as `product.release` names. */
export type PathResolution =
  | { readonly found: true; readonly fact: Fact; readonly type: FactType }
  /** The root is no fact. */
  | { readonly found: false; readonly fact: null }
  /** The root is a fact, but the attribute at `at` (counted in segments) is none of `candidates`. */
  | {
      readonly found: false;
      readonly fact: Fact;
      readonly at: number;
      readonly candidates: readonly string[];
    };

/** Looks a path up in the catalogue and the registry's schema. */
export function resolvePath(path: string, scope: Scope = ANY_SCOPE): PathResolution {
  const segments = path.split('.');
  const root = factNamed(segments[0]!);
  if (root?.kind !== 'fact') return { found: false, fact: null };
  if (segments.length === 1) return { found: true, fact: root, type: typeOfRoot(root, scope) };
  const starts = startsOf(root, scope);
  let types: readonly AttributeType[] = [];
  for (let at = 1; at < segments.length; at++) {
    const name = segments[at]!;
    if (name.startsWith('x-')) return { found: true, fact: root, type: VALUE };
    const steps = at === 1 ? starts : types.flatMap(stepsInto);
    const next = steps.flatMap((step) => step(name) ?? []);
    if (next.length === 0) {
      const candidates = [...new Set(at === 1 ? namesOf(root, scope) : types.flatMap(attributeNames))].sort();
      return { found: false, fact: root, at, candidates };
    }
    types = next;
  }
  return { found: true, fact: root, type: mergeTypes(types.map(factType)) };
}

/**
 * Whether a bare word to the right of a comparison is a literal: it is if the left side's type has it, or if
 * no fact is named so.
 */
export function isLiteralWord(left: FactType, word: string): boolean {
  if (left.type === 'boolean' && (word === 'true' || word === 'false')) return true;
  if (left.type === 'word' && left.words.includes(word)) return true;
  return factNamed(rootOf(word))?.kind !== 'fact';
}

type StepInto = (name: string) => AttributeType | undefined;

/** The fact that a path begins with. */
export function rootOf(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}

function typeOfRoot(root: Fact, scope: Scope): FactType {
  return root.name === 'subject' ? { type: 'entity', kinds: scope.subjects } : root.type;
}

function kindsOf(root: Fact, scope: Scope): readonly Kind[] {
  switch (root.name) {
    case 'subject':
      return scope.subjects ?? KINDS;
    case 'current':
    case 'proposed':
      return scope.parts ?? KINDS;
    case 'product':
      return ['product'];
    case 'filing':
      return ['filing'];
    case 'component':
      return ['material'];
    default:
      return [];
  }
}

/** The attributes of a component, parameter or test are found under its subject. */
export function elementType(root: string): AttributeType | undefined {
  const attribute =
    root === 'component'
      ? SCHEMA.material.attributes.composition
      : root === 'parameter'
        ? SCHEMA.step.attributes.parameters
        : root === 'test'
          ? SCHEMA.specification.attributes.tests
          : undefined;
  return attribute?.type.type === 'map' ? attribute.type.of : undefined;
}

function startsOf(root: Fact, scope: Scope): readonly StepInto[] {
  const element = elementType(root.name);
  return [
    ...(element ? stepsInto(element) : []),
    ...kindsOf(root, scope).map((kind) => (name: string) => attributeType(kind, name)),
  ];
}

function namesOf(root: Fact, scope: Scope): readonly string[] {
  const element = elementType(root.name);
  return [
    ...(element ? attributeNames(element) : []),
    ...kindsOf(root, scope).flatMap((kind) => Object.keys(SCHEMA[kind].attributes)),
  ];
}

/** The schema of an attribute of a kind; undefined where the kind has none of that name. */
export function attributeType(kind: Kind, name: string): AttributeType | undefined {
  const attributes = SCHEMA[kind].attributes;
  return Object.hasOwn(attributes, name) ? attributes[name]?.type : undefined;
}

function stepsInto(type: AttributeType): readonly StepInto[] {
  switch (type.type) {
    case 'list':
      return stepsInto(type.of);
    case 'ref':
      return (type.kinds ?? KINDS).map((kind) => (name) => attributeType(kind, name));
    case 'record':
      return [(name) => (Object.hasOwn(type.attributes, name) ? type.attributes[name]?.type : type.others)];
    case 'map':
      return [() => type.of];
    default:
      return [];
  }
}

function attributeNames(type: AttributeType): readonly string[] {
  switch (type.type) {
    case 'list':
      return attributeNames(type.of);
    case 'ref':
      return (type.kinds ?? KINDS).flatMap((kind) => Object.keys(SCHEMA[kind].attributes));
    case 'record':
      return Object.keys(type.attributes);
    default:
      return [];
  }
}

function factType(type: AttributeType): FactType {
  switch (type.type) {
    case 'text':
      return { type: 'text' };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'date' };
    case 'value':
      return type.dimension === 'duration' ? { type: 'amount', dimension: 'time' } : VALUE;
    case 'word':
      return { type: 'word', closed: type.vocabulary === 'closed', words: type.words };
    case 'ref':
      return { type: 'entity', kinds: type.kinds };
    case 'list':
      return factType(type.of);
    case 'map':
      return type.keys !== 'name' && type.keys.type === 'ref'
        ? { type: 'entity', kinds: type.keys.kinds }
        : { type: 'group', attributes: [] };
    case 'record':
      return type.shorthand
        ? factType(type.attributes[type.shorthand]!.type)
        : { type: 'group', attributes: Object.keys(type.attributes) };
  }
}

function mergeTypes(types: readonly FactType[]): FactType {
  const [first, ...others] = types;
  if (!first) return VALUE;
  return others.reduce(mergeTwo, first);
}

function mergeTwo(a: FactType, b: FactType): FactType {
  if (a.type === 'word' && b.type === 'word')
    return { type: 'word', closed: a.closed && b.closed, words: [...new Set([...a.words, ...b.words])] };
  if (a.type === 'entity' && b.type === 'entity')
    return { type: 'entity', kinds: a.kinds && b.kinds && [...new Set([...a.kinds, ...b.kinds])] };
  if (a.type === b.type && a.type !== 'amount') return a;
  return VALUE;
}
