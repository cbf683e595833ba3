import type { GraphNode } from '../../server/src/ide/impactGraph.js';
import type { ImpactView, MarketRow, RuleCell } from '../../server/src/ide/impactView.js';
import { element, leadingTo, type Send } from './dom.js';

/** The rules that decide come first, and a cell is no place for all of them. */
const RULES_AT_FIRST = 3;

/**
 * A row for each filing: what it is, from when the change may be implemented, and under which rules. The rules are
 * long and come last: beside a record the panel is narrow, and what decides has to be seen without scrolling.
 */
export function marketTable({ markets }: ImpactView, send: Send): HTMLElement {
  if (markets.length === 0) return element('p', { class: 'notice' }, 'It reaches no filing.');
  return table(
    ['Market', 'Filing', 'Category', 'Earliest implementation, and its clock', 'Rule'],
    markets.map((row) => [
      row.market,
      leadingTo(row.place, row.filing, send),
      category(row),
      element('div', {}, row.earliest, element('div', { class: 'small' }, row.clock)),
      rules(row.rules, send),
    ]),
  );
}

/** What is owed besides filings. */
export function dutyList({ duties }: ImpactView, send: Send): HTMLElement {
  return table(
    ['State', 'What'],
    duties.map(({ stateWords, state, words, place }) => [
      element('span', { class: `state ${state}` }, stateWords),
      leadingTo(place, words, send),
    ]),
  );
}

/** The days from the proposal to the implementation and beyond. */
export function timeline({ timeline }: ImpactView, send: Send): HTMLElement {
  return element(
    'ol',
    { class: 'timeline' },
    ...timeline.map(({ date, words, kind, place }) =>
      element(
        'li',
        { class: kind },
        element('time', { datetime: date }, date),
        ' ',
        leadingTo(place, words, send),
      ),
    ),
  );
}

/** The picture in words, for whoever reads rather than looks. */
export function nodeTable({ graph, places }: ImpactView, send: Send): HTMLElement {
  return element(
    'details',
    {},
    element('summary', { id: 'as-table' }, 'The network as a table'),
    table(
      ['Name', 'What it is', 'Why it is here'],
      graph.nodes.map((node) => [
        leadingTo(places[node.id], node.label, send),
        roleWords(node),
        node.why.join(' '),
      ]),
    ),
  );
}

export function roleWords({ role, kind, caption }: GraphNode): string {
  const what = role === kind ? role : `${role} ${kind ?? ''}`.trim();
  return caption === '' ? what : `${what}: ${caption}`;
}

function category({ category, declared, state, stateWords }: MarketRow): HTMLElement {
  return element(
    'div',
    {},
    element('strong', {}, category),
    element('div', { class: `state ${state}` }, stateWords),
    ...(declared === null ? [] : [element('div', { class: 'small' }, `declared ${declared}`)]),
  );
}

function rules(cells: readonly RuleCell[], send: Send): HTMLElement {
  const lines = cells.map(({ rule, title, cite, basis, place }) =>
    element(
      'li',
      {},
      leadingTo(place, rule, send),
      element('div', {}, title === '' ? cite : title),
      element('div', { class: 'small' }, title === '' ? '' : `${cite} (${basis})`),
    ),
  );
  const first = element('ul', { class: 'rules' }, ...lines.slice(0, RULES_AT_FIRST));
  const rest = lines.slice(RULES_AT_FIRST);
  if (rest.length === 0) return first;
  const more = element('summary', {}, `${rest.length} more`);
  return element('div', {}, first, element('details', {}, more, element('ul', { class: 'rules' }, ...rest)));
}

function table(heads: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLElement {
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element(
        'tbody',
        {},
        ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
      ),
    ),
  );
}
