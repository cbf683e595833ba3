/** Which edits a rule listens to: what triggers can say, what they mean, and which can never match. */
import { nearest } from '../base/nearest.js';
import type { Action, Edit } from '../model/edit.js';
import { RELATIONS, type Relation } from '../model/relations.js';
import type { Kind } from '../registry/entity.js';
import { type AttributeType, KINDS, SCHEMA } from '../registry/schema.js';
import type { Scope } from './factPath.js';
import { ACTIONS } from './facts.js';
import type { Rule, Trigger } from './rule.js';

/** Names that the registry of the workspace uses, so that a trigger may name them. */
export interface KnownNames {
  readonly parameters?: readonly string[];
  readonly tests?: readonly string[];
  /** IDs of materials. */
  readonly components?: readonly string[];
}

/** Process parameters that a pack may name whatever the registry holds. */
export const WELL_KNOWN_PARAMETERS: readonly string[] = [
  'batch-size',
  'hold-time',
  'hold-temperature',
  'temperature',
  'pressure',
  'time',
  'duration',
  'speed',
  'flow-rate',
  'ph',
  'concentration',
  'yield',
  'column-load',
  'resin-lifetime',
  'reprocessing',
  'solvent',
  'catalyst',
  'sterilisation-time',
  'sterilisation-temperature',
  'filter-pore-size',
  'filling-volume',
  'line-speed',
  'compression-force',
  'overage',
  'storage-temperature',
];

/** Tests of specifications that a pack may name whatever the registry holds. */
export const WELL_KNOWN_TESTS: readonly string[] = [
  'appearance',
  'identification',
  'identity',
  'assay',
  'potency',
  'purity',
  'impurities',
  'related-substances',
  'residual-solvents',
  'elemental-impurities',
  'nitrosamines',
  'water',
  'ph',
  'dissolution',
  'disintegration',
  'content-uniformity',
  'uniformity-of-dosage-units',
  'particle-size',
  'polymorphism',
  'sterility',
  'bioburden',
  'endotoxin',
  'microbial-limits',
  'particulate-matter',
  'osmolality',
  'container-closure-integrity',
  'hardness',
  'friability',
];

/** Rules by what their triggers say. */
export class TriggerIndex {
  readonly #byTrigger = new Map<string, Rule[]>();
  readonly #found = new Map<string, readonly Rule[]>();

  constructor(rules: Iterable<Rule>) {
    for (const rule of rules) {
      for (const trigger of rule.triggers) {
        const key = trigger.action === null ? ANY : `${trigger.action}|${trigger.part}|${trigger.subject}`;
        const list = this.#byTrigger.get(key);
        if (!list) this.#byTrigger.set(key, [rule]);
        else if (list.at(-1) !== rule) list.push(rule);
      }
    }
  }

  /** The rules one of whose triggers matches the edit, ordered by full name. */
  rulesFor(edit: Edit): readonly Rule[] {
    const key = `${edit.action}|${edit.subjectKind}|${edit.parts.join('|')}`;
    let rules = this.#found.get(key);
    if (!rules) this.#found.set(key, (rules = this.#find(edit)));
    return rules;
  }

  #find(edit: Edit): readonly Rule[] {
    const found = new Set(this.#byTrigger.get(ANY));
    for (const part of edit.parts)
      for (const rule of this.#byTrigger.get(`${edit.action}|${part}|${edit.subjectKind}`) ?? [])
        found.add(rule);
    return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

const ANY = 'any edit';

/** What keeps a trigger from ever matching, with what to write; null where it can match. */
export function deadTrigger(
  trigger: { readonly action: string; readonly part: string; readonly subject: string },
  known: KnownNames,
): {
  readonly what: 'action' | 'part' | 'subject';
  readonly message: string;
  readonly near: string | null;
} | null {
  const { action, part, subject } = trigger;
  const isAction = (word: string): word is Action => (ACTIONS as readonly string[]).includes(word);
  if (!isAction(action)) {
    const near = nearest(action, ACTIONS);
    return {
      what: 'action',
      message: `\`${action}\` is no action; ${near ? `did you mean ${near}?` : 'write add, remove, replace or modify'}`,
      near,
    };
  }
  const kind = KINDS.find((word) => word === subject);
  if (!kind) {
    const near = nearest(subject, KINDS);
    const hint = near ? `did you mean ${near}?` : `write one of ${KINDS.join(', ')}`;
    return { what: 'subject', message: `\`${subject}\` is no kind of the registry; ${hint}`, near };
  }
  const possible = partWords(action, kind, known);
  if (possible.has(part)) return null;
  const otherwise = ACTIONS.filter((other) => other !== action && partWords(other, kind, known).has(part));
  if (otherwise.length > 0) {
    const written = otherwise.map((other) => `\`${other} ${part} of ${kind}\``).join(' or ');
    return {
      what: 'action',
      message: `nothing is ever \`${action} ${part} of ${kind}\`; write ${written}`,
      near: null,
    };
  }
  const near = nearest(part, possible);
  const hint = near
    ? `did you mean ${near}?`
    : possible.size > 0
      ? `write one of ${[...possible].slice(0, 12).join(', ')}`
      : `no edit can ${action} anything of it`;
  return {
    what: 'part',
    message: `\`${part}\` is no part of a ${kind} that an edit can ${action}; ${hint}`,
    near,
  };
}

/** Every word that may stand between an action and `of KIND`, sorted. */
export function partWords(
  action: Action,
  kind: Kind,
  known: KnownNames = NOTHING_KNOWN,
): ReadonlySet<string> {
  let remembered = partWordsOf.get(known);
  if (!remembered) partWordsOf.set(known, (remembered = new Map()));
  const key = `${action} of ${kind}`;
  let words = remembered.get(key);
  if (!words) remembered.set(key, (words = findPartWords(action, kind, known)));
  return words;
}

const NOTHING_KNOWN: KnownNames = {};

/** A registry may know thousands of names, and every trigger asks. */
const partWordsOf = new WeakMap<KnownNames, Map<string, ReadonlySet<string>>>();

function findPartWords(action: Action, kind: Kind, known: KnownNames): ReadonlySet<string> {
  const words = new Set<string>();
  const element = ELEMENTS[kind];
  for (const relation of RELATIONS) {
    if (relation.of !== kind || !canDo(action, relation)) continue;
    words.add(relation.word);
    words.add(relation.attribute);
  }
  if (action !== 'replace') {
    for (const [name, { type }] of Object.entries(SCHEMA[kind].attributes)) {
      if (name === element?.holder || RELATIONS.some((relation) => isListOf(relation, kind, name))) continue;
      words.add(name);
      if (type.type === 'record') for (const key of Object.keys(type.attributes)) words.add(`${name}.${key}`);
    }
  }
  if (element && (action !== 'replace' || element.word === 'component')) {
    words.add(element.word);
    for (const name of element.names(known)) words.add(name);
    if (action === 'modify') for (const detail of element.details) words.add(detail);
  }
  return new Set([...words].sort());
}

/** What expressions of a rule may take the subject and the parts to be, as its triggers say. */
export function scopeOf(triggers: readonly Trigger[]): Scope {
  const subjects = new Set<Kind>();
  const parts = new Set<Kind>();
  for (const trigger of triggers) {
    const kind = KINDS.find((word) => word === trigger.subject);
    if (!kind || trigger.part === null) return { subjects: null, parts: null };
    subjects.add(kind);
    for (const part of partKinds(kind, trigger.part)) parts.add(part);
  }
  if (triggers.length === 0) return { subjects: null, parts: null };
  return { subjects: [...subjects], parts: [...parts] };
}

/** Parameters, tests and components are the author's own names, under an attribute of their subject. */
const ELEMENTS: { readonly [K in Kind]?: Element } = {
  step: {
    word: 'parameter',
    holder: 'parameters',
    details: ['critical'],
    names: (known) => [...WELL_KNOWN_PARAMETERS, ...(known.parameters ?? [])],
  },
  specification: {
    word: 'test',
    holder: 'tests',
    details: ['limit', 'method'],
    names: (known) => [...WELL_KNOWN_TESTS, ...(known.tests ?? [])],
  },
  material: {
    word: 'component',
    holder: 'composition',
    details: ['share', 'function'],
    names: (known) => [...(known.components ?? [])],
  },
};

interface Element {
  readonly word: string;
  readonly holder: string;
  readonly details: readonly string[];
  readonly names: (known: KnownNames) => readonly string[];
}

/** A list of parts is changed by additions, removals and replacements; one part alone can be modified too. */
function canDo(action: Action, relation: Relation): boolean {
  if (action === 'modify') return relation.held === 'one';
  return action !== 'add' || relation.held !== 'tests';
}

function isListOf(relation: Relation, kind: Kind, attribute: string): boolean {
  return relation.of === kind && relation.attribute === attribute && relation.held !== 'one';
}

function partKinds(kind: Kind, part: string): readonly Kind[] {
  const related = RELATIONS.filter(
    (relation) => relation.of === kind && (relation.word === part || relation.attribute === part),
  ).map((relation) => relation.part);
  if (related.length > 0) return related;
  const attributes = SCHEMA[kind].attributes;
  if (Object.hasOwn(attributes, part)) return refKinds(attributes[part]!.type);
  if (kind === 'specification') return ['method'];
  return kind === 'material' ? ['material'] : [];
}

function refKinds(type: AttributeType): readonly Kind[] {
  if (type.type === 'list') return refKinds(type.of);
  return type.type === 'ref' ? (type.kinds ?? KINDS) : [];
}
