/**
 * What a filing's category can be, over every answer still possible to the open questions.
 *
 * The lowest and the highest are exact: branches on one open atom at a time, edit groups that share no atom
 * apart (the highest of a maximum of independent parts is the maximum of their highests, and likewise the
 * lowest). Past `BRANCH_LIMIT` branches a group falls back to Kleene's interval, which is sound but wider.
 * `reference.ts` says the same slowly and plainly; a property test holds the two together.
 */
import { Assignment, type Atom, and, atomsOf, type Formula, not, or, substitute } from './formula.js';

export const BRANCH_LIMIT = 4096;

/** One rule's report for one edit and filing; `rank` is the category's place in the pack's order, 0 is `none`. */
export interface Candidate {
  readonly rule: string;
  readonly rank: number;
  readonly when: Formula;
  readonly insteadOf: readonly string[];
}

/** One edit as one filing sees it. */
export interface EditCase {
  readonly edit: string;
  /** Whether the filing registers what the edit changes; where it does not, the outcome is `none`. */
  readonly registered: Formula;
  /** The category agreed with the authority for this element, which decides; else null. */
  readonly agreed: number | null;
  readonly candidates: readonly Candidate[];
  /** Decides where no candidate reports. */
  readonly otherwise: { readonly rule: string; readonly rank: number } | null;
  /** Approved protocols that cover the edit: each caps the category while it is confirmed. */
  readonly caps: readonly { readonly protocol: string; readonly rank: number; readonly when: Formula }[];
}

export interface Outcome {
  readonly lowest: number;
  readonly highest: number;
  /** The open atoms whose answer moves the lowest or the highest, in a stable order. */
  readonly asked: readonly Atom[];
  /** Whether the branch limit was met, so that the interval may be wider than need be. */
  readonly approximate: boolean;
}

interface Interval {
  readonly lowest: number;
  readonly highest: number;
}

/** The outcome of a filing over all the edits that reach it; without an edit it is `none`. */
export function outcomeOf(cases: readonly EditCase[]): Outcome {
  const groups = independentGroups(cases);
  const intervals = groups.map((group) => extremes(group.cases, Assignment.empty));
  const whole = highestOf(intervals);
  const approximate = intervals.some((interval) => interval.approximate);
  if (whole.lowest === whole.highest) return { ...whole, asked: [], approximate };

  const asked: Atom[] = [];
  const undecided: Atom[] = [];
  groups.forEach((group, index) => {
    const others = highestOf(intervals.filter((_, other) => other !== index));
    if (intervals[index]!.approximate) {
      // Too many branches to tell which answer matters, and twice as many for each atom: all are asked.
      asked.push(...group.atoms);
      return;
    }
    for (const atom of group.atoms) {
      const moves = [true, false].some((truth) => {
        const answered = highestOf([others, extremes(group.cases, Assignment.empty.with(atom, truth))]);
        return answered.lowest !== whole.lowest || answered.highest !== whole.highest;
      });
      if (moves) asked.push(atom);
      else if (intervals[index]!.highest > others.lowest) undecided.push(atom);
    }
  });
  // Where only several answers together move anything (one or the other, not both), all are asked.
  return { ...whole, asked: asked.length > 0 ? asked : undecided, approximate };
}

/** The interval of one edit by itself, every combination of answers allowed. */
export function outcomeOfEdit(editCase: EditCase): Interval {
  return extremes([editCase], Assignment.empty);
}

/** The candidates of a case that no other displaces for certain, with what is left open of each. */
export function surviving(
  editCase: EditCase,
): readonly { readonly candidate: Candidate; readonly holds: Formula }[] {
  return editCase.candidates.flatMap((candidate) => {
    const rivals = editCase.candidates.filter((rival) => rival.insteadOf.includes(candidate.rule));
    if (candidate.when === false || rivals.some((rival) => rival.when === true)) return [];
    return [{ candidate, holds: candidate.when }];
  });
}

function highestOf(intervals: readonly Interval[]): Interval {
  let lowest = 0;
  let highest = 0;
  for (const interval of intervals) {
    lowest = Math.max(lowest, interval.lowest);
    highest = Math.max(highest, interval.highest);
  }
  return { lowest, highest };
}

interface Group {
  readonly cases: EditCase[];
  readonly atoms: readonly Atom[];
}

/** Edits that share an unknown (or a variable) belong together; the others can be looked at apart. */
function independentGroups(cases: readonly EditCase[]): readonly Group[] {
  let groups: { cases: EditCase[]; atoms: Map<string, Atom>; keys: Set<string> }[] = [];
  for (const editCase of cases) {
    const atoms = atomsOfCase(editCase);
    const keys = new Set(
      [...atoms.values()].flatMap((atom) =>
        atom.variable === undefined ? [atom.key] : [atom.key, atom.variable],
      ),
    );
    const merged = { cases: [editCase], atoms, keys };
    const apart: typeof groups = [];
    for (const group of groups) {
      if (![...keys].some((key) => group.keys.has(key))) apart.push(group);
      else {
        merged.cases = [...group.cases, ...merged.cases];
        merged.atoms = new Map([...group.atoms, ...merged.atoms]);
        for (const key of group.keys) merged.keys.add(key);
      }
    }
    groups = [...apart, merged];
  }
  return groups.map((group) => ({
    cases: group.cases,
    atoms: [...group.atoms.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
  }));
}

function atomsOfCase(editCase: EditCase): Map<string, Atom> {
  const atoms = atomsOf(editCase.registered);
  if (editCase.agreed === null) for (const candidate of editCase.candidates) atomsOf(candidate.when, atoms);
  for (const cap of editCase.caps) atomsOf(cap.when, atoms);
  return atoms;
}

/** The exact extremes over every assignment of the open atoms that extends `known`. */
function extremes(
  cases: readonly EditCase[],
  known: Assignment,
): Interval & { readonly approximate: boolean } {
  const start = cases.map((editCase) => assign(editCase, known));
  const bounds = highestOf(start.map(kleene));
  if (bounds.lowest === bounds.highest) return { ...bounds, approximate: false };
  let branches = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;

  const visit = (open: readonly EditCase[], assignment: Assignment): boolean => {
    const interval = highestOf(open.map(kleene));
    // A branch whose whole interval lies inside what was found already can't move an extreme.
    if (interval.lowest >= lowest && interval.highest <= highest) return true;
    const atom = interval.lowest === interval.highest ? undefined : firstAtom(open);
    if (!atom) {
      lowest = Math.min(lowest, interval.lowest);
      highest = Math.max(highest, interval.highest);
      return true;
    }
    if (++branches > BRANCH_LIMIT) return false;
    return [true, false].every((truth) => {
      const next = assignment.with(atom, truth);
      return visit(
        open.map((editCase) => assign(editCase, next)),
        next,
      );
    });
  };
  return visit(start, known) ? { lowest, highest, approximate: false } : { ...bounds, approximate: true };
}

function firstAtom(cases: readonly EditCase[]): Atom | undefined {
  for (const editCase of cases) {
    const interval = kleene(editCase);
    if (interval.lowest === interval.highest) continue;
    for (const atom of atomsOfCase(editCase).values()) return atom;
  }
  return undefined;
}

function assign(editCase: EditCase, assignment: Assignment): EditCase {
  return {
    ...editCase,
    registered: substitute(editCase.registered, assignment),
    candidates: editCase.candidates.flatMap((candidate) => {
      const when = substitute(candidate.when, assignment);
      return when === false ? [] : [when === candidate.when ? candidate : { ...candidate, when }];
    }),
    caps: editCase.caps.map((cap) => ({ ...cap, when: substitute(cap.when, assignment) })),
  };
}

/** The interval read straight off the three truth values: sound, exact where nothing is open. */
function kleene(editCase: EditCase): Interval {
  if (editCase.registered === false) return { lowest: 0, highest: 0 };
  let { lowest, highest } =
    editCase.agreed === null ? reported(editCase) : { lowest: editCase.agreed, highest: editCase.agreed };
  for (const cap of editCase.caps) {
    if (cap.when === false) continue;
    lowest = Math.min(lowest, cap.rank);
    if (cap.when === true) highest = Math.min(highest, cap.rank);
  }
  return { lowest: editCase.registered === true ? lowest : 0, highest };
}

function reported(editCase: EditCase): Interval {
  const possible = surviving(editCase);
  const fallback = editCase.otherwise?.rank ?? 0;
  let certain = -1;
  let highest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const { candidate, holds } of possible) {
    highest = Math.max(highest, candidate.rank);
    least = Math.min(least, candidate.rank);
    const rivalled = editCase.candidates.some(
      (rival) => rival.insteadOf.includes(candidate.rule) && rival.when !== false,
    );
    if (holds === true && !rivalled) certain = Math.max(certain, candidate.rank);
  }
  if (certain >= 0) return { lowest: certain, highest };
  // No report is certain to stand: whether one holds at all decides whether `otherwise` can speak.
  return { lowest: Math.min(least, fallback), highest: Math.max(highest, fallback) };
}

/** Whether a rule's report stands for an edit: holds, is not displaced, and the filing registers the matter. */
export function standing(editCase: EditCase, candidate: Candidate): Formula {
  const displaced = editCase.candidates
    .filter((rival) => rival.insteadOf.includes(candidate.rule))
    .map((rival) => rival.when);
  return and([editCase.registered, candidate.when, not(or(displaced))]);
}
