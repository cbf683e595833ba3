import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { CLONE, runIn } from '../testing.js';
import { CONFIG_FILE } from '../workspace/config.js';
import { ABLE, Editor } from './editor.testing.js';

const GOOD = 'change A { status: draft raised: 2026-11-01 }\n';
const BROKEN = 'change A { status draft raised: 2026-11-01 }\n';

describe('the language server', () => {
  let root: string;
  let editor: Editor;
  const record = (): string => join(root, 'changes/a.change');
  const uriOf = (file: string): string => URI.file(file).toString();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'entail-lsp-'));
    put(CONFIG_FILE, '{ "packs": ["us-drugs", "gmp"] }');
    put('registry/all.yaml', 'sites:\n  S-1: { country: DE }\n');
    put('changes/a.change', BROKEN);
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

  async function opened(capabilities = {}): Promise<void> {
    if (capabilities !== editor.capabilities) editor = new Editor(capabilities);
    await editor.open(root);
  }

  it('publishes findings of closed files, with code, page and severity', async () => {
    await opened();
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const [first] = editor.shown.get(uriOf(record()))!.filter((one) => one.code === 'syntax');
    assert.equal(first!.severity, 1);
    assert.equal(first!.source, 'entail');
    assert.equal(first!.codeDescription?.href, 'file:///docs/findings/syntax.md');
  });

  it('prefers what is open to what is on disk, and clears what is mended', async () => {
    await opened();
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    await editor.show(record(), BROKEN);
    await editor.type(record(), GOOD);
    await editor.settled(() => !editor.codes(record()).includes('syntax'));
    await editor.hide(record());
    await editor.settled(() => editor.codes(record()).includes('syntax'));
  });

  it('follows the disk: files and folders that come, go and change, and the configuration', async () => {
    await opened();
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const other = join(root, 'changes/new/b.change');
    put('changes/new/b.change', 'change');
    await editor.onDisk(1, other);
    await editor.settled(() => editor.codes(other).includes('syntax'));
    rmSync(dirname(other), { recursive: true });
    await editor.onDisk(3, dirname(other));
    await editor.settled(() => editor.codes(other).length === 0);
    put(CONFIG_FILE, '{ "pakcs": [] }');
    const config = join(root, CONFIG_FILE);
    await editor.onDisk(2, config);
    await editor.settled(() => editor.codes(config).length > 0);
  });

  it('moves what was found with a file that is renamed', async () => {
    await opened();
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const renamed = join(root, 'changes/z.change');
    rmSync(record());
    put('changes/z.change', BROKEN);
    await editor.tell('workspace/didRenameFiles', {
      files: [{ oldUri: uriOf(record()), newUri: uriOf(renamed) }],
    });
    await editor.settled(
      () => editor.codes(renamed).includes('syntax') && editor.codes(record()).length === 0,
    );
  });

  it('opens and closes folders, each with its own workspace', async () => {
    const other = mkdtempSync(join(tmpdir(), 'entail-lsp-'));
    const file = join(other, 'b.change');
    writeFileSync(file, 'change');
    await opened();
    await editor.settled(() => editor.codes(record()).length > 0);
    const folder = { uri: uriOf(other), name: 'other' };
    await editor.tell('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
    await editor.settled(() => editor.codes(file).includes('syntax'));
    await editor.tell('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
    await editor.settled(() => editor.codes(file).length === 0);
    assert.ok(editor.codes(record()).includes('syntax'));
    rmSync(other, { recursive: true });
  });

  it('lets go of a workspace that was opened for one file from elsewhere', async () => {
    const other = mkdtempSync(join(tmpdir(), 'entail-lsp-'));
    const file = join(other, 'b.change');
    writeFileSync(file, 'change');
    await opened();
    await editor.show(file, 'change');
    await editor.settled(() => editor.codes(file).includes('syntax'));
    await editor.hide(file);
    await editor.settled(() => editor.codes(file).length === 0);
    rmSync(other, { recursive: true });
  });

  it('says once that a configuration is broken, and again after it was mended', async () => {
    put(CONFIG_FILE, '{ "packs": ');
    await opened();
    const config = join(root, CONFIG_FILE);
    await editor.settled(() => editor.messages.length > 0);
    assert.match(editor.messages[0]!, /^entail\.jsonc, line 1: .*does not count until it is mended\.$/);
    await editor.show(config, '{ "packs": [');
    await editor.type(config, '{ "packs": [ ');
    await editor.type(config, '{}');
    await editor.settled(() => editor.codes(config).length === 0);
    await editor.type(config, '{');
    await editor.settled(() => editor.codes(config).length > 0);
    await editor.settled(() => editor.messages.length === 2);
  });

  it('reads its settings live, and says what is wrong with them', async () => {
    put('changes/a.change', 'change A { status: implementing raised: 2026-01-01 until: 2026-12-31 }\n');
    await opened(ABLE);
    const codes = async (): Promise<unknown[]> => {
      const report = await editor.ask('textDocument/diagnostic', {
        textDocument: { uri: uriOf(record()) },
      });
      return report.items.map((one: Diagnostic) => one.code);
    };
    assert.ok(!(await codes()).includes('record/lapsed'));
    editor.settings = { asOf: '2027-06-01' };
    await editor.tell('workspace/didChangeConfiguration', { settings: null });
    assert.ok((await codes()).includes('record/lapsed'));
    editor.settings = { asOf: 'tomorrow' };
    await editor.tell('workspace/didChangeConfiguration', { settings: null });
    assert.ok(!(await codes()).includes('record/lapsed'));
    assert.match(editor.messages[0]!, /entail\.asOf is "tomorrow", which is no date/);
    assert.deepEqual(editor.registered.sort(), [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
    assert.ok(editor.progress.includes('begin') && editor.progress.includes('end'));
  });

  it('answers a client that asks for diagnostics: in full once, then only what is new', async () => {
    await opened(ABLE);
    const uri = uriOf(record());
    const ask = (previousResultId?: string) =>
      editor.ask('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId ? { previousResultId } : {}),
      });
    const first = await ask();
    assert.equal(first.kind, 'full');
    assert.ok(first.items.some((one: Diagnostic) => one.code === 'syntax'));
    assert.deepEqual(await ask(first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await editor.show(record(), GOOD);
    const mended = await ask(first.resultId);
    assert.equal(mended.kind, 'full');
    assert.ok(!mended.items.some((one: Diagnostic) => one.code === 'syntax'));
    assert.deepEqual(editor.codes(record()), []);

    const all = await editor.ask('workspace/diagnostic', { previousResultIds: [] });
    const previousResultIds = all.items.map((one: { uri: string; resultId: string }) => ({
      uri: one.uri,
      value: one.resultId,
    }));
    const news = editor.ask('workspace/diagnostic', { previousResultIds });
    await editor.type(record(), BROKEN);
    const { items } = await news;
    assert.deepEqual(
      items.filter((one: { kind: string }) => one.kind === 'full').map((one: { uri: string }) => one.uri),
      [uri],
    );
    assert.deepEqual([...editor.shown.values()].flat(), []);
  });

  it('has a client ask again when the disk changed, and shows closed files to one that asks for open ones only', async () => {
    await opened(ABLE);
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    await editor.show(record(), BROKEN);
    await editor.ask('textDocument/diagnostic', { textDocument: { uri: uriOf(record()) } });
    assert.deepEqual(editor.codes(record()), []);
    put('changes/b.change', 'change');
    const before = editor.refreshed;
    await editor.onDisk(1, join(root, 'changes/b.change'));
    await editor.settled(() => editor.codes(join(root, 'changes/b.change')).length > 0);
    await editor.settled(() => editor.refreshed > before);
  });

  it('survives documents that are no files, texts of any kind and requests about nothing', async () => {
    await opened();
    await editor.tell('textDocument/didOpen', {
      textDocument: { uri: 'untitled:Untitled-1', languageId: 'entail-change', version: 1, text: 'change' },
    });
    await editor.show(record(), '{'.repeat(5000));
    await editor.settled(() => editor.codes(record()).includes('syntax'));
    const position = { line: 7, character: 7 };
    for (const uri of [
      'untitled:Untitled-1',
      uriOf(join(root, 'nothing.change')),
      'not an address',
      'http://x/y',
    ])
      for (const method of ['hover', 'definition', 'completion', 'prepareRename', 'documentHighlight'])
        await editor.ask(`textDocument/${method}`, { textDocument: { uri }, position });
    await editor.type(record(), '\ud800"""\u0000/*');
    await editor.type(record(), 'change B { status: draft raised: 2026-11-01 }');
    await editor.settled(() => !editor.codes(record()).includes('syntax'));
  });
});

describe('command line and language server', () => {
  const samples = readdirSync(join(CLONE, 'samples'), { withFileTypes: true });
  for (const { name: sample } of samples.filter((entry) => entry.isDirectory()))
    it(`find the same in samples/${sample}, with edits that are not saved`, async () => {
      const root = mkdtempSync(join(tmpdir(), 'entail-lsp-'));
      const edited = mkdtempSync(join(tmpdir(), 'entail-lsp-'));
      for (const folder of [root, edited])
        cpSync(join(CLONE, 'samples', sample), folder, { recursive: true });
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
      const unsaved = files
        .filter((file) => /\.(?:change|yaml)$/.test(file))
        .slice(0, 4)
        .map((file) => ({ file, text: spoilt(readFileSync(join(root, file), 'utf8')) }));
      for (const { file, text } of unsaved) writeFileSync(join(edited, file), text);
      const { out } = await runIn(edited, ['check', '--format', 'json', '--as-of', '2026-11-22']);
      const reported: (Diagnostic & { file: string })[] = JSON.parse(out).findings;
      const editor = new Editor(ABLE);
      await editor.open(root);
      for (const { file, text } of unsaved) await editor.show(join(root, file), text);
      const { items } = await editor.ask('workspace/diagnostic', { previousResultIds: [] });
      const single: string[] = [];
      for (const { uri } of items) {
        const report = await editor.ask('textDocument/diagnostic', { textDocument: { uri } });
        single.push(...linesOf(uri, report.items));
      }
      await editor.close();
      const all = items.flatMap((one: { uri: string; items: Diagnostic[] }) => linesOf(one.uri, one.items));
      const expected = reported.flatMap((one) => linesOf(URI.file(join(root, one.file)).toString(), [one]));
      assert.deepEqual(all.sort(), expected.sort());
      assert.deepEqual(single.sort(), expected);
      for (const folder of [root, edited]) rmSync(folder, { recursive: true });
    });
});

/** As a text is while somebody types in its middle. */
function spoilt(text: string): string {
  const middle = text.indexOf('\n', Math.floor(text.length / 2));
  return `${text.slice(0, middle)}\n  modi${text.slice(middle)}`;
}

const SEVERITIES = ['', 'error', 'warning', 'info'];

function linesOf(uri: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ range, severity, code, message }) => {
    const name = typeof severity === 'number' ? SEVERITIES[severity] : severity;
    const { start, end } = range;
    return `${uri} ${start.line}:${start.character}-${end.line}:${end.character} ${name} ${code} ${message}`;
  });
}
