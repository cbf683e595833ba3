import { dirname, join } from 'node:path';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { CONFIG_FILE } from '../workspace/config.js';
import { compileGlobs } from '../workspace/glob.js';
import { toDiagnostic } from './convert.js';
import { type LanguageServices, Project } from './project.js';
import { registerViews, type ViewedProject, type ViewSource } from './views.js';

export interface ServerOptions {
  /** The clock, for the day as of which everything is judged. */
  today(): Date;
  /** Where the pages of the findings are, as a URL with a `/` at the end. */
  readonly pages: string;
  /** Milliseconds: an author who types gets the findings once he pauses so long. */
  readonly pause: number;
}

/** Serves an editor: publishes every finding as a diagnostic. Resolves when the editor says goodbye. */
export function startServer(
  connection: Connection,
  services: LanguageServices,
  options: ServerOptions,
): Promise<number> {
  const server = new Server(connection, services, options);
  return server.serve();
}

class Server {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #projects = new Map<string, Project>();
  /** What each file shows now, as text, to send only what changed. */
  readonly #shown = new Map<Project, Map<string, string>>();
  #folders: string[] = [];
  #canWatch = false;
  #timer: NodeJS.Timeout | undefined;
  /** Everything that touches the projects happens one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(
    readonly connection: Connection,
    readonly services: LanguageServices,
    readonly options: ServerOptions,
  ) {}

  serve(): Promise<number> {
    const { connection } = this;
    connection.onInitialize((parameters) => {
      this.#folders = foldersOf(parameters);
      this.#canWatch =
        parameters.capabilities?.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
      return {
        capabilities: {
          textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        },
        serverInfo: { name: 'entail' },
      };
    });
    connection.onInitialized(() => {
      if (this.#canWatch) this.#watch();
      this.#enqueue(() => this.#openFolders());
    });
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#enqueue(async () => {
        for (const { uri } of changes) {
          const file = fileOf(uri);
          const found = file === null ? null : this.#find(file);
          await found?.project.changedOnDisk(found.path);
        }
      }),
    );
    this.#documents.onDidChangeContent(({ document }) =>
      this.#enqueue(async () => {
        const found = await this.#findOrOpen(document.uri);
        found?.project.edit(found.path, document.getText());
      }),
    );
    this.#documents.onDidClose(({ document }) =>
      this.#enqueue(async () => {
        const file = fileOf(document.uri);
        const found = file === null ? null : this.#find(file);
        await found?.project.close(found.path);
      }),
    );
    this.#documents.listen(connection);
    registerViews(connection, this.#viewSource());
    return new Promise((resolve) => {
      let status = 1;
      connection.onShutdown(() => {
        status = 0;
        clearTimeout(this.#timer);
      });
      connection.onExit(() => resolve(status));
      connection.listen();
    });
  }

  /** Runs a step after those before it, then publishes; a step that fails is logged, and the server goes on. */
  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue
      .then(step)
      .catch((error: unknown) => this.#log(error))
      .then(() => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          this.#queue = this.#queue.then(() => this.#publish()).catch((error: unknown) => this.#log(error));
        }, this.options.pause);
      });
  }

  async #publish(): Promise<void> {
    const asOf = dayOf(this.options.today());
    for (const project of this.#projects.values()) {
      const addresses = { uriOf: (file: string) => this.#uriOf(project, file), pages: this.options.pages };
      const byFile = new Map<string, ReturnType<typeof toDiagnostic>[]>();
      for (const finding of await project.findings(asOf)) {
        const list = byFile.get(finding.file) ?? [];
        list.push(toDiagnostic(finding, addresses));
        byFile.set(finding.file, list);
      }
      const shown = this.#shown.get(project) ?? new Map<string, string>();
      for (const file of shown.keys()) if (!byFile.has(file)) byFile.set(file, []);
      for (const [file, diagnostics] of byFile) {
        const text = JSON.stringify(diagnostics);
        if (shown.get(file) === text) continue;
        if (diagnostics.length > 0) shown.set(file, text);
        else shown.delete(file);
        await this.connection.sendDiagnostics({ uri: addresses.uriOf(file), diagnostics });
      }
      this.#shown.set(project, shown);
    }
  }

  #viewSource(): ViewSource {
    const viewed = async (project: Project): Promise<ViewedProject | null> => {
      const snapshot = await project.snapshot(dayOf(this.options.today()));
      return snapshot && { snapshot, uriOf: (path) => this.#uriOf(project, path) };
    };
    return {
      projectOf: async (uri) => {
        await this.#queue;
        const file = fileOf(uri);
        const found = file === null ? null : this.#find(file);
        const project = found && (await viewed(found.project));
        return project && { ...project, path: found.path };
      },
      projects: async () => {
        await this.#queue;
        const all = await Promise.all([...this.#projects.values()].map(viewed));
        return all.filter((project) => project !== null);
      },
    };
  }

  /** A project for the entail.jsonc above each folder, else for every one below it, else for the folder itself. */
  async #openFolders(): Promise<void> {
    for (const folder of this.#folders) {
      const above = await this.#rootAbove(folder);
      if (above !== null) this.#open(above);
      else {
        const configs = await this.services.host.readAll(folder, compileGlobs([`**/${CONFIG_FILE}`]));
        for (const config of configs) this.#open(join(folder, dirname(config.path)));
        if (configs.length === 0) this.#open(folder);
      }
    }
  }

  #open(root: string): Project {
    const known = this.#projects.get(root);
    if (known) return known;
    const project = new Project(root, this.services);
    this.#projects.set(root, project);
    return project;
  }

  /** The innermost project that a file belongs to. */
  #find(file: string): { project: Project; path: string } | null {
    let best: { project: Project; path: string } | null = null;
    for (const project of this.#projects.values()) {
      const path = project.pathOf(file);
      if (path !== null && (best === null || path.length < best.path.length)) best = { project, path };
    }
    return best;
  }

  async #findOrOpen(uri: string): Promise<{ project: Project; path: string } | null> {
    const file = fileOf(uri);
    if (file === null) return null;
    const found = this.#find(file);
    if (found) return found;
    const project = this.#open((await this.#rootAbove(dirname(file))) ?? dirname(file));
    const path = project.pathOf(file);
    return path === null ? null : { project, path };
  }

  async #rootAbove(start: string): Promise<string | null> {
    for (let folder = start; ; folder = dirname(folder)) {
      if ((await this.services.host.kindOf(join(folder, CONFIG_FILE))) !== 'missing') return folder;
      if (dirname(folder) === folder) return null;
    }
  }

  /** The address that the editor itself uses for an open file: two spellings of one would be two files to it. */
  #uriOf(project: Project, file: string): string {
    const full = join(project.root, file);
    const open = this.#documents.keys().find((uri) => fileOf(uri) === full);
    return open ?? URI.file(full).toString();
  }

  #watch(): void {
    const watchers = [{ globPattern: '**/*.{change,rules,yaml,yml}' }, { globPattern: `**/${CONFIG_FILE}` }];
    this.connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error: unknown) => this.#log(error));
  }

  #log(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.connection.console.error(`internal fault: ${message}. Please report it.`);
  }
}

function foldersOf(parameters: InitializeParams): string[] {
  const folders = parameters.workspaceFolders?.map((folder) => folder.uri) ?? [];
  const root = folders.length === 0 && parameters.rootUri ? [parameters.rootUri] : folders;
  return root.flatMap((uri) => fileOf(uri) ?? []);
}

/** The path of a file on disk; null for texts that are none (untitled, a version in Git). */
function fileOf(uri: string): string | null {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : null;
}

/** Days since 1970-01-01, where the user is. */
function dayOf(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
