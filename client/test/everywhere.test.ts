/** What has to work in every editor: on a desktop, old and new, from a package, and in a browser. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fixesFor } from '../src/obligationsTree.js';
import {
  codeOf,
  codesIn,
  open,
  placeOf,
  RECORD,
  replaced,
  restored,
  running,
  until,
  uriOf,
} from './suite.js';

const textOf = (content: vscode.MarkdownString | vscode.MarkedString): string =>
  typeof content === 'string' ? content : content.value;

describe('the extension', () => {
  it('starts with a record, and knows its languages', async () => {
    const { client } = await running();
    assert.equal(client.isRunning(), true);
    const editor = await open(RECORD);
    assert.equal(editor.document.languageId, 'entail-change');
  });

  it('reports the whole workspace, closed files too, with pages and paths', async () => {
    await running();
    await until('findings of an open file', () => codesIn(RECORD).includes('filing/under-reported'));
    await until('findings of a closed file', () =>
      codesIn('changes/CC-2026-011.change').includes('task/missing'),
    );
    const found = vscode.languages.getDiagnostics(uriOf(RECORD));
    const one = found.find((diagnostic) => codeOf(diagnostic) === 'filing/under-reported')!;
    assert.equal(one.source, 'entail');
    assert.ok(
      typeof one.code === 'object' && one.code.target.path.endsWith('docs/findings/filing/under-reported.md'),
    );
    assert.ok(
      (one.relatedInformation ?? []).some(({ location }) => location.uri.path.includes('/registry/')),
    );
  });

  it('follows an edit and its undoing', async () => {
    await running();
    const editor = await open(RECORD);
    const undo = await replaced(editor, '50 kg ->', '55 kg ->');
    await until('a stale value', () => codesIn(RECORD).includes('record/stale-value'));
    await undo();
    await until('no stale value', () => !codesIn(RECORD).includes('record/stale-value'));
  });

  it('explains an edit in a hover', async () => {
    await running();
    const { document } = await open(RECORD);
    const texts = await until('a hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        placeOf(document, 'batch-size'),
      );
      return hovers.flatMap(({ contents }) => contents.map(textOf)).join('\n');
    });
    assert.match(texts, /NDA-215866/);
  });

  it('completes what can stand at the place', async () => {
    await running();
    const editor = await open(RECORD);
    const before = editor.document.getText();
    await replaced(editor, '  notify NOVARA', '  transfer LRG-\n  notify NOVARA');
    const list = await until(
      'completions',
      () =>
        vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          editor.document.uri,
          placeOf(editor.document, 'transfer LRG-\n', 'end').translate(-1, 15),
        ),
      (answer) =>
        (answer?.items ?? []).some(
          ({ label }) => (typeof label === 'string' ? label : label.label) === 'LRG-S5',
        ),
    );
    assert.ok(list.items.length > 0);
    await restored(editor, before);
  });

  it('writes what is owed', async () => {
    const { obligations, views } = await parts();
    const editor = await open(RECORD);
    const before = editor.document.getText();
    const items = (await views.obligations()).flatMap((project) => project.items);
    const item = items.find(({ record, kind }) => record === 'CC-2026-014' && kind === 'revalidation')!;
    const actions = await until(
      'a fix',
      () => fixesFor(item, uriOf(RECORD)),
      (found) => found.length > 0,
    );
    await vscode.workspace.applyEdit(actions[0]!.edit!);
    await until('the obligation to be met', async () => {
      await obligations.load();
      const now = (await views.obligations()).flatMap((project) => project.items);
      return !now.some(({ id }) => id === item.id);
    });
    await restored(editor, before);
  });

  it('writes all that is owed at once', async () => {
    const { views } = await parts();
    const editor = await open(RECORD);
    const before = editor.document.getText();
    const at = placeOf(editor.document, 'transfer LRG-S5');
    editor.selection = new vscode.Selection(at, at);
    await until('the record to be written', async () => {
      await vscode.commands.executeCommand('entail.writeAllOwed');
      return editor.document.getText() !== before;
    });
    await until('nothing to be unmet', async () => {
      const status = await views.status({ uri: editor.document.uri, position: at });
      return status?.counts.unmet === 0 && status.counts.insufficient === 0;
    });
    await restored(editor, before);
  });

  it('renames across records and registry', async () => {
    await running();
    const { document } = await open(RECORD);
    const edit = await until('a rename', () =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        placeOf(document, 'LRG-S5'),
        'LRG-S55',
      ),
    );
    const files = edit.entries().map(([uri]) => uri.path);
    assert.ok(files.some((path) => path.endsWith('.change')));
    assert.ok(files.some((path) => path.endsWith('.yaml')));
  });

  it('shows impact as a call hierarchy', async () => {
    await running();
    const { document } = await open(RECORD);
    const [item] = await until(
      'a hierarchy',
      () =>
        vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
          'vscode.prepareCallHierarchy',
          document.uri,
          placeOf(document, 'LRG-S5'),
        ),
      (items) => (items ?? []).length > 0,
    );
    const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    assert.ok(outgoing.some(({ to }) => to.name.includes('LRG-CRUDE')));
  });

  it('lists what is owed: by record, by market, by due date', async () => {
    const { obligations } = await parts();
    await obligations.groupBy('market');
    const markets = obligations.getChildren().map((node) => (node.kind === 'group' ? node.label : ''));
    assert.deepEqual(markets.slice(0, 2), ['EU', 'US']);
    await obligations.groupBy('due');
    assert.ok(obligations.getChildren().some((node) => node.kind === 'group' && node.label === '2027-11-01'));
    await obligations.groupBy('record');
    const [first] = obligations.getChildren();
    assert.equal(first?.kind === 'group' && first.label, 'CC-2026-011');
    const [line] = obligations.getChildren(first);
    assert.equal(obligations.getTreeItem(line!).command?.command, 'vscode.open');
  });

  it('counts what the record at the cursor owes', async () => {
    const { statusBar } = await parts();
    await open(RECORD);
    await until('the status bar', () => /^\$\(checklist\) CC-2026-014: \d+ unmet$/.test(statusBar.item.text));
  });

  it('shows the impact of the record at the cursor, and follows it', async () => {
    const { impact } = await parts();
    const editor = await open(RECORD);
    editor.selection = new vscode.Selection(
      placeOf(editor.document, 'transfer'),
      placeOf(editor.document, 'transfer'),
    );
    await vscode.commands.executeCommand('entail.showImpact');
    const view = await until('the impact view', () => impact.shown);
    assert.equal(view!.record, 'CC-2026-014');
    const roles = new Set(view!.graph.nodes.map(({ role }) => role));
    assert.deepEqual([...roles].sort(), ['changed', 'filing', 'reached', 'touched', 'validation']);
    assert.deepEqual(
      view!.markets.map(({ filing }) => filing),
      ['MAA-005871', 'NDA-215866'],
    );
    await open('changes/CC-2026-003.change');
    await until('the other record', () => impact.shown?.record === 'CC-2026-003');
    await open(RECORD);
    await vscode.commands.executeCommand('entail.showImpact', 'CC-2026-014', 'SPEC-LRG-DS.assay.limit');
    await until('one edit alone', () => impact.shown?.edits.filter(({ shown }) => shown).length === 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(impact.shown, null);
  });
});

async function parts() {
  const one = await running();
  return { ...one, views: one.obligations.views };
}
