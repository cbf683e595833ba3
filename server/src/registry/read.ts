import { nearest } from '../base/nearest.js';
import type { Entity, MapEntry, MapNode, RegistryFile, RegistryNode, RegistryProblem } from './entity.js';
import { readEvents } from './events.js';
import { INDENTED_DIFFERENTLY } from './faults.js';
import { asComplaint, readBroken } from './recover.js';
import { isExtensionKey, SCHEMA, SECTIONS } from './schema.js';
import { quote, TreeBuilder } from './tree.js';

/**
 * Reads one registry file.
 *
 * @param file path relative to the workspace, with `/`.
 * @returns its entities in source order, and everything that is wrong with its YAML and its sections. What
 * the schema says of the entities' attributes is `validate`'s to find. Never throws, whatever the text.
 */
export function readRegistry(file: string, text: string): RegistryFile {
  const builder = new TreeBuilder(text);
  const root = readTree(builder);
  const collector = new EntityCollector(builder, file);
  collector.sections(root);
  return {
    file,
    entities: collector.entities,
    problems: withoutEchoesOfTabs(builder).sort((a, b) => builder.starts[a.at]! - builder.starts[b.at]!),
    starts: Uint32Array.from(builder.starts),
    ends: Uint32Array.from(builder.ends),
  };
}

function readTree(builder: TreeBuilder): RegistryNode | null {
  try {
    return readEvents(builder, builder.text, 0);
  } catch (error) {
    return readBroken(builder, asComplaint(error));
  }
}

/** What else looks wrong where a tab indents is mostly the tab again, and shows anew once the tab is gone. */
function withoutEchoesOfTabs({ text, tabbedAt, problems, starts }: TreeBuilder): RegistryProblem[] {
  if (tabbedAt === null) return problems;
  const lineOf = (at: number) => text.lastIndexOf('\n', starts[at]! - 1);
  const tabbed = lineOf(tabbedAt);
  return problems.filter(({ at, message }) => {
    if (at === tabbedAt) return true;
    const line = lineOf(at);
    if (line === tabbed) return false;
    return message !== INDENTED_DIFFERENTLY || !/^ *\t/.test(text.slice(line + 1, starts[at]! + 1));
  });
}

type Problem = Omit<RegistryProblem, 'at' | 'message'>;

const SCHEMA_ERROR: Problem = { code: 'registry/schema' };
const SCHEMA_WARNING: Problem = { code: 'registry/schema', severity: 'warning' };

class EntityCollector {
  readonly entities: Entity[] = [];

  constructor(
    readonly builder: TreeBuilder,
    readonly file: string,
  ) {}

  sections(root: RegistryNode | null): void {
    const { builder } = this;
    if (root === null) return;
    if (root.type !== 'map') {
      const what = root.type === 'list' ? 'a list' : 'a text';
      if (root.type === 'scalar' && root.text === '') return;
      this.#problem(
        SCHEMA_ERROR,
        root.at,
        `A registry file begins with sections such as \`sites:\`, each with its entries indented below it; this one is ${what}.`,
      );
      return;
    }
    for (const [section, entry] of root.entries) this.#section(section, entry);
    for (const { map, key, firstAt, entry } of builder.duplicates) {
      if (map !== root) continue;
      this.#repeated(key, firstAt, entry, 'this file');
      this.#section(key, entry);
    }
    const sections = new Map<MapNode, Entity['kind'] | undefined>();
    for (const [key, { value }] of root.entries) {
      if (value.type === 'map') sections.set(value, SECTIONS.get(key));
    }
    for (const { map, key, firstAt, entry } of builder.duplicates) {
      if (map !== root && !sections.has(map)) this.#repeated(key, firstAt, entry, 'this entry');
    }
    // An ID that stands twice in its section is one of two entities with one ID, wherever they stand.
    for (const { map, key, entry } of builder.duplicates) {
      const kind = sections.get(map);
      if (kind) this.#entity(kind, key, entry);
    }
    this.entities.sort((a, b) => a.at - b.at);
  }

  #section(section: string, { keyAt, value }: MapEntry): void {
    const kind = SECTIONS.get(section);
    if (!kind) {
      if (isExtensionKey(section) || section === '' || this.builder.hasEnough) return;
      const near = nearest(section, SECTIONS.keys());
      const advice = near
        ? `Did you mean \`${near}\`?`
        : `The sections are ${[...SECTIONS.keys()].join(', ')}; a section of your own begins with \`x-\`.`;
      this.#problem(
        near ? { ...SCHEMA_ERROR, replacement: near } : SCHEMA_ERROR,
        keyAt,
        `${quote(section)} is no section of a registry. ${advice}`,
      );
      return;
    }
    if (value.type === 'map') {
      for (const [id, entry] of value.entries) this.#entity(kind, id, entry);
    } else if (value.type === 'list') {
      this.#problem(
        SCHEMA_ERROR,
        keyAt,
        `The entries of \`${section}\` are written \`ID:\` with their attributes below, not as a list with \`-\`.`,
      );
    } else if (value.text !== '') {
      this.#problem(
        SCHEMA_ERROR,
        value.at,
        `Under \`${section}\` stand entries, each as \`ID: { … }\` or as \`ID:\` with its attributes below, not a single value.`,
      );
    }
  }

  #entity(kind: Entity['kind'], id: string, { keyAt, value }: MapEntry): void {
    if (id === '' || isExtensionKey(id)) return;
    const { builder } = this;
    const { title } = SCHEMA[kind];
    if (builder.isUnreadable(value)) {
      // What is wrong with it has been said.
    } else if (value.type === 'scalar' && value.text === '') {
      this.#problem(
        SCHEMA_WARNING,
        keyAt,
        `Nothing is said of the ${title} ${quote(id)}: write its attributes, or ${quote(`${id}: {}`)} where that is meant.`,
      );
    } else if (value.type !== 'map') {
      this.#problem(
        SCHEMA_ERROR,
        keyAt,
        `The ${title} ${quote(id)} needs attributes: ${quote(`${id}: { name: … }`)}, or one on each line below it, indented further.`,
      );
    }
    const node: MapNode = value.type === 'map' ? value : { type: 'map', at: value.at, entries: new Map() };
    this.entities.push({ id, kind, file: this.file, at: keyAt, node });
  }

  #repeated(key: string, firstAt: number, entry: MapEntry, where: string): void {
    if (this.builder.hasEnough) return;
    const line = this.builder.lineOf(firstAt);
    this.builder.problems.push({
      code: 'syntax',
      at: entry.keyAt,
      message: `${quote(key)} stands twice in ${where}: here and on line ${line}. Keep one of them, and put what belongs together under it.`,
      related: { file: this.file, at: firstAt },
    });
  }

  #problem(problem: Problem, at: number, message: string): void {
    if (!this.builder.hasEnough) this.builder.problems.push({ ...problem, at, message });
  }
}
