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
export interface Reading {
  readonly done: number;
  readonly total: number;
}

/** One workspace that is being edited: the files on disk, and over them what is open in the editor. */
export class Project {
  #workspace: WorkspaceApi | null = null;
  #selection = new Selection(defaultConfig([]));
  #known = new Set<string>();
  #asOf = Number.NaN;
  /** Texts of open files by path: they count, whatever the disk says. */
  readonly #open = new Map<string, string>();
  /** Files of records that were read and are not yet in the workspace, by path. */
  #rest = new Map<string, SourceFile>();
  #total = 0;

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

  /** Whether records are still missing in the workspace, none of which says anything of those that are open. */
  get isPartial(): boolean {
    return this.#rest.size > 0;
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
      for (const one of closed) {
        this.#known.delete(one);
        this.#rest.delete(one);
      }
      this.#workspace?.apply({ remove: closed });
    } else if (kind === 'folder' && !this.#known.has(path)) {
      // A folder that was moved in comes as one event, whatever it holds.
      if (this.#selection.mayMatchBelow(path)) this.#workspace = null;
    } else if (this.#selection.matches(path))
      this.#set(await this.services.host.read(join(this.root, path), path));
  }

  /**
   * Reads the files, and lets others have their turn in between. Records that have nothing to do with those that
   * `shown` gives, what the editor shows by path, are left for `readOn`: an author waits for no archive.
   */
  async read(asOf: number, shown: () => ReadonlyMap<string, string>): Promise<void> {
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
    const open = new Map([...shown(), ...this.#open]);
    for (const [path, text] of open)
      if (this.#selection.matches(path)) byPath.set(path, { path, text, isOpen: true });
    const workspace = this.services.openWorkspace({ asOf, shippedPacks });
    const records = [...byPath.values()].filter(({ path }) => path.endsWith('.change'));
    const first = new Set(records.filter((file) => file.isOpen || namesOthers(file)));
    const named = new Set([...first].flatMap(({ text }) => wordsIn(text)));
    for (const file of records) if (idsIn(file.text).some((id) => named.has(id))) first.add(file);
    this.#rest = new Map(
      records.filter((file) => !first.has(file)).map((file) => [file.path, file] as const),
    );
    const stretch = new Stretch();
    for (const file of byPath.values()) {
      if (!this.#rest.has(file.path)) workspace.apply({ set: [file] });
      if (stretch.isOver) await stretch.rest();
    }
    this.#total = byPath.size;
    this.#known = new Set(byPath.keys());
    this.#asOf = asOf;
    this.#workspace = workspace;
  }

  /** Takes in some of the records that `read` left; how far it has come. */
  readOn(): Reading {
    const stretch = new Stretch();
    for (const file of this.#rest.values()) {
      if (stretch.isOver) break;
      this.#set(file);
    }
    return { done: this.#total - this.#rest.size, total: this.#total };
  }

  #set(file: SourceFile): void {
    this.#known.add(file.path);
    this.#rest.delete(file.path);
    this.#workspace?.apply({ set: [file] });
    if (!file.isOpen || this.#rest.size === 0) return;
    const named = new Set(wordsIn(file.text));
    for (const other of [...this.#rest.values()])
      if (idsIn(other.text).some((id) => named.has(id))) this.#set(other);
  }

  async #current(path: string): Promise<SourceFile> {
    const text = this.#open.get(path);
    return text === undefined ? this.services.host.read(join(this.root, path), path) : { path, text };
  }
}

/** The IDs that a text seems to give to records. */
function idsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bchange\s+"?([^\s"{]+)/g)].map(([, id]) => id!);
}

/** All that may be an ID in a text. */
function wordsIn(text: string): readonly string[] {
  return text.match(/[^\s"{}:,;]+/g) ?? [];
}

/** Whether records of a file may build on others or be a part of them. Between a field's name and its colon a comment may stand. */
function namesOthers({ text }: SourceFile): boolean {
  return /\b(?:parent|after)\s*[:/]/.test(text);
}
