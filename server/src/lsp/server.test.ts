import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Diagnostic } from 'vscode-languageserver';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { createProtocolConnection, type ProtocolConnection } from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';
import { CLONE, runIn, testServices } from '../testing.js';
import { CONFIG_FILE } from '../workspace/config.js';
import { startServer } from './server.js';

const TODAY = new Date(2026, 10, 22, 12);

/** An editor that talks to a server through two streams. */
class Editor {
  readonly shown = new Map<string, Diagnostic[]>();
  readonly #connection: ProtocolConnection;
  #published = 0;
  #waiting: (() => void) | null = null;

  constructor() {
    const there = new PassThrough();
    const back = new PassThrough();
    const server = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
    void startServer(server, testServices, { today: () => TODAY, pages: 'file:///docs/findings/', pause: 5 });
    this.#connection = createProtocolConnection(
      new StreamMessageReader(back),
      new StreamMessageWriter(there),
    );
    this.#connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      this.shown.set(uri, diagnostics);
      this.#published++;
      this.#waiting?.();
    });
    this.#connection.listen();
  }

  async open(folder: string): Promise<void> {
    const rootUri = URI.file(folder).toString();
    await this.#connection.sendRequest('initialize', {
      processId: null,
      rootUri,
      capabilities: {},
      workspaceFolders: [{ uri: rootUri, name: 'test' }],
    });
    await this.tell('initialized', {});
  }

  tell(method: string, parameters: object): Promise<void> {
    return this.#connection.sendNotification(method, parameters);
  }

  /** Waits until the server has said all that it has to say of the last change. */
  async settled(until: () => boolean): Promise<void> {
    while (!until() || this.#published === 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
  }

  codes(file: string): unknown[] {
    return (this.shown.get(URI.file(file).toString()) ?? []).map((one) => one.code);
  }

  async close(): Promise<void> {
    await this.#connection.sendRequest('shutdown');
    this.#connection.dispose();
  }
}

describe('the language server', () => {
  let root: string;
  let editor: Editor;
  const record = (): string => join(root, 'changes/a.change');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'entail-lsp-'));
    put(CONFIG_FILE, '{ "packs": ["us-drugs", "gmp"] }');
    put('registry/all.yaml', 'sites:\n  S-1: { country: DE }\n');
    put('changes/a.change', 'change A { status draft raised: 2026-11-01 }\n');
    editor = new Editor();
  });

  afterEach(async () => {
    await editor.close();
    rmSync(root, { recursive: true, force: true });
  });

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  const textDocument = (): object => ({
    uri: URI.file(record()).toString(),
    languageId: 'entail-change',
    version: 1,
  });
  const edit = (version: number, text: string): Promise<void> =>
    editor.tell('textDocument/didChange', {
      textDocument: { uri: URI.file(record()).toString(), version },
      contentChanges: [{ text }],
    });

  it('publishes findings of closed files, with code, page and severity', async () => {
    await editor.open(root);
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const [first] = editor.shown.get(URI.file(record()).toString())!.filter((one) => one.code === 'syntax');
    assert.equal(first!.severity, 1);
    assert.equal(first!.source, 'entail');
    assert.equal(first!.codeDescription?.href, 'file:///docs/findings/syntax.md');
  });

  it('prefers what is open to what is on disk, and clears what is mended', async () => {
    await editor.open(root);
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const broken = 'change A { status draft raised: 2026-11-01 }\n';
    await editor.tell('textDocument/didOpen', { textDocument: { ...textDocument(), text: broken } });
    await edit(2, 'change A { status: draft raised: 2026-11-01 }\n');
    await editor.settled(() => !editor.codes(record()).includes('syntax'));
    await editor.tell('textDocument/didClose', { textDocument: textDocument() });
    await editor.settled(() => editor.codes(record()).includes('syntax'));
  });

  it('follows the disk: files that come, go and change, and the configuration', async () => {
    await editor.open(root);
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const other = join(root, 'changes/b.change');
    put('changes/b.change', 'change');
    await editor.tell('workspace/didChangeWatchedFiles', {
      changes: [{ uri: URI.file(other).toString(), type: 1 }],
    });
    await editor.settled(() => editor.codes(other).includes('syntax'));
    rmSync(other);
    await editor.tell('workspace/didChangeWatchedFiles', {
      changes: [{ uri: URI.file(other).toString(), type: 3 }],
    });
    await editor.settled(() => editor.codes(other).length === 0);
    put(CONFIG_FILE, '{ "pakcs": [] }');
    const config = join(root, CONFIG_FILE);
    await editor.tell('workspace/didChangeWatchedFiles', {
      changes: [{ uri: URI.file(config).toString(), type: 2 }],
    });
    await editor.settled(() => editor.codes(config).length > 0);
  });

  it('survives documents that are no files, and texts of any kind', async () => {
    await editor.open(root);
    await editor.tell('textDocument/didOpen', {
      textDocument: { uri: 'untitled:Untitled-1', languageId: 'entail-change', version: 1, text: 'change' },
    });
    await editor.tell('textDocument/didOpen', {
      textDocument: { ...textDocument(), text: '{'.repeat(5000) },
    });
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    await edit(2, '\ud800"""\u0000/*');
    await edit(3, 'change B { status: draft raised: 2026-11-01 }');
    await editor.settled(() => !editor.codes(record()).includes('syntax'));
  });
});

describe('command line and language server', () => {
  for (const { name: sample } of readdirSync(join(CLONE, 'samples'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory(),
  ))
    it(`find the same in samples/${sample}`, async () => {
      const root = join(CLONE, 'samples', sample);
      const { out } = await runIn(root, ['check', '--format', 'json', '--as-of', '2026-11-22']);
      const reported: (Diagnostic & { file: string })[] = JSON.parse(out).findings;
      const uriOf = (file: string): string => URI.file(join(root, file)).toString();
      const editor = new Editor();
      await editor.open(root);
      await editor.settled(() => reported.every(({ file }) => editor.shown.has(uriOf(file))));
      await editor.close();
      const published = [...editor.shown].flatMap(([uri, list]) =>
        list.map((one) => `${uri} ${lineOf(one)}`),
      );
      const expected = reported.map((one) => `${uriOf(one.file)} ${lineOf(one)}`);
      assert.deepEqual(published.sort(), expected.sort());
    });
});

const SEVERITIES = ['', 'error', 'warning', 'info'];

function lineOf({ range, severity, code, message }: Diagnostic): string {
  const name = typeof severity === 'number' ? SEVERITIES[severity] : severity;
  return `${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character} ${name} ${code} ${message}`;
}
