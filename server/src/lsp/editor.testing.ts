import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { ClientCapabilities, Diagnostic, InitializeResult } from 'vscode-languageserver';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  type Message,
  type MessageReader,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';
import { CLONE, testServices } from '../testing.js';
import { faultsOfParameters, faultsOfResult } from './protocol.testing.js';
import { startServer } from './server.js';

/** The day on which the tests take place. */
export const TODAY = new Date(2026, 10, 22, 12);

/** What Visual Studio Code says of itself, as far as it matters here. */
export const ABLE: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    completion: { completionItem: { snippetSupport: true, preselectSupport: true } },
    definition: { linkSupport: true },
    diagnostic: {},
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  window: { workDoneProgress: true },
};

/** An editor that talks to a server through two streams; every message there and back is held to the protocol. */
export class Editor {
  readonly shown = new Map<string, Diagnostic[]>();
  readonly registered: string[] = [];
  readonly messages: string[] = [];
  readonly progress: string[] = [];
  readonly faults: string[] = [];
  readonly connection: ProtocolConnection;
  settings: Record<string, unknown> = {};
  refreshed = 0;
  answer!: InitializeResult;
  readonly #versions = new Map<string, number>();
  #waiting: (() => void)[] = [];

  constructor(readonly capabilities: ClientCapabilities = {}) {
    const there = new PassThrough();
    const back = new PassThrough();
    const server = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
    const options = {
      today: () => TODAY,
      pages: 'file:///docs/findings/',
      packs: URI.file(`${CLONE}/server/packs/`).toString(),
      pause: 2,
    };
    void startServer(server, testServices, options);
    this.connection = createProtocolConnection(this.#checked(back), new StreamMessageWriter(there));
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      this.shown.set(uri, diagnostics);
      this.#wake();
    });
    connection.onNotification('window/showMessage', ({ message }) => {
      this.messages.push(message);
      this.#wake();
    });
    connection.onNotification('window/logMessage', ({ message }) => void this.faults.push(message));
    connection.onNotification('$/progress', ({ value }) => void this.progress.push(value.kind));
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshed++;
      this.#wake();
      return null;
    });
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { method } of registrations) this.registered.push(method);
      return null;
    });
    connection.onRequest('workspace/configuration', () => [this.settings]);
    connection.listen();
  }

  async open(...folders: string[]): Promise<void> {
    const workspaceFolders = folders.map((folder) => ({ uri: URI.file(folder).toString(), name: 'test' }));
    this.answer = await this.ask('initialize', {
      processId: null,
      rootUri: workspaceFolders[0]?.uri ?? null,
      capabilities: this.capabilities,
      workspaceFolders,
    });
    await this.tell('initialized', {});
  }

  async tell(method: string, parameters: object): Promise<void> {
    this.faults.push(...faultsOfParameters(method, parameters));
    await this.connection.sendNotification(method, parameters);
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a request gives is checked against the protocol instead.
  async ask(method: string, parameters: object): Promise<any> {
    this.faults.push(...faultsOfParameters(method, parameters));
    const result = await this.connection.sendRequest(method, parameters);
    this.faults.push(...faultsOfResult(method, result));
    return result;
  }

  show(file: string, text: string): Promise<void> {
    const uri = URI.file(file).toString();
    this.#versions.set(uri, 1);
    const languageId = file.endsWith('.rules') ? 'entail-rules' : 'entail-change';
    return this.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  type(file: string, text: string): Promise<void> {
    const uri = URI.file(file).toString();
    const version = (this.#versions.get(uri) ?? 1) + 1;
    this.#versions.set(uri, version);
    return this.tell('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  hide(file: string): Promise<void> {
    return this.tell('textDocument/didClose', { textDocument: { uri: URI.file(file).toString() } });
  }

  /** Says of files that they were made (1), changed (2) or deleted (3) on disk. */
  onDisk(type: 1 | 2 | 3, ...files: string[]): Promise<void> {
    const changes = files.map((file) => ({ uri: URI.file(file).toString(), type }));
    return this.tell('workspace/didChangeWatchedFiles', { changes });
  }

  /** Waits until something holds that messages of the server make true. */
  async settled(until: () => boolean): Promise<void> {
    while (!until()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  codes(file: string): unknown[] {
    return (this.shown.get(URI.file(file).toString()) ?? []).map((one) => one.code);
  }

  /** Says goodbye, and that no message was amiss. */
  async close(): Promise<void> {
    await this.ask('shutdown', undefined as unknown as object);
    this.connection.dispose();
    assert.deepEqual(this.faults, []);
  }

  #checked(stream: PassThrough): MessageReader {
    const reader = new StreamMessageReader(stream);
    const listen = reader.listen.bind(reader);
    reader.listen = (callback) =>
      listen((message: Message & { method?: string; params?: unknown }) => {
        if (message.method) this.faults.push(...faultsOfParameters(message.method, message.params));
        callback(message);
      });
    return reader;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
