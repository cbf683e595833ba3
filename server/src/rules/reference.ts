/**
 * The reference evaluation of a filing's outcome: every assignment of every open atom, one after another,
 * each judged with plain truth values. Slow and obvious, it exists so that `outcome.ts` can be held to it.
 */
import { Assignment, type Atom, atomsOf, type Formula, substitute } from './formula.js';
import type { EditCase } from './outcome.js';

export interface ReferenceOutcome {
  readonly lowest: number;
  readonly highest: number;
  /** Keys of the atoms whose answer moves the lowest or the highest. */
  readonly moving: readonly string[];
}

/** Time grows with two to the power of the number of open atoms. */
export function referenceOutcome(cases: readonly EditCase[]): ReferenceOutcome {
  const atoms = new Map<string, Atom>();
  for (const editCase of cases) {
    atomsOf(editCase.registered, atoms);
    if (editCase.agreed === null) for (const candidate of editCase.candidates) atomsOf(candidate.when, atoms);
    for (const cap of editCase.caps) atomsOf(cap.when, atoms);
  }
  const worlds = allWorlds([...atoms.values()]).map((world) => ({ world, rank: rankIn(cases, world) }));
  const whole = extremesOf(worlds);
  const moving = [...atoms.values()].filter((atom) =>
    [true, false].some((truth) => {
      const answered = extremesOf(worlds.filter(({ world }) => world.truthOf(atom) === truth));
      return answered !== null && (answered.lowest !== whole!.lowest || answered.highest !== whole!.highest);
    }),
  );
  return { ...whole!, moving: moving.map((atom) => atom.key).sort() };
}

function extremesOf(
  worlds: readonly { readonly rank: number }[],
): { lowest: number; highest: number } | null {
  if (worlds.length === 0) return null;
  const ranks = worlds.map((world) => world.rank);
  return { lowest: Math.min(...ranks), highest: Math.max(...ranks) };
}

function allWorlds(atoms: readonly Atom[]): readonly Assignment[] {
  let worlds = [Assignment.empty];
  for (const atom of atoms) {
    worlds = worlds.flatMap((world) => {
      const settled = world.truthOf(atom);
      return settled === undefined
        ? [world.with(atom, true), world.with(atom, false)]
        : [world.with(atom, settled)];
    });
  }
  return worlds;
}

function rankIn(cases: readonly EditCase[], world: Assignment): number {
  const isTrue = (formula: Formula): boolean => substitute(formula, world) === true;
  const ranks = cases.map((editCase) => {
    if (!isTrue(editCase.registered)) return 0;
    let rank: number;
    if (editCase.agreed !== null) rank = editCase.agreed;
    else {
      const holding = editCase.candidates.filter((candidate) => isTrue(candidate.when));
      const left = holding.filter(
        (candidate) => !holding.some((rival) => rival.insteadOf.includes(candidate.rule)),
      );
      rank =
        left.length > 0
          ? Math.max(...left.map((candidate) => candidate.rank))
          : (editCase.otherwise?.rank ?? 0);
    }
    for (const cap of editCase.caps) if (isTrue(cap.when)) rank = Math.min(rank, cap.rank);
    return rank;
  });
  return Math.max(0, ...ranks);
}
