/**
 * What a filing's category can be, over every answer still possible to the open questions.
 *
 * The lowest and the highest are exact, and looked for among edits that share no atom apart (the highest of
 * a maximum of independent parts is the maximum of their highests, and likewise the lowest). Few atoms are read off a
 * truth table. With more there is a search, and where it would take too many branches, the group falls back to
 * Kleene's interval, which is sound but wider. `reference.ts` says the same slowly and plainly; a property test holds
 * them together.
 */
import { type Atom, and, atomsOf, type Formula, isReadOnce, isTrueDenied, not, or } from './formula.js';
import { type Goal, type Interval, type LaidCase, LayOut, type Literal } from './laid.js';
import { Search } from './search.js';
import { canBeTrue, MOST_ATOMS, TruthTable } from './truthTable.js';

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

/**
 * The outcome of a filing over all the edits that reach it; without an edit it is `none`. A group of edits with more
 * unknowns than `mostInTable` is searched, to the same result.
 */
export function outcomeOf(cases: readonly EditCase[], mostInTable = MOST_ATOMS): Outcome {
  const groups = independentGroups(cases).map((group) => outcomeOfGroup(group, mostInTable));
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
      asked.push(...inOrder(group.atoms));
      continue;
    }
    const moving = group.atoms.filter((_, place) => moves(group, place, whole, others));
    asked.push(...inOrder(moving));
    if (moving.length === 0 && group.highest > others.lowest) undecided.push(...inOrder(group.atoms));
  }
  // Where only several answers together move anything (one or the other, not both), all are asked.
  return { lowest, highest, asked: asked.length > 0 ? asked : undecided, approximate };
}

/** The lowest and the highest over all the edits, for callers that need not know what to ask. */
export function extremesOf(cases: readonly EditCase[]): Interval {
  return highestOf(independentGroups(cases).map((group) => outcomeOfGroup(group, MOST_ATOMS)));
}

/** The interval of one edit by itself, every combination of answers allowed. */
export function outcomeOfEdit(editCase: EditCase): Interval {
  return extremesOf([editCase]);
}

/** The candidates of a case that may hold and that no other displaces for certain. */
export function surviving({ candidates }: EditCase): readonly Candidate[] {
  const displacing = candidates.filter(({ when, insteadOf }) => when === true && insteadOf.length > 0);
  return candidates.filter(
    ({ rule, when }) => when !== false && !displacing.some(({ insteadOf }) => insteadOf.includes(rule)),
  );
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

/** Edits that share an unknown (or a variable) belong together; the others can be looked at apart. */
function independentGroups(cases: readonly EditCase[]): readonly (readonly EditCase[])[] {
  if (cases.length === 1) return [cases];
  let groups: { readonly cases: readonly EditCase[]; readonly unknowns: ReadonlySet<string> }[] = [];
  for (const editCase of cases) {
    let merged = { cases: [editCase], unknowns: unknownsOf(editCase) };
    const apart: typeof groups = [];
    for (const group of groups) {
      if (![...merged.unknowns].some((unknown) => group.unknowns.has(unknown))) apart.push(group);
      else
        merged = {
          cases: [...group.cases, ...merged.cases],
          unknowns: new Set([...group.unknowns, ...merged.unknowns]),
        };
    }
    groups = [...apart, merged];
  }
  return groups.map((group) => group.cases);
}

/** The open atoms of a case, each by its key and by its variable where it has one. */
function unknownsOf({ registered, agreed, candidates, caps }: EditCase): Set<string> {
  const atoms = atomsOf(registered);
  if (agreed === null) for (const candidate of candidates) atomsOf(candidate.when, atoms);
  for (const cap of caps) atomsOf(cap.when, atoms);
  const unknowns = new Set(atoms.keys());
  for (const { variable } of atoms.values()) if (variable !== undefined) unknowns.add(variable);
  return unknowns;
}

function inOrder(atoms: readonly Atom[]): readonly Atom[] {
  return [...atoms].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** What one group can come to, and whether a goal can be reached given one answer. */
interface GroupOutcome extends Interval {
  readonly atoms: readonly Atom[];
  /** Whether a search gave up, so that the interval may be wider than need be. */
  readonly approximate: boolean;
  canReach(goal: Goal, given: Literal): boolean;
}

function outcomeOfGroup(cases: readonly EditCase[], mostInTable: number): GroupOutcome {
  const layOut = new LayOut();
  const laid = cases.map((editCase) => layOut.case(editCase));
  const { atoms } = layOut;
  return atoms.length > mostInTable ? new SearchedOutcome(laid, atoms) : new TruthTable(laid, atoms);
}

/** Whether an answer to one of a group's atoms moves the lowest or the highest of the whole filing. */
function moves(group: GroupOutcome, atom: number, whole: Interval, others: Interval): boolean {
  return [true, false].some((truth) => {
    const given = { atom, truth };
    if (!group.canReach({ bound: 'at most', rank: whole.lowest }, given)) return true;
    return (
      others.highest < whole.highest && !group.canReach({ bound: 'at least', rank: whole.highest }, given)
    );
  });
}

/** The extremes of a group with many atoms, exact unless the search for them gave up. */
class SearchedOutcome implements GroupOutcome {
  readonly lowest: number;
  readonly highest: number;
  readonly approximate: boolean;
  readonly #search: Search;
  /** Answers that reach the lowest or the highest: what they leave as it is can't be what moves it. */
  readonly #witnesses: Record<Goal['bound'], Answers[]> = { 'at most': [], 'at least': [] };

  constructor(
    cases: readonly LaidCase[],
    readonly atoms: readonly Atom[],
  ) {
    this.#search = new Search(cases, atoms);
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

  canReach(goal: Goal, given: Literal): boolean {
    return (
      this.#witnesses[goal.bound].some((answers) => this.#allows(answers, given)) ||
      this.#reach(goal, given) !== 'none'
    );
  }

  /** Where either answer will do, so will this one, unless it settles the other values of its attribute too. */
  #allows(answers: Answers, { atom, truth }: Literal): boolean {
    if (answers[atom] !== null) return answers[atom] === truth;
    return !truth || this.atoms[atom]!.variable === undefined;
  }

  #reach(goal: Goal, given?: Literal): ReturnType<Search['reach']> {
    const found = this.#search.reach(goal, given);
    if (typeof found !== 'string') this.#witnesses[goal.bound].push(found);
    return found;
  }
}

/** Whether some combination of answers makes a formula true: two rules may ask for opposite answers. */
export function canHold(formula: Formula): boolean {
  if (typeof formula === 'boolean') return formula;
  // Each unknown of its own can be answered as the formula needs it, and every one can be denied.
  if (isReadOnce(formula) || isTrueDenied(formula)) return true;
  const layOut = new LayOut();
  const laid = layOut.formula(formula);
  if (layOut.atoms.length <= MOST_ATOMS) return canBeTrue(laid, layOut.atoms);
  const candidates = [{ rule: '', rank: 1, when: formula, insteadOf: [] }];
  const editCase = { edit: '', registered: true, agreed: null, candidates, otherwise: null, caps: [] };
  return outcomeOfEdit(editCase).highest > 0;
}

/** Whether a rule's report stands for an edit: holds, is not displaced, and the filing registers the matter. */
export function standing(editCase: EditCase, candidate: Candidate): Formula {
  const displaced = editCase.candidates
    .filter((rival) => rival.insteadOf.includes(candidate.rule))
    .map((rival) => rival.when);
  return and([editCase.registered, candidate.when, not(or(displaced))]);
}
