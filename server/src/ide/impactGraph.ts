/** The picture of what a record touches: which nodes and edges it has, and where dagre puts them. */
import * as dagre from '@dagrejs/dagre';
import type { Analysis } from '../impact/analyse.js';
import type { Obligation, State } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { Kind } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import { spanWords } from './hoverDates.js';
import { dutyWords } from './obligationsView.js';

/** Why a node is in the picture; of several reasons the first of this list. */
export type NodeRole = 'changed' | 'touched' | 'validation' | 'filing' | 'reached';

export interface GraphNode {
  /** An entity's ID, or `new:KIND:SUBJECT` for a validation that has yet to be made. */
  readonly id: string;
  readonly role: NodeRole;
  /** The kind of entity; null for a validation that has yet to be made. */
  readonly kind: Kind | null;
  readonly label: string;
  /** The second line: the name, or what is owed. */
  readonly caption: string;
  /** Of a validation or filing: the state of what is owed for it, the worst of several. */
  readonly state: State | null;
  /** One sentence each, for a tooltip and for a screen reader. */
  readonly why: readonly string[];
  /** The middle, in pixels from the upper left corner of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Where the line bends, from the one node's border to the other's. */
  readonly points: readonly Point[];
}

/** A frame, by its upper left corner. */
export interface Card {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ImpactGraph {
  readonly width: number;
  readonly height: number;
  /** From top to bottom, then from left to right: the order in which the keyboard walks through them. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Around each entity with the validations that stand below it. */
  readonly cards: readonly Card[];
  /** How many entities are reached besides, which lead to nothing that is owed. */
  readonly leftOut: number;
}

/** Draws what the edits with the given keys touch; every edit where there are none. */
export function impactGraph(analysis: Analysis, keys: ReadonlySet<string>, world: World): ImpactGraph {
  const sketch = new Sketch(analysis, keys, world);
  return layOut(sketch);
}

type Unplaced = Omit<GraphNode, 'x' | 'y' | 'width' | 'height'>;

const WORST_FIRST: readonly State[] = ['insufficient', 'unmet', 'open', 'met', 'waived'];
const ROLES: readonly NodeRole[] = ['changed', 'touched', 'validation', 'filing', 'reached'];

/** More boxes than this are no picture any more. */
const MOST_NODES = 150;
const MOST_REASONS = 4;

class Sketch {
  readonly nodes = new Map<string, Unplaced>();
  readonly edges = new Map<string, { readonly from: string; readonly to: string }>();
  readonly leftOut: number;

  constructor(
    analysis: Analysis,
    readonly keys: ReadonlySet<string>,
    readonly world: World,
  ) {
    const traced = analysis.traced.filter(({ edit }) => this.#isMeant(edit.key));
    for (const { edit } of traced) {
      this.#add(edit.subject, 'changed', [`Changed: ${edit.key}.`]);
      for (const [id, words] of [
        [edit.out, 'Taken out'],
        [edit.in, 'Put in'],
      ] as const)
        if (id !== null && id !== edit.subject) {
          this.#add(id, 'touched', [`${words}: ${edit.key}.`]);
          if (words === 'Put in') this.#link(id, edit.subject);
          else this.#link(edit.subject, id);
        }
    }
    for (const obligation of analysis.obligations) this.#owe(obligation);
    for (const { reach } of traced)
      for (const reached of [...reach.filings, ...reach.products]) this.#walk(reached.path);
    const all = new Set(traced.flatMap(({ reach }) => [...reach.entities.keys()]));
    this.leftOut = [...all].filter((id) => !this.nodes.has(id)).length;
  }

  #isMeant(key: string): boolean {
    return this.keys.size === 0 || this.keys.has(key);
  }

  #owe(obligation: Obligation): void {
    const { kind, target } = obligation;
    if (kind !== 'filing' && kind !== 'revalidation' && kind !== 'assessment') return;
    const reasons = obligation.because.filter(({ edit }) => this.#isMeant(edit));
    if (reasons.length === 0 && kind !== 'filing') return;
    for (const { path } of reasons) {
      this.#walk(path.filter((id) => id !== target));
      const last = path.at(-1) === target ? path.at(-2) : path.at(-1);
      if (last !== undefined) this.#link(last, target);
    }
    if (reasons.length === 0) return;
    const rules = [...new Set(reasons.map((reason) => [reason.rule, ...reason.cite].join(', ')))];
    const more = rules.length > MOST_REASONS ? [`And ${rules.length - MOST_REASONS} more rules.`] : [];
    const duty = dutyWords(obligation);
    this.#add(
      target,
      kind === 'filing' ? 'filing' : 'validation',
      [
        `${duty[0]!.toUpperCase()}${duty.slice(1)}: ${obligation.state}.`,
        ...rules.slice(0, MOST_REASONS).map((rule) => `Rule ${rule}.`),
        ...more,
      ],
      obligation,
    );
  }

  #walk(path: readonly string[]): void {
    path.forEach((id, index) => {
      if (index > 0) this.#link(path[index - 1]!, id);
      const why = index > 0 ? [`Reached by way of ${path.slice(0, index).join(' → ')}.`] : [];
      this.#add(id, this.world.registry.get(id)?.kind === 'filing' ? 'filing' : 'reached', why);
    });
  }

  #link(from: string, to: string): void {
    if (from !== to && !this.edges.has(`${to}\n${from}`)) this.edges.set(`${from}\n${to}`, { from, to });
  }

  #add(id: string, role: NodeRole, why: readonly string[], obligation: Obligation | null = null): void {
    const known = this.nodes.get(id);
    if (!known && this.nodes.size >= MOST_NODES) return;
    const entity = this.world.registry.get(id);
    const state = worst(known?.state ?? null, obligation?.state ?? null);
    // Of two sites at which one validation is owed, the box names the one that its sign is about.
    const isTelling = obligation !== null && (known?.state == null || known.state !== state);
    const fresh = why.filter((line) => !known?.why.includes(line));
    // One way to get there is enough to say; what is owed is said in full.
    const isSaid = known !== undefined && role === 'reached';
    this.nodes.set(id, {
      id,
      role: known ? ROLES[Math.min(ROLES.indexOf(known.role), ROLES.indexOf(role))]! : role,
      kind: entity?.kind ?? null,
      label: labelOf(id),
      caption:
        (isTelling ? captionOf(obligation) : null) ??
        known?.caption ??
        (entity && textAt(entity, 'name')) ??
        '',
      state,
      why: isSaid ? known.why : [...(known?.why ?? []), ...fresh],
    });
  }
}

function worst(one: State | null, other: State | null): State | null {
  return WORST_FIRST.find((state) => state === one || state === other) ?? null;
}

/** `new:cleaning:EQ-1` -> `new cleaning`. */
function labelOf(id: string): string {
  const [marker, kind] = id.split(':');
  return marker === 'new' && kind !== undefined ? `new ${kind.replaceAll('-', ' ')}` : id;
}

function captionOf(obligation: Obligation): string {
  if (obligation.category) {
    const { lowest, highest, declared } = obligation.category;
    const owed = spanWords({ lowest, highest });
    return declared === null || declared === owed ? owed : `${owed}, declared ${declared}`;
  }
  const verb = obligation.kind === 'revalidation' ? 'revalidate' : 'assess';
  return obligation.site === null ? verb : `${verb} at ${obligation.site}`;
}

// What dagre gives; its own declarations can't be followed by the compiler's module resolution.
interface Point {
  readonly x: number;
  readonly y: number;
}
interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
interface Ends {
  readonly v: string;
  readonly w: string;
}

const HEIGHT = 38;
const NARROWEST = 100;
const WIDEST = 200;
const MARGIN = 12;

/**
 * Layer below layer; the same picture for the same input, because dagre uses no chance. The validations of an
 * entity stand below it in one card: side by side, a dozen of them would be wider than any screen.
 */
function layOut(sketch: Sketch): ImpactGraph {
  const stacks = stacksOf(sketch);
  const stacked = new Set([...stacks.values()].flat().map(({ id }) => id));
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 18, ranksep: 28, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of sketch.nodes.values())
    if (!stacked.has(node.id)) graph.setNode(node.id, sizeOf(node, stacks.get(node.id) ?? []));
  for (const { from, to } of sketch.edges.values())
    if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  dagre.layout(graph);
  const nodes: GraphNode[] = [];
  const cards: Card[] = [];
  for (const node of sketch.nodes.values()) {
    if (stacked.has(node.id)) continue;
    const box: Box = graph.node(node.id);
    const stack = stacks.get(node.id) ?? [];
    const left = box.x - box.width / 2;
    const top = box.y - box.height / 2;
    if (stack.length === 0) {
      nodes.push(placed(node, left, top, box.width));
      continue;
    }
    cards.push({ x: round(left), y: round(top), width: round(box.width), height: round(box.height) });
    nodes.push(placed(node, left + FRAME, top + FRAME, box.width - 2 * FRAME));
    stack.forEach((validation, index) => {
      const below = top + FRAME + (index + 1) * (HEIGHT + GAP);
      nodes.push(placed(validation, left + FRAME + INDENT, below, box.width - 2 * FRAME - INDENT));
    });
  }
  const edges = graph.edges().map(({ v, w }: Ends): GraphEdge => {
    const points: readonly Point[] = graph.edge({ v, w }).points ?? [];
    return { from: v, to: w, points: points.map(({ x, y }) => ({ x: round(x), y: round(y) })) };
  });
  const { width, height } = graph.graph();
  return {
    width: nodes.length === 0 ? 0 : round(width ?? 0),
    height: nodes.length === 0 ? 0 : round(height ?? 0),
    nodes: nodes.sort((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1)),
    edges,
    cards,
    leftOut: sketch.leftOut,
  };
}

const FRAME = 6;
const GAP = 5;
const INDENT = 12;

/** Each validation below the first entity that leads to it. */
function stacksOf({ nodes, edges }: Sketch): ReadonlyMap<string, readonly Unplaced[]> {
  const stacks = new Map<string, Unplaced[]>();
  const done = new Set<string>();
  for (const { from, to } of edges.values()) {
    const validation = nodes.get(to);
    if (validation?.role !== 'validation' || done.has(to) || nodes.get(from)?.role === 'validation') continue;
    if (!nodes.has(from)) continue;
    done.add(to);
    const stack = stacks.get(from);
    if (stack) stack.push(validation);
    else stacks.set(from, [validation]);
  }
  return stacks;
}

function sizeOf(node: Unplaced, stack: readonly Unplaced[]): { width: number; height: number } {
  if (stack.length === 0) return { width: widthOf(node), height: HEIGHT };
  const width = Math.max(widthOf(node), ...stack.map((one) => widthOf(one) + INDENT)) + 2 * FRAME;
  return { width, height: HEIGHT + stack.length * (HEIGHT + GAP) + 2 * FRAME };
}

function placed(node: Unplaced, left: number, top: number, width: number): GraphNode {
  return {
    ...node,
    x: round(left + width / 2),
    y: round(top + HEIGHT / 2),
    width: round(width),
    height: HEIGHT,
  };
}

/** Wide enough for its text in the fonts that editors use, within limits: longer texts are cut when drawn. */
function widthOf({ label, caption }: Unplaced): number {
  const needed = Math.max(label.length * 7.6, caption.length * 6.3) + 38;
  return Math.min(Math.max(needed, NARROWEST), WIDEST);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
