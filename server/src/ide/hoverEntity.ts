import { formatDate, parseDate } from '../base/date.js';
import type { World } from '../impact/world.js';
import type { Entity, RegistryNode } from '../registry/entity.js';
import { statusOf, textAt, textsAt } from '../registry/registry.js';
import { SCHEMA } from '../registry/schema.js';
import { bold, bullets, code, paragraphs, plain, table } from './hoverMarkdown.js';

/** An entity of the registry: what it is, its attributes, the validations that cover it, the filings that register it. */
export function entityHover(entity: Entity, world: World): string {
  const name = textAt(entity, 'name');
  const called = name === undefined ? '' : ` “${plain(name)}”`;
  const status = statusOf(entity);
  const marked = status === 'current' || HAS_OWN_STATUS.has(entity.kind) ? '' : `, ${plain(status)}`;
  return paragraphs(
    `${bold(entity.id)}${called} (${SCHEMA[entity.kind].title}${marked})`,
    attributesTable(entity),
    section('Validations', validationsOf(entity, world)),
    section('Registered in', filingsThatRegister(entity, world)),
  );
}

/** `current, due 2029-03-01`, and whether that day is over. */
export function validationState(validation: Entity, asOf: number): string {
  const due = textAt(validation, 'due');
  const day = parseDate(due ?? '');
  const overdue = day !== null && day < asOf ? `, overdue since ${formatDate(day)}` : '';
  const dueWords = due === undefined || overdue !== '' ? overdue : `, due ${due}`;
  return `${textAt(validation, 'status') ?? 'status unknown'}${dueWords}`;
}

const HAS_OWN_STATUS: ReadonlySet<string> = new Set(['validation', 'filing']);
/** They have lines of their own above and below the table, or are too long for it. */
const NOT_IN_TABLE: ReadonlySet<string> = new Set([
  'name',
  'registers',
  'inspections',
  'authorisations',
  'address',
]);
const MOST_ATTRIBUTES = 10;
const LONGEST_VALUE = 120;

function attributesTable(entity: Entity): string {
  const rows = [...entity.node.entries].flatMap(([key, { value }]) => {
    if (NOT_IN_TABLE.has(key) || (key === 'status' && !HAS_OWN_STATUS.has(entity.kind))) return [];
    const text = inline(value);
    if (text === '') return [];
    const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).trimEnd()} …` : text;
    return [[plain(key), plain(short)]];
  });
  return table(['Attribute', 'Value'], rows.slice(0, MOST_ATTRIBUTES));
}

/** A value on one line, much as it stands in the file. */
function inline(node: RegistryNode): string {
  switch (node.type) {
    case 'scalar':
      return node.text;
    case 'list':
      return node.items.map(inline).join(', ');
    case 'map':
      return [...node.entries].map(([key, { value }]) => entryWords(key, value)).join('; ');
  }
}

function entryWords(key: string, value: RegistryNode): string {
  const text = inline(value);
  return text === '' ? key : value.type === 'map' ? `${key} (${text})` : `${key} ${text}`;
}

function validationsOf(entity: Entity, world: World): readonly string[] {
  return world.network.validationsOf(entity.id).map((validation) => {
    const kind = textAt(validation, 'kind') ?? 'of unknown kind';
    const site = textAt(validation, 'site');
    const where = site === undefined ? '' : ` at ${site}`;
    return `${code(validation.id)} ${plain(`(${kind}${where}): ${validationState(validation, world.asOf)}`)}`;
  });
}

function filingsThatRegister(entity: Entity, world: World): readonly string[] {
  return world.registry.all('filing').flatMap((filing) => {
    if (!textsAt(filing, 'registers')?.includes(entity.id)) return [];
    const market = textAt(filing, 'market');
    const type = textAt(filing, 'type');
    const words = [market, type].filter((word) => word !== undefined).join(' ');
    return [`${code(filing.id)}${words === '' ? '' : ` ${plain(`(${words})`)}`}`];
  });
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}:\n\n${bullets(items)}`;
}
