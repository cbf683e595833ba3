import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { CLONE } from '../testing.js';
import { ABLE, Editor } from './editor.testing.js';

const SAMPLE = join(CLONE, 'samples/peptide');
const RECORD = join(SAMPLE, 'changes/CC-2026-014.change');
const TEXT = readFileSync(RECORD, 'utf8');
const textDocument = { uri: URI.file(RECORD).toString() };

/** The place of a word of the record, in its middle. */
function at(word: string): { line: number; character: number } {
  const before = TEXT.slice(0, TEXT.indexOf(word) + 1).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}

const whole = { start: { line: 0, character: 0 }, end: { line: TEXT.split('\n').length, character: 0 } };

/** The first ID that an edit of the record names, and the record's own. */
const SUBJECT = /(?:modify|transfer|replace|add|remove) +([\w-]+)/.exec(TEXT)![1]!;
const RECORD_ID = /change +([\w-]+)/.exec(TEXT)![1]!;

for (const [client, capabilities] of [
  ['a client that can do everything', ABLE],
  ['a client that says nothing of itself', {}],
] as const)
  describe(`requests of ${client}`, () => {
    let editor: Editor;
    before(async () => {
      editor = new Editor(capabilities);
      await editor.open(SAMPLE);
      await editor.show(RECORD, TEXT);
    });
    // Closing also asserts that every message was one of the protocol.
    after(() => editor.close());

    const ask = (method: string, more: object = {}) =>
      editor.ask(`textDocument/${method}`, { textDocument, ...more });

    it('explain: hover, lenses, hints', async () => {
      const { contents } = await ask('hover', { position: at(SUBJECT) });
      assert.equal(contents.kind, 'markdown');
      assert.ok(contents.value.includes(SUBJECT));
      assert.ok((await ask('codeLens')).length > 0);
      assert.ok((await ask('inlayHint', { range: whole })).length > 0);
    });

    it('complete, with documentation asked for later', async () => {
      const { items } = await ask('completion', { position: at(SUBJECT) });
      const item = items.find((one: { label: string }) => one.label === SUBJECT);
      assert.ok(item, 'the ID that stands there is among the choices');
      const resolved = await editor.ask('completionItem/resolve', item);
      assert.equal(resolved.documentation.kind, 'markdown');
    });

    it('lead elsewhere: definition, references, highlights, links, symbols', async () => {
      const [found] = await ask('definition', { position: at(SUBJECT) });
      assert.match(found.targetUri ?? found.uri, /registry\/.*\.yaml$/);
      const context = { includeDeclaration: true };
      const all = await ask('references', { position: at(SUBJECT), context });
      const some = await ask('references', {
        position: at(SUBJECT),
        context: { includeDeclaration: false },
      });
      assert.equal(all.length, some.length + 1);
      assert.ok((await ask('documentHighlight', { position: at(SUBJECT) })).length > 0);
      assert.ok(Array.isArray(await ask('documentLink')));
      const [outline] = await ask('documentSymbol');
      assert.equal(outline.name, RECORD_ID);
      const symbols = await editor.ask('workspace/symbol', { query: SUBJECT });
      assert.ok(symbols.some((one: { name: string }) => one.name === SUBJECT));
    });

    it('open a shipped pack, and lead on from there', async () => {
      const [condition] = /(?<=confirm |deny )[\w-]+/.exec(TEXT) ?? [];
      const rule = /(?<=by )[\w-]+\/[\w.-]+/.exec(TEXT)?.[0] ?? condition;
      if (rule === undefined) return;
      const [found] = await ask('definition', { position: at(rule) });
      const uri: string = found.targetUri ?? found.uri;
      assert.match(uri, /server\/packs\/.*\.rules$/);
      const text = readFileSync(URI.parse(uri).fsPath, 'utf8');
      await editor.show(URI.parse(uri).fsPath, text);
      const { start } = found.targetSelectionRange ?? found.range;
      assert.ok(await editor.ask('textDocument/hover', { textDocument: { uri }, position: start }));
      await editor.hide(URI.parse(uri).fsPath);
    });

    it('rename, or say why not', async () => {
      const { placeholder } = await ask('prepareRename', { position: at(SUBJECT) });
      assert.equal(placeholder, SUBJECT);
      const edit = await ask('rename', { position: at(SUBJECT), newName: 'SOMETHING-ELSE' });
      const files = edit.documentChanges ?? Object.keys(edit.changes);
      assert.ok(files.length > 1);
      await assert.rejects(ask('rename', { position: at(SUBJECT), newName: 'two words' }), /two words/);
    });

    it('show the impact as a call hierarchy', async () => {
      const [record] = await ask('prepareCallHierarchy', { position: at(RECORD_ID) });
      const [{ to: edit }] = await editor.ask('callHierarchy/outgoingCalls', { item: record });
      const [{ from }] = await editor.ask('callHierarchy/incomingCalls', { item: edit });
      assert.equal(from.name, RECORD_ID);
      assert.ok((await editor.ask('callHierarchy/outgoingCalls', { item: edit })).length > 0);
    });

    it('colour, fold and select', async () => {
      const full = await ask('semanticTokens/full');
      assert.ok(full.data.length > 0 && full.data.length % 5 === 0);
      const range = await ask('semanticTokens/range', { range: whole });
      assert.deepEqual(range.data, full.data);
      const same = await ask('semanticTokens/full/delta', { previousResultId: full.resultId });
      assert.deepEqual(same.edits, []);
      await editor.type(RECORD, `// first\n${TEXT}`);
      const delta = await ask('semanticTokens/full/delta', { previousResultId: same.resultId });
      const [{ start, deleteCount, data }] = delta.edits;
      const patched = [...full.data.slice(0, start), ...data, ...full.data.slice(start + deleteCount)];
      assert.deepEqual(patched, (await ask('semanticTokens/full')).data);
      await editor.type(RECORD, TEXT);
      assert.ok((await ask('foldingRange')).length > 0);
      const [selection] = await ask('selectionRange', { positions: [at(SUBJECT)] });
      assert.ok(selection.parent);
    });

    it('lay out: the whole, a stretch, what was just typed', async () => {
      const options = { tabSize: 2, insertSpaces: true };
      const [first] = TEXT.split('\n');
      const untidy = TEXT.replace(first!, `   ${first!.replace('change ', 'change    ')}`);
      await editor.type(RECORD, untidy);
      const edits = await ask('formatting', { options });
      assert.equal(applied(untidy, edits), TEXT);
      const range = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
      assert.deepEqual(await ask('rangeFormatting', { range, options }), []);
      const position = { line: 1, character: 0 };
      const typed = await ask('onTypeFormatting', { position, ch: '\n', options });
      assert.equal(applied(untidy, typed), TEXT);
      await editor.type(RECORD, TEXT);
    });

    it('mend what is found', async () => {
      const broken = TEXT.replace(SUBJECT, `${SUBJECT}X`);
      await editor.type(RECORD, broken);
      const position = at(SUBJECT);
      const range = { start: position, end: position };
      const actions = await ask('codeAction', { range, context: { diagnostics: [] } });
      const fix = actions.find((one: { kind: string }) => one.kind === 'quickfix');
      assert.ok(fix, 'there is a fix');
      const [changes] = fix.edit.documentChanges
        ? fix.edit.documentChanges.map((one: { edits: unknown }) => one.edits)
        : Object.values(fix.edit.changes);
      assert.notEqual(applied(broken, changes), broken);
      for (const only of ['quickfix', 'refactor', 'source', 'source.fixAll', 'source.organizeImports']) {
        const asked = await ask('codeAction', { range, context: { diagnostics: [], only: [only] } });
        for (const { kind } of asked) assert.ok(kind.startsWith(only));
      }
      await editor.type(RECORD, TEXT);
    });

    it('take back a request', async () => {
      const { CancellationTokenSource } = await import('vscode-languageserver-protocol');
      const source = new CancellationTokenSource();
      const asked = editor.connection.sendRequest(
        'textDocument/references',
        { textDocument, position: at(SUBJECT), context: { includeDeclaration: true } },
        source.token,
      );
      source.cancel();
      await assert.rejects(asked, { code: -32800 });
    });
  });

interface Edit {
  readonly range: typeof whole;
  readonly newText: string;
}

function applied(text: string, edits: readonly Edit[]): string {
  const starts = [0];
  for (const match of text.matchAll(/\n/g)) starts.push(match.index + 1);
  const offset = ({ line, character }: Edit['range']['start']): number =>
    (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)),
      text,
    );
}
