import type { Range, Span } from '../base/span.js';
import { resolvePath } from '../model/path.js';
import type { Entity } from '../registry/entity.js';
import type { Rule, RuleLocation } from '../rules/rule.js';
import { spanOf } from '../syntax/tree.js';
import type { Snapshot } from '../workspace/workspace.js';
import { spanOfWord } from './mentions.js';
import { folderOf, type Meant, nameAt, occurrences, registryFor } from './names.js';

/** Where something is declared. */
export interface Declaration {
  /** A file of the workspace, or of a shipped pack. */
  readonly path: string;
  /** All that is said of it. */
  readonly range: Range;
  /** Its name. */
  readonly selectionRange: Range;
}

export interface Definition extends Declaration {
  /** The name at the cursor that leads there. */
  readonly origin: Range;
}

/**
 * Where the name at an offset is declared: an entity in the registry, a record, a rule, a condition, a pack,
 * a category or a task in their packs; the path of a `modify` line leads to the attribute in the registry.
 * Empty where there is none.
 */
export function definitionsAt(snapshot: Snapshot, path: string, offset: number): readonly Definition[] {
  const name = nameAt(snapshot, path, offset);
  if (!name) return attributesAt(snapshot, path, offset);
  return declarationsOf(snapshot, name).map((declaration) => ({ ...declaration, origin: name.range }));
}

/** Every declaration of what a name means; several for a bare name of several packs, or one that is overridden. */
export function declarationsOf(snapshot: Snapshot, name: Meant): readonly Declaration[] {
  const { rules } = snapshot.world;
  switch (name.kind) {
    case 'entity': {
      const entity = registryFor(snapshot, name.path).get(name.id);
      return entity ? declarationOfEntity(snapshot, entity) : [];
    }
    case 'record':
      return declarationsOfRecord(snapshot, name);
    case 'rule':
      return name.ids.flatMap((id) => declarationsOfRule(snapshot, rules.rules.get(id)));
    case 'condition':
      return name.ids.flatMap((id) => locate(snapshot, rules.conditions.get(id)?.location));
    case 'pack':
      return locate(snapshot, rules.packs.get(name.id)?.location);
    case 'category':
    case 'task':
      return occurrences(snapshot, name)
        .filter(({ role }) => role === 'declaration')
        .map(({ path, range }) => ({ path, range, selectionRange: range }));
    default:
      return [];
  }
}

/** Where an entity stands: from its ID to the end of its attributes. Empty where its file is gone. */
export function declarationOfEntity(snapshot: Snapshot, entity: Entity): readonly Declaration[] {
  const file = snapshot.file(entity.file);
  if (file?.kind !== 'registry') return [];
  const { starts, ends } = file.registry;
  const id = { start: starts[entity.at] ?? 0, end: ends[entity.at] ?? 0 };
  const whole = trimmed(file.source.text, {
    start: id.start,
    end: Math.max(id.end, ends[entity.node.at] ?? 0),
  });
  return [{ path: entity.file, range: file.rangeOf(whole), selectionRange: file.rangeOf(id) }];
}

/** A stretch without the white space and comment lines at its end: blocks of YAML reach to the next key. */
export function trimmed(text: string, { start, end }: Span): Span {
  let last = end;
  for (;;) {
    while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
    const line = text.lastIndexOf('\n', last - 1) + 1;
    if (line <= start || !/^[ \t]*#/.test(text.slice(line, last))) return { start, end: last };
    last = line;
  }
}

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}

function declarationsOfRecord(snapshot: Snapshot, name: Pick<Meant, 'id' | 'path'>): readonly Declaration[] {
  const folder = folderOf(name.path);
  const own =
    folder === ''
      ? snapshot.records
      : snapshot.paths.flatMap((path) => {
          const file = folderOf(path) === folder ? snapshot.file(path) : undefined;
          return file?.kind === 'changes' ? file.records : [];
        });
  return own.flatMap((record) => {
    if (record.id !== name.id) return [];
    const { file: path, node } = record;
    const file = snapshot.file(path);
    if (file?.kind !== 'changes' || !node.id) return [];
    const range = file.rangeOf(spanOf(file.tokens, node));
    return [{ path, range, selectionRange: file.rangeOf(spanOfWord(file.tokens, node.id)) }];
  });
}

function declarationsOfRule(snapshot: Snapshot, rule: Rule | undefined): readonly Declaration[] {
  if (!rule) return [];
  return [rule.location, rule.overrides].flatMap((location) => locate(snapshot, location));
}

function locate(snapshot: Snapshot, location: RuleLocation | null | undefined): readonly Declaration[] {
  const file = location && snapshot.file(location.file);
  if (!location || file?.kind !== 'rules') return [];
  const { tokens, root } = file.tree;
  const item = root.items.find(({ first }) => first === location.node.first) ?? null;
  const word = item && (item.kind === 'pack' ? item.id : item.name);
  const range = file.rangeOf(spanOf(tokens, item ?? location.node));
  const selectionRange = file.rangeOf(spanOfWord(tokens, word ?? location.node));
  return [{ path: location.file, range, selectionRange }];
}

/** The attribute, parameter, test or component that the path of a `modify` line means. */
function attributesAt(snapshot: Snapshot, path: string, offset: number): readonly Definition[] {
  const file = snapshot.file(path);
  if (file?.kind !== 'changes') return [];
  const registry = registryFor(snapshot, path);
  for (const record of file.records) {
    for (const edit of record.edits) {
      if (edit.kind !== 'modify') continue;
      for (const line of edit.lines) {
        const span = spanOfWord(file.tokens, line.path);
        if (offset < span.start || offset > span.end) continue;
        return edit.subjects.flatMap(({ text }) => {
          const subject = registry.get(text);
          const declaration = subject && attributeIn(snapshot, subject, line.path.text);
          return declaration ? [{ ...declaration, origin: file.rangeOf(span) }] : [];
        });
      }
    }
  }
  return [];
}

function attributeIn(snapshot: Snapshot, subject: Entity, path: string): Declaration | null {
  const file = snapshot.file(subject.file);
  const keys = resolvePath(subject, path)?.keys ?? [];
  if (file?.kind !== 'registry') return null;
  const { starts, ends } = file.registry;
  let found: Declaration | null = null;
  let node: Entity['node'] = subject.node;
  // A test may be written short, as its limit alone: then the last key that is there is what is meant.
  for (const [depth, key] of keys.entries()) {
    const entry = node.entries.get(key);
    // What a test doesn't say leads to the test, a parameter that isn't there to nothing.
    if (!entry) return depth < 2 ? null : found;
    const name = { start: starts[entry.keyAt]!, end: ends[entry.keyAt]! };
    const whole = trimmed(file.source.text, {
      start: name.start,
      end: Math.max(name.end, ends[entry.value.at]!),
    });
    found = { path: subject.file, range: file.rangeOf(whole), selectionRange: file.rangeOf(name) };
    if (entry.value.type !== 'map') break;
    node = entry.value;
  }
  return found;
}
