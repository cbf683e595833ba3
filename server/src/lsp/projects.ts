import { dirname, join } from 'node:path';
import { CONFIG_FILE } from '../workspace/config.js';
import { compileGlobs } from '../workspace/glob.js';
import { type LanguageServices, Project } from './project.js';

/** A file and the project that it belongs to. */
export interface Member {
  readonly project: Project;
  /** Relative to the project, with `/`. */
  readonly path: string;
}

/** The projects that are open: those of the editor's folders, and those of single files from elsewhere. */
export class Projects {
  readonly #byRoot = new Map<string, Project>();
  /** Projects that are open only because of files from outside the editor's folders. */
  readonly #loose = new Set<Project>();
  #folders: readonly string[] = [];

  constructor(readonly services: LanguageServices) {}

  get all(): readonly Project[] {
    return [...this.#byRoot.values()];
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /**
   * Opens what the folders hold: the workspace around each, else every one below it, else the folder itself.
   * Gives the projects that are closed by it.
   */
  async openFolders(folders: readonly string[]): Promise<readonly Project[]> {
    this.#folders = folders;
    const roots = new Set<string>();
    for (const folder of folders) {
      const above = await this.#rootAbove(folder);
      if (above !== null) roots.add(above);
      else {
        const configs = await this.services.host.readAll(folder, compileGlobs([`**/${CONFIG_FILE}`]));
        for (const config of configs) roots.add(join(folder, dirname(config.path)));
        if (configs.length === 0) roots.add(folder);
      }
    }
    const closed = this.all.filter((project) => !roots.has(project.root) && !this.#loose.has(project));
    for (const { root } of closed) this.#byRoot.delete(root);
    for (const root of roots) this.#loose.delete(this.#open(root));
    return closed;
  }

  /** The innermost project that a file belongs to. */
  find(file: string): Member | null {
    let best: Member | null = null;
    for (const project of this.#byRoot.values()) {
      const path = project.pathOf(file);
      if (path !== null && (best === null || path.length < best.path.length)) best = { project, path };
    }
    return best;
  }

  /** As `find`; for a file from outside every project the workspace around it is opened. */
  async findOrOpen(file: string): Promise<Member | null> {
    const found = this.find(file);
    if (found) return found;
    const project = this.#open((await this.#rootAbove(dirname(file))) ?? dirname(file));
    this.#loose.add(project);
    const path = project.pathOf(file);
    return path === null ? null : { project, path };
  }

  /** Closes a project of single files once none of them is open any more; gives whether it did. */
  closeIfUnused(project: Project): boolean {
    if (!this.#loose.has(project) || !project.isEmptyOfOpenFiles) return false;
    this.#loose.delete(project);
    return this.#byRoot.delete(project.root);
  }

  #open(root: string): Project {
    const known = this.#byRoot.get(root);
    if (known) return known;
    const project = new Project(root, this.services);
    this.#byRoot.set(root, project);
    return project;
  }

  async #rootAbove(start: string): Promise<string | null> {
    for (let folder = start; ; folder = dirname(folder)) {
      if ((await this.services.host.kindOf(join(folder, CONFIG_FILE))) !== 'missing') return folder;
      if (dirname(folder) === folder) return null;
    }
  }
}
