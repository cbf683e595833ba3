/**
 * The candidate that a misspelt word most likely means, or null where none is near: at most one edit for
 * words of up to four letters, two up to nine, three beyond (an edit is a letter added, lost, changed or
 * two neighbours swapped). A candidate equal but for case wins, then one equal but for its hyphens, dots
 * and slashes; ties go to the first in code-unit order,
 * so the answer never depends on the order of the candidates.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const lower = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = toleranceOf(word) + 1;
  let bestExact = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === word) return candidate;
    const other = candidate.toLowerCase();
    const distance =
      other === lower
        ? 0
        : lettersOf(other) === lettersOf(lower)
          ? 0.5
          : Math.max(1, editDistance(lower, other, bestDistance));
    // One that shares nothing of a short word is no likeness, however few the edits.
    if (distance >= Math.max(lower.length, other.length)) continue;
    if (distance > bestDistance || (distance === bestDistance && best === null)) continue;
    // Of two as near, the one nearer in case as well: `kgg` is `kg` before `kGy`.
    const exact = editDistance(word, candidate, toleranceOf(word) + word.length);
    const better =
      distance < bestDistance ||
      exact < bestExact ||
      (exact === bestExact && best !== null && candidate < best);
    if (better) {
      best = candidate;
      bestDistance = distance;
      bestExact = exact;
    }
  }
  return best;
}

function lettersOf(word: string): string {
  return word.replace(/[-_./ ]/g, '');
}

function toleranceOf(word: string): number {
  return word.length <= 4 ? 1 : word.length <= 9 ? 2 : 3;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment) of two strings in UTF-16 units; any number above
 * `limit` stands for "more than the limit".
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
      if (cost < smallest) smallest = cost;
    }
    // A swap may still reach back two rows, so both must be past the limit before giving up.
    if (smallest > limit && Math.min(...last) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
