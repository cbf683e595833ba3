/**
 * Which validations a `revalidate` or `assess` clause means, for one edit: the contract, section 3, "Direct",
 * "Downstream", "Product" and "At destination".
 *
 * One thing is narrower here than a literal reading. Where the kind is about what the edit puts in (the
 * qualification of the equipment put in, of the supplier put in), the part taken out and the others of its
 * kind that stay are left alone: requalifying what leaves would be a false alarm, and finding its
 * qualification would hide that what comes in has none.
 *
 * `of steps` is wider. What is validated of a material or of equipment is mostly the step: where no validation covers
 * the subject or a part itself, those of the steps that make the material or use the equipment are meant, and only
 * where there are none of those either is a new one owed.
 */
import type { Edit } from '../model/edit.js';
import type { Entity, Kind } from '../registry/entity.js';
import type { EntityIndex } from '../registry/reads.js';
import { type Registry, textAt, textsAt } from '../registry/registry.js';
import type { Duty } from '../rules/rule.js';
import type { Case, TracedEdit } from './case.js';

/** What a duty is about: a validation of the registry, or one that has yet to be made. */
export interface DutyTarget {
  /** The validation's ID, or `new:KIND:SUBJECT`. */
  readonly target: string;
  readonly site: string | null;
  /** The product for which it is owed, where the scope is the product; a rule may hold for one and not for another. */
  readonly product: string | null;
  readonly path: readonly string[];
}

/** The kind of entity that a kind of validation is about, where it has one of its own. */
const OWN_ENTITY: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['equipment-qualification', 'equipment'],
  ['facility-qualification', 'site'],
  ['utility-qualification', 'utility'],
  ['computerised-system', 'system'],
  ['supplier-qualification', 'supplier'],
  ['cleaning', 'equipment'],
  ['method', 'method'],
  ['method-transfer', 'method'],
  ['compendial-verification', 'method'],
  ['container-closure-integrity', 'packaging'],
  ['extractables-leachables', 'packaging'],
]);

/** The targets of one clause for one edit, in a stable order; empty where the scope reaches none. */
export function targetsOf(one: Case, traced: TracedEdit, duty: Duty): readonly DutyTarget[] {
  const finder = new TargetFinder(one, traced, duty);
  const destination = finder.destination();
  const atDestination = duty.atDestination && destination !== null;
  switch (duty.scope) {
    case 'downstream':
      return finder.downstream().filter((found) => !atDestination || found.site === destination);
    case 'product':
      return finder.product();
    case 'direct':
    case 'of steps':
      return atDestination ? finder.directAt(destination) : finder.direct();
    default:
      return atDestination ? finder.everyAt(destination) : finder.direct();
  }
}

class TargetFinder {
  readonly #edit: Edit;
  readonly kind: string;

  constructor(
    readonly one: Case,
    readonly traced: TracedEdit,
    readonly duty: Duty,
  ) {
    this.#edit = traced.edit;
    this.kind = duty.validationKind;
  }

  direct(): readonly DutyTarget[] {
    const { site } = this.#edit;
    const covering = this.#meant(
      (validation) => site === null || (this.#siteOf(validation) ?? site) === site,
    );
    if (covering.length > 0) return covering.map((validation) => this.#existing(validation));
    // What the record brings to the site is validated there as the move asks, once and not twice.
    const arrival = this.one.edits.find((edit) => this.#isMoveOfSubject(edit) && edit.in === site);
    if (site !== null && arrival) return this.#broughtTo(site, arrival.out);
    const subject = this.#newSubject();
    const sites = site === null ? this.#sitesOfNew(subject) : [site];
    return (sites.length > 0 ? sites : [null]).map((at) => this.#fresh(subject, at));
  }

  directAt(destination: string): readonly DutyTarget[] {
    const there = this.#meant((validation) => this.#siteOf(validation) === destination);
    if (there.length > 0) return there.map((validation) => this.#existing(validation));
    return this.#broughtTo(destination, this.#origin());
  }

  /** The site that the edit takes something from; null where it only adds. */
  #origin(): string | null {
    const { out, parts } = this.#edit;
    if (out === null || parts[0] === 'site') return out;
    const part = this.one.world.registry.get(out);
    return (part && textAt(part, 'site')) ?? null;
  }

  /** The covering validation of the site that it comes from, to be repeated at the destination; else a new one. */
  #broughtTo(destination: string, origin: string | null): readonly DutyTarget[] {
    const [brought] = this.#meant((validation) => origin !== null && this.#siteOf(validation) === origin);
    return [
      brought
        ? { ...this.#existing(brought), site: destination }
        : this.#fresh(this.#newSubject(), destination),
    ];
  }

  #isMoveOfSubject(edit: Edit): boolean {
    return edit.subject === this.#edit.subject && edit.parts[0] === 'site';
  }

  everyAt(destination: string): readonly DutyTarget[] {
    const there = this.one.world.registry.indexed(validationsByKindAndSite, `${this.kind} ${destination}`);
    if (there.length === 0) return this.directAt(destination);
    return there.map((validation) => {
      const known = this.traced.reach.validations.find((reached) => reached.id === validation.id);
      return {
        target: validation.id,
        site: destination,
        product: null,
        path: known?.path ?? [this.#edit.subject, destination, validation.id],
      };
    });
  }

  downstream(): readonly DutyTarget[] {
    const direct = new Set(this.#covering().map((validation) => validation.id));
    const touched = this.#directlyCovered();
    return this.#reached().flatMap((validation) => {
      if (direct.has(validation.id)) return [];
      const covers = textsAt(validation, 'covers') ?? [];
      const isReached = covers.some((id) => !touched.has(id) && this.traced.reach.entities.has(id));
      return isReached ? [this.#existing(validation)] : [];
    });
  }

  product(): readonly DutyTarget[] {
    return this.traced.reach.products.flatMap((product) => {
      const own = this.#reached().filter((validation) => this.#isOfProduct(validation, product.id));
      if (own.length > 0)
        return own.map((validation) => ({ ...this.#existing(validation), product: product.id }));
      return [
        { target: `new:${this.kind}:${product.id}`, site: null, product: product.id, path: product.path },
      ];
    });
  }

  /** The site to which the edit brings something; null where it brings nothing anywhere. */
  destination(): string | null {
    const { action, in: put, parts } = this.#edit;
    if (put === null || (action !== 'add' && action !== 'replace')) return null;
    if (parts[0] === 'site') return put;
    const part = this.one.world.registry.get(put);
    return (part && textAt(part, 'site')) ?? null;
  }

  /** A validation of the product is one that covers it, or its substance or product as reached. */
  #isOfProduct(validation: Entity, product: string): boolean {
    return (textsAt(validation, 'covers') ?? []).some((id) => {
      if (id === product) return true;
      const material = this.traced.reach.entities.has(id) ? this.one.world.registry.get(id) : undefined;
      const stage = material && textAt(material, 'stage');
      return (
        stage !== undefined &&
        FINISHED_STAGES.has(stage) &&
        (textsAt(material!, 'product') ?? []).includes(product)
      );
    });
  }

  /** The validations that the scope means and that fit: those of the steps only where none covers the subject itself. */
  #meant(fits: (validation: Entity) => boolean): readonly Entity[] {
    const covering = this.#covering().filter(fits);
    return covering.length > 0 || this.duty.scope !== 'of steps'
      ? covering
      : this.#coveringOfSteps().filter(fits);
  }

  /** Validations of the kind that cover the subject, a part put in or out, or an entity of the kind's own that feeds the subject. */
  #covering(): readonly Entity[] {
    return this.#ofKindCovering(this.#directlyCovered());
  }

  #ofKindCovering(covered: Iterable<string>): readonly Entity[] {
    const found = new Map<string, Entity>();
    for (const id of covered) {
      for (const validation of this.one.world.network.validationsOf(id))
        if (this.#isOfKind(validation)) found.set(validation.id, validation);
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Validations of the kind that cover the steps behind the subject, or an entity of the kind's own that feeds them. */
  #coveringOfSteps(): readonly Entity[] {
    if (this.#isAboutPartPutIn()) return [];
    const { network } = this.one.world;
    const own = OWN_ENTITY.get(this.kind);
    const { subject } = this.#edit;
    const covered = new Set<string>();
    for (const step of [...this.#stepsOf(subject), ...this.#stepsTakingComponent()]) {
      covered.add(step);
      if (own !== undefined) for (const id of network.feeding(step, own)) covered.add(id);
    }
    if (own === 'method')
      for (const specification of network.feeding(subject, 'specification'))
        for (const id of network.feeding(specification, own)) covered.add(id);
    return this.#ofKindCovering(covered);
  }

  /** The steps that make a material, use equipment or what serves it, or put something into packaging. */
  #stepsOf(id: string): readonly string[] {
    const { network, registry } = this.one.world;
    const kindOf = (other: string): Kind | undefined => registry.get(other)?.kind;
    const next = network.outgoing(id);
    switch (kindOf(id)) {
      case 'material':
        return network
          .incoming(id)
          .filter((other) => (textsAt(registry.get(other)!, 'produces') ?? []).includes(id));
      case 'equipment':
        return next.filter((other) => kindOf(other) === 'step');
      case 'utility':
      case 'system':
        return next.filter((other) => kindOf(other) === 'equipment').flatMap((other) => this.#stepsOf(other));
      case 'packaging':
        return [
          ...next.filter((other) => kindOf(other) === 'step'),
          ...next.filter((other) => kindOf(other) === 'material').flatMap((other) => this.#stepsOf(other)),
        ];
      default:
        return [];
    }
  }

  /** Of an edit of a component: the earlier steps on the way to the subject that the component goes into. */
  #stepsTakingComponent(): readonly string[] {
    const { subject, parts, in: put, out } = this.#edit;
    if (parts[0] !== 'component') return [];
    const components = new Set([parts[1], put, out]);
    const { network } = this.one.world;
    const found = new Set<string>();
    const materials = [subject];
    const seen = new Set(materials);
    for (const material of materials)
      for (const step of this.#stepsOf(material))
        for (const consumed of network.feeding(step, 'material')) {
          if (components.has(consumed)) found.add(step);
          if (seen.has(consumed)) continue;
          seen.add(consumed);
          materials.push(consumed);
        }
    return [...found];
  }

  #directlyCovered(): ReadonlySet<string> {
    const { subject, in: put, out } = this.#edit;
    if (this.#isAboutPartPutIn()) return new Set([put!]);
    const covered = new Set([subject]);
    if (put !== null) covered.add(put);
    if (out !== null) covered.add(out);
    for (const id of this.#feeding()) covered.add(id);
    return covered;
  }

  /** The entities of the kind's own that feed the subject once the record's edits are made. */
  #feeding(): readonly string[] {
    const own = OWN_ENTITY.get(this.kind);
    if (own === undefined) return [];
    const { subject, subjectKind } = this.#edit;
    const ofTest = subjectKind === 'specification' && own === 'method' ? this.#methodOfTest() : undefined;
    const now = ofTest ?? this.one.world.network.feeding(subject, own);
    const others = this.one.edits.filter((edit) => edit.subject === subject && edit.parts[0] === own);
    const gone = new Set(others.map((edit) => edit.out));
    return [
      ...now.filter((id) => !gone.has(id)),
      ...others.flatMap((edit) => (edit.in === null ? [] : [edit.in])),
    ];
  }

  /** For an edit of one test, only that test's method is concerned. */
  #methodOfTest(): readonly string[] | undefined {
    const { subject, parts, attribute } = this.#edit;
    const specification = this.one.world.registry.get(subject);
    if (parts[0] !== 'test' || !specification) return undefined;
    return textsAt(specification, 'tests', [attribute, 'method']) ?? [];
  }

  #isAboutPartPutIn(): boolean {
    const { in: put } = this.#edit;
    return put !== null && this.one.world.registry.get(put)?.kind === OWN_ENTITY.get(this.kind);
  }

  #newSubject(): string {
    return this.#isAboutPartPutIn() ? this.#edit.in! : this.#edit.subject;
  }

  /** Where a new validation would be done: at the part that is put in, else where the subject stands once the record is carried out. */
  #sitesOfNew(subject: string): readonly string[] {
    // A site stands where it is, whatever else the record moves.
    if (this.one.world.registry.get(subject)?.kind === 'site') return [subject];
    const part = this.one.world.registry.get(this.#edit.in ?? '');
    const own = part && textAt(part, 'site');
    if (own !== undefined) return [own];
    const { network } = this.one.world;
    const all =
      network.sitesOf(subject).length > 0 ? network.sitesOf(subject) : network.sitesOf(this.#edit.subject);
    const now = this.#includesCarriers() ? all : this.#exceptCarriers(all);
    const moves = this.one.edits.filter((edit) => this.#isMoveOfSubject(edit));
    const left = new Set(moves.map((edit) => edit.out));
    const arrived = moves.flatMap((edit) => (edit.in === null || now.includes(edit.in) ? [] : [edit.in]));
    return [...now.filter((site) => !left.has(site)), ...arrived].sort();
  }

  /** Only a scope that looks to steps leaves carriers out: `direct` means every site of its subject. */
  #includesCarriers(): boolean {
    return (
      this.duty.scope !== 'of steps' ||
      CARRIED_OUT.has(this.kind) ||
      STANDING.has(this.#edit.subjectKind ?? '')
    );
  }

  /** A material passes through the hands of carriers, where nothing of it is validated but its transport. */
  #exceptCarriers(sites: readonly string[]): readonly string[] {
    const { registry } = this.one.world;
    const makers = sites.filter((site) => !isCarrier(registry, site));
    return makers.length > 0 ? makers : sites;
  }

  #existing(validation: Entity): DutyTarget {
    const reached = this.traced.reach.validations.find((one) => one.id === validation.id);
    return {
      target: validation.id,
      site: this.#siteOf(validation),
      product: null,
      path: reached?.path ?? [this.#edit.subject, validation.id],
    };
  }

  #fresh(subject: string, site: string | null): DutyTarget {
    const path = subject === this.#edit.subject ? [subject] : [this.#edit.subject, subject];
    return { target: `new:${this.kind}:${subject}`, site, product: null, path };
  }

  #siteOf(validation: Entity): string | null {
    return textAt(validation, 'site') ?? null;
  }

  /** The validations of the kind among all that the edit reaches, sorted by ID. */
  #reached(): readonly Entity[] {
    return this.traced.reach.validations.flatMap(({ id }) => {
      const validation = this.one.world.registry.get(id);
      return validation && this.#isOfKind(validation) ? [validation] : [];
    });
  }

  #isOfKind(validation: Entity): boolean {
    return textAt(validation, 'kind') === this.kind && textAt(validation, 'status') !== 'withdrawn';
  }
}

const FINISHED_STAGES = new Set(['drug-substance', 'drug-product', 'packed-product']);
/** What stands at its sites itself; anything else is where its materials are. */
const STANDING: ReadonlySet<string> = new Set<Kind>(['site', 'step', 'equipment', 'utility', 'system']);
/** What is validated where a material is carried. */
const CARRIED_OUT: ReadonlySet<string> = new Set(['transport', 'chain-of-identity']);
const CARRYING = new Set(['transport', 'distribution']);

const stepsBySite: EntityIndex = {
  name: 'steps at',
  kind: 'step',
  keysOf: (step) => textsAt(step, 'sites') ?? [],
  tells: (step) => textAt(step, 'activity') ?? '',
};

/** Whether every step at a site carries, and nothing is made, tested or stored there. */
function isCarrier(registry: Registry, site: string): boolean {
  const steps = registry.indexed(stepsBySite, site);
  return steps.length > 0 && steps.every((step) => CARRYING.has(textAt(step, 'activity') ?? ''));
}

/** The validations that have not been withdrawn, by kind and site. */
const validationsByKindAndSite: EntityIndex = {
  name: 'validations at',
  kind: 'validation',
  keysOf: (validation) => {
    const [kind, site] = [textAt(validation, 'kind'), textAt(validation, 'site')];
    return textAt(validation, 'status') === 'withdrawn' ? [] : [`${kind} ${site}`];
  },
};
