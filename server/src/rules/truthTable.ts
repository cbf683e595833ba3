/**
 * All combinations of answers to a few open atoms at once: the truth of a formula under each is one bit, so that
 * 32 of them cost what one does. Exact, and without any branch to give up on; each atom more doubles the work.
 */
import type { Atom } from './formula.js';
import type { Goal, Interval, Laid, LaidCase, Literal } from './laid.js';

/** With more atoms than these a search is the quicker way: it looks only where the answer may be. */
export const MOST_ATOMS = 10;

/** What a set of edits comes to under every combination of answers to the atoms. */
export class TruthTable implements Interval {
  readonly lowest: number;
  readonly highest: number;
  readonly approximate = false;
  readonly #words: number;
  /** The combinations that can be, a word after another. */
  readonly #possible: readonly number[];
  /** Under which of them the category is at least so high: the words of rank 0, then those of rank 1, and so on. */
  readonly #atLeast: readonly number[];

  constructor(
    cases: readonly LaidCase[],
    readonly atoms: readonly Atom[],
  ) {
    this.#words = wordsFor(atoms);
    this.#possible = possibleIn(atoms);
    const top = Math.max(0, ...cases.map(highestRank));
    const atLeast: number[] = new Array((top + 1) * this.#words).fill(0).fill(-1, 0, this.#words);
    for (const laid of cases)
      for (let word = 0; word < this.#words; word++) addCase(laid, word, top, this.#words, atLeast);
    this.#atLeast = atLeast;
    let lowest = 0;
    while (lowest < top && !this.canReach({ bound: 'at most', rank: lowest })) lowest++;
    let highest = top;
    while (highest > lowest && !this.canReach({ bound: 'at least', rank: highest })) highest--;
    this.lowest = lowest;
    this.highest = highest;
  }

  /** Whether some combination reaches the goal, given one answer if any. */
  canReach(goal: Goal, given?: Literal): boolean {
    const isLow = goal.bound === 'at most';
    // At most a rank is what is not at least the next one.
    const start = (isLow ? goal.rank + 1 : goal.rank) * this.#words;
    for (let word = 0; word < this.#words; word++) {
      const atLeast = this.#atLeast[start + word] ?? 0;
      let reached = this.#possible[word]! & (isLow ? ~atLeast : atLeast);
      if (given) reached &= given.truth ? atomWord(given.atom, word) : ~atomWord(given.atom, word);
      if (reached !== 0) return true;
    }
    return false;
  }
}

/** Whether some combination of answers to the atoms of a formula, few of them, makes it true. */
export function canBeTrue(formula: Laid, atoms: readonly Atom[]): boolean {
  return possibleIn(atoms).some((possible, word) => (possible & truthWord(formula, word)) !== 0);
}

function highestRank({ agreed, candidates, otherwise }: LaidCase): number {
  if (agreed !== null) return agreed;
  return candidates.reduce((highest, { rank }) => Math.max(highest, rank), otherwise);
}

/** Adds to the words of each rank where one case comes to it at least. */
function addCase(laid: LaidCase, word: number, top: number, words: number, atLeast: number[]): void {
  const registered = truthWord(laid.registered, word);
  if (registered === 0) return;
  const whens = laid.agreed === null ? laid.candidates.map(({ when }) => truthWord(when, word)) : [];
  let reaching = 0;
  for (let rank = top; rank > 0; rank--) {
    reaching |= laid.agreed === null ? reportedAt(rank, laid, whens) : rank === laid.agreed ? -1 : 0;
    let counted = reaching & registered;
    for (const cap of laid.caps) if (cap.rank < rank) counted &= ~truthWord(cap.when, word);
    atLeast[rank * words + word]! |= counted;
  }
}

/** Where a report of just that rank stands; what `otherwise` says where none of any rank does. */
function reportedAt(rank: number, { candidates, otherwise }: LaidCase, whens: readonly number[]): number {
  let reported = 0;
  let any = 0;
  for (let place = 0; place < candidates.length; place++) {
    const candidate = candidates[place]!;
    if (candidate.rank !== rank && rank !== otherwise) continue;
    let stands = whens[place]!;
    for (const rival of candidate.rivals) stands &= ~whens[rival]!;
    any |= stands;
    if (candidate.rank === rank) reported |= stands;
  }
  return rank === otherwise ? reported | ~any : reported;
}

function wordsFor(atoms: readonly Atom[]): number {
  return atoms.length <= 5 ? 1 : 2 ** (atoms.length - 5);
}

/** An attribute has one value, so of two atoms for two values of it one at least is false. */
function possibleIn(atoms: readonly Atom[]): readonly number[] {
  const possible: number[] = new Array(wordsFor(atoms)).fill(-1);
  for (const [place, { variable, value }] of atoms.entries()) {
    if (variable === undefined) continue;
    for (let other = place + 1; other < atoms.length; other++) {
      if (atoms[other]!.variable !== variable || atoms[other]!.value === value) continue;
      for (let word = 0; word < possible.length; word++)
        possible[word]! &= ~(atomWord(place, word) & atomWord(other, word));
    }
  }
  return possible;
}

/** Five atoms run through all their combinations within a word, the further ones from word to word. */
const WITHIN_WORD = [0xaaaaaaaa | 0, 0xcccccccc | 0, 0xf0f0f0f0 | 0, 0xff00ff00 | 0, 0xffff0000 | 0];

function atomWord(atom: number, word: number): number {
  if (atom < 5) return WITHIN_WORD[atom]!;
  return ((word >> (atom - 5)) & 1) === 0 ? 0 : -1;
}

function truthWord(formula: Laid, word: number): number {
  switch (formula.op) {
    case 'constant':
      return formula.truth ? -1 : 0;
    case 'atom':
      return atomWord(formula.atom, word);
    case 'not':
      return ~truthWord(formula.of, word);
    case 'and': {
      let truth = -1;
      for (const operand of formula.of) {
        truth &= truthWord(operand, word);
        if (truth === 0) break;
      }
      return truth;
    }
    case 'or': {
      let truth = 0;
      for (const operand of formula.of) {
        truth |= truthWord(operand, word);
        if (truth === -1) break;
      }
      return truth;
    }
  }
}
