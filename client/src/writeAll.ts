import * as vscode from 'vscode';
import { cursorInRecord } from './views.js';

/** Writes all that the record at the cursor owes; the list of fixes has it too, but below one entry for each duty. */
export async function writeAllOwed(): Promise<void> {
  const cursor = cursorInRecord();
  if (!cursor) {
    void vscode.window.showInformationMessage('Put the cursor into a change record first.');
    return;
  }
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    cursor.uri,
    new vscode.Range(cursor.position, cursor.position),
    vscode.CodeActionKind.RefactorRewrite.value,
  );
  const edit = actions?.find((action) => action.edit)?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
  else
    void vscode.window.showInformationMessage(
      'Nothing can be written here: all that the record owes is declared, or hangs on a question.',
    );
}
