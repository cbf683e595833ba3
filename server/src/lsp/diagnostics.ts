import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  type ProgressToken,
  ResponseError,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { sameItems } from '../base/lists.js';
import type { Finding } from '../checks/finding.js';
import { CONFIG_FILE } from '../workspace/config.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { Addresses } from './addresses.js';
import { toDiagnostic } from './convert.js';
import { Stretch, takeTurns } from './pause.js';
import { ShownProgress, warn } from './progress.js';
import type { Project } from './project.js';
import type { Member } from './projects.js';

/** How the client gets its diagnostics: it asks for them, or it is told. */
export interface DiagnosticsMode {
  readonly pulls: boolean;
  /** A client that asks can be told to ask again. */
  readonly canRefresh: boolean;
  readonly showsProgress: boolean;
}

export interface DiagnosticsSource {
  readonly addresses: Addresses;
  projects(): readonly Project[];
  /** The project of a document, after every change that was told so far; null for a document of none. */
  memberOf(uri: string): Promise<Member | null>;
  /** Resolves once every change that was told so far is in, and every file of every project. */
  complete(): Promise<void>;
  /** The open documents: their projects and paths. */
  open(): readonly Member[];
  versionOf(uri: string): number | null;
  log(error: unknown): void;
}

export interface DiagnosticsOptions {
  /** Milliseconds without a change before the files that are not open are gone through. */
  readonly pause: number;
  /** Distinguishes the results of this session from those that a client remembers of another. */
  readonly session: string;
}

type ByFile = ReadonlyMap<string, readonly Finding[]>;

/**
 * Every finding of every file as a diagnostic. Open records come first; the rest follows in short stretches,
 * between which other requests have their turn.
 */
export class Diagnostics {
  /** What every project had when it was last gone through as a whole. */
  readonly #latest = new Map<Project, ByFile>();
  /** What was pushed and still shows. */
  readonly #pushed = new Map<Project, Map<string, Shown>>();
  readonly #results = new Map<
    Project,
    Map<string, { readonly findings: readonly Finding[]; readonly id: string }>
  >();
  /** The files that were open when a project was last gone through. */
  readonly #openBefore = new Map<Project, readonly string[]>();
  readonly #edited = new Set<string>();
  readonly #told = new Set<string>();
  #mode: DiagnosticsMode = { pulls: false, canRefresh: false, showsProgress: false };
  /** A client that asks for whole workspaces needs no file pushed. */
  #asksForWorkspace = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  #resultCount = 0;
  #isQuickPlanned = false;
  #isStopped = false;
  #waiting: (() => void)[] = [];

  constructor(
    readonly connection: Connection,
    readonly source: DiagnosticsSource,
    readonly options: DiagnosticsOptions,
  ) {
    connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
      this.#document(textDocument.uri, previousResultId, token),
    );
    // Asked for by its own name: `languages.diagnostics` keeps the token to itself, and doesn't tell when a part was taken.
    connection.onRequest(WorkspaceDiagnosticRequest.type, (parameters, token) =>
      this.#workspace(parameters, token),
    );
  }

  begin(mode: DiagnosticsMode): void {
    this.#mode = mode;
  }

  stop(): void {
    this.#isStopped = true;
    this.#run++;
    clearTimeout(this.#timer);
    this.#wake();
  }

  /** A document was edited: whoever pulls asks for it by himself. */
  edited(uri: string): void {
    this.#edited.add(uri);
  }

  /** Something has changed: open records are shown at once, everything else when no further change follows. */
  changed(): void {
    if (this.#isStopped) return;
    const run = ++this.#run;
    if (!this.#mode.pulls && !this.#isQuickPlanned) {
      this.#isQuickPlanned = true;
      void this.#pushOpen();
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pass(run).catch((error: unknown) => this.source.log(error));
    }, this.options.pause);
  }

  /** A project is no longer open: nothing of it is shown any more. */
  closed(project: Project): void {
    for (const path of [...(this.#pushed.get(project)?.keys() ?? [])]) void this.#push(project, path, []);
    this.#pushed.delete(project);
    this.#latest.delete(project);
    this.#openBefore.delete(project);
    this.#results.delete(project);
    this.#wake();
  }

  async #pushOpen(): Promise<void> {
    // Keystrokes that came in together are one change.
    await takeTurns();
    this.#isQuickPlanned = false;
    try {
      for (const { project, path } of this.source.open()) {
        const snapshot = project.snapshot;
        if (snapshot?.file(path)?.kind === 'changes')
          void this.#push(project, path, snapshot.findingsOf(path));
      }
    } catch (error) {
      this.source.log(error);
    }
  }

  async #pass(run: number): Promise<void> {
    const isOver = (): boolean => run !== this.#run;
    await this.source.complete();
    if (isOver()) return;
    let isNews = false;
    for (const project of this.source.projects()) {
      const byFile = await this.#findings(project, isOver);
      if (isOver()) return;
      if (!byFile) continue;
      isNews = (await this.#settle(project, byFile, isOver)) || isNews;
      if (isOver()) return;
    }
    this.#edited.clear();
    if (isNews && this.#mode.pulls && this.#mode.canRefresh) this.connection.languages.diagnostics.refresh();
    this.#wake();
  }

  /**
   * Takes in what a whole project has; whether a client that pulls has to be told of it. What has to be sent is sent
   * in stretches, and no faster than the client takes it. Given up half-way, it is begun again.
   */
  async #settle(project: Project, byFile: ByFile, isOver: () => boolean): Promise<boolean> {
    const before = this.#latest.get(project);
    const changed = changedPaths(before, byFile);
    const open = this.source.open().flatMap((one) => (one.project === project ? [one.path] : []));
    const stretch = new Stretch();
    // What an earlier pass had sent when it was given up is known only from what shows.
    const outdated = [...(this.#pushed.get(project) ?? [])].flatMap(([path, shown]) =>
      byFile.get(path) === shown.findings ? [] : [path],
    );
    const paths = [...changed, ...outdated, ...open, ...(this.#openBefore.get(project) ?? [])];
    for (const path of new Set(paths)) {
      const isPushed = !this.#mode.pulls || this.#pushesThough(project, path);
      await this.#push(project, path, isPushed ? (byFile.get(path) ?? []) : []);
      if (stretch.isOver) await stretch.rest();
      if (isOver()) return false;
    }
    this.#latest.set(project, byFile);
    this.#openBefore.set(project, open);
    this.#tell(project, byFile);
    return changed.some((path) => !this.#edited.has(this.source.addresses.ofFile(project, path)));
  }

  /** Clients that pull open documents only would never show what is found in the others. */
  #pushesThough(project: Project, path: string): boolean {
    const isOpen = this.source.open().some((one) => one.project === project && one.path === path);
    return !this.#asksForWorkspace && !isOpen;
  }

  /** Everything that is found in a project, worked out in stretches; null where that was given up. */
  async #findings(project: Project, isOver: () => boolean): Promise<ByFile | null> {
    const progress = this.#latest.has(project)
      ? null
      : new ShownProgress(this.connection, this.#mode.showsProgress, 'Entail: checking the records');
    try {
      for (;;) {
        const snapshot = project.snapshot;
        if (!snapshot || isOver()) return null;
        const stretch = new Stretch();
        let isCurrent = true;
        for (const { done, total } of snapshot.checkRecords()) {
          if (!stretch.isOver) continue;
          progress?.report(done, total, 'records');
          await stretch.rest();
          if (isOver()) return null;
          // What changed meanwhile is gone through again; what did not is known by now.
          isCurrent = project.snapshot === snapshot;
          if (!isCurrent) break;
        }
        if (isCurrent) return snapshot.findingsByFile();
      }
    } finally {
      progress?.done();
    }
  }

  /** Resolves once the client has what was sent; nothing is sent where the same shows already. */
  async #push(project: Project, path: string, findings: readonly Finding[]): Promise<void> {
    const uri = this.source.addresses.ofFile(project, path);
    const shown = this.#pushed.get(project) ?? new Map<string, Shown>();
    this.#pushed.set(project, shown);
    const before = shown.get(path);
    if (before && before.uri !== uri) void this.#send(before.uri, []);
    const isShown = before?.uri === uri ? sameItems(before.findings, findings) : findings.length === 0;
    if (isShown) return;
    if (findings.length > 0) shown.set(path, { uri, findings });
    else shown.delete(path);
    await this.#send(uri, this.#diagnostics(project, findings));
  }

  #send(uri: string, diagnostics: Diagnostic[]): Promise<void> {
    const version = this.source.versionOf(uri);
    const parameters = version === null ? { uri, diagnostics } : { uri, version, diagnostics };
    return this.connection.sendDiagnostics(parameters).catch((error: unknown) => this.source.log(error));
  }

  #diagnostics(project: Project, findings: readonly Finding[]): Diagnostic[] {
    const { addresses } = this.source;
    return findings.map((finding) =>
      toDiagnostic(finding, (file) => addresses.uriOf(project, file), addresses.pages),
    );
  }

  async #document(
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const member = await this.source.memberOf(uri);
    stopIfCancelled(token);
    const snapshot = member?.project.snapshot;
    if (!member || !snapshot) return { kind: 'full', items: [] };
    const { project, path } = member;
    void this.#push(project, path, []);
    const findings = await this.#findingsOf(project, snapshot, path, token);
    stopIfCancelled(token);
    const resultId = this.#resultId(project, path, findings);
    if (resultId === previous) return { kind: 'unchanged', resultId };
    return { kind: 'full', resultId, items: this.#diagnostics(project, findings) };
  }

  /** Records are known at once; what is found in a file of the registry may come from any record. */
  async #findingsOf(
    project: Project,
    snapshot: Snapshot,
    path: string,
    token: CancellationToken,
  ): Promise<readonly Finding[]> {
    if (snapshot.file(path)?.kind === 'changes') return snapshot.findingsOf(path);
    await this.source.complete();
    const byFile = await this.#findings(project, () => token.isCancellationRequested);
    return byFile?.get(path) ?? [];
  }

  async #workspace(
    { previousResultIds, partialResultToken }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    const isFirst = !this.#asksForWorkspace;
    this.#asksForWorkspace = true;
    await this.source.complete();
    if (isFirst)
      for (const [project, shown] of this.#pushed)
        for (const path of [...shown.keys()]) void this.#push(project, path, []);
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
    for (;;) {
      const news = new Promise<void>((resolve) => this.#waiting.push(resolve));
      const reports = new Reports(this.connection, partialResultToken);
      const current = new Set<string>();
      for (const project of this.source.projects()) {
        const byFile = await this.#findings(project, () => token.isCancellationRequested);
        for (const [path, findings] of byFile ?? []) {
          const uri = this.source.addresses.ofFile(project, path);
          current.add(uri);
          const resultId = this.#resultId(project, path, findings);
          // Of a file of which nothing new is said, what the client has stays.
          if (previous.get(uri) === resultId) continue;
          const version = this.source.versionOf(uri);
          const items = this.#diagnostics(project, findings);
          await reports.add({ kind: 'full', uri, version, resultId, items });
          stopIfCancelled(token);
        }
      }
      for (const uri of previous.keys())
        if (!current.has(uri))
          await reports.add({ kind: 'full', uri, version: this.source.versionOf(uri), items: [] });
      await reports.finish();
      stopIfCancelled(token);
      // A client asks again as soon as it is answered, so an answer without news is kept back until there are some.
      if (isFirst || this.#isStopped || reports.count > 0) return { items: reports.rest };
      await Promise.race([news, cancelled]);
      stopIfCancelled(token);
    }
  }

  #resultId(project: Project, path: string, findings: readonly Finding[]): string {
    const known = this.#results.get(project) ?? new Map();
    this.#results.set(project, known);
    const before = known.get(path);
    if (before && sameItems(before.findings, findings)) return before.id;
    const id = `${this.options.session}-${++this.#resultCount}`;
    known.set(path, { findings, id });
    return id;
  }

  /** Says once, and again only after it was mended, that nothing can be relied on while these files are broken. */
  #tell(project: Project, byFile: ByFile): void {
    const files = new Set([CONFIG_FILE, ...byFile.keys(), ...this.#told]);
    for (const path of files) {
      if (path !== CONFIG_FILE && !path.endsWith('.rules')) continue;
      const fault = byFile
        .get(path)
        ?.find(({ severity, code }) => severity === 'error' && /^(?:syntax$|rules\/)/.test(code));
      const key = `${project.root} ${path}`;
      if (!fault) this.#told.delete(key);
      else if (!this.#told.has(key)) {
        this.#told.add(key);
        const line = fault.range.start.line + 1;
        warn(
          this.connection,
          `${path}, line ${line}: ${fault.message} What it says there does not count until it is mended.`,
        );
      }
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** What a client that asks for a whole workspace is told: in parts, where it takes them, so that no answer is ever large. */
class Reports {
  readonly #stretch = new Stretch();
  #items: WorkspaceDocumentDiagnosticReport[] = [];
  count = 0;

  constructor(
    readonly connection: Connection,
    readonly token: ProgressToken | undefined,
  ) {}

  /** What was not sent yet. */
  get rest(): WorkspaceDocumentDiagnosticReport[] {
    return this.#items;
  }

  async add(report: WorkspaceDocumentDiagnosticReport): Promise<void> {
    this.#items.push(report);
    this.count++;
    if (this.token === undefined) {
      if (this.#stretch.isOver) await this.#stretch.rest();
    } else if (this.#items.length === FILES_IN_A_PART) await this.#send(this.token);
  }

  async finish(): Promise<void> {
    if (this.token !== undefined && this.#items.length > 0) await this.#send(this.token);
  }

  async #send(token: ProgressToken): Promise<void> {
    const items = this.#items;
    this.#items = [];
    await this.connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, token, { items });
    await this.#stretch.rest();
  }
}

const FILES_IN_A_PART = 10;

interface Shown {
  readonly uri: string;
  readonly findings: readonly Finding[];
}

/** The paths of the files in which something else is found than before. */
function changedPaths(before: ByFile | undefined, now: ByFile): readonly string[] {
  if (before === now) return [];
  const changed = [...now].flatMap(([path, findings]) => (before?.get(path) === findings ? [] : [path]));
  for (const path of before?.keys() ?? []) if (!now.has(path)) changed.push(path);
  return changed;
}

function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    // Not as if the server had given up: an editor that takes a question back to ask it again would not ask again.
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The editor no longer wants to know.');
}
