/** Quick fixes in the registry: an entity that is missing, a fact that a rule asks for. */
import type { Entity, Kind, MapEntry, RegistryNode } from '../registry/entity.js';
import { type Attributes, type AttributeType, isExtensionKey, oneOf, SCHEMA } from '../registry/schema.js';
import { compileGlobs } from '../workspace/glob.js';
import type { ParsedRegistry } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import {
  beginsLine,
  type FileEdit,
  fileEdit,
  indentOf,
  lineStart,
  lineStop,
  type TextChange,
} from './edits.js';
import { kindsMeant } from './fixesKinds.js';
import type { Fix, Scene } from './fixesScene.js';
import { folderOf, registryFor } from './names.js';

/** What an author fills in; no kind of value takes it for one of its own. */
const TO_FILL_IN = '…';

/** An entity of each kind that an unknown name may stand for. */
export function* createEntity({ snapshot, file, span }: Scene): Iterable<Fix> {
  const id = file.source.text.slice(span.start, span.end).replace(/^"(.*)"$/, '$1');
  if (id === '' || registryFor(snapshot, file.source.path).get(id)) return;
  for (const kind of kindsMeant(snapshot, file, span)) {
    const edit = entityEdit(snapshot, file.source.path, kind, id);
    if (edit)
      yield {
        title: `Add ${id} as ${oneOf(kind)} to ${edit.path}`,
        rank: 'other',
        edits: [edit],
      };
  }
}

/** The attribute that a rule asks for, with its value to fill in. */
export function* addFact(snapshot: Snapshot, entity: Entity, attribute: string): Iterable<Fix> {
  const file = snapshot.file(entity.file);
  if (file?.kind !== 'registry') return;
  const change = attributeChange(file, entity, attribute.split('.'));
  if (change)
    yield {
      title: `Add \`${attribute}\` to ${entity.id} in the registry`,
      rank: 'other',
      edits: [fileEdit(snapshot, entity.file, change)],
    };
}

/** As `addFact`, for a finding in the registry itself. */
export function* addFactHere(scene: Scene): Iterable<Fix> {
  const { snapshot, file, finding, span } = scene;
  if (file.kind !== 'registry') return;
  const entity = file.registry.entities.find(({ at }) => file.registry.starts[at] === span.start);
  if (!entity) return;
  for (const attribute of missingFacts(snapshot, entity.id)) {
    if (!finding.message.includes(`\`${attribute}\` of ${entity.id}`)) continue;
    for (const fix of addFact(snapshot, entity, attribute)) yield { ...fix, rank: 'preferred' };
  }
}

function missingFacts(snapshot: Snapshot, id: string): ReadonlySet<string> {
  const facts = snapshot.records.flatMap((record) => snapshot.entailedBy(record).facts);
  return new Set(facts.filter(({ entity }) => entity === id).map(({ attribute }) => attribute));
}

// ---- a new entity -------------------------------------------------------------------------------

function entityEdit(snapshot: Snapshot, from: string, kind: Kind, id: string): FileEdit | null {
  const { section } = SCHEMA[kind];
  const files = registryFilesFor(snapshot, from);
  const entry = `${keyText(id)}: { ${minimalAttributes(kind).join(', ')} }`;
  // The file in which the name is missing, else the first that has such entities.
  const holding = [...files]
    .sort((a, b) => Number(b.source.path === from) - Number(a.source.path === from))
    .find((file) => file.registry.entities.some((entity) => entity.kind === kind));
  if (holding) {
    const last = holding.registry.entities.findLast((entity) => entity.kind === kind)!;
    return fileEdit(snapshot, holding.source.path, behindEntity(holding, last, entry));
  }
  for (const file of files) {
    const change = inEmptySection(file.source.text, section, entry);
    if (change) return fileEdit(snapshot, file.source.path, change);
  }
  const path = files.length === 1 ? files[0]!.source.path : pathFor(snapshot, from, files, section);
  if (path === null) return null;
  const own = snapshot.file(path)?.source.text ?? '';
  const gap = own === '' || own.endsWith('\n') ? '' : '\n';
  const span = { start: own.length, end: own.length };
  return fileEdit(snapshot, path, { span, newText: `${gap}${section}:\n  ${entry}\n` });
}

function registryFilesFor(snapshot: Snapshot, from: string): readonly ParsedRegistry[] {
  return registryFor(snapshot, from)
    .files.map(({ file }) => snapshot.file(file))
    .filter((file) => file?.kind === 'registry')
    .sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
}

/** Where a new section stands: beside the files of the other sections, if the configuration finds it there. */
function pathFor(
  snapshot: Snapshot,
  from: string,
  files: readonly ParsedRegistry[],
  section: string,
): string | null {
  const first = files[0]?.source.path;
  if (folderOf(from) !== '') return first ?? `${folderOf(from)}.examples/${section}.yaml`;
  const globs = compileGlobs(snapshot.config.registry);
  const folder = first === undefined ? 'registry/' : first.slice(0, first.lastIndexOf('/') + 1);
  const candidates = [`${folder}${section}.yaml`, `registry/${section}.yaml`, `${section}.registry.yaml`];
  return candidates.find((path) => globs.matches(path)) ?? first ?? null;
}

/** Behind the last entity of its section, in the style of that section. */
function behindEntity({ source, registry }: ParsedRegistry, last: Entity, entry: string): TextChange {
  const { text } = source;
  const idStart = registry.starts[last.at]!;
  const end = Math.max(endOf(text, registry.ends, last.node), quoteBehind(text, registry.ends[last.at]!));
  if (isInFlow(text, end)) return { span: { start: end, end }, newText: `, ${entry}` };
  const at = lineStop(text, end);
  return { span: { start: at, end: at }, newText: `\n${indentOf(text, idStart)}${entry}` };
}

/** In a section that stands there without an entity (`utilities:`, `utilities: {}`). */
function inEmptySection(text: string, section: string, entry: string): TextChange | null {
  const found = new RegExp(`^${section}:[^\\S\\r\\n]*(\\{\\s*\\})?[^\\S\\r\\n]*(?=#|\\r?$)`, 'm').exec(text);
  if (!found) return null;
  const start = found.index + section.length + 1;
  const stop = lineStop(text, found.index + found[0].length);
  const behind = text.slice(found.index + found[0].length, stop);
  const remark = behind === '' ? '' : ` ${behind}`;
  return { span: { start, end: stop }, newText: `${remark}\n  ${entry}` };
}

/** What the schema can't do without, and a name where it can. */
function minimalAttributes(kind: Kind): readonly string[] {
  const needed = Object.entries(SCHEMA[kind].attributes).filter(([, { required }]) => required === true);
  return (needed.length === 0 ? ['name'] : needed.map(([name]) => name)).map(
    (name) => `${name}: ${TO_FILL_IN}`,
  );
}

function keyText(id: string): string {
  return /^[\p{L}_][\p{L}\p{N}_./-]*$/u.test(id) ? id : JSON.stringify(id);
}

// ---- a missing attribute ------------------------------------------------------------------------

/** Puts an attribute in, as deep as its path leads; null where the registry has no such attribute. */
function attributeChange(file: ParsedRegistry, entity: Entity, path: readonly string[]): TextChange | null {
  const { text } = file.source;
  const { starts, ends } = file.registry;
  let node: RegistryNode = entity.node;
  let keyAt = entity.at;
  let type: AttributeType | null = { type: 'record', attributes: SCHEMA[entity.kind].attributes };
  for (const [index, key] of path.entries()) {
    const rest = path.slice(index);
    const below = typeBelow(type, key);
    if (!below && !isExtensionKey(key)) return null;
    if (node.type === 'scalar' && (node.text !== '' || ends[node.at]! > starts[node.at]!)) {
      if (type?.type !== 'record' || type.shorthand === undefined) return null;
      // A shorthand makes room for what stands beside it.
      const start = node.plain ? starts[node.at]! : starts[node.at]! - 1;
      const end = quoteBehind(text, ends[node.at]!);
      const inside = `{ ${type.shorthand}: ${text.slice(start, end)}, ${flowText(rest, typeAtEnd(type, rest))} }`;
      return { span: { start, end }, newText: inside };
    }
    if (node.type === 'list') return null;
    const entry: MapEntry | undefined = node.type === 'map' ? node.entries.get(key) : undefined;
    if (!entry) return insertKey(file, node, keyAt, rest, typeAtEnd(type, rest));
    node = entry.value;
    keyAt = entry.keyAt;
    type = below;
  }
  // It stands there and says nothing.
  if (node.type !== 'scalar' || node.text !== '') return null;
  const at = afterColon(text, ends[keyAt]!);
  return { span: { start: at, end: at }, newText: ` ${placeholder(type)}` };
}

function insertKey(
  { source, registry }: ParsedRegistry,
  node: RegistryNode,
  keyAt: number,
  keys: readonly string[],
  type: AttributeType | null,
): TextChange {
  const { text } = source;
  const { starts, ends } = registry;
  const flow = flowText(keys, type);
  const last = node.type === 'map' ? [...node.entries.values()].at(-1) : undefined;
  if (!last) {
    const braces = /^:[^\S\r\n]*\{/.exec(text.slice(quoteBehind(text, ends[keyAt]!)));
    const colon = afterColon(text, ends[keyAt]!);
    if (!braces) return { span: { start: colon, end: colon }, newText: ` { ${flow} }` };
    const open = quoteBehind(text, ends[keyAt]!) + braces[0].length;
    const gap = /^\s*/.exec(text.slice(open))![0].length;
    return { span: { start: open, end: open + gap }, newText: ` ${flow} ` };
  }
  const end = Math.max(endOf(text, ends, last.value), afterColon(text, ends[last.keyAt]!));
  if (text[starts[node.at]!] === '{') return { span: { start: end, end }, newText: `, ${flow}` };
  const keyStart = starts[last.keyAt]!;
  const indent = beginsLine(text, keyStart)
    ? indentOf(text, keyStart)
    : ' '.repeat(keyStart - lineStart(text, keyStart));
  const at = lineStop(text, end);
  return { span: { start: at, end: at }, newText: `\n${indent}${flow}` };
}

/** `a: { b: … }` */
function flowText(keys: readonly string[], type: AttributeType | null): string {
  return keys.reduceRight(
    (inner, key, index) => `${keyText(key)}: ${index === keys.length - 1 ? inner : `{ ${inner} }`}`,
    placeholder(type),
  );
}

/** The shape of a value with its parts to fill in. */
function placeholder(type: AttributeType | null): string {
  if (type?.type === 'list') return `[${placeholder(type.of)}]`;
  if (type?.type !== 'record' || type.shorthand !== undefined) return TO_FILL_IN;
  return `{ ${partsOf(type.attributes).join(', ')} }`;
}

function partsOf(attributes: Attributes): readonly string[] {
  return Object.entries(attributes).map(([name, { type }]) => `${name}: ${placeholder(type)}`);
}

function typeAtEnd(type: AttributeType | null, keys: readonly string[]): AttributeType | null {
  return keys.reduce<AttributeType | null>((found, key) => typeBelow(found, key), type);
}

function typeBelow(type: AttributeType | null, key: string): AttributeType | null {
  if (type?.type === 'map') return type.of;
  if (type?.type !== 'record') return null;
  return Object.hasOwn(type.attributes, key) ? type.attributes[key]!.type : (type.others ?? null);
}

// ---- places in YAML -----------------------------------------------------------------------------

function endOf(text: string, ends: Uint32Array, node: RegistryNode): number {
  const end = ends[node.at]!;
  return node.type === 'scalar' && !node.plain ? quoteBehind(text, end) : end;
}

/** Places of quoted texts lie inside their quotes. */
function quoteBehind(text: string, end: number): number {
  return text[end] === '"' || text[end] === "'" ? end + 1 : end;
}

function afterColon(text: string, keyEnd: number): number {
  const colon = text.indexOf(':', keyEnd);
  return colon < 0 ? keyEnd : colon + 1;
}

/** Whether what ends here stands between braces: then a comma or the closing brace follows. */
function isInFlow(text: string, end: number): boolean {
  const behind = text.slice(end).replace(/^(?:\s+|#[^\n]*)*/, '');
  return behind.startsWith(',') || behind.startsWith('}');
}
