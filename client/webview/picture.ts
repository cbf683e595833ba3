import type { GraphEdge, GraphNode, ImpactGraph } from '../../server/src/ide/impactGraph.js';
import type { ImpactView } from '../../server/src/ide/impactView.js';
import type { ViewPlace } from '../../server/src/ide/obligationsView.js';
import { drawn, element, type Send, SVG } from './dom.js';
import { roleWords } from './tables.js';

const SIGNS: Readonly<Record<string, string>> = {
  met: '✓',
  waived: '✓',
  unmet: '✗',
  insufficient: '✗',
  open: '?',
};

/** Smaller than this, nothing can be read. */
const SMALLEST = 0.35;
const LARGEST = 2;

/** The network as a picture: one stop for the Tab key, the arrow keys walk from box to box. */
export class Picture {
  #svg: SVGSVGElement | null = null;
  #frame: HTMLElement | null = null;
  #graph: ImpactGraph | null = null;
  #places: Readonly<Record<string, ViewPlace>> = {};
  /** Null: as wide as the panel. */
  #zoom: number | null = null;
  readonly #tip = element('div', { class: 'tip', role: 'tooltip', hidden: '' });

  constructor(readonly send: Send) {
    new ResizeObserver(() => this.#resize()).observe(document.body);
  }

  draw({ graph, places, record }: ImpactView): HTMLElement {
    this.#graph = graph;
    this.#places = places;
    const nodes = graph.nodes.map((node, index) => this.#box(node, index));
    this.#svg = drawn(
      'svg',
      {
        viewBox: `0 0 ${graph.width} ${graph.height}`,
        role: 'group',
        'aria-label': `The network that ${record} touches: ${graph.nodes.length} boxes. Arrow keys go from box to box, Enter opens what it stands for.`,
      },
      arrowHead(),
      ...graph.cards.map(({ x, y, width, height }) =>
        drawn('rect', { class: 'card', x, y, width, height, rx: 6 }),
      ),
      ...graph.edges.map(line),
      ...nodes,
    );
    this.#svg.addEventListener('keydown', (event) => this.#walk(event));
    this.#frame = element('div', { class: 'frame' }, this.#svg);
    queueMicrotask(() => this.#resize());
    return element('figure', {}, this.#toolbar(), this.#frame, this.#tip, this.#legend());
  }

  /** The picture as a file of its own, with the colours that it has here. */
  asText(): string {
    if (!this.#svg || !this.#graph) return '';
    const copy = this.#svg.cloneNode(true) as SVGSVGElement;
    const originals = [this.#svg, ...this.#svg.querySelectorAll('*')];
    [copy, ...copy.querySelectorAll('*')].forEach((part, index) => {
      const style = getComputedStyle(originals[index]!);
      for (const name of KEPT) part.setAttribute(name, style.getPropertyValue(name));
      for (const name of ['class', 'tabindex', 'role', 'id', 'aria-label', 'aria-describedby'])
        if (part.localName !== 'marker' || name !== 'id') part.removeAttribute(name);
    });
    this.#graph.nodes.forEach((node, index) => {
      copy.querySelectorAll('g')[index]?.prepend(drawn('title', {}, describe(node)));
    });
    copy.setAttribute('width', String(this.#graph.width));
    copy.setAttribute('height', String(this.#graph.height));
    const background = getComputedStyle(document.body).backgroundColor;
    copy.prepend(drawn('rect', { width: '100%', height: '100%', fill: background }));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
  }

  #toolbar(): HTMLElement {
    const button = (text: string, label: string, does: () => void): HTMLElement => {
      const made = element('button', { type: 'button', 'aria-label': label, title: label }, text);
      made.addEventListener('click', does);
      return made;
    };
    return element(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'Picture' },
      button('−', 'Smaller', () => this.#setZoom(this.#scale() / 1.25)),
      button('+', 'Larger', () => this.#setZoom(this.#scale() * 1.25)),
      button('Fit', 'As wide as the panel', () => this.#setZoom(null)),
      button('Save as SVG', 'Save the picture as an SVG file', () =>
        this.send({ type: 'picture', svg: this.asText() }),
      ),
    );
  }

  #legend(): HTMLElement {
    const sample = (role: string, words: string): HTMLElement =>
      element('li', {}, element('span', { class: `sample ${role}`, 'aria-hidden': 'true' }), words);
    const leftOut = this.#graph?.leftOut ?? 0;
    const more = leftOut > 0 ? ` ${leftOut} more are reached and lead to nothing that is owed.` : '';
    return element(
      'figcaption',
      {},
      element(
        'ul',
        { class: 'legend' },
        sample('changed', 'changed'),
        sample('touched', 'put in or taken out'),
        sample('reached', 'reached'),
        sample('validation', 'validated'),
        sample('filing', 'filed'),
      ),
      more,
    );
  }

  #box(node: GraphNode, index: number): SVGGElement {
    const { x, y, width, height, role, state } = node;
    const left = x - width / 2;
    const top = y - height / 2;
    const sign = state === null ? '' : (SIGNS[state] ?? '');
    const room = width - (sign === '' ? 16 : 30);
    const radius = role === 'filing' ? height / 2 : role === 'validation' ? 8 : 3;
    const inset = role === 'filing' ? 16 : 9;
    const box = drawn(
      'g',
      {
        id: `node-${node.id}`,
        class: `node ${role}${node.kind === null ? ' new' : ''}`,
        role: 'link',
        tabindex: index === 0 ? 0 : -1,
        'aria-label': describe(node),
      },
      drawn('rect', { x: left, y: top, width, height, rx: radius }),
      drawn('text', { class: 'name', x: left + inset, y: y - 4 }, cut(node.label, room - inset + 9, 7.4)),
      drawn('text', { class: 'caption', x: left + inset, y: y + 12 }, cut(node.caption, room - inset + 9, 6)),
    );
    if (sign !== '')
      box.append(
        drawn(
          'text',
          { class: `sign ${state}`, x: left + width - (role === 'filing' ? 22 : 17), y: y - 3 },
          sign,
        ),
      );
    box.addEventListener('click', () => this.#open(node.id));
    box.addEventListener('mouseenter', () => this.#explain(node, box));
    box.addEventListener('focus', () => this.#explain(node, box));
    box.addEventListener('mouseleave', () => this.#tip.setAttribute('hidden', ''));
    box.addEventListener('blur', () => this.#tip.setAttribute('hidden', ''));
    return box;
  }

  #open(id: string): void {
    const place = this.#places[id];
    if (place) this.send({ type: 'open', place });
  }

  #explain(node: GraphNode, box: SVGGElement): void {
    this.#tip.replaceChildren(
      element('strong', {}, node.id),
      element('div', { class: 'small' }, roleWords(node)),
      ...node.why.map((why) => element('div', {}, why)),
    );
    this.#tip.removeAttribute('hidden');
    const at = box.getBoundingClientRect();
    const own = this.#tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, innerWidth - own.width - 8));
    const below = at.bottom + 6;
    const top = below + own.height > innerHeight ? Math.max(8, at.top - own.height - 6) : below;
    // The policy of the page forbids style attributes in markup; a script may set styles one by one.
    this.#tip.style.left = `${left + scrollX}px`;
    this.#tip.style.top = `${top + scrollY}px`;
  }

  #walk(event: KeyboardEvent): void {
    const boxes = [...(this.#svg?.querySelectorAll<SVGGElement>('g.node') ?? [])];
    const index = boxes.indexOf(document.activeElement as SVGGElement);
    const nodes = this.#graph?.nodes ?? [];
    const current = nodes[index];
    if (!current) return;
    if (event.key === 'Enter' || event.key === ' ') this.#open(current.id);
    else if (event.key === 'Escape') this.#tip.setAttribute('hidden', '');
    else {
      const next = neighbour(nodes, index, event.key);
      if (next === null) return;
      boxes[index]?.setAttribute('tabindex', '-1');
      boxes[next]?.setAttribute('tabindex', '0');
      boxes[next]?.focus();
    }
    event.preventDefault();
  }

  #setZoom(zoom: number | null): void {
    this.#zoom = zoom === null ? null : Math.min(LARGEST, Math.max(SMALLEST, zoom));
    this.#resize();
  }

  #scale(): number {
    if (this.#zoom !== null) return this.#zoom;
    const room = this.#frame?.clientWidth ?? 0;
    const width = this.#graph?.width ?? 1;
    return Math.min(1, Math.max(SMALLEST, room / width));
  }

  #resize(): void {
    if (!this.#svg || !this.#graph) return;
    const scale = this.#scale();
    this.#svg.setAttribute('width', String(Math.floor(this.#graph.width * scale)));
    this.#svg.setAttribute('height', String(Math.floor(this.#graph.height * scale)));
  }
}

/** What of the page's style a picture needs that leaves the page. */
const KEPT = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
];

function describe(node: GraphNode): string {
  const state = node.state === null ? '' : `, ${node.state}`;
  return `${node.label}, ${roleWords(node)}${state}. ${node.why.join(' ')}`;
}

/** Cut to the room it has: fonts differ, so this goes by a wide one. */
function cut(text: string, room: number, perCharacter: number): string {
  const most = Math.floor(room / perCharacter);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

function line({ points }: GraphEdge): SVGPathElement {
  const [first, ...rest] = points;
  if (!first) return drawn('path', { class: 'edge' });
  // A curve through the middles of the bends, so that a line is not lost where another crosses it.
  let path = `M${first.x},${first.y}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    path +=
      next === undefined
        ? ` L${point.x},${point.y}`
        : ` Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`;
  });
  return drawn('path', { class: 'edge', d: path, 'marker-end': 'url(#arrow)' });
}

function arrowHead(): SVGElement {
  const marker = document.createElementNS(SVG, 'marker');
  const attributes = { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7 };
  for (const [name, value] of Object.entries({ ...attributes, orient: 'auto' }))
    marker.setAttribute(name, String(value));
  marker.append(drawn('path', { class: 'head', d: 'M0,0 L8,4 L0,8 Z' }));
  return drawn('defs', {}, marker);
}

/** The box that an arrow key leads to: the nearest in its direction, sideways in the same row. */
function neighbour(nodes: readonly GraphNode[], index: number, key: string): number | null {
  const from = nodes[index]!;
  const isThere: Readonly<Record<string, (node: GraphNode) => boolean>> = {
    ArrowDown: ({ y }) => y > from.y + 1,
    ArrowUp: ({ y }) => y < from.y - 1,
    ArrowRight: ({ x, y }) => x > from.x + 1 && Math.abs(y - from.y) <= 1,
    ArrowLeft: ({ x, y }) => x < from.x - 1 && Math.abs(y - from.y) <= 1,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return nodes.length - 1;
  const candidates = nodes.flatMap((node, other) => (isThere[key]?.(node) ? [{ node, other }] : []));
  const distance = ({ x, y }: GraphNode): number => Math.abs(y - from.y) * 4 + Math.abs(x - from.x);
  candidates.sort((a, b) => distance(a.node) - distance(b.node));
  return candidates[0]?.other ?? null;
}
