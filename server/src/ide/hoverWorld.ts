import type { World } from '../impact/world.js';
import { Folder } from '../workspace/folder.js';
import type { Snapshot } from '../workspace/workspace.js';
import { folderOf } from './names.js';

/** The registry, records and rules among which a file is read. */
export interface View {
  readonly world: World;
  readonly analysisOf: Snapshot['analysisOf'];
}

/**
 * The view of a file: the workspace, but for the examples beside a pack, which have a registry of their own. That of
 * examples is made when it is first asked for, and once for a snapshot.
 */
export function viewOf(snapshot: Snapshot, path: string): View {
  const own = folderOf(path);
  if (own === '') return snapshot;
  let views = made.get(snapshot);
  if (!views) made.set(snapshot, (views = new Map()));
  let view = views.get(own);
  if (!view) views.set(own, (view = examplesView(snapshot, own)));
  return view;
}

const made = new WeakMap<Snapshot, Map<string, View>>();

function examplesView(snapshot: Snapshot, own: string): View {
  const files = snapshot.paths.flatMap((path) => (folderOf(path) === own ? (snapshot.file(path) ?? []) : []));
  // Examples are looked at here, not checked.
  const folder = new Folder([]);
  folder.update(
    files.flatMap((file) => (file.kind === 'registry' ? [file.registry] : [])),
    files.flatMap((file) => (file.kind === 'changes' ? file.records : [])),
    snapshot.world.rules,
    snapshot.world.asOf,
  );
  return { world: folder.world, analysisOf: (record) => folder.analysisOf(record) };
}
