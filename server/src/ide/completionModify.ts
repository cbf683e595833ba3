/** Completion inside the braces of a `modify`: what can change, its value as it is, and new values. */

import type { Value } from '../base/value.js';
import { currentValues } from '../model/current.js';
import { pathsOf, type ResolvedPath, resolvePath } from '../model/path.js';
import type { Entity } from '../registry/entity.js';
import { type AttributeType, SCHEMA } from '../registry/schema.js';
import { quoteText } from '../syntax/texts.js';
import { escapeSnippet } from './completionItem.js';
import { addReferences } from './completionReferences.js';
import type { RecordScene } from './completionScene.js';
import type { BlockPlace } from './completionStatement.js';
import { nameInRecord } from './lines.js';

export function addBlock(scene: RecordScene, place: BlockPlace, isLineStart: boolean): void {
  const { builder, snapshot } = scene;
  const subjects = place.subjects.flatMap((id) => snapshot.world.registry.get(id) ?? []);
  const subject = subjects[0];
  if (!subject) return;
  const site = place.sites[0] ?? null;
  if (place.stage === 'path') {
    if (isLineStart || builder.typed.prefix !== '') addPaths(scene, subjects, site, place.written);
    return;
  }
  if (place.stage === 'arrow') {
    builder.add(0, { label: '->', kind: 'keyword', detail: 'the new value', insert: '-> ' });
    return;
  }
  const path = resolvePath(subject, place.path);
  if (!path) return;
  const written = currentText(subject, path, site);
  if (place.stage === 'current') {
    if (written !== null)
      builder.add(0, {
        label: written,
        kind: 'value',
        detail: 'as it is now',
        insert: `${written} -> `,
        preferred: true,
      });
    return;
  }
  addProposed(scene, subject, path, written);
}

/** Everything that can change, with its value filled in; what the subject has before what it has not. */
function addPaths(
  { builder }: RecordScene,
  subjects: readonly Entity[],
  site: string | null,
  written: readonly string[],
): void {
  const subject = subjects[0]!;
  for (const name of pathsOf(subject)) {
    const path = resolvePath(subject, name);
    if (!path || written.includes(name) || written.includes(path.text)) continue;
    // One line stands for all the subjects, so the values have to be the same.
    const values = subjects.map((one) => {
      const own = resolvePath(one, name);
      return own && currentText(one, own, site);
    });
    const value = values.every((one) => one === values[0]) ? values[0]! : null;
    const isElement = path.group !== 'attribute';
    const group = (value === null ? 4 : 0) + (isElement ? 0 : 1) + (isElement && path.text !== name ? 2 : 0);
    builder.add(group, {
      label: name,
      kind: 'attribute',
      detail: value === null ? 'not in the registry' : `${value} ->`,
      insert: `${escapeSnippet(nameInRecord(name))}: ${escapeSnippet(value ?? 'none')} -> $0`,
      format: 'snippet',
      data: { topic: 'attribute', name, of: subject.id },
    });
  }
}

function addProposed(scene: RecordScene, subject: Entity, path: ResolvedPath, written: string | null): void {
  const { builder, snapshot, distances } = scene;
  if (path.refers) addReferences(builder, 0, snapshot, distances, { kinds: [path.refers] });
  const type = typeOf(subject, path);
  if (type?.type === 'word')
    builder.words(0, type.words.filter((word) => word !== written).map(nameInRecord));
  if (type?.type === 'boolean') builder.words(0, ['true', 'false']);
  if (written !== null && written !== 'none')
    builder.add(6, { label: written, kind: 'value', detail: 'the value as it is, to be changed' });
  builder.add(7, { label: 'none', kind: 'word', detail: 'it is taken away' });
}

/** The type of what a path names, as the registry's schema has it. */
function typeOf(subject: Entity, path: ResolvedPath): AttributeType | undefined {
  let type: AttributeType | undefined;
  for (const [depth, key] of path.keys.entries()) {
    if (depth === 0) type = SCHEMA[subject.kind].attributes[key]?.type;
    else if (type?.type === 'map') type = type.of;
    else if (type?.type === 'record') type = type.attributes[key]?.type ?? type.others;
  }
  return type?.type === 'list' ? type.of : type;
}

/** The values as a record writes them, or null where the registry is silent. */
function currentText(entity: Entity, path: ResolvedPath, site: string | null): string | null {
  const values = currentValues(entity, path, site);
  if (!values || values.length === 0) return null;
  return values.map(valueInRecord).join(', ');
}

function valueInRecord(value: Value): string {
  if (value.kind === 'text') return quoteText(value.text);
  return value.kind === 'id' ? nameInRecord(value.text) : value.text;
}
