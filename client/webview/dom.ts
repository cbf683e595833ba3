import type { ViewPlace } from '../../server/src/ide/obligationsView.js';
import type { FromPanel } from '../src/panelMessages.js';

export type Send = (message: FromPanel) => void;

type Attributes = Readonly<Record<string, string | number>>;

/** An element of the page with its attributes; texts among its children stay texts. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  setAll(made, attributes);
  made.append(...children);
  return made;
}

export const SVG = 'http://www.w3.org/2000/svg';

/** As `element`, for a picture. */
export function drawn<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  setAll(made, attributes);
  made.append(...children);
  return made;
}

/** A text that leads to a place in a file; plain text where there is no place. */
export function leadingTo(place: ViewPlace | null | undefined, text: string, send: Send): Node {
  if (!place) return document.createTextNode(text);
  const button = element('button', { class: 'link', type: 'button' }, text);
  button.addEventListener('click', () => send({ type: 'open', place }));
  return button;
}

function setAll(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
}
