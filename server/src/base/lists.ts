/** What is often asked of lists. */

/** Whether two lists hold the same objects in the same order. */
export function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** The first of each key, in order. */
export function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  if (items.length < 2) return items.length === 0 ? NOTHING : items;
  const seen = new Set<string>();
  const first: T[] = [];
  for (const item of items) {
    const own = key(item);
    if (seen.has(own)) continue;
    seen.add(own);
    first.push(item);
  }
  // These lists are kept, thousands of them: a copy has no room left over from growing.
  return first.slice();
}

/** What any of the lists holds, each once, sorted. */
export function sortedUnion(lists: readonly (readonly string[])[]): readonly string[] {
  const [first, second] = lists.filter((list) => list.length > 0);
  if (!first) return NOTHING;
  if (!second && first.length === 1) return first;
  return [...new Set(lists.flat())].sort();
}

const NOTHING: readonly never[] = [];
