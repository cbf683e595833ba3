/** The requests of the extension's own views: the impact view, the list of obligations, the status bar. */
import type { Connection, Position } from 'vscode-languageserver';
import { LineIndex } from '../base/lineIndex.js';
import { impactView, impactViewOf } from '../ide/impactView.js';
import { obligationsView, recordStatus } from '../ide/obligationsView.js';
import type { Snapshot } from '../workspace/workspace.js';

/** A workspace as it stands after every change that the editor has told so far. */
export interface ViewedProject {
  readonly snapshot: Snapshot;
  /** The address at which the editor opens a file of the workspace or a shipped pack. */
  uriOf(path: string): string;
}

/** How the server finds what a view is about. */
export interface ViewSource {
  /** The project that a document belongs to, and its path there; null for a document of none. */
  projectOf(uri: string): Promise<(ViewedProject & { readonly path: string }) | null>;
  /** Every project that is open. */
  projects(): Promise<readonly ViewedProject[]>;
}

interface AtPosition {
  readonly uri: string;
  readonly position: Position;
}

interface ImpactParams extends AtPosition {
  /** The record that is asked for; that at the position where it is left out. */
  readonly record?: string;
  /** The key of the edit that it is about; all of them where it is left out. */
  readonly edit?: string;
}

/** Serves `entail/impact`, `entail/obligations` and `entail/status`. Every answer names its files by URI. */
export function registerViews(connection: Connection, source: ViewSource): void {
  connection.onRequest('entail/impact', async ({ uri, position, record, edit }: ImpactParams) => {
    const project = await source.projectOf(uri);
    if (!project) return null;
    const { snapshot, path } = project;
    const view =
      record === undefined
        ? impactView(snapshot, path, offsetIn(project, position), edit ?? null)
        : impactViewOf(snapshot, record, edit ?? null);
    return view && withUris(view, project);
  });
  connection.onRequest('entail/obligations', async () => {
    const projects = await source.projects();
    return projects.map((project) => withUris(obligationsView(project.snapshot), project));
  });
  connection.onRequest('entail/status', async ({ uri, position }: AtPosition) => {
    const project = await source.projectOf(uri);
    const status = project && recordStatus(project.snapshot, project.path, offsetIn(project, position));
    return status && withUris(status, project);
  });
}

function offsetIn({ snapshot, path }: { snapshot: Snapshot; path: string }, position: Position): number {
  return new LineIndex(snapshot.file(path)?.source.text ?? '').offset(position);
}

/** A view with the address of every file that one of its places is in. */
function withUris<T extends object>(view: T, project: ViewedProject): T & { uris: Record<string, string> } {
  const uris: Record<string, string> = {};
  for (const path of pathsIn(view)) uris[path] = project.uriOf(path);
  return { ...view, uris };
}

function pathsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const search = (one: unknown): void => {
    if (one === null || typeof one !== 'object') return;
    if ('range' in one && 'path' in one && typeof one.path === 'string') found.add(one.path);
    for (const part of Object.values(one)) search(part);
  };
  search(value);
  return found;
}
