import type { Value } from '../base/value.js';
import type { Entity } from '../registry/entity.js';
import type { ModifyLineNode, ModifyNode } from '../syntax/nodes.js';
import { currentValues } from './current.js';
import type { Action, Edit } from './edit.js';
import { isNone, type Line, placeOfAll, shows } from './line.js';
import { checkLine, reportPath, reportUnchanged } from './lineFaults.js';
import { type Lowering, partWords, unknownName } from './lowering.js';
import { type ResolvedPath, resolvePath } from './path.js';
import { aKind } from './problem.js';
import { placeOf } from './record.js';

/** Lowers a `modify` block: one edit per subject, site and line, but one for a test or component as a whole. */
export function lowerModify(lowering: Lowering, node: ModifyNode): void {
  const sites = node.sites.filter((site) => lowering.isOfKind(site, ['site'], 'after `at`'));
  // Where every site is wrong the edit would otherwise silently be one of all sites.
  if (node.sites.length > 0 && sites.length === 0) return;
  for (const subject of node.subjects) {
    const entity = lowering.subject(subject);
    for (const site of sites.length > 0 ? sites : [null]) {
      if (site && entity) lowering.checkSite(entity, site);
      if (entity) lowerLines(lowering, node, entity, site?.text ?? null);
      else for (const line of node.lines) keepUnknown(lowering, line, subject.text, site?.text ?? null);
    }
  }
}

function lowerLines(lowering: Lowering, node: ModifyNode, entity: Entity, site: string | null): void {
  const resolved = node.lines.flatMap((line) => resolveLine(lowering, line, entity, site) ?? []);
  const seen = new Set<string>();
  const lines = resolved.filter((line) => {
    if (reportUnchanged(lowering, line, entity)) return false;
    if (!seen.has(line.path.text)) {
      seen.add(line.path.text);
      return true;
    }
    lowering.reportTwice(keyOf(entity.id, line.path.text, site), placeOf(lowering.record, line.node));
    return false;
  });
  const ways = lines.map((line) => wayOf(lowering, line, lines));
  const whole = new Map<string, Line[]>();
  for (const [index, line] of lines.entries()) {
    const way = ways[index]!;
    if (way === 'modify' || line.path.group === 'attribute' || line.path.group === 'parameter') continue;
    const group = `${way} ${line.path.name}`;
    whole.set(group, [...(whole.get(group) ?? []), line]);
  }
  for (const [index, line] of lines.entries()) {
    const way = ways[index]!;
    const group = whole.get(`${way} ${line.path.name}`);
    checkLine(lowering, line, entity, site);
    if (!group) keepLine(lowering, line, entity, site, way);
    else if (group[0] === line) keepWhole(lowering, group, entity, site, way);
  }
}

function resolveLine(
  lowering: Lowering,
  node: ModifyLineNode,
  entity: Entity,
  site: string | null,
): Line | undefined {
  // What is missing here the parser has reported.
  if (node.proposed.length === 0) return undefined;
  const path = resolvePath(entity, node.path.text);
  const current = node.current.map(({ value }) => value);
  const proposed = node.proposed.map(({ value }) => value);
  if (!path) {
    reportPath(lowering, node, entity, 'attribute');
    return undefined;
  }
  const registered = currentValues(entity, path, site, lowering.overlay);
  const isHeld = isThere(lowering, entity, path, registered);
  const isNew = isNone(current) || (lowering.underWay && isNone(proposed)) || current.length === 0;
  // A list that is present is complete; a missing one says nothing, and its values can't be confirmed.
  if (!isHeld && !isNew && registered !== undefined) {
    reportPath(lowering, node, entity, path.group);
    return undefined;
  }
  if (path.group === 'component' && !isComponentKnown(lowering, node, path.name)) return undefined;
  return { node, current, proposed, path, registered, isHeld };
}

/** A test or component that an earlier record adds or takes away is known by its limit or share. */
function isThere(
  lowering: Lowering,
  entity: Entity,
  path: ResolvedPath,
  registered: readonly Value[] | undefined,
): boolean {
  const main = path.group === 'test' ? '.limit' : path.group === 'component' ? '.share' : '';
  const before = lowering.overlay?.(entity.id, path.name + main);
  if (before && path.group !== 'attribute') return !isNone(before);
  return path.held || (registered !== undefined && !isNone(registered));
}

function isComponentKnown(lowering: Lowering, node: ModifyLineNode, name: string): boolean {
  const material = lowering.registry.get(name);
  if (material?.kind === 'material') return true;
  if (material) {
    lowering.report(node.path, `${name} is ${aKind(material.kind)}; expected a material as a component`);
  } else {
    lowering.report(node.path, ...unknownName(lowering.registry, name, ['material']));
  }
  return false;
}

/** Whether a line adds or removes what its path names; a detail of a test that stays is only modified. */
function wayOf(lowering: Lowering, line: Line, lines: readonly Line[]): 'add' | 'remove' | 'modify' {
  const { path, current, proposed } = line;
  const adds = isNone(current) && !isNone(proposed);
  const removes = isNone(proposed) && !isNone(current) && current.length > 0;
  if (!adds && !removes) return 'modify';
  if (path.group === 'attribute' || path.group === 'parameter') {
    return path.group === 'parameter' && path.detail !== null ? 'modify' : adds ? 'add' : 'remove';
  }
  const isMain = (other: Line) =>
    other.path.name === path.name && (other.path.detail === 'limit' || other.path.detail === 'share');
  if (adds) {
    if (!line.isHeld) return 'add';
    // While the change is put in place the registry may already hold the new test.
    const isNew = lines.some(
      (other) => isMain(other) && isNone(other.current) && shows(other, other.proposed),
    );
    return lowering.underWay && isNew ? 'add' : 'modify';
  }
  return !line.isHeld || lines.some((other) => isMain(other) && isNone(other.proposed)) ? 'remove' : 'modify';
}

function keepLine(
  lowering: Lowering,
  line: Line,
  entity: Entity,
  site: string | null,
  way: 'add' | 'remove' | 'modify',
): void {
  const { path, current, proposed } = line;
  const out = path.refers ? namesNotIn(current, proposed) : [];
  const into = path.refers ? namesNotIn(proposed, current) : [];
  const parts = wordsOf(path, into[0] ?? out[0] ?? null);
  const isList = path.relation !== null && path.relation.held !== 'one';
  if (!isList || out.length + into.length === 0) {
    lowering.keep(
      editOfLine(lowering, line, entity, site, { action: way, parts, out: only(out), in: only(into) }),
    );
    return;
  }
  // A line that lists parts is the additions, removals and replacements that it comes to.
  const count = Math.max(out.length, into.length);
  for (let index = 0; index < count; index++) {
    const taken = out[index] ?? null;
    const put = into[index] ?? null;
    const action: Action = taken === null ? 'add' : put === null ? 'remove' : 'replace';
    const edit = editOfLine(lowering, line, entity, site, { action, parts, out: taken, in: put });
    const key = count === 1 ? edit.key : `${entity.id}:${taken ?? ''}>${put ?? ''}`;
    lowering.keep({ ...edit, key });
  }
}

/** A test or component added or removed as a whole, from all of its lines. */
function keepWhole(
  lowering: Lowering,
  lines: readonly Line[],
  entity: Entity,
  site: string | null,
  way: 'add' | 'remove' | 'modify',
): void {
  const first = lines[0]!;
  const last = lines.at(-1)!;
  const main = lines.find(({ path }) => path.detail === 'limit' || path.detail === 'share') ?? first;
  const { name, group } = first.path;
  const isComponent = group === 'component';
  const methods = lines.find(({ path }) => path.detail === 'method');
  const named = way === 'add' ? methods?.proposed : methods?.current;
  const part = isComponent ? name : (named?.[0]?.text ?? null);
  const parts = isComponent ? ['component', name] : ['test', name];
  const out = way === 'remove' ? part : null;
  lowering.keep({
    ...editOfLine(lowering, main, entity, site, { action: way, parts, out, in: way === 'add' ? part : null }),
    key: keyOf(entity.id, name, site),
    detail: null,
    path: first.path.keys.slice(0, 2),
    place: placeOf(lowering.record, { first: first.node.first, last: last.node.last }),
    lines: lines.map(({ path, current, proposed }) => ({ path: path.text, current, proposed })),
  });
}

function editOfLine(
  lowering: Lowering,
  line: Line,
  entity: Entity,
  site: string | null,
  change: Pick<Edit, 'action' | 'parts' | 'out' | 'in'>,
): Edit {
  const { path, node, current, proposed } = line;
  return {
    key: keyOf(entity.id, path.text, site),
    action: change.action,
    subject: entity.id,
    subjectKind: entity.kind,
    parts: change.parts,
    attribute: path.group === 'component' ? 'composition' : path.name,
    detail: path.detail,
    path: path.keys,
    out: change.out,
    in: change.in,
    current,
    proposed,
    site,
    place: placeOf(lowering.record, node),
    currentPlace: placeOfAll(lowering.record, node.current),
    proposedPlace: placeOfAll(lowering.record, node.proposed),
    lines: [{ path: path.text, current, proposed }],
  };
}

function keepUnknown(lowering: Lowering, node: ModifyLineNode, subject: string, site: string | null): void {
  if (node.proposed.length === 0) return;
  const current = node.current.map(({ value }) => value);
  const proposed = node.proposed.map(({ value }) => value);
  const path = node.path.text;
  lowering.keep({
    key: keyOf(subject, path, site),
    action: isNone(current) ? 'add' : isNone(proposed) ? 'remove' : 'modify',
    subject,
    subjectKind: null,
    parts: [path],
    attribute: path,
    detail: null,
    path: null,
    out: null,
    in: null,
    current,
    proposed,
    site,
    place: placeOf(lowering.record, node),
    currentPlace: placeOfAll(lowering.record, node.current),
    proposedPlace: placeOfAll(lowering.record, node.proposed),
    lines: [{ path, current, proposed }],
  });
}

function wordsOf(path: ResolvedPath, part: string | null): readonly string[] {
  if (path.relation) return partWords(path.relation, part);
  const words = path.group === 'attribute' ? [path.name] : [path.group, path.name];
  if (path.group === 'attribute' && path.detail !== null) return [...words, path.text];
  return path.detail === null ? words : [...words, path.detail];
}

function keyOf(subject: string, path: string, site: string | null): string {
  return `${subject}.${path}${site === null ? '' : `@${site}`}`;
}

function namesNotIn(values: readonly Value[], others: readonly Value[]): string[] {
  const names = new Set(others.map(({ text }) => text));
  return values.flatMap(({ kind, text }) => (kind === 'none' || names.has(text) ? [] : [text]));
}

function only(names: readonly string[]): string | null {
  return names.length === 1 ? names[0]! : null;
}
