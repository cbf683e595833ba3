import { nearest } from '../../../base/nearest.js';
import type { Entity, Kind, ScalarNode } from '../../../registry/entity.js';
import { entriesOf, nodeAt, type Registry } from '../../../registry/registry.js';
import { KINDS } from '../../../registry/schema.js';
import { quote } from '../../../registry/tree.js';
import {
  deadTrigger,
  type KnownNames,
  WELL_KNOWN_PARAMETERS,
  WELL_KNOWN_TESTS,
} from '../../../rules/trigger.js';
import type { Draft } from '../../check.js';

/**
 * The changes that protocols cover and agreements approve, held against what a change can be: `ACTION PART of
 * KIND`, or of an ID, or `any edit`. A pattern that means nothing matches nothing, and nobody would notice. An
 * ID that nothing has is `registry/unknown-reference`'s to say.
 */
export function* patternDrafts(registry: Registry): Iterable<Draft> {
  const names = namesIn(registry);
  for (const [kind, attribute] of PATTERNS) {
    for (const entity of registry.all(kind)) {
      const node = nodeAt(entity, attribute);
      for (const item of node?.type === 'list' ? node.items : node ? [node] : []) {
        if (item.type !== 'scalar' || item.text === '') continue;
        const fault = faultOf(item, registry, names);
        if (fault) yield { anchor: { in: 'registry', file: entity.file, at: item.at }, ...fault };
      }
    }
  }
}

const PATTERNS = [
  ['protocol', 'covers'],
  ['agreement', 'approves'],
] as const;

type Fault = Pick<Draft, 'message' | 'replacement'>;

const ANY = 'any edit';
const SHAPE =
  'Write what is done, to what part, and of what: `replace site of step`, `modify batch-size of ID`; or `any edit`.';

function faultOf({ text }: ScalarNode, registry: Registry, names: KnownNames): Fault | null {
  const words = text.trim().split(/\s+/);
  const written = words.join(' ');
  if (written === ANY) return null;
  const [action, part, of, subject] = words;
  if (words.length !== 4 || of !== 'of') {
    const near = words.length === 4 ? `${action} ${part} of ${subject}` : nearest(written, [ANY]);
    const advice = near === null ? SHAPE : `Did you mean ${quote(near)}?`;
    return {
      message: `${quote(written)} is no kind of change, so it covers nothing. ${advice}`,
      ...(near === null ? {} : { replacement: near }),
    };
  }
  const entity = registry.get(subject!);
  const kind = KINDS.find((word) => word === subject) ?? entity?.kind;
  const dead = deadTrigger(
    // Of an unknown ID only the action can be judged.
    { action: action!, part: part!, subject: kind ?? 'step' },
    entity ? { ...names, ...namesOf(entity, action!) } : names,
  );
  if (entity && lacks(entity, action!, part!, dead)) {
    const own = ownNames(entity);
    const near = nearest(part!, own);
    const advice = near
      ? `did you mean ${near}?`
      : own.length > 0
        ? `it has ${own.slice(0, 12).join(', ')}`
        : 'it has none';
    const message = `${entity.id} has no ${NAMED[entity.kind]!.title} \`${part}\`; ${advice}`;
    return faultIn(written, message, near === null ? null : `${action} ${near} of ${subject}`);
  }
  if (dead && (kind || dead.what === 'action') && !isOfNewElement(dead.what, action!, kind, dead.near)) {
    const near =
      dead.near === null
        ? null
        : dead.what === 'action'
          ? `${dead.near} ${part} of ${subject}`
          : `${action} ${dead.near} of ${subject}`;
    return faultIn(written, dead.message, near);
  }
  return null;
}

function faultIn(written: string, message: string, replacement: string | null): Fault {
  return {
    message: `${quote(written)} can't happen, so it covers nothing: ${message}${message.endsWith('?') ? '' : '.'}`,
    ...(replacement === null ? {} : { replacement }),
  };
}

/** A parameter or test that is yet to be added may have any name that isn't a slip. */
function isOfNewElement(what: string, action: string, kind: Kind | undefined, near: string | null): boolean {
  return what === 'part' && action === 'add' && kind !== undefined && kind in NAMED && near === null;
}

/** What has names of the author's own, where its subject keeps it, and which of the names every pack knows. */
const NAMED: {
  readonly [K in Kind]?: {
    readonly title: string;
    readonly holder: string;
    readonly names: keyof KnownNames;
    readonly wellKnown: readonly string[];
  };
} = {
  step: { title: 'parameter', holder: 'parameters', names: 'parameters', wellKnown: WELL_KNOWN_PARAMETERS },
  specification: { title: 'test', holder: 'tests', names: 'tests', wellKnown: WELL_KNOWN_TESTS },
  material: { title: 'component', holder: 'composition', names: 'components', wellKnown: [] },
};

function ownNames(entity: Entity): readonly string[] {
  const named = NAMED[entity.kind];
  return named ? [...entriesOf(nodeAt(entity, named.holder)).keys()] : [];
}

/** Of one entity no names count but its own; what is added to it may be what others have. */
function namesOf(entity: Entity, action: string): KnownNames {
  const named = NAMED[entity.kind];
  return named && action !== 'add' ? { [named.names]: ownNames(entity) } : {};
}

/** Whether a pattern names a parameter, test or component of an entity that has none of that name. */
function lacks(entity: Entity, action: string, part: string, dead: ReturnType<typeof deadTrigger>): boolean {
  const named = NAMED[entity.kind];
  if (!named || (action !== 'modify' && action !== 'remove')) return false;
  const isForeign = (name: string) => named.wellKnown.includes(name) && !ownNames(entity).includes(name);
  if (dead === null) return isForeign(part);
  return dead.what === 'part' && (dead.near === null || isForeign(dead.near));
}

function namesIn(registry: Registry): KnownNames {
  const of = (kind: Kind) => [...new Set(registry.all(kind).flatMap(ownNames))].sort();
  return { parameters: of('step'), tests: of('specification'), components: of('material') };
}
