import type { Value } from '../base/value.js';
import type { Kind } from '../registry/entity.js';

/** What a rule's trigger calls an edit: `replace site of step`. */
export type Action = 'add' | 'remove' | 'replace' | 'modify';

/** A stretch of significant tokens of a record, counted from the record's own first token. */
export interface Place {
  readonly first: number;
  readonly last: number;
}

/**
 * One proposed edit of the network, one per subject, site and line. Offset-free: it says nothing of where
 * in its file the record stands, so a comment or a moved record leaves it equal to itself.
 */
export interface Edit {
  /** `SUBJECT.PATH[@SITE]`, or `SUBJECT:PART-OUT>PART-IN`; unique within a record. */
  readonly key: string;
  readonly action: Action;
  readonly subject: string;
  /** Null where the subject is not in the registry. */
  readonly subjectKind: Kind | null;
  /**
   * The words by which a trigger may name what changes, the most general first: `['site']`,
   * `['parameter', 'batch-size']`, `['test', 'assay']`, `['component', 'MANNITOL']`, `['storage']`.
   */
  readonly parts: readonly string[];
  /** The attribute of the subject that changes, as `registers` and `attribute` name it: `sites`, `batch-size`, `assay`. */
  readonly attribute: string;
  /** The attribute inside a test, parameter or component (`limit`, `method`, `share`), else null. */
  readonly detail: string | null;
  /** The registry path from the subject to the value, for `modify`: `parameters.batch-size`, `tests.assay.limit`. */
  readonly path: readonly string[] | null;
  /** IDs of what is taken out and put in (sites, equipment, suppliers, components, methods …). */
  readonly out: string | null;
  readonly in: string | null;
  /** For `modify`: the left and right values; empty for part edits. */
  readonly current: readonly Value[];
  readonly proposed: readonly Value[];
  /** `at SITE`, else null. */
  readonly site: string | null;
  readonly place: Place;
  /** Where the left and the right values stand, for `modify`. */
  readonly currentPlace: Place | null;
  readonly proposedPlace: Place | null;
  /**
   * The lines of a `modify` that make up this edit, one but for a test or component added or removed as a
   * whole; `path` as keys print it (`assay.limit`, `batch-size`). Missing for part edits.
   */
  readonly lines?: readonly EditLine[];
}

export interface EditLine {
  readonly path: string;
  readonly current: readonly Value[];
  readonly proposed: readonly Value[];
}

/** The names by which `for …` may mean an edit: its key, its subject, `SUBJECT.PATH` short and long, its parts. */
export function namesOfEdit(edit: Edit): readonly string[] {
  let names = namesOfEdits.get(edit);
  if (!names) namesOfEdits.set(edit, (names = makeNames(edit)));
  return names;
}

const namesOfEdits = new WeakMap<Edit, readonly string[]>();

function makeNames(edit: Edit): readonly string[] {
  const path = edit.detail === null ? edit.attribute : `${edit.attribute}.${edit.detail}`;
  const names = [
    edit.key,
    edit.key.split('@')[0]!,
    edit.subject,
    `${edit.subject}.${edit.attribute}`,
    `${edit.subject}.${path}`,
  ];
  if (edit.in !== null) names.push(edit.in);
  if (edit.out !== null) names.push(edit.out);
  return names;
}
