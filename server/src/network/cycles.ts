/**
 * The strongly connected components of a directed graph, as a number per node; two nodes have the same
 * number when each is reached from the other. Tarjan's algorithm, without recursion: a chain of ten
 * thousand steps must not exhaust the stack. Linear in nodes and edges.
 */
export function componentsOf(
  nodes: Iterable<string>,
  next: (node: string) => readonly string[],
): ReadonlyMap<string, number> {
  const component = new Map<string, number>();
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  let count = 0;
  for (const start of nodes) {
    if (order.has(start)) continue;
    const path: { node: string; targets: readonly string[]; at: number }[] = [];
    const enter = (node: string) => {
      order.set(node, order.size);
      low.set(node, order.get(node)!);
      open.push(node);
      path.push({ node, targets: next(node), at: 0 });
    };
    enter(start);
    while (path.length > 0) {
      const frame = path.at(-1)!;
      const target = frame.targets[frame.at++];
      if (target !== undefined) {
        if (!order.has(target)) enter(target);
        else if (!component.has(target)) lower(low, frame.node, order.get(target)!);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(low, parent.node, low.get(frame.node)!);
      if (low.get(frame.node) !== order.get(frame.node)) continue;
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        component.set(node, count);
        if (node === frame.node) break;
      }
      count++;
    }
  }
  return component;
}

function lower(low: Map<string, number>, node: string, to: number): void {
  if (to < low.get(node)!) low.set(node, to);
}
