/**
 * Looks for answers to the open atoms that bring a set of edits to a category: at most some rank, or at
 * least some. Formulas are laid out once; atoms are then answered and taken back in place, so that a branch
 * costs no memory. At each branch the answer is tried first that leads towards the goal.
 */
import type { Atom } from './formula.js';
import type { Goal, Interval, Laid, LaidCase, Literal } from './laid.js';

/** Past so many branches a search gives up. */
export const BRANCH_LIMIT = 4096;

/** Most searches are over after a few branches; what takes more is worth looking where to go first. */
const EASY = 8;

/** Kleene's three values, as numbers: `not` is a change of sign. */
type Truth = -1 | 0 | 1;
const FALSE = -1;
const OPEN = 0;
const TRUE = 1;

export class Search {
  readonly #cases: readonly LaidCase[];
  readonly #truths: Truth[];
  /** Atoms in the order in which they were answered, so that answers can be taken back. */
  readonly #trail: number[] = [];
  readonly #peers: readonly (readonly number[])[];
  #branches = 0;

  constructor(
    cases: readonly LaidCase[],
    readonly atoms: readonly Atom[],
  ) {
    this.#cases = cases;
    this.#truths = atoms.map(() => OPEN);
    this.#peers = atoms.map((atom) =>
      atom.variable === undefined || atom.value === undefined
        ? []
        : atoms.flatMap((other, place) =>
            other !== atom && other.variable === atom.variable ? [place] : [],
          ),
    );
  }

  /** The interval read straight off the three truth values: sound, exact where nothing is open. */
  bounds(): Interval {
    let lowest = 0;
    let highest = 0;
    for (const laid of this.#cases) {
      const interval = this.#intervalOf(laid);
      lowest = Math.max(lowest, interval.lowest);
      highest = Math.max(highest, interval.highest);
    }
    return { lowest, highest };
  }

  /**
   * Answers that reach the goal, given one answer if any: a truth for each atom, null where either will do.
   * `none` where no answers do, `too many branches` where the search gave up.
   */
  reach(goal: Goal, given?: Literal): readonly (boolean | null)[] | 'none' | 'too many branches' {
    this.#branches = 0;
    if (given) this.#answer(given);
    const found = this.#visit(goal);
    const answers = this.#truths.map((truth) => (truth === OPEN ? null : truth === TRUE));
    this.#takeBack(0);
    if (found) return answers;
    return this.#branches > BRANCH_LIMIT ? 'too many branches' : 'none';
  }

  #visit(goal: Goal): boolean {
    const { lowest, highest } = this.bounds();
    const isLow = goal.bound === 'at most';
    if (isLow ? highest <= goal.rank : lowest >= goal.rank) return true;
    if (isLow ? lowest > goal.rank : highest < goal.rank) return false;
    const literal = this.#towards(goal);
    if (!literal || ++this.#branches > BRANCH_LIMIT) return false;
    const mark = this.#trail.length;
    for (const truth of [literal.truth, !literal.truth]) {
      this.#answer({ atom: literal.atom, truth });
      if (this.#visit(goal)) return true;
      this.#takeBack(mark);
      if (this.#branches > BRANCH_LIMIT) return false;
    }
    return false;
  }

  /** An attribute has one value: where it is settled, the atoms of the other values are too. */
  #answer({ atom, truth }: Literal): void {
    this.#truths[atom] = truth ? TRUE : FALSE;
    this.#trail.push(atom);
    if (!truth) return;
    for (const peer of this.#peers[atom]!) {
      if (this.#truths[peer] !== OPEN) continue;
      this.#truths[peer] = this.atoms[peer]!.value === this.atoms[atom]!.value ? TRUE : FALSE;
      this.#trail.push(peer);
    }
  }

  #takeBack(mark: number): void {
    while (this.#trail.length > mark) this.#truths[this.#trail.pop()!] = OPEN;
  }

  /** The answer that takes an undecided edit nearest to the goal. */
  #towards(goal: Goal): Literal | undefined {
    const isLow = goal.bound === 'at most';
    for (const laid of this.#cases) {
      const { lowest, highest } = this.#intervalOf(laid);
      if (lowest === highest || (isLow ? highest <= goal.rank : highest < goal.rank)) continue;
      const literal = isLow ? this.#lowering(laid, goal.rank) : this.#raising(laid, goal.rank);
      if (literal) return literal;
    }
    return undefined;
  }

  #lowering(laid: LaidCase, rank: number): Literal | undefined {
    const registered = this.#literal(laid.registered, false);
    if (registered) return registered;
    for (const cap of laid.caps) {
      const literal = this.#literal(cap.when, cap.rank <= rank);
      if (literal) return literal;
    }
    const above = laid.candidates.filter((candidate) => candidate.rank > rank);
    const open = this.#leastOpenOf(above, ({ when }) => when);
    return (open && this.#literal(open.when, false)) ?? this.#anyCandidate(laid);
  }

  #raising(laid: LaidCase, rank: number): Literal | undefined {
    const registered = this.#literal(laid.registered, true);
    if (registered) return registered;
    for (const cap of laid.caps) {
      const literal = this.#literal(cap.when, cap.rank >= rank);
      if (literal) return literal;
    }
    const enough = laid.candidates.filter((candidate) => candidate.rank >= rank);
    const open = this.#leastOpenOf(enough, ({ when }) => when);
    return (open && this.#literal(open.when, true)) ?? this.#anyCandidate(laid);
  }

  /** That which hangs on the fewest atoms, of what is open: where it can't be had, that shows soonest. */
  #leastOpenOf<T>(all: readonly T[], formulaOf: (one: T) => Laid): T | undefined {
    let least: T | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const one of all) {
      const formula = formulaOf(one);
      if (this.#truthOf(formula) !== OPEN) continue;
      if (this.#branches < EASY) return one;
      const count = this.#openIn(formula);
      if (count < fewest) [least, fewest] = [one, count];
    }
    return least;
  }

  /** How many times an open atom stands in a formula, in the parts that are not settled. */
  #openIn(formula: Laid): number {
    switch (formula.op) {
      case 'constant':
        return 0;
      case 'atom':
        return this.#truths[formula.atom] === OPEN ? 1 : 0;
      case 'not':
        return this.#openIn(formula.of);
      default: {
        let count = 0;
        for (const operand of formula.of) if (this.#truthOf(operand) === OPEN) count += this.#openIn(operand);
        return count;
      }
    }
  }

  /** Where no candidate counts by itself, whether it displaces another or leaves room for `otherwise` does. */
  #anyCandidate(laid: LaidCase): Literal | undefined {
    for (const { when } of laid.candidates) {
      const literal = this.#literal(when, true);
      if (literal) return literal;
    }
    return undefined;
  }

  /** An open atom of a formula, with the answer that helps to make the formula as it is wanted. */
  #literal(formula: Laid, wanted: boolean): Literal | undefined {
    if (this.#truthOf(formula) !== OPEN) return undefined;
    switch (formula.op) {
      case 'constant':
        return undefined;
      case 'atom':
        return { atom: formula.atom, truth: wanted };
      case 'not':
        return this.#literal(formula.of, !wanted);
      default: {
        // Where all of them have to be had, the hardest comes first; where one is enough, the easiest.
        const least = this.#leastOpenOf(formula.of, (operand) => operand);
        return least && this.#literal(least, wanted);
      }
    }
  }

  #truthOf(formula: Laid): Truth {
    switch (formula.op) {
      case 'constant':
        return formula.truth ? TRUE : FALSE;
      case 'atom':
        return this.#truths[formula.atom]!;
      case 'not':
        return -this.#truthOf(formula.of) as Truth;
      default: {
        const absorbing = formula.op === 'or' ? TRUE : FALSE;
        let isOpen = false;
        for (const operand of formula.of) {
          const truth = this.#truthOf(operand);
          if (truth === absorbing) return absorbing;
          isOpen ||= truth === OPEN;
        }
        return isOpen ? OPEN : (-absorbing as Truth);
      }
    }
  }

  #intervalOf(laid: LaidCase): Interval {
    const registered = this.#truthOf(laid.registered);
    if (registered === FALSE) return { lowest: 0, highest: 0 };
    let { lowest, highest } =
      laid.agreed === null ? this.#reported(laid) : { lowest: laid.agreed, highest: laid.agreed };
    for (const cap of laid.caps) {
      const truth = this.#truthOf(cap.when);
      if (truth === FALSE) continue;
      lowest = Math.min(lowest, cap.rank);
      if (truth === TRUE) highest = Math.min(highest, cap.rank);
    }
    return { lowest: registered === TRUE ? lowest : 0, highest };
  }

  #reported({ candidates, otherwise }: LaidCase): Interval {
    let certain = -1;
    let highest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const { rank, when, rivals } of candidates) {
      const own = this.#truthOf(when);
      if (own === FALSE) continue;
      let strongestRival: Truth = FALSE;
      for (const rival of rivals) {
        const truth = this.#truthOf(candidates[rival]!.when);
        if (truth > strongestRival) strongestRival = truth;
      }
      if (strongestRival === TRUE) continue;
      highest = Math.max(highest, rank);
      least = Math.min(least, rank);
      if (own === TRUE && strongestRival === FALSE) certain = Math.max(certain, rank);
    }
    if (certain >= 0) return { lowest: certain, highest };
    // No report is certain to stand: whether one holds at all decides whether `otherwise` can speak.
    return { lowest: Math.min(least, otherwise), highest: Math.max(highest, otherwise) };
  }
}
