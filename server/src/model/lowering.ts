import { nearest } from '../base/nearest.js';
import type { Entity, Kind } from '../registry/entity.js';
import { type Registry, statusOf } from '../registry/registry.js';
import { isReserved } from '../syntax/kinds.js';
import type { AddNode, RemoveNode, ReplaceNode, TransferNode, Word } from '../syntax/nodes.js';
import { currentParts, type Overlay } from './current.js';
import type { Action, Edit, Place } from './edit.js';
import { aKind, either, type ModelProblem } from './problem.js';
import { type ChangeRecord, isUnderWay, placeOf } from './record.js';
import { RELATIONS, type Relation, relationsBetween } from './relations.js';

/** What the lowering of lines and parts shares: the record, the registry and what has been found so far. */
export class Lowering {
  readonly edits: Edit[] = [];
  readonly problems: ModelProblem[] = [];
  readonly #keys = new Set<string>();

  constructor(
    readonly record: ChangeRecord,
    readonly registry: Registry,
    readonly overlay: Overlay | undefined,
  ) {}

  /** The registry may already show what the record proposes. */
  get underWay(): boolean {
    return isUnderWay(this.record);
  }

  parts(node: AddNode | RemoveNode): void {
    const action = node.kind;
    for (const subject of node.subjects) {
      const entity = this.subject(subject);
      for (const part of node.parts) {
        const partEntity = this.#known(part, null);
        if (!partEntity || !entity) continue;
        const out = action === 'remove' ? part : null;
        const into = action === 'add' ? part : null;
        this.#partEdit(action, placeOf(this.record, node), entity, out, into, partEntity.kind);
      }
    }
  }

  replace(node: ReplaceNode | TransferNode, out: Word | null, into: Word | null): void {
    if (!out || !into) return;
    const outEntity = this.#known(out, null);
    const inEntity = this.#known(into, outEntity?.kind ?? null);
    const kind = outEntity?.kind ?? inEntity?.kind;
    const fits = !outEntity || !inEntity || outEntity.kind === inEntity.kind;
    if (outEntity && inEntity && !fits) {
      this.report(
        into,
        `${out.text} is ${aKind(outEntity.kind)} and ${into.text} is ${aKind(inEntity.kind)}: ` +
          `put ${aKind(outEntity.kind)} in its place`,
      );
    }
    for (const subject of node.subjects) {
      const entity = this.subject(subject);
      if (!entity || !kind || !fits) continue;
      this.#partEdit('replace', placeOf(this.record, node), entity, out, into, kind);
    }
  }

  transfer(node: TransferNode): void {
    const from = node.from && this.isOfKind(node.from, ['site'], 'after `from`') ? node.from : null;
    const to = node.to && this.isOfKind(node.to, ['site'], 'after `to`') ? node.to : null;
    const movable = { ...node, subjects: node.subjects.filter((subject) => this.#canMove(subject)) };
    this.replace(movable, from, to);
  }

  report(
    at: Word | Place,
    message: string,
    replacement?: string | null,
    code: ModelProblem['code'] = 'record/unknown-reference',
  ): void {
    const place = 'text' in at ? placeOf(this.record, at) : at;
    this.problems.push(replacement ? { code, place, message, replacement } : { code, place, message });
  }

  /** Keeps an edit unless the record already has one of its key. */
  keep(edit: Edit): void {
    if (this.#keys.has(edit.key)) {
      this.reportTwice(edit.key, edit.place);
      return;
    }
    this.#keys.add(edit.key);
    this.edits.push(edit);
  }

  reportTwice(key: string, place: Place): void {
    this.report(
      place,
      `${key} is proposed twice in this record: keep one of the two and remove the other`,
      null,
      'record/duplicate-edit',
    );
  }

  /** A reference that a change puts in: it must be of the kind and not retired. */
  checkPutIn(word: Word, entity: Entity): void {
    if (statusOf(entity) !== 'retired' || this.underWay) return;
    this.report(word, `${word.text} is retired in the registry: put in one that is current or proposed`);
  }

  /** The entity of a name, of a kind if one is asked for; reports what is unknown, not what is of another kind. */
  #known(word: Word, kind: Kind | null): Entity | null {
    const entity = this.registry.get(word.text);
    if (entity) return entity;
    if (!isReserved(word, 'change'))
      this.report(word, ...unknownName(this.registry, word.text, kind ? [kind] : null));
    return null;
  }

  subject(word: Word): Entity | null {
    const entity = this.#known(word, null);
    if (entity && statusOf(entity) === 'retired' && !this.underWay) {
      this.report(word, `${word.text} is retired in the registry, so there is nothing left of it to change`);
    }
    return entity;
  }

  isOfKind(word: Word, kinds: readonly Kind[], where: string): boolean {
    const entity = this.registry.get(word.text);
    if (!entity) {
      if (!isReserved(word, 'change')) this.report(word, ...unknownName(this.registry, word.text, kinds));
      return false;
    }
    if (kinds.includes(entity.kind)) return true;
    this.report(
      word,
      `${word.text} is ${aKind(entity.kind)}; expected ${either(kinds.map(aKind))} ${where}`,
      nearestOfKinds(this.registry, word.text, kinds),
    );
    return false;
  }

  #canMove(subject: Word): boolean {
    const entity = this.registry.get(subject.text);
    if (!entity || relationsBetween('site', entity.kind).length > 0) return true;
    const makers =
      entity.kind === 'material'
        ? (currentParts(this.registry, relationsBetween('step', 'material')[0]!, entity.id) ?? [])
        : [];
    const instead =
      makers.length > 0 ? `: transfer ${either(makers)}, which makes it` : ': transfer a step or equipment';
    this.report(subject, `${subject.text} is ${aKind(entity.kind)} and has no site of its own${instead}`);
    return false;
  }

  /** `at SITE` of a step that is not done there and that this record doesn't bring there. */
  checkSite(subject: Entity, site: Word): void {
    const relation = relationsBetween('site', subject.kind)[0];
    const sites = relation && currentParts(this.registry, relation, subject.id, this.overlay);
    if (!sites || sites.length === 0 || sites.includes(site.text) || this.#bringsTo(subject.id, site.text))
      return;
    this.report(
      site,
      `${subject.id} is not at ${site.text}; the registry says ${sites.join(', ')}. ` +
        `Correct the site, or write \`add ${site.text} to ${subject.id}\` or a transfer beside it`,
      nearest(site.text, sites),
      'record/stale-value',
    );
  }

  /** Whether the record itself puts the subject at a site. */
  #bringsTo(subject: string, site: string): boolean {
    return this.record.edits.some((node) => {
      if (!('subjects' in node) || !node.subjects.some((word) => word.text === subject)) return false;
      if (node.kind === 'transfer') return node.to?.text === site;
      if (node.kind === 'replace') return node.in?.text === site;
      if (node.kind === 'add') return node.parts.some((part) => part.text === site);
      return (
        node.kind === 'modify' &&
        node.lines.some(
          (line) => line.path.text === 'sites' && line.proposed.some(({ value }) => value.text === site),
        )
      );
    });
  }

  #partEdit(
    action: Action,
    place: Place,
    subject: Entity,
    out: Word | null,
    into: Word | null,
    kind: Kind,
  ): void {
    const relation = this.#relation(action, subject, out, into, kind);
    if (!relation) return;
    this.#checkParts(relation, subject, out, into);
    const key = `${subject.id}:${out?.text ?? ''}>${into?.text ?? ''}`;
    this.keep({
      key,
      action,
      subject: subject.id,
      subjectKind: subject.kind,
      parts: partWords(relation, into?.text ?? out?.text ?? null),
      attribute: relation.attribute,
      detail: null,
      path: null,
      out: out?.text ?? null,
      in: into?.text ?? null,
      current: [],
      proposed: [],
      site: null,
      place,
      currentPlace: null,
      proposedPlace: null,
    });
  }

  #relation(
    action: Action,
    subject: Entity,
    out: Word | null,
    into: Word | null,
    kind: Kind,
  ): Relation | undefined {
    const named = (into ?? out)!;
    const candidates = relationsBetween(kind, subject.kind);
    const usable = action === 'add' ? candidates.filter(({ held }) => held !== 'tests') : candidates;
    if (usable.length === 0) {
      this.report(named, impossible(action, subject, kind, candidates));
      return undefined;
    }
    const holds = (relation: Relation, word: Word | null) =>
      word !== null &&
      currentParts(this.registry, relation, subject.id, this.overlay)?.includes(word.text) === true;
    return (
      usable.find((relation) => holds(relation, out)) ??
      (this.underWay ? usable.find((relation) => holds(relation, into)) : undefined) ??
      usable[0]
    );
  }

  #checkParts(relation: Relation, subject: Entity, out: Word | null, into: Word | null): void {
    const entity = into && this.registry.get(into.text);
    if (into && entity) this.checkPutIn(into, entity);
    const parts = currentParts(this.registry, relation, subject.id, this.overlay);
    const isThere = (word: Word | null) => word !== null && parts?.includes(word.text) === true;
    // Put in place bit by bit, a change may stand in the registry half done.
    if (this.underWay) {
      if (!out || !into || isThere(out) || isThere(into)) return;
    }
    if (out && !isThere(out)) {
      this.report(
        out,
        notThere(relation, subject.id, out.text, parts),
        parts?.length === 1 ? parts[0] : nearest(out.text, parts ?? []),
        'record/stale-value',
      );
    }
    if (into && isThere(into) && (!out || isThere(out))) {
      this.report(
        into,
        `${into.text} is already ${roleOf(relation)} of ${subject.id} in the registry: nothing would change`,
        null,
        'record/stale-value',
      );
    }
  }
}

/** The words by which a trigger may name a part: its kind, the attribute, and a component's own ID. */
export function partWords(relation: Relation, id: string | null): readonly string[] {
  if (relation.word === 'component') return id === null ? ['component'] : ['component', id];
  return relation.word === relation.attribute ? [relation.word] : [relation.word, relation.attribute];
}

/** Message and replacement for a name that no entity has; the nearest of the fitting kinds, else of any. */
export function unknownName(
  registry: Registry,
  name: string,
  kinds: readonly Kind[] | null,
): [message: string, replacement: string | null] {
  const near = (kinds && nearestOfKinds(registry, name, kinds)) ?? nearest(name, registry.ids());
  const what = kinds ? `no ${either(kinds)}` : 'nothing';
  return near
    ? [`the registry has ${what} named ${name}; did you mean ${near}?`, near]
    : [`the registry has ${what} named ${name}: correct the name, or add it to the registry`, null];
}

export function nearestOfKinds(registry: Registry, name: string, kinds: readonly Kind[]): string | null {
  return nearest(
    name,
    kinds.flatMap((kind) => registry.all(kind).map(({ id }) => id)),
  );
}

function impossible(action: Action, subject: Entity, kind: Kind, candidates: readonly Relation[]): string {
  if (candidates.some(({ held }) => held === 'tests')) {
    return (
      'a method belongs to a test of the specification: ' +
      `write \`modify ${subject.id} { TEST.method: none -> METHOD }\``
    );
  }
  const verb = { add: 'added to', remove: 'removed from', replace: 'replaced in', modify: 'changed in' }[
    action
  ];
  const possible = [
    ...new Set(
      RELATIONS.filter(({ of, held }) => of === subject.kind && held !== 'tests').map(({ part }) => part),
    ),
  ];
  const hint =
    possible.length > 0
      ? `; ${aKind(subject.kind)} has ${either(possible.map(aKind))}`
      : `; change it with \`modify ${subject.id} { … }\``;
  return `${aKind(kind)} can't be ${verb} ${aKind(subject.kind)}${hint}`;
}

function notThere(
  relation: Relation,
  subject: string,
  part: string,
  parts: readonly string[] | undefined,
): string {
  const has = parts
    ? parts.length > 0
      ? `the registry says ${parts.join(', ')}`
      : 'the registry names none'
    : "the registry doesn't say which it has";
  if (relation.part === 'site') {
    return `${subject} is not ${relation.of === 'step' ? 'done' : 'placed'} at ${part}; ${has}`;
  }
  return `${part} is not ${roleOf(relation)} of ${subject}; ${has}`;
}

/** `a supplier`, `a component`, `the holder`. */
function roleOf(relation: Relation): string {
  if (relation.word === 'component') return 'a component';
  if (relation.attribute === 'holder') return 'the holder';
  if (relation.attribute === 'produces') return 'a product';
  return aKind(relation.part);
}
