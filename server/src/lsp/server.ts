import { basename, join } from 'node:path';
import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../ide/tokens.js';
import { CONFIG_FILE } from '../workspace/config.js';
import { VERSION } from '../workspace/version.js';
import { Addresses, fileOf } from './addresses.js';
import { Diagnostics } from './diagnostics.js';
import { ACTION_KINDS } from './editing.js';
import { registerFeatures, type View } from './features.js';
import { takeTurns } from './pause.js';
import { ShownProgress, warn } from './progress.js';
import type { LanguageServices, Project } from './project.js';
import { type Member, Projects } from './projects.js';
import { ShownTokens } from './semanticTokens.js';
import { DEFAULT_SETTINGS, pullSettings, readSettings, type Settings } from './settings.js';
import { registerViews } from './views.js';

export interface ServerOptions {
  /** The clock, for the day as of which everything is judged. */
  today(): Date;
  /** Where the pages of the findings are, as a URL with a `/` at the end. */
  readonly pages: string;
  /** Where the packs that ship with Entail are, as a URL with a `/` at the end; absent where no editor can open them. */
  readonly packs?: string;
  /** Milliseconds: files that are not open are gone through once an author pauses so long. */
  readonly pause: number;
}

/** Serves an editor. Resolves when it says goodbye, with the exit status of a process. */
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
  readonly #projects: Projects;
  readonly #addresses: Addresses;
  readonly #tokens = new ShownTokens();
  readonly #diagnostics: Diagnostics;
  #capabilities: ClientCapabilities = {};
  #settings: Settings = DEFAULT_SETTINGS;
  #settingsFault: string | null = null;
  /** Everything that touches the projects happens one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(
    readonly connection: Connection,
    readonly services: LanguageServices,
    readonly options: ServerOptions,
  ) {
    this.#projects = new Projects(services);
    this.#addresses = new Addresses(options.pages, options.packs ?? null);
    this.#diagnostics = new Diagnostics(
      connection,
      {
        addresses: this.#addresses,
        projects: () => this.#projects.all,
        memberOf: (uri) => this.#memberOf(uri),
        complete: () => this.#complete(),
        open: () => this.#openMembers(),
        versionOf: (uri) => this.#documents.get(uri)?.version ?? null,
        log: (error) => this.#log(error),
      },
      { pause: options.pause, session: String(options.today().getTime()) },
    );
  }

  serve(): Promise<number> {
    const { connection } = this;
    let folders: string[] = [];
    connection.onInitialize((parameters) => {
      this.#capabilities = parameters.capabilities ?? {};
      folders = foldersOf(parameters);
      this.#take(parameters.initializationOptions);
      const { textDocument, workspace, window } = this.#capabilities;
      this.#diagnostics.begin({
        pulls: textDocument?.diagnostic !== undefined,
        canRefresh: workspace?.diagnostics?.refreshSupport === true,
        showsProgress: window?.workDoneProgress === true,
      });
      return { capabilities: CAPABILITIES, serverInfo: { name: 'entail', version: VERSION } };
    });
    connection.onInitialized(() => {
      this.#register();
      this.#enqueue(async () => {
        await this.#pullSettings();
        await this.#openFolders(folders);
      });
    });
    this.#listenToChanges();
    this.#listenToDocuments();
    const source = {
      capabilities: () => this.#capabilities,
      viewOf: (uri: string) => this.#viewOf(uri),
      views: () => this.#views(),
      textOf: (uri: string) => this.#documents.get(uri)?.getText() ?? null,
      versionOf: (uri: string) => this.#documents.get(uri)?.version ?? null,
    };
    registerFeatures(connection, source, this.#tokens);
    registerViews(connection, {
      projectOf: async (uri) => {
        const view = await this.#viewOf(uri);
        return view && { snapshot: view.snapshot, path: view.path, uriOf: view.addressOf };
      },
      projects: async () =>
        (await this.#views()).map(({ snapshot, addressOf }) => ({ snapshot, uriOf: addressOf })),
    });
    return new Promise((resolve) => {
      let status = 1;
      connection.onShutdown(() => {
        status = 0;
        this.#diagnostics.stop();
      });
      connection.onExit(() => resolve(status));
      connection.listen();
    });
  }

  #listenToChanges(): void {
    const { connection } = this;
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#onDisk(
        changes.map(({ uri }) => uri),
        changes.some(({ uri, type }) => type !== 2 && isConfiguration(uri)),
      ),
    );
    // Not every client watches files; what it does to them itself it can tell.
    const { workspace } = connection;
    const moved = (uris: readonly string[]): void => this.#onDisk(uris, uris.some(isConfiguration));
    workspace.onDidCreateFiles(({ files }) => moved(files.map(({ uri }) => uri)));
    workspace.onDidDeleteFiles(({ files }) => moved(files.map(({ uri }) => uri)));
    workspace.onDidRenameFiles(({ files }) => moved(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])));
    connection.onNotification('workspace/didChangeWorkspaceFolders', ({ event }: FoldersChange) => {
      const gone = new Set(event.removed.map(({ uri }) => fileOf(uri)));
      this.#enqueue(() => {
        const kept = this.#projects.folders.filter((folder) => !gone.has(folder));
        return this.#openFolders([...kept, ...event.added.flatMap(({ uri }) => fileOf(uri) ?? [])]);
      });
    });
    connection.onDidChangeConfiguration(({ settings }: { settings: { entail?: unknown } | null }) =>
      this.#enqueue(async () => {
        if (this.#capabilities.workspace?.configuration === true) await this.#pullSettings();
        else this.#take(settings?.entail);
      }),
    );
  }

  #listenToDocuments(): void {
    const documents = this.#documents;
    documents.onDidOpen(({ document }) => this.#addresses.opened(document.uri));
    documents.onDidChangeContent(({ document }) => {
      this.#diagnostics.edited(document.uri);
      // The text of now: by its turn the document may have changed further, and then there is another step for that.
      const text = document.getText();
      this.#enqueue(() => this.#edit(document.uri, text));
    });
    documents.onDidClose(({ document }) => {
      const { uri } = document;
      this.#addresses.closed(uri);
      this.#tokens.forget(uri);
      this.#enqueue(async () => {
        const file = fileOf(uri);
        const member = file === null || this.#isOpen(file) ? null : this.#projects.find(file);
        await member?.project.close(member.path);
        if (member && this.#projects.closeIfUnused(member.project)) this.#diagnostics.closed(member.project);
      });
    });
    documents.listen(this.connection);
  }

  /** Runs a step after those before it, then reads what has to be read; a step that fails is logged, and the server goes on. */
  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue
      .then(step)
      .then(() => this.#readAll())
      .catch((error: unknown) => this.#log(error))
      .then(() => this.#diagnostics.changed());
  }

  async #readAll(): Promise<void> {
    const asOf = this.#settings.asOf ?? dayOf(this.options.today());
    for (const project of this.#projects.all) {
      if (!project.mustRead(asOf)) continue;
      const canShow = this.#capabilities.window?.workDoneProgress === true;
      const progress = new ShownProgress(this.connection, canShow, 'Entail: reading the workspace');
      try {
        await project.read(asOf, () => this.#textsIn(project));
      } finally {
        if (!project.isPartial) progress.done();
      }
      if (project.isPartial) this.#readOn(project, progress);
    }
  }

  /** Takes in the rest of a project a stretch at a time; whatever comes in meanwhile has its turn in between. */
  #readOn(project: Project, progress: ShownProgress): void {
    this.#queue = this.#queue
      .then(async () => {
        const { done, total } = project.readOn();
        progress.report(done, total, 'files');
        await takeTurns();
      })
      .catch((error: unknown) => this.#log(error))
      .then(() => {
        if (project.isPartial && this.#projects.all.includes(project)) this.#readOn(project, progress);
        else {
          progress.done();
          this.#diagnostics.changed();
        }
      });
  }

  /** Resolves once every change that was told so far is in, and every file of every project. */
  async #complete(): Promise<void> {
    do await this.#queue;
    while (this.#projects.all.some((project) => project.isPartial));
  }

  /** The texts that the editor shows of a project, those too whose turn has not come. */
  #textsIn(project: Project): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const document of this.#documents.all()) {
      const file = fileOf(document.uri);
      const path = file === null ? null : project.pathOf(file);
      if (path !== null) texts.set(path, document.getText());
    }
    return texts;
  }

  async #edit(uri: string, text: string): Promise<void> {
    const file = fileOf(uri);
    if (file === null || this.#addresses.packOf(uri) !== null) return;
    const member = await this.#projects.findOrOpen(file);
    member?.project.edit(member.path, text);
  }

  #onDisk(uris: readonly string[], reopens: boolean): void {
    this.#enqueue(async () => {
      if (reopens) await this.#openFolders(this.#projects.folders);
      for (const uri of uris) {
        const file = fileOf(uri);
        const member = file === null ? null : this.#projects.find(file);
        await member?.project.changedOnDisk(member.path);
      }
    });
  }

  async #openFolders(folders: readonly string[]): Promise<void> {
    const closed = await this.#projects.openFolders(folders);
    for (const project of closed) this.#diagnostics.closed(project);
    // Documents that were open in what is closed now belong somewhere else.
    for (const document of this.#documents.all()) await this.#edit(document.uri, document.getText());
  }

  #isOpen(file: string): boolean {
    return this.#documents.keys().some((uri) => fileOf(uri) === file);
  }

  #openMembers(): readonly Member[] {
    return this.#documents.keys().flatMap((uri) => {
      const file = fileOf(uri);
      return (file === null ? null : this.#projects.find(file)) ?? [];
    });
  }

  async #memberOf(uri: string): Promise<Member | null> {
    for (;;) {
      const queue = this.#queue;
      await queue;
      const pack = this.#addresses.packOf(uri);
      const file = fileOf(uri);
      const [any] = this.#projects.all;
      const member =
        pack !== null && any
          ? { project: any, path: pack }
          : file === null
            ? null
            : this.#projects.find(file);
      // A step that came in meanwhile may have put the workspace away to read it anew.
      if (!member || member.project.snapshot || queue === this.#queue) return member;
    }
  }

  async #viewOf(uri: string): Promise<(View & { readonly path: string }) | null> {
    await this.#complete();
    const member = await this.#memberOf(uri);
    const view = member && this.#view(member.project);
    return view && { ...view, path: member.path };
  }

  async #views(): Promise<readonly View[]> {
    await this.#complete();
    return this.#projects.all.flatMap((project) => this.#view(project) ?? []);
  }

  #view(project: Project): View | null {
    const { snapshot } = project;
    return (
      snapshot && {
        snapshot,
        uriOf: (path) => this.#addresses.uriOf(project, path),
        addressOf: (path) => this.#addresses.uriOf(project, path) ?? this.#addresses.ofFile(project, path),
        existing: async (paths) => {
          const found = new Set<string>();
          for (const path of paths) {
            const full = join(project.root, path);
            // Nothing outside of the workspace is looked at.
            if (project.pathOf(full) === null) continue;
            if ((await this.services.host.kindOf(full)) === 'file') found.add(path);
          }
          return found;
        },
      }
    );
  }

  async #pullSettings(): Promise<void> {
    if (this.#capabilities.workspace?.configuration !== true) return;
    const given = await pullSettings(this.connection);
    if (given !== null) this.#take(given);
  }

  #take(given: unknown): void {
    const { settings, fault } = readSettings(given);
    this.#settings = settings;
    if (fault !== null && fault !== this.#settingsFault) warn(this.connection, fault);
    this.#settingsFault = fault;
  }

  #register(): void {
    const { workspace } = this.#capabilities;
    const failed = (error: unknown): void => this.#log(error);
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      const watchers = [
        { globPattern: '**/*.{change,rules,yaml,yml}' },
        { globPattern: `**/${CONFIG_FILE}` },
        // A folder that is moved or deleted is one event, under its own name.
        { globPattern: '**/*', kind: CREATED_OR_DELETED },
      ];
      this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
      this.connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'entail' })
        .catch(failed);
  }

  #log(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.connection.console.error(`internal fault: ${message}. Please report it.`);
  }
}

const CREATED_OR_DELETED = 5;

const FILES = { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] };

const CAPABILITIES: ServerCapabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [' ', ':', '"', '/', '.', '>'], resolveProvider: true },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: { label: 'Entail' },
  workspaceSymbolProvider: true,
  documentLinkProvider: {},
  callHierarchyProvider: true,
  codeLensProvider: {},
  inlayHintProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
    full: { delta: true },
    range: true,
  },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
  codeActionProvider: { codeActionKinds: [...ACTION_KINDS] },
  diagnosticProvider: { identifier: 'entail', interFileDependencies: true, workspaceDiagnostics: true },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { didCreate: FILES, didRename: FILES, didDelete: FILES },
  },
};

interface FoldersChange {
  readonly event: {
    readonly added: readonly { readonly uri: string }[];
    readonly removed: readonly { readonly uri: string }[];
  };
}

function foldersOf(parameters: InitializeParams): string[] {
  const folders = parameters.workspaceFolders?.map((folder) => folder.uri) ?? [];
  const root = folders.length === 0 && parameters.rootUri ? [parameters.rootUri] : folders;
  return root.flatMap((uri) => fileOf(uri) ?? []);
}

function isConfiguration(uri: string): boolean {
  const file = fileOf(uri);
  return file !== null && basename(file) === CONFIG_FILE;
}

/** Days since 1970-01-01, where the user is. */
function dayOf(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
