import { sameValues, type Value } from '../base/value.js';
import type { ModifyLineNode, Node } from '../syntax/nodes.js';
import type { Place } from './edit.js';
import type { ResolvedPath } from './path.js';
import { type ChangeRecord, placeOf } from './record.js';

/** A line of a `modify` for one subject and site, with what its path names and what the registry has there. */
export interface Line {
  readonly node: ModifyLineNode;
  readonly path: ResolvedPath;
  readonly current: readonly Value[];
  readonly proposed: readonly Value[];
  /** The value as the registry and the records before this one have it. */
  readonly registered: readonly Value[] | undefined;
  /** The parameter, test or component is there already. */
  readonly isHeld: boolean;
}

/** Whether the registry holds these values. */
export function shows(line: Line, values: readonly Value[]): boolean {
  return matches(line.registered ?? [], values);
}

/** An attribute that is missing and one that is `none` are the same to a left value. */
export function matches(registered: readonly Value[], values: readonly Value[]): boolean {
  const given = values.filter(({ kind }) => kind !== 'none');
  return sameValues(
    registered.filter(({ kind }) => kind !== 'none'),
    given,
  );
}

/** The single word `none`. */
export function isNone(values: readonly Value[]): boolean {
  return values.length === 1 && values[0]!.kind === 'none';
}

/** Where several nodes in a row stand; null where there are none. */
export function placeOfAll(record: ChangeRecord, nodes: readonly Node[]): Place | null {
  const first = nodes[0];
  const last = nodes.at(-1);
  return first && last ? placeOf(record, { first: first.first, last: last.last }) : null;
}
