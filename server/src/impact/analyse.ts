import { type Overlay, overlayOf } from '../model/current.js';
import type { Edit } from '../model/edit.js';
import { editsOf, type LoweredEdits } from '../model/edits.js';
import type { ModelProblem } from '../model/problem.js';
import { type ChangeRecord, isEvidence } from '../model/record.js';
import type { Reached } from '../network/network.js';
import type { AnswerNode } from '../syntax/nodes.js';
import { Answers, type Contradiction, type Override } from './answers.js';
import type { Case, TracedEdit } from './case.js';
import { analyseDuties, applyRules } from './duties.js';
import { analyseFiling } from './filings.js';
import type { Obligation } from './obligation.js';
import { analyseParties } from './parties.js';
import type { World } from './world.js';

/** Everything that one record entails. Offset-free: places count from the record's own first token. */
export interface Analysis {
  readonly record: ChangeRecord;
  readonly edits: readonly Edit[];
  readonly traced: readonly TracedEdit[];
  /** What is wrong between the record and the registry. */
  readonly problems: readonly ModelProblem[];
  /** Over all edits, sorted by ID; of two paths the shorter, then the first in the order of its IDs. */
  readonly reached: {
    readonly sites: readonly Reached[];
    readonly validations: readonly Reached[];
    readonly filings: readonly Reached[];
    readonly products: readonly Reached[];
  };
  /** Sorted by ID. */
  readonly obligations: readonly Obligation[];
  readonly contradictions: readonly Contradiction[];
  /** The record's answers that say the opposite of the registry. */
  readonly overrides: readonly Override[];
  /** The record's answers that answer nothing that is owed. */
  readonly unused: readonly AnswerNode[];
  /** Full names of the rules that hold or may hold. */
  considered(): ReadonlySet<string>;
}

/**
 * Follows every edit of a record through the network, works out what the rules owe and holds the record's
 * answers against it. A closed, rejected or cancelled record is evidence: its edits are named and nothing
 * is recomputed.
 */
export function analyse(record: ChangeRecord, world: World): Analysis {
  const { edits, problems } = editsIn(record, world);
  if (isEvidence(record)) {
    const reached = { sites: [], validations: [], filings: [], products: [] };
    return {
      record,
      edits,
      traced: [],
      problems,
      reached,
      obligations: [],
      contradictions: [],
      overrides: [],
      unused: [],
      considered: () => new Set(),
    };
  }
  const { answers, traced, reached, obligations, considered } = entailed(record, edits, world);
  return {
    record,
    edits,
    traced,
    problems,
    reached,
    obligations: [...obligations].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    contradictions: answers.contradictions,
    overrides: answers.overridden,
    unused: unusedAnswers(record, answers, world),
    considered,
  };
}

/** What edits reach and bring about, with the answers that were looked at on the way. */
function entailed(record: ChangeRecord, edits: readonly Edit[], world: World) {
  const answers = new Answers(
    record,
    world.childrenOf(record.id).filter((child) => !isTurnedDown(child)),
  );
  const traced: TracedEdit[] = edits
    .filter((edit) => edit.subjectKind !== null)
    .map((edit) => ({ edit, reach: world.network.reach(edit) }));
  const one: Case = { world, traced, edits, answers, contexts: new Map() };
  const reached = {
    sites: merge(traced.map(({ reach }) => reach.sites)),
    validations: merge(traced.map(({ reach }) => reach.validations)),
    filings: merge(traced.map(({ reach }) => reach.filings)),
    products: merge(traced.map(({ reach }) => reach.products)),
  };
  const filings = reached.filings.map(({ id }) => analyseFiling(one, answers, world.registry.get(id)!));
  const applied = applyRules(one, answers);
  const duties = analyseDuties(one, answers, applied);
  const parties = analyseParties(one, answers, applied);
  return {
    answers,
    traced,
    reached,
    obligations: [
      ...filings.map((filing) => filing.obligation),
      ...duties.obligations,
      ...parties.obligations,
    ],
    considered: () =>
      new Set([
        ...filings.flatMap((filing) => filing.considered()),
        ...duties.considered,
        ...parties.considered,
      ]),
  };
}

/** The answers that answer nothing owed by the record, nor by the global record of which it is a part. */
function unusedAnswers(record: ChangeRecord, answers: Answers, world: World): readonly AnswerNode[] {
  const unused = answers.unused();
  const parent = record.parent === null ? undefined : world.record(record.parent);
  if (unused.length === 0 || !parent || parent === record || isEvidence(parent)) return unused;
  const above = entailed(parent, editsIn(parent, world).edits, world);
  return unused.filter((answer) => !above.answers.isUsed(answer));
}

function editsIn(record: ChangeRecord, world: World): LoweredEdits {
  return editsOf(record, world.registry, overlayBelow(record, world, new Set([record.id])));
}

/** What the records below this one (`after`) propose; a chain that comes back to itself ends there. */
function overlayBelow(record: ChangeRecord, world: World, seen: Set<string>): Overlay | undefined {
  if (record.after === null || seen.has(record.after)) return undefined;
  const below = world.record(record.after);
  if (!below || isTurnedDown(below)) return undefined;
  seen.add(record.after);
  const deeper = overlayBelow(below, world, seen);
  return overlayOf(world.registry, editsOf(below, world.registry, deeper).edits, deeper);
}

/** A record that was turned down proposes nothing any more, and answers nothing. */
function isTurnedDown({ status }: ChangeRecord): boolean {
  return status === 'rejected' || status === 'cancelled';
}

function merge(lists: readonly (readonly Reached[])[]): readonly Reached[] {
  // What one edit reaches is sorted, and each is in it once.
  if (lists.length === 1) return lists[0]!;
  const best = new Map<string, Reached>();
  for (const reached of lists.flat()) {
    const known = best.get(reached.id);
    if (known === reached) continue;
    if (!known || isNearer(reached.path, known.path)) best.set(reached.id, reached);
  }
  return [...best.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function isNearer(path: readonly string[], other: readonly string[]): boolean {
  if (path.length !== other.length) return path.length < other.length;
  const at = path.findIndex((id, index) => id !== other[index]);
  return at >= 0 && path[at]! < other[at]!;
}
