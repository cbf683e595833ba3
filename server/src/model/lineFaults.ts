import { describeDimension, sameDimension } from '../base/quantity.js';
import { boundsOf, sameValues, type Value } from '../base/value.js';
import type { Entity } from '../registry/entity.js';
import type { ModifyLineNode, ValueNode } from '../syntax/nodes.js';
import { currentParts, currentValues } from './current.js';
import { isNone, type Line, matches, placeOfAll, shows } from './line.js';
import { type Lowering, unknownName } from './lowering.js';
import { nearestPath, pathsOf, type ResolvedPath, resolvePath } from './path.js';
import { aKind, either } from './problem.js';
import { placeOf } from './record.js';

/**
 * Reports a line whose new value is its old one, which is no edit. A limit written with other digits in its
 * own unit (`NMT 0.2 %`, `NMT 0.20 %`) is another limit: results are rounded to its digits.
 */
export function reportUnchanged(lowering: Lowering, line: Line, entity: Entity): boolean {
  const { current, proposed, node, path } = line;
  if (current.length === 0 || !sameValues(current, proposed)) return false;
  if (path.detail === 'limit' && digitsOf(current) !== digitsOf(proposed)) return false;
  lowering.report(
    placeOf(lowering.record, node),
    `Nothing changes: the old and the new value of \`${path.text}\` of ${entity.id} are the same; correct one of the two, or take the line out`,
    null,
    'record/stale-value',
  );
  return true;
}

/** The numbers as they are written, where all of them have one unit. */
function digitsOf(values: readonly Value[]): string {
  return values
    .map((value) => {
      const bounds = boundsOf(value);
      const unit = (bounds?.high ?? bounds?.low)?.amount.unit?.code ?? '';
      return `${value.text.match(/[0-9.]*[0-9]/g)?.join(' ')} ${unit}`;
    })
    .join();
}

/** One fault per line: how many values, then units, then names, then the left value. */
export function checkLine(lowering: Lowering, line: Line, entity: Entity, site: string | null): void {
  if (checkNumber(lowering, line, entity) || checkUnits(lowering, line, entity)) return;
  if (line.path.refers) checkNames(lowering, line);
  checkLeft(lowering, line, entity, site);
}

function checkNumber(lowering: Lowering, { node, path }: Line, entity: Entity): boolean {
  if (path.several) return false;
  const side = [node.current, node.proposed].find((values) => values.length > 1);
  if (!side) return false;
  lowering.report(
    placeOfAll(lowering.record, side)!,
    `One value is expected here: \`${path.text}\` of ${entity.id} is no list`,
    null,
    'record/unit-mismatch',
  );
  return true;
}

function checkUnits(lowering: Lowering, line: Line, entity: Entity): boolean {
  const { current, proposed, registered, node } = line;
  const left = current.length === 1 ? current[0]! : null;
  const right = proposed.length === 1 ? proposed[0]! : null;
  const held = registered?.length === 1 ? registered[0]! : null;
  const clash = (a: Value | null, b: Value | null) => a !== null && b !== null && dimensionsClash(a, b);
  const text = (a: Value, b: Value) => `${a.text} (${dimensionText(a)}) and ${b.text} (${dimensionText(b)})`;
  const report = (nodes: readonly ValueNode[], message: string, replacement?: string) =>
    lowering.report(
      placeOfAll(lowering.record, nodes) ?? placeOf(lowering.record, node),
      message,
      replacement,
      'record/unit-mismatch',
    );
  if (held && left && clash(left, held)) {
    const what = `\`${line.path.text}\` of ${entity.id}`;
    report(
      node.current,
      `${text(left, held)} can't be compared: the registry gives ${what} in the second`,
      source(held),
    );
    return true;
  }
  const before = left && boundsOf(left) ? left : held;
  if (before && right && clash(before, right)) {
    report(node.proposed, `${text(before, right)} can't be compared: write both in units of one kind`);
    return true;
  }
  return false;
}

function dimensionsClash(a: Value, b: Value): boolean {
  const one = firstAmount(a);
  const other = firstAmount(b);
  return one !== null && other !== null && !sameDimension(one, other);
}

function dimensionText(value: Value): string {
  return describeDimension(firstAmount(value));
}

function firstAmount(value: Value) {
  const bounds = boundsOf(value);
  return (bounds?.low ?? bounds?.high)?.amount ?? null;
}

/** The IDs on the right must name entities of the kind that the attribute asks for. */
function checkNames(lowering: Lowering, line: Line): void {
  const { node, path } = line;
  const kind = path.refers!;
  for (const [side, values] of [
    ['left', node.current],
    ['right', node.proposed],
  ] as const) {
    for (const valueNode of values) {
      const { value } = valueNode;
      if (value.kind === 'none') continue;
      const word = { first: valueNode.first, last: valueNode.last, text: value.text, quoted: false };
      const entity = lowering.registry.get(value.text);
      if (!entity) {
        // A wrong name on the left is a stale value too, and that says more.
        if (side === 'right') lowering.report(word, ...unknownName(lowering.registry, value.text, [kind]));
      } else if (side === 'right' && entity.kind !== kind) {
        const message = `${value.text} is ${aKind(entity.kind)}; expected ${aKind(kind)} as the \`${path.text}\``;
        lowering.report(word, message);
      } else if (side === 'right' && !line.current.some(({ text }) => text === value.text)) {
        lowering.checkPutIn(word, entity);
      }
    }
  }
}

/** Left values by status: as the registry has them, or, while the change is put in place, old or new. */
function checkLeft(lowering: Lowering, line: Line, entity: Entity, site: string | null): void {
  const { current, proposed, registered, node, path } = line;
  if (current.length === 0 || shows(line, current)) return;
  if (lowering.underWay && shows(line, proposed)) return;
  if (site !== null && isAboutToArrive(lowering, entity, site)) {
    // What a transfer brings to a new site is the process as it runs elsewhere.
    const general = currentValues(entity, path, null, lowering.overlay);
    if (general && matches(general, current)) return;
  }
  const where = site === null ? '' : ` at ${site}`;
  const what = `\`${path.text}\` of ${entity.id}${where}`;
  const stands = registered && !isNone(registered) ? registered.map(({ text }) => text).join(', ') : null;
  const left = current.map(({ text }) => text).join(', ');
  const is = stands === null ? `the registry has no ${what}` : `${what} is ${stands} in the registry`;
  const not = lowering.underWay ? `neither the old value ${left} nor the new one` : `not ${left}`;
  lowering.report(
    placeOfAll(lowering.record, node.current) ?? placeOf(lowering.record, node),
    `${is}, ${not}: write the value that the registry holds, or correct the registry`,
    registered && stands !== null ? registered.map(source).join(', ') : 'none',
    'record/stale-value',
  );
}

/** The site is one that the record itself brings the subject to, and the registry doesn't have it there yet. */
function isAboutToArrive(lowering: Lowering, entity: Entity, site: string): boolean {
  const relation = sitesRelation(entity);
  const sites = relation && currentParts(lowering.registry, relation, entity.id, lowering.overlay);
  return sites !== undefined && !sites.includes(site);
}

function sitesRelation(entity: Entity) {
  return resolvePath(entity, 'sites')?.relation ?? undefined;
}

export function reportPath(
  lowering: Lowering,
  node: ModifyLineNode,
  entity: Entity,
  group: ResolvedPath['group'],
): void {
  const path = node.path.text;
  const near = nearestPath(entity, path);
  const what = group === 'attribute' ? 'attribute' : `attribute or ${group}`;
  const known = pathsOf(entity).filter((other) => !other.includes('.'));
  const hint = near
    ? `did you mean ${near}?`
    : group === 'attribute'
      ? `it has ${either(known)}`
      : `to add one, write \`${path}: none -> …\``;
  lowering.report(node.path, `${entity.id} (${aKind(entity.kind)}) has no ${what} ${path}; ${hint}`, near);
}

/** A value as a record must spell it: a text needs its quotes. */
function source(value: Value): string {
  return value.kind === 'text'
    ? `"${value.text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : value.text;
}
