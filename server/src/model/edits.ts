import type { Registry } from '../registry/registry.js';
import type { Overlay } from './current.js';
import type { Edit } from './edit.js';
import { Lowering } from './lowering.js';
import { lowerModify } from './modify.js';
import type { ModelProblem } from './problem.js';
import { type ChangeRecord, isEvidence } from './record.js';
import { referenceProblems } from './references.js';

export interface LoweredEdits {
  /** In source order, one per subject, site and part; keys are unique. */
  readonly edits: readonly Edit[];
  readonly problems: readonly ModelProblem[];
}

/**
 * What a record proposes, edit by edit, and what of it and of its answers doesn't fit the registry. Never
 * throws.
 *
 * An edit of an unknown subject is kept (`subjectKind` null); one whose parts are unknown or can't be parts
 * of the subject is only a problem, since nothing is known of what it would change. Records that are
 * evidence have no problems. `overlay` is what the record named by `after` makes of the registry.
 */
export function editsOf(record: ChangeRecord, registry: Registry, overlay?: Overlay): LoweredEdits {
  const lowering = new Lowering(record, registry, overlay);
  for (const node of record.edits) {
    if (node.kind === 'modify') lowerModify(lowering, node);
    else if (node.kind === 'replace') lowering.replace(node, node.out, node.in);
    else if (node.kind === 'transfer') lowering.transfer(node);
    else lowering.parts(node);
  }
  if (isEvidence(record)) return { edits: lowering.edits, problems: [] };
  const problems = [...lowering.problems, ...referenceProblems(record, registry, lowering.edits)];
  return { edits: lowering.edits, problems };
}
