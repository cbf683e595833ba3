import { type Node as JsonNode, parseTree } from 'jsonc-parser';
import type { Span } from '../base/span.js';
import type { Entity, RegistryFile } from '../registry/entity.js';
import { references } from '../registry/references.js';
import { entriesOf, textAt } from '../registry/registry.js';
import { CONFIG_FILE, isPackGlob } from '../workspace/config.js';
import type { ParsedFile } from '../workspace/parsed.js';
import { type Mention, type Sort, withoutQuotes } from './mention.js';

/** Every name in an entity of the registry, its own first. `text` is the whole file's. */
export function* inEntity(entity: Entity, file: RegistryFile, text: string): Generator<Mention> {
  const at = (place: number): Span =>
    withoutQuotes(text, { start: file.starts[place] ?? 0, end: file.ends[place] ?? 0 });
  yield { sort: 'entity', text: entity.id, span: at(entity.at), role: 'declaration' };
  for (const { id, at: place } of references(entity)) {
    const span = at(place);
    // Of a sentence (`replace site of STEP`) only the last word is the name.
    const from =
      span.end - span.start === id.length ? span.start : text.lastIndexOf(id, span.end - id.length);
    if (from < span.start) continue;
    yield { sort: 'entity', text: id, span: { start: from, end: from + id.length }, role: 'reference' };
  }
  const kind = entity.kind === 'validation' ? entity.node.entries.get('kind')?.value : undefined;
  if (kind?.type === 'scalar' && kind.text !== '')
    yield { sort: 'validation-kind', text: kind.text, span: at(kind.at), role: 'reference' };
  yield* agreedCategories(entity, at);
  yield* registered(entity, at);
}

/** The categories that were agreed with the authority, in `registers` and in protocols. */
function* agreedCategories(entity: Entity, at: (place: number) => Span): Generator<Mention> {
  const filing = entity.kind === 'protocol' ? textAt(entity, 'filing') : entity.id;
  if (filing === undefined || (entity.kind !== 'filing' && entity.kind !== 'protocol')) return;
  const registered = [...entriesOf(entity.node.entries.get('registers')?.value).values()];
  const holders = [
    ...(entity.kind === 'protocol' ? [entity.node] : []),
    ...registered.flatMap(({ value }) => [
      value,
      ...[...entriesOf(value).values()].map((attribute) => attribute.value),
    ]),
  ];
  for (const holder of holders) {
    const report = entriesOf(holder).get('report')?.value;
    if (report?.type !== 'scalar' || report.text === '') continue;
    yield {
      sort: 'category',
      text: report.text,
      span: at(report.at),
      role: 'reference',
      filings: [filing],
    };
  }
}

/** What a filing registers of an entity may be others: its sites and equipment, its components. */
function* registered(entity: Entity, at: (place: number) => Span): Generator<Mention> {
  const registers = entity.kind === 'filing' ? entity.node.entries.get('registers')?.value : undefined;
  if (registers?.type !== 'map') return;
  for (const [id, { value: attributes }] of registers.entries) {
    if (attributes.type !== 'map') continue;
    const context = { role: 'reference', subjects: [id] } as const;
    for (const [path, { keyAt, value }] of attributes.entries) {
      if (path === 'report' || path === 'part') continue;
      yield { ...context, sort: 'path', text: path, span: at(keyAt), path };
      const inner = entriesOf(value).get('value')?.value ?? value;
      for (const item of inner.type === 'list' ? inner.items : [inner])
        if (item.type === 'scalar' && item.text !== '')
          yield { ...context, sort: 'value', text: item.text, span: at(item.at), path };
    }
  }
}

/** Every name in entail.jsonc; none in other files. */
export function* inConfiguration(file: ParsedFile): Generator<Mention> {
  const { path, text } = file.source;
  // A very deep text is no configuration, and would only exhaust the reader's stack.
  if (path !== CONFIG_FILE || /(?:[[{]\s*){100}/.test(text)) return;
  const root = parseTree(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text, [], {
    allowTrailingComma: true,
  });
  for (const [key, value] of properties(root)) {
    if (key.value === 'packs') {
      for (const item of value.children ?? [])
        if (item.type === 'string' && !isPackGlob(String(item.value))) yield inQuotes(item, 'pack');
    } else if (key.value === 'severity') {
      for (const [code] of properties(value)) yield inQuotes(code, 'code');
    } else if (key.value === 'lead') {
      for (const [kind] of properties(value)) yield inQuotes(kind, 'validation-kind');
    } else if (key.value === 'sites') {
      for (const [site, settings] of properties(value)) {
        yield inQuotes(site, 'entity');
        for (const [name, setting] of properties(settings)) {
          if (name.value === 'lead')
            for (const [kind] of properties(setting)) yield inQuotes(kind, 'validation-kind');
          if (name.value === 'order')
            for (const kind of (setting.children ?? []).flatMap((pair) => pair.children ?? []))
              if (kind.type === 'string') yield inQuotes(kind, 'validation-kind');
        }
      }
    }
  }
}

function properties(node: JsonNode | undefined): readonly (readonly [JsonNode, JsonNode])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key && value ? [[key, value] as const] : [];
  });
}

function inQuotes(node: JsonNode, sort: Sort): Mention {
  return {
    sort,
    text: String(node.value),
    span: { start: node.offset + 1, end: Math.max(node.offset + 1, node.offset + node.length - 1) },
    role: 'reference',
  };
}
