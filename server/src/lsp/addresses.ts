import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { Project } from './project.js';

/** The path of a file on disk; null for texts that are none (untitled, a version in Git). */
export function fileOf(uri: string): string | null {
  try {
    const parsed = URI.parse(uri);
    return parsed.scheme === 'file' ? parsed.fsPath : null;
  } catch {
    return null;
  }
}

/** Which addresses an editor uses for files: of open ones its own, since two spellings of one would be two files to it. */
export class Addresses {
  readonly #open = new Map<string, string>();
  /** Those of files that are not open, by project and path: an impact path names the same few again and again. */
  readonly #known = new WeakMap<Project, Map<string, { readonly full: string; readonly uri: string }>>();

  /**
   * `pages`: where the pages of the findings are; `packs`: where the packs that ship with Entail are, or null
   * where no editor can open them. URLs with a `/` at the end.
   */
  constructor(
    readonly pages: string,
    readonly packs: string | null,
  ) {}

  opened(uri: string): void {
    const file = fileOf(uri);
    if (file !== null) this.#open.set(file, uri);
  }

  closed(uri: string): void {
    const file = fileOf(uri);
    if (file !== null) this.#open.delete(file);
  }

  /** The address of a file of a project; of a pack that ships with Entail null where it can't be opened. */
  uriOf(project: Project, path: string): string | null {
    if (this.#isShipped(project, path)) return this.packs === null ? null : this.packs + encodeURI(path);
    return this.ofFile(project, path);
  }

  /** The address of a file of a project, there or not. */
  ofFile(project: Project, path: string): string {
    let ofProject = this.#known.get(project);
    if (!ofProject) this.#known.set(project, (ofProject = new Map()));
    let known = ofProject.get(path);
    if (!known) {
      const full = join(project.root, path);
      ofProject.set(path, (known = { full, uri: URI.file(full).toString() }));
    }
    return this.#open.get(known.full) ?? known.uri;
  }

  /** The name of a pack that ships with Entail, from its address; null for other addresses. */
  packOf(uri: string): string | null {
    const file = fileOf(uri);
    const folder = this.packs === null ? null : fileOf(this.packs);
    if (file === null || folder === null || !file.startsWith(folder)) return null;
    const name = file.slice(folder.length).replace(/^[/\\]/, '');
    return /^[^/\\]+\.rules$/.test(name) ? name : null;
  }

  #isShipped(project: Project, path: string): boolean {
    const snapshot = project.snapshot;
    return snapshot?.file(path)?.kind === 'rules' && !path.includes('/') && !snapshot.paths.includes(path);
  }
}
