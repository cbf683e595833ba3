import files from 'entail:sample';
import * as vscode from 'vscode';
import type { Surroundings } from './run.js';

const SAMPLE = 'samples/peptide';
const FIRST_RECORD = 'changes/CC-2026-014.change';
const OPEN_NEXT = 'entail.openNext';

/** Copies the peptide sample to a folder of the user's choice, or a temporary one, and opens it. */
export async function openSample(
  context: vscode.ExtensionContext,
  surroundings: Surroundings,
): Promise<void> {
  const target = surroundings.canMakeFolders ? await whereTo(context) : await chosenFolder();
  if (!target) return;
  try {
    await copySample(context.extensionUri, target);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The sample can not be copied to ${target.fsPath}: ${why}`);
    return;
  }
  await context.globalState.update(OPEN_NEXT, vscode.Uri.joinPath(target, FIRST_RECORD).toString());
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow });
}

/** Copies the sample's files; what stands there under their names is kept. */
export async function copySample(extension: vscode.Uri, target: vscode.Uri): Promise<void> {
  for (const file of files) {
    const to = vscode.Uri.joinPath(target, file);
    if (await exists(to)) continue;
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, SAMPLE, file));
    await vscode.workspace.fs.writeFile(to, bytes);
  }
}

/** Shows the record to begin with, in the window that `openSample` opened. */
export async function showWhatWasOpened(context: vscode.ExtensionContext): Promise<void> {
  const next = context.globalState.get<string>(OPEN_NEXT);
  const uri = next === undefined ? undefined : vscode.Uri.parse(next);
  if (!uri || !vscode.workspace.getWorkspaceFolder(uri)) return;
  await context.globalState.update(OPEN_NEXT, undefined);
  await vscode.window.showTextDocument(uri);
}

async function whereTo(context: vscode.ExtensionContext): Promise<vscode.Uri | undefined> {
  const temporary = {
    label: '$(beaker) In a temporary folder',
    description: 'to look around; it is kept until the extension is removed',
  };
  const chosen = { label: '$(folder) In a folder that I choose', description: 'to keep it' };
  const picked = await vscode.window.showQuickPick([temporary, chosen], {
    title: 'Where shall the sample be copied to?',
    // The walkthrough takes the focus back after its button is pressed.
    ignoreFocusOut: true,
  });
  if (picked === chosen) return chosenFolder();
  return picked && vscode.Uri.joinPath(context.globalStorageUri, 'peptide-sample');
}

async function chosenFolder(): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Copy the Sample Here',
    })) ?? [];
  return folder && vscode.Uri.joinPath(folder, 'entail-peptide-sample');
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
