/**
 * What a filing's category can be, over every answer still possible to the open questions.
 *
 * The lowest and the highest are exact, and looked for among edits that share no atom apart (the highest of
 * a maximum of independent parts is the maximum of their highests, and likewise the lowest). Where a search
 * would take too many branches, the group falls back to Kleene's interval, which is sound but wider.
 * `reference.ts` says the same slowly and plainly; a property test holds the two together.
 */
import { type Atom, and, atomsOf, type Formula, not, or } from './formula.js';
import { type Goal, type Interval, type Literal, Search } from './search.js';

/** A truth for each atom of a group; null where either will do. */
type Answers = readonly (boolean | null)[];

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

/** The outcome of a filing over all the edits that reach it; without an edit it is `none`. */
export function outcomeOf(cases: readonly EditCase[]): Outcome {
  const groups = independentGroups(cases).map((group) => new GroupOutcome(group));
  const whole = highestOf(groups);
  const approximate = groups.some((group) => group.approximate);
  const { lowest, highest } = whole;
  if (lowest === highest) return { lowest, highest, asked: [], approximate };

  const asked: Atom[] = [];
  const undecided: Atom[] = [];
  for (const group of groups) {
    const others = highestOf(groups.filter((other) => other !== group));
    if (group.approximate) {
      // Too many branches to tell which answer matters, and twice as many for each atom: all are asked.
      asked.push(...group.atoms);
      continue;
    }
    for (const [place, atom] of group.atoms.entries()) {
      if (group.moves(place, whole, others)) asked.push(atom);
      else if (group.highest > others.lowest) undecided.push(atom);
    }
  }
  // Where only several answers together move anything (one or the other, not both), all are asked.
  return { lowest, highest, asked: asked.length > 0 ? asked : undecided, approximate };
}

/** The lowest and the highest over all the edits, for callers that need not know what to ask. */
export function extremesOf(cases: readonly EditCase[]): Interval {
  return highestOf(independentGroups(cases).map((group) => new GroupOutcome(group)));
}

/** The interval of one edit by itself, every combination of answers allowed. */
export function outcomeOfEdit(editCase: EditCase): Interval {
  return extremesOf([editCase]);
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
  const [only, ...others] = cases;
  if (only && others.length === 0) return [{ cases: [only], atoms: inOrder(atomsOfCase(only)) }];
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
  return groups.map((group) => ({ cases: group.cases, atoms: inOrder(group.atoms) }));
}

function inOrder(atoms: ReadonlyMap<string, Atom>): readonly Atom[] {
  return [...atoms.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function atomsOfCase(editCase: EditCase): Map<string, Atom> {
  const atoms = atomsOf(editCase.registered);
  if (editCase.agreed === null) for (const candidate of editCase.candidates) atomsOf(candidate.when, atoms);
  for (const cap of editCase.caps) atomsOf(cap.when, atoms);
  return atoms;
}

/** The extremes of one group, exact unless the search for them gave up. */
class GroupOutcome implements Interval {
  readonly atoms: readonly Atom[];
  readonly lowest: number;
  readonly highest: number;
  readonly approximate: boolean;
  readonly #search: Search;
  /** Answers that reach the lowest or the highest: what they leave as it is can't be what moves it. */
  readonly #witnesses: Record<Goal['bound'], Answers[]> = { 'at most': [], 'at least': [] };

  constructor(group: Group) {
    this.atoms = group.atoms;
    this.#search = new Search(group.cases, group.atoms);
    const bounds = this.#search.bounds();
    let { lowest, highest } = bounds;
    let approximate = false;
    if (lowest < highest) {
      const isOutOfReach = (goal: Goal): boolean => {
        const found = this.#reach(goal);
        approximate ||= found === 'too many branches';
        return found === 'none';
      };
      while (lowest < bounds.highest && isOutOfReach({ bound: 'at most', rank: lowest })) lowest++;
      while (highest > lowest && isOutOfReach({ bound: 'at least', rank: highest })) highest--;
    }
    this.lowest = approximate ? bounds.lowest : lowest;
    this.highest = approximate ? bounds.highest : highest;
    this.approximate = approximate;
  }

  /** Whether an answer to one of the atoms moves the lowest or the highest of the whole filing. */
  moves(atom: number, whole: Interval, others: Interval): boolean {
    return [true, false].some((truth) => {
      const canReach = (goal: Goal): boolean =>
        this.#witnesses[goal.bound].some((answers) => this.#allows(answers, atom, truth)) ||
        this.#reach(goal, { atom, truth }) !== 'none';
      const staysLow = canReach({ bound: 'at most', rank: whole.lowest });
      if (!staysLow) return true;
      return others.highest < whole.highest && !canReach({ bound: 'at least', rank: whole.highest });
    });
  }

  /** Where either answer will do, so will this one, unless it settles the other values of its attribute too. */
  #allows(answers: Answers, atom: number, truth: boolean): boolean {
    if (answers[atom] !== null) return answers[atom] === truth;
    return !truth || this.atoms[atom]!.variable === undefined;
  }

  #reach(goal: Goal, given?: Literal): ReturnType<Search['reach']> {
    const found = this.#search.reach(goal, given);
    if (typeof found !== 'string') this.#witnesses[goal.bound].push(found);
    return found;
  }
}

/** Whether a rule's report stands for an edit: holds, is not displaced, and the filing registers the matter. */
export function standing(editCase: EditCase, candidate: Candidate): Formula {
  const displaced = editCase.candidates
    .filter((rival) => rival.insteadOf.includes(candidate.rule))
    .map((rival) => rival.when);
  return and([editCase.registered, candidate.when, not(or(displaced))]);
}
