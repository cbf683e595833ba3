/** Formulas laid out for trying answers: an atom is its place among those of a group, so that no key is looked up. */
import type { Atom, Formula } from './formula.js';
import type { EditCase } from './outcome.js';

/** A formula over the places of atoms. */
export type Laid =
  | { readonly op: 'constant'; readonly truth: boolean }
  | { readonly op: 'atom'; readonly atom: number }
  | { readonly op: 'not'; readonly of: Laid }
  | { readonly op: 'and' | 'or'; readonly of: readonly Laid[] };

export interface LaidCandidate {
  readonly rank: number;
  readonly when: Laid;
  /** Places of the candidates that stand instead of this one. */
  readonly rivals: readonly number[];
}

export interface LaidCase {
  readonly registered: Laid;
  readonly agreed: number | null;
  readonly candidates: readonly LaidCandidate[];
  readonly otherwise: number;
  readonly caps: readonly { readonly rank: number; readonly when: Laid }[];
}

/** The lowest and the highest rank that can be. */
export interface Interval {
  readonly lowest: number;
  readonly highest: number;
}

/** A category to be reached: no higher than a rank, or no lower. */
export interface Goal {
  readonly bound: 'at most' | 'at least';
  readonly rank: number;
}

/** One answer to an atom, by the atom's place. */
export interface Literal {
  readonly atom: number;
  readonly truth: boolean;
}

/** Lays formulas out one after another; `atoms` are those met so far, each at its place. */
export class LayOut {
  readonly atoms: Atom[] = [];
  readonly #places = new Map<string, number>();

  formula(formula: Formula): Laid {
    if (typeof formula === 'boolean') return formula ? TRUE : FALSE;
    switch (formula.op) {
      case 'atom':
        return { op: 'atom', atom: this.#placeOf(formula) };
      case 'not':
        return { op: 'not', of: this.formula(formula.of) };
      default:
        return { op: formula.op, of: formula.of.map((operand) => this.formula(operand)) };
    }
  }

  case({ registered, agreed, candidates, otherwise, caps }: EditCase): LaidCase {
    // Few of them stand instead of others.
    const displacing = candidates.flatMap(({ insteadOf }, place) => (insteadOf.length > 0 ? [place] : []));
    return {
      registered: this.formula(registered),
      agreed,
      candidates: candidates.map(({ rule, rank, when }) => ({
        rank,
        // A category that was agreed decides whatever the rules say, so nothing is asked about them.
        when: agreed === null ? this.formula(when) : FALSE,
        rivals: displacing.filter((place) => candidates[place]!.insteadOf.includes(rule)),
      })),
      otherwise: otherwise?.rank ?? 0,
      caps: caps.map(({ rank, when }) => ({ rank, when: this.formula(when) })),
    };
  }

  #placeOf(atom: Atom): number {
    let place = this.#places.get(atom.key);
    if (place === undefined) {
      this.#places.set(atom.key, (place = this.atoms.length));
      this.atoms.push(atom);
    }
    return place;
  }
}

const TRUE: Laid = { op: 'constant', truth: true };
const FALSE: Laid = { op: 'constant', truth: false };
