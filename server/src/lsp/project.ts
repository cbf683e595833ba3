import { join, relative, sep } from 'node:path';
import { CONFIG_FILE, defaultConfig, packOfFile, readConfig } from '../workspace/config.js';
import type { Host } from '../workspace/host.js';
import { Selection } from '../workspace/selection.js';
import type { Snapshot, SourceFile, WorkspaceApi, WorkspaceOptions } from '../workspace/workspace.js';
import { Stretch } from './pause.js';

/** What the language server needs and the entry point hands in. */
export interface LanguageServices {
  readonly host: Host;
  shippedPacks(): Promise<readonly SourceFile[]>;
  openWorkspace(options: WorkspaceOptions): WorkspaceApi;
}

/** How far the reading of a project has come: `done` of `total` files. */
export type Reading = (done: number, total: number) => void;

/** One workspace that is being edited: the files on disk, and over them what is open in the editor. */
export class Project {
  #workspace: WorkspaceApi | null = null;
  #selection = new Selection(defaultConfig([]));
  #known = new Set<string>();
  #asOf = Number.NaN;
  /** Texts of open files by path: they count, whatever the disk says. */
  readonly #open = new Map<string, string>();

  /** `root` is the absolute path of the folder that holds entail.jsonc. */
  constructor(
    readonly root: string,
    readonly services: LanguageServices,
  ) {}

  /** The path of a file relative to the root, with `/`, or null where it lies outside. */
  pathOf(file: string): string | null {
    const way = relative(this.root, file).split(sep).join('/');
    return way === '' || way === '..' || way.startsWith('../') || /^[A-Za-z]:/.test(way) ? null : way;
  }

  get isEmptyOfOpenFiles(): boolean {
    return this.#open.size === 0;
  }

  /** As it stands after every change so far; null before it was read, and after its configuration changed. */
  get snapshot(): Snapshot | null {
    return this.#workspace?.snapshot() ?? null;
  }

  /** Whether the files have to be read, the first time or again, before there is a snapshot as of a day. */
  mustRead(asOf: number): boolean {
    return this.#workspace === null || asOf !== this.#asOf;
  }

  /** A file was opened or edited. */
  edit(path: string, text: string): void {
    this.#open.set(path, text);
    if (path === CONFIG_FILE) this.#workspace = null;
    else if (this.#selection.matches(path)) this.#set({ path, text, isOpen: true });
  }

  /** A file was closed: from now on the disk counts. */
  async close(path: string): Promise<void> {
    this.#open.delete(path);
    await this.changedOnDisk(path);
  }

  /** Something was put on disk, changed there or taken away. */
  async changedOnDisk(path: string): Promise<void> {
    if (this.#open.has(path)) return;
    if (path === CONFIG_FILE) {
      this.#workspace = null;
      return;
    }
    const kind = await this.services.host.kindOf(join(this.root, path));
    if (kind === 'missing') {
      const gone = [...this.#known].filter((known) => known === path || known.startsWith(`${path}/`));
      const closed = gone.filter((known) => !this.#open.has(known));
      for (const one of closed) this.#known.delete(one);
      this.#workspace?.apply({ remove: closed });
    } else if (kind === 'folder' && !this.#known.has(path)) {
      // A folder that was moved in comes as one event, whatever it holds.
      if (this.#selection.mayMatchBelow(path)) this.#workspace = null;
    } else if (this.#selection.matches(path))
      this.#set(await this.services.host.read(join(this.root, path), path));
  }

  /** Reads the files, and lets others have their turn in between. */
  async read(asOf: number, reading: Reading): Promise<void> {
    const { host } = this.services;
    const shippedPacks = await this.services.shippedPacks();
    const packIds = [...new Set(shippedPacks.flatMap((pack) => packOfFile(pack.path) ?? []))];
    const files: SourceFile[] = [];
    let config = defaultConfig(packIds);
    if (this.#open.has(CONFIG_FILE) || (await host.kindOf(join(this.root, CONFIG_FILE))) !== 'missing') {
      const file = await this.#current(CONFIG_FILE);
      files.push(file);
      config = readConfig(file.text, packIds).config;
    }
    this.#selection = new Selection(config);
    files.push(...(await host.readAll(this.root, this.#selection)));
    const byPath = new Map(files.map((file) => [file.path, file]));
    for (const [path, text] of this.#open)
      if (this.#selection.matches(path)) byPath.set(path, { path, text, isOpen: true });
    const workspace = this.services.openWorkspace({ asOf, shippedPacks });
    const stretch = new Stretch();
    let done = 0;
    for (const file of byPath.values()) {
      workspace.apply({ set: [file] });
      done++;
      if (!stretch.isOver) continue;
      reading(done, byPath.size);
      await stretch.rest();
    }
    this.#known = new Set(byPath.keys());
    this.#asOf = asOf;
    this.#workspace = workspace;
  }

  #set(file: SourceFile): void {
    this.#known.add(file.path);
    this.#workspace?.apply({ set: [file] });
  }

  async #current(path: string): Promise<SourceFile> {
    const text = this.#open.get(path);
    return text === undefined ? this.services.host.read(join(this.root, path), path) : { path, text };
  }
}
