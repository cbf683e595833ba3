/** What the tests in a real editor share; every test works on a copy of the peptide sample that is open. */
import * as vscode from 'vscode';
import type { Running } from '../src/run.js';

export const RECORD = 'changes/CC-2026-014.change';

export function uriOf(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
}

/** The extension, activated as a user does it: by opening a record. */
export async function running(): Promise<Running> {
  await open(RECORD);
  const extension = vscode.extensions.getExtension<Running>('entail.entail')!;
  return extension.activate();
}

export async function open(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  return vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
}

/** Where a text begins in a document; `after` moves to its end. */
export function placeOf(
  document: vscode.TextDocument,
  text: string,
  end: 'start' | 'end' = 'start',
): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`“${text}” is not in ${document.uri.path}`);
  return document.positionAt(end === 'start' ? at : at + text.length);
}

/** Asks until there is an answer that will do; a test that waits in vain says for what. */
export async function until<T>(
  what: string,
  ask: () => T | Thenable<T>,
  isEnough: (answer: T) => boolean = Boolean,
): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`waited in vain for ${what}; last: ${JSON.stringify(answer)?.slice(0, 400)}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

export function codesIn(path: string): string[] {
  return vscode.languages.getDiagnostics(uriOf(path)).map(codeOf);
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Replaces one text by another in the open record, and gives what undoes it. */
export async function replaced(
  editor: vscode.TextEditor,
  old: string,
  text: string,
): Promise<() => Promise<void>> {
  const before = editor.document.getText();
  const start = placeOf(editor.document, old);
  const range = new vscode.Range(start, placeOf(editor.document, old, 'end'));
  await editor.edit((builder) => builder.replace(range, text));
  return () => restored(editor, before);
}

export async function restored(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const whole = new vscode.Range(
    new vscode.Position(0, 0),
    document.lineAt(document.lineCount - 1).range.end,
  );
  if (document.getText() !== text) await editor.edit((builder) => builder.replace(whole, text));
}
