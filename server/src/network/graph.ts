import { sameItems } from '../base/lists.js';
import type { Entity, Kind } from '../registry/entity.js';
import { NotedResults, readName } from '../registry/reads.js';
import { type Registry, statusOf, textAt, textsAt } from '../registry/registry.js';
import { contributionsOf, isMasterFile } from './contributions.js';
import { componentsOf } from './cycles.js';

const NOTHING: readonly string[] = [];

/** What is looked up here, as the registry notes it. */
const NEXT = 'next';
const PREVIOUS = 'previous';
const CIRCLE = 'circle';

/**
 * The adjacency of the registry: what each entity feeds and is fed by, sorted by ID.
 *
 * Built once in time linear in the edges from what each entity contributes on its own. Names that the
 * registry doesn't hold make no edge. Nothing flows into what is retired, nor into filings that were
 * withdrawn: a change has no one to be reported to there.
 */
export class Graph {
  readonly #next = new Map<string, string[]>();
  readonly #previous = new Map<string, string[]>();
  readonly #component: ReadonlyMap<string, number>;
  readonly #leaving: NotedResults<boolean>;

  constructor(readonly registry: Registry) {
    this.#leaving = new NotedResults(registry);
    for (const id of registry.ids()) this.#contribute(registry.get(id)!);
    for (const list of this.#next.values()) sortUnique(list);
    for (const list of this.#previous.values()) sortUnique(list);
    const nodes = [...registry.all('material'), ...registry.all('step')].map(({ id }) => id);
    this.#component = componentsOf(nodes, (id) => this.#making(id));
    for (const material of registry.all('material')) this.#linkToProduct(material);
  }

  /** What a change of the entity flows to directly. */
  next(id: string): readonly string[] {
    this.registry.note(NEXT, id);
    return this.#next.get(id) ?? NOTHING;
  }

  /** What feeds the entity directly. */
  previous(id: string): readonly string[] {
    this.registry.note(PREVIOUS, id);
    return this.#previous.get(id) ?? NOTHING;
  }

  kindOf(id: string): Kind | undefined {
    return this.registry.get(id)?.kind;
  }

  /**
   * Whether the flow from a step to a material leaves the step's product: the material has no product of
   * its own, and it is what is tested along the way, or is recycled (it comes back to the step), or never
   * becomes anything of that product. An intermediate whose `product` was left out flows on.
   */
  leavesProduct(from: string, to: string): boolean {
    if (this.kindOf(from) !== 'step' || this.kindOf(to) !== 'material') return false;
    return this.#leaving.get(`${from}\n${to}`, () => this.#leaves(from, to));
  }

  /** The names, as the registry notes them, of what is another here than in a graph before. */
  *differences(before: Graph): Iterable<string> {
    for (const [sort, now, then] of [
      [NEXT, this.#next, before.#next],
      [PREVIOUS, this.#previous, before.#previous],
    ] as const) {
      for (const id of new Set([...now.keys(), ...then.keys()]))
        if (!sameItems(now.get(id) ?? NOTHING, then.get(id) ?? NOTHING)) yield readName(sort, id);
    }
    const circles = circlesOf(this.#component);
    const circlesBefore = circlesOf(before.#component);
    for (const id of new Set([...circles.keys(), ...circlesBefore.keys()]))
      if (circles.get(id) !== circlesBefore.get(id)) yield readName(CIRCLE, id);
  }

  #isInOneCircle(one: string, other: string): boolean {
    this.registry.note(CIRCLE, one);
    this.registry.note(CIRCLE, other);
    return this.#component.get(one) === this.#component.get(other);
  }

  /**
   * Whether the flow from a material of a product ends in a step that only tests, releases or ships it: what else the
   * same step is done to is not changed by it. A reagent, which is of no product, flows on to what is tested with it.
   */
  endsIn(from: string, step: string): boolean {
    if (this.kindOf(step) !== 'step' || this.kindOf(from) !== 'material') return false;
    return this.#madeBy(step).length === 0 && this.#productsOf(from).length > 0;
  }

  #leaves(step: string, material: string): boolean {
    if (this.#productsOf(material).length > 0) return false;
    const products = new Set(
      [...this.#madeBy(step), ...this.#usedBy(step)].flatMap((id) => this.#productsOf(id)),
    );
    if (products.size === 0) return false;
    if (!this.#madeBy(step).includes(material)) return true;
    if (this.#isInOneCircle(material, step)) return true;
    return !this.#becomes(material, products);
  }

  /** Whether steps and compositions make something of one of the products from a material. */
  #becomes(material: string, products: ReadonlySet<string>): boolean {
    const seen = new Set([material]);
    for (const id of seen) {
      if (this.#productsOf(id).some((product) => products.has(product))) return true;
      for (const target of this.next(id)) {
        const kind = this.kindOf(target);
        if (kind === 'material' || (kind === 'step' && this.#madeBy(target).length > 0)) seen.add(target);
      }
    }
    return false;
  }

  #contribute(entity: Entity): void {
    for (const { from, to } of contributionsOf(entity)) {
      if (!this.#isPackedIn(from, to)) this.#link(from, to);
    }
  }

  /**
   * Whether a step that makes nothing puts a material into the packaging: what it says is about the material, and
   * nothing that is changed upstream of the step changes the carton.
   */
  #isPackedIn(step: string, packaging: string): boolean {
    if (this.kindOf(packaging) !== 'packaging' || this.kindOf(step) !== 'step') return false;
    return this.#usedBy(step).length > 0;
  }

  #link(from: string, to: string): void {
    const source = this.registry.get(from);
    const target = this.registry.get(to);
    if (!source || !target || !isLive(target)) return;
    if (source.kind === 'filing' && (target.kind !== 'filing' || !isLive(source) || !isMasterFile(source)))
      return;
    push(this.#next, from, to);
    if (isLive(source)) push(this.#previous, to, from);
  }

  /** A material that no producing step consumes is what the product is made up of in the end. */
  #linkToProduct(material: Entity): void {
    const isConsumed = this.next(material.id).some(
      (step) => this.kindOf(step) === 'step' && this.#takesOnward(step, material.id),
    );
    if (isConsumed) return;
    for (const product of this.#productsOf(material.id)) {
      this.#link(material.id, product);
      sortUnique(this.#next.get(material.id) ?? []);
      sortUnique(this.#previous.get(product) ?? []);
    }
  }

  /** A reprocessing step, whose output only ever comes back, leaves the material the last one. */
  #takesOnward(step: string, material: string): boolean {
    return this.#madeBy(step).some((made) => !this.#isInOneCircle(made, material));
  }

  /** What follows in the making: a step's products, a material's producing steps. */
  #making(id: string): readonly string[] {
    if (this.kindOf(id) === 'step') return this.#madeBy(id);
    return this.next(id).filter((step) => this.kindOf(step) === 'step' && this.#madeBy(step).length > 0);
  }

  #madeBy(step: string): readonly string[] {
    return this.#materialsIn(step, 'produces');
  }

  #usedBy(step: string): readonly string[] {
    return this.#materialsIn(step, 'consumes');
  }

  #materialsIn(step: string, attribute: 'produces' | 'consumes'): readonly string[] {
    const entity = this.registry.get(step);
    const ids = (entity && textsAt(entity, attribute)) ?? NOTHING;
    return ids.filter((id) => this.kindOf(id) === 'material');
  }

  #productsOf(material: string): readonly string[] {
    const entity = this.registry.get(material);
    return (entity && textsAt(entity, 'product')) ?? NOTHING;
  }
}

/** What is retired or withdrawn is history: it is neither reached nor counted. */
export function isLive(entity: Entity): boolean {
  if (entity.kind === 'filing' || entity.kind === 'validation')
    return textAt(entity, 'status') !== 'withdrawn';
  return statusOf(entity) !== 'retired';
}

/** The nodes that stand in a circle with others, each with all that stand in it. */
function circlesOf(component: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const members = new Map<number, string[]>();
  for (const [id, number] of component) {
    const list = members.get(number);
    if (list) list.push(id);
    else members.set(number, [id]);
  }
  const circles = new Map<string, string>();
  for (const list of members.values()) {
    if (list.length < 2) continue;
    const all = list.sort().join('\n');
    for (const id of list) circles.set(id, all);
  }
  return circles;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Code-unit order: the same on every machine. */
function sortUnique(list: string[]): void {
  list.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  let kept = 0;
  for (const id of list) if (kept === 0 || list[kept - 1] !== id) list[kept++] = id;
  list.length = kept;
}
