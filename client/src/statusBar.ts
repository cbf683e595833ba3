import * as vscode from 'vscode';
import { cursorInRecord, Pause, type Views } from './views.js';

/** How much the record at the cursor still owes, at the bottom of the window; a click leads to the list. */
export class StatusBar implements vscode.Disposable {
  readonly item: vscode.StatusBarItem;
  readonly #pause = new Pause(150, () => void this.#show());
  readonly #disposables: vscode.Disposable[];

  constructor(readonly views: Views) {
    this.item = vscode.window.createStatusBarItem('entail.owed', vscode.StatusBarAlignment.Left, 40);
    this.item.name = 'Entail: What the Record Owes';
    this.item.command = 'entail.showObligations';
    const ask = (): void => this.#pause.ask();
    this.#disposables = [
      this.item,
      this.#pause,
      vscode.window.onDidChangeActiveTextEditor(ask),
      vscode.window.onDidChangeTextEditorSelection(ask),
      vscode.languages.onDidChangeDiagnostics(ask),
      vscode.workspace.onDidChangeTextDocument(ask),
    ];
  }

  refresh(): void {
    this.#pause.ask();
  }

  dispose(): void {
    for (const one of this.#disposables) one.dispose();
  }

  async #show(): Promise<void> {
    const cursor = cursorInRecord();
    const status = cursor && (await this.views.status(cursor));
    if (!status) {
      this.item.hide();
      return;
    }
    const { unmet, insufficient, open, met, waived } = status.counts;
    const owed = unmet + insufficient;
    const words = owed > 0 ? `${owed} unmet` : open > 0 ? `${open} open` : 'all settled';
    this.item.text = `${owed + open > 0 ? '$(checklist)' : '$(pass)'} ${status.record}: ${words}`;
    this.item.accessibilityInformation = { label: `Change ${status.record}: ${words}`, role: 'button' };
    this.item.tooltip = new vscode.MarkdownString(
      [
        `**${status.record}** owes ${owed + open + met + waived} things:`,
        `- ${unmet} not declared`,
        `- ${insufficient} declared, but not good enough`,
        `- ${open} that hang on a question or a missing fact`,
        `- ${met + waived} settled`,
        '',
        'Click for the list.',
      ].join('\n'),
    );
    this.item.show();
  }
}
