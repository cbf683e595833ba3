import type { Range, Span } from '../base/span.js';
import type { Entity, RegistryNode } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import { SCHEMA } from '../registry/schema.js';
import type { Node, RecordNode, RulesFile, Statement } from '../syntax/nodes.js';
import { spanOf } from '../syntax/tree.js';
import type { ParsedChanges, ParsedFile, ParsedRegistry, ParsedRules } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { type Declaration, declarationsOf, trimmed } from './definition.js';
import { spanOfWord } from './mentions.js';
import type { NameKind } from './names.js';

export type SymbolKind =
  | 'record'
  | 'edit'
  | 'answer'
  | 'expectation'
  | 'pack'
  | 'rule'
  | 'condition'
  | 'section'
  | 'entity'
  | 'attribute';

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  /** Holds the ranges of its children. */
  readonly range: Range;
  readonly selectionRange: Range;
  readonly children: readonly DocumentSymbol[];
}

export interface WorkspaceSymbol extends Declaration {
  readonly name: string;
  readonly kind: 'record' | 'rule' | 'condition' | 'pack' | 'entity';
  /** What it is, in a few words: the title of a record, the kind and name of an entity. */
  readonly detail: string;
}

/** The outline of a file: records with edits and answers, packs with rules, sections of the registry with entities. */
export function documentSymbols(snapshot: Snapshot, path: string): readonly DocumentSymbol[] {
  const file = snapshot.file(path);
  switch (file?.kind) {
    case 'changes':
      return file.tree.root.records.map((record) => symbolOfRecord(file, record));
    case 'rules':
      return symbolsOfRules(file, file.tree.root);
    case 'registry':
      return symbolsOfRegistry(file);
    default:
      return [];
  }
}

/**
 * What in the workspace and its packs has the letters of a query in its ID in this order, or the query in its name or
 * title; the closest first, at most `limit`. Letters of either case are the same.
 */
export function workspaceSymbols(snapshot: Snapshot, query: string, limit = 200): readonly WorkspaceSymbol[] {
  const wanted = query.replace(/\s+/g, '').toLowerCase();
  const scored: { readonly candidate: Candidate; readonly score: number }[] = [];
  for (const candidate of candidates(snapshot)) {
    // A hit in the title counts, but any hit in the name itself comes before it.
    const score = Math.max(closeness(candidate.name, wanted), likeness(candidate.detail, wanted));
    if (score > NO_MATCH) scored.push({ candidate, score });
  }
  scored.sort((a, b) => b.score - a.score || compare(a.candidate.name, b.candidate.name));
  return scored.slice(0, limit).flatMap(({ candidate }) => {
    const { name, detail, kind, id } = candidate;
    const [declaration] = declarationsOf(snapshot, { kind, id, ids: [id], path: '' });
    return declaration ? [{ ...declaration, name, detail, kind }] : [];
  });
}

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly kind: WorkspaceSymbol['kind'] & NameKind;
}

function* candidates(snapshot: Snapshot): Generator<Candidate> {
  const { registry, rules } = snapshot.world;
  for (const { id, title } of snapshot.records)
    if (id !== '') yield { id, name: id, detail: title ?? '', kind: 'record' };
  for (const id of registry.ids()) {
    const entity = registry.get(id)!;
    const called = textAt(entity, 'name');
    const kind = SCHEMA[entity.kind].title;
    yield { id, name: id, detail: called ? `${kind}, ${called}` : kind, kind: 'entity' };
  }
  for (const { id, title } of rules.packs.values()) yield { id, name: id, detail: title, kind: 'pack' };
  for (const { name, title } of rules.rules.values()) yield { id: name, name, detail: title, kind: 'rule' };
  for (const { name, question } of rules.conditions.values())
    yield { id: name, name, detail: question, kind: 'condition' };
}

const NO_MATCH = -2000;

/** How well a query fits a text: letters that follow one another and letters that begin a word count most. */
function closeness(text: string, wanted: string): number {
  if (wanted === '') return 0;
  const lower = text.toLowerCase();
  const whole = lower.indexOf(wanted);
  if (whole >= 0) return 500 - Math.min(whole, 100) - Math.min(text.length, 100);
  let score = 0;
  let from = 0;
  for (const letter of wanted) {
    const at = lower.indexOf(letter, from);
    if (at < 0) return NO_MATCH;
    score += at === from ? 2 : isWordStart(text, at) ? 1 : -1;
    from = at + letter.length;
  }
  return score - Math.min(text.length, 100) / 100;
}

/** Titles have so many letters that scattered ones mean nothing: the query must stand there as it is. */
function likeness(title: string, wanted: string): number {
  return title.replace(/\s+/g, '').toLowerCase().includes(wanted) ? -1000 : NO_MATCH;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!);
}

// ---- records --------------------------------------------------------------------------------------

function symbolOfRecord(file: ParsedChanges, record: RecordNode): DocumentSymbol {
  const children = record.statements.flatMap((statement) =>
    statement.kind === 'field' ? [] : [symbolOfStatement(file, statement)],
  );
  const named = record.id ?? record.title;
  const first = { first: record.first, last: record.first };
  return {
    name: record.id?.text || 'a record without an ID',
    detail: record.title?.text ?? '',
    kind: 'record',
    range: rangeOf(file, record),
    selectionRange: named ? file.rangeOf(spanOfWord(file.tokens, named)) : rangeOf(file, first),
    children,
  };
}

function symbolOfStatement(
  file: ParsedChanges,
  statement: Exclude<Statement, { kind: 'field' }>,
): DocumentSymbol {
  const lines =
    statement.kind === 'modify'
      ? statement.lines.map((line): DocumentSymbol => {
          const { start, end } = spanOf(file.tokens, line);
          return {
            name: line.path.text,
            detail: oneLine(
              file.source.text.slice(spanOf(file.tokens, line.path).end, end).replace(/^\s*:/, ''),
            ),
            kind: 'edit',
            range: file.rangeOf({ start, end }),
            selectionRange: rangeOf(file, line.path),
            children: [],
          };
        })
      : [];
  const { start, end } = spanOf(file.tokens, statement);
  const text = file.source.text.slice(start, end);
  const head = statement.kind === 'modify' ? text.replace(/\{[\s\S]*$/, '') : text;
  return {
    name: oneLine(head),
    detail: '',
    kind: kindOfStatement(statement.kind),
    range: file.rangeOf({ start, end }),
    selectionRange: file.rangeOf({ start, end: start + head.trimEnd().length }),
    children: lines,
  };
}

function kindOfStatement(kind: Statement['kind']): SymbolKind {
  if (kind.startsWith('expect')) return 'expectation';
  return ['modify', 'add', 'remove', 'replace', 'transfer'].includes(kind) ? 'edit' : 'answer';
}

// ---- rules ----------------------------------------------------------------------------------------

function symbolsOfRules(file: ParsedRules, root: RulesFile): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  for (const [index, item] of root.items.entries()) {
    if (item.kind === 'pack') {
      let end = index;
      while (root.items[end + 1] && root.items[end + 1]!.kind !== 'pack') end++;
      const whole = { first: item.first, last: root.items[end]!.last };
      const children = root.items.slice(index + 1, end + 1).map((own) => symbolOfItem(file, own, own));
      symbols.push({ ...symbolOfItem(file, item, whole), children });
    } else if (!root.items.slice(0, index).some(({ kind }) => kind === 'pack'))
      symbols.push(symbolOfItem(file, item, item));
  }
  return symbols;
}

function symbolOfItem(file: ParsedRules, item: RulesFile['items'][number], whole: Node): DocumentSymbol {
  const { tokens } = file.tree;
  const name = item.kind === 'pack' ? item.id : item.name;
  const detail = item.kind === 'condition' ? item.question : item.title;
  return {
    name: name?.text || `a ${item.kind} without a name`,
    detail: detail?.text ?? '',
    kind: item.kind,
    range: rangeOf(file, whole),
    selectionRange: file.rangeOf(spanOfWord(tokens, name ?? { first: item.first, last: item.first })),
    children: [],
  };
}

function rangeOf(file: ParsedChanges | ParsedRules, node: Node): Range {
  return file.rangeOf(spanOf(file.tree.tokens, node));
}

// ---- registry -------------------------------------------------------------------------------------

/** Attributes of attributes are outlined too: parameters, tests, what is registered. Deeper ones tell nothing. */
const DEEPEST = 2;

function symbolsOfRegistry(file: ParsedRegistry): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  const { entities } = file.registry;
  for (let first = 0; first < entities.length; ) {
    let end = first + 1;
    while (end < entities.length && entities[end]!.kind === entities[first]!.kind) end++;
    symbols.push(symbolOfSection(file, entities.slice(first, end)));
    first = end;
  }
  return symbols;
}

function symbolOfSection(file: ParsedRegistry, entities: readonly Entity[]): DocumentSymbol {
  const { section } = SCHEMA[entities[0]!.kind];
  const children = entities.map((entity) => symbolOfEntity(file, entity));
  const start = file.registry.starts[entities[0]!.at]!;
  const last = spanOfEntity(file, entities.at(-1)!);
  const key = Math.max(file.source.text.lastIndexOf(section, start), 0);
  return {
    name: section,
    detail: `${entities.length}`,
    kind: 'section',
    range: file.rangeOf({ start: key, end: last.end }),
    selectionRange: file.rangeOf({ start: key, end: key + section.length }),
    children,
  };
}

function symbolOfEntity(file: ParsedRegistry, entity: Entity): DocumentSymbol {
  return {
    name: entity.id,
    detail: textAt(entity, 'name') ?? SCHEMA[entity.kind].title,
    kind: 'entity',
    range: file.rangeOf(spanOfEntity(file, entity)),
    selectionRange: placeOf(file, entity.at),
    children: attributesOf(file, entity.node, 1),
  };
}

function attributesOf(file: ParsedRegistry, node: RegistryNode, depth: number): readonly DocumentSymbol[] {
  if (depth > DEEPEST || node.type !== 'map') return [];
  return [...node.entries].map(([key, { keyAt, value }]) => {
    const start = file.registry.starts[keyAt]!;
    const end = Math.max(file.registry.ends[keyAt]!, file.registry.ends[value.at]!);
    return {
      name: key,
      detail: detailOf(value),
      kind: 'attribute',
      range: file.rangeOf(trimmed(file.source.text, { start, end })),
      selectionRange: placeOf(file, keyAt),
      children: attributesOf(file, value, depth + 1),
    };
  });
}

function detailOf(value: RegistryNode): string {
  if (value.type === 'scalar') return oneLine(value.text);
  if (value.type === 'map') return '';
  return oneLine(value.items.flatMap((item) => (item.type === 'scalar' ? [item.text] : [])).join(', '));
}

function spanOfEntity(file: ParsedRegistry, entity: Entity): Span {
  const { starts, ends } = file.registry;
  const end = Math.max(ends[entity.at]!, ends[entity.node.at]!);
  return trimmed(file.source.text, { start: starts[entity.at]!, end });
}

function placeOf(file: ParsedFile & ParsedRegistry, at: number): Range {
  return file.rangeOf({ start: file.registry.starts[at]!, end: file.registry.ends[at]! });
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
