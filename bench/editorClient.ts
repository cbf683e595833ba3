/** The side of an editor: starts the language server as a process of its own and speaks the protocol with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  Position,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';

/** The server as it is shipped, seen from the folder that this file is compiled into. */
const SERVER = fileURLToPath(new URL('../../dist/entail.cjs', import.meta.url));

/** What Visual Studio Code says of itself, as far as it decides what the server does. */
const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    diagnostic: {},
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  window: { workDoneProgress: true },
};

/** An edit of a text: what begins at an offset and is so long is replaced. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** An editor with a workspace folder open, and documents in it. */
export class EditorClient {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #documents = new Map<string, { text: string; version: number }>();
  readonly #ended: Promise<void>;

  /** `asOf` is the day on which everything is judged. */
  constructor(
    readonly root: string,
    asOf: string,
  ) {
    this.#process = spawn(process.execPath, [SERVER, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    const connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout!),
      new StreamMessageWriter(this.#process.stdin!),
    );
    connection.onRequest('workspace/configuration', () => [{ asOf }]);
    for (const method of [
      'window/workDoneProgress/create',
      'workspace/diagnostic/refresh',
      'client/registerCapability',
    ])
      connection.onRequest(method, () => null);
    connection.onNotification('window/logMessage', ({ message }: { message: string }): void => {
      process.stderr.write(`${message}\n`);
    });
    connection.listen();
    this.#connection = connection;
  }

  async start(): Promise<void> {
    const folder = { uri: this.uri(''), name: 'benchmark' };
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities: CAPABILITIES,
    });
    this.#tell('initialized', {});
  }

  /** Says goodbye and waits until the server is gone. */
  async stop(): Promise<void> {
    await this.#connection.sendRequest('shutdown');
    this.#tell('exit', undefined);
    await this.#ended;
    this.#connection.dispose();
  }

  open(path: string, text: string): void {
    this.#documents.set(path, { text, version: 1 });
    const languageId = path.endsWith('.change') ? 'entail-change' : 'yaml';
    this.#tell('textDocument/didOpen', {
      textDocument: { uri: this.uri(path), languageId, version: 1, text },
    });
  }

  textOf(path: string): string {
    return this.#documents.get(path)!.text;
  }

  /** Edits a document as a keystroke does: only what changes is sent. */
  edit(path: string, { offset, length, text }: TextEdit): void {
    const document = this.#documents.get(path)!;
    const before = document.text;
    const range = { start: positionIn(before, offset), end: positionIn(before, offset + length) };
    document.text = before.slice(0, offset) + text + before.slice(offset + length);
    document.version++;
    this.#tell('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version: document.version },
      contentChanges: [{ range, text }],
    });
  }

  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.#connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: this.uri(path) },
    });
    // No earlier result was named, so that nothing can be left out as unchanged.
    if (report.kind !== 'full') throw new Error(`The diagnostics of ${path} came as ${report.kind}.`);
    return report.items;
  }

  /** What the whole workspace has, once all of it was gone through, taken in parts as VS Code does; the number of diagnostics. */
  async workspaceDiagnostics(): Promise<number> {
    let count = 0;
    const take = ({ items }: WorkspaceDiagnosticReport): void => {
      for (const item of items) if (item.kind === 'full') count += item.items.length;
    };
    const partialResultToken = 'everything';
    const parts = this.#connection.onProgress(
      WorkspaceDiagnosticRequest.partialResult,
      partialResultToken,
      take,
    );
    take(
      await this.#connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
        partialResultToken,
      }),
    );
    parts.dispose();
    return count;
  }

  /** The number of things that are offered at a place. */
  async completion(path: string, offset: number): Promise<number> {
    const given = await this.#connection.sendRequest<CompletionList | CompletionItem[] | null>(
      'textDocument/completion',
      this.#place(path, offset),
    );
    return given === null ? 0 : (Array.isArray(given) ? given : given.items).length;
  }

  hover(path: string, offset: number): Promise<Hover | null> {
    return this.#connection.sendRequest<Hover | null>('textDocument/hover', this.#place(path, offset));
  }

  /** What an editor shows beside a text besides its diagnostics and asks for again after every keystroke. */
  async surroundings(path: string): Promise<void> {
    const textDocument = { uri: this.uri(path) };
    const end = positionIn(this.textOf(path), this.textOf(path).length);
    const whole = { textDocument, range: { start: { line: 0, character: 0 }, end } };
    await Promise.all([
      this.#connection.sendRequest('textDocument/semanticTokens/full', { textDocument }),
      this.#connection.sendRequest('textDocument/inlayHint', whole),
      this.#connection.sendRequest('textDocument/codeLens', { textDocument }),
      this.#connection.sendRequest('textDocument/documentSymbol', { textDocument }),
      this.#connection.sendRequest('textDocument/foldingRange', { textDocument }),
      this.#connection.sendRequest('textDocument/documentLink', { textDocument }),
      this.#connection.sendRequest('entail/status', { uri: textDocument.uri, position: end }),
    ]);
  }

  /** The list of everything that is owed, of all records, as the view in the activity bar asks for it. */
  obligations(): Promise<unknown> {
    return this.#connection.sendRequest('entail/obligations');
  }

  /** The most memory that the server has had so far, in megabytes (1024 × 1024 bytes); null where the system doesn't tell. */
  peakMemory(): number | null {
    if (process.platform !== 'linux') return null;
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  }

  uri(path: string): string {
    return pathToFileURL(`${this.root}/${path}`).href.replace(/\/$/, '');
  }

  #place(path: string, offset: number): object {
    return { textDocument: { uri: this.uri(path) }, position: positionIn(this.textOf(path), offset) };
  }

  #tell(method: string, parameters: object | undefined): void {
    void this.#connection.sendNotification(method, parameters);
  }
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return { line, character: offset - (before.lastIndexOf('\n') + 1) };
}
