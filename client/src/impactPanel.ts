import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from './panelMessages.js';
import {
  anyRecord,
  type Cursor,
  cursorInRecord,
  type ImpactView,
  Pause,
  uriOf,
  type ViewPlace,
  type Views,
  type WithUris,
} from './views.js';

/** The panel that shows what the record at the cursor entails. It follows the cursor and every edit. */
export class ImpactPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | null = null;
  #cursor: Cursor | null = null;
  #record: string | undefined;
  #edit: string | undefined;
  #shown: WithUris<ImpactView> | null = null;
  readonly #pause = new Pause(120, () => void this.#ask());
  readonly #disposables: vscode.Disposable[];

  constructor(
    readonly extension: vscode.Uri,
    readonly views: Views,
  ) {
    this.#disposables = [
      this.#pause,
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.window.onDidChangeTextEditorSelection(() => this.#follow()),
      vscode.workspace.onDidChangeTextDocument(() => this.#pause.ask()),
      vscode.languages.onDidChangeDiagnostics(() => this.#pause.ask()),
    ];
  }

  /** What the panel shows now; for the tests. */
  get shown(): ImpactView | null {
    return this.#panel ? this.#shown : null;
  }

  /** Opens the panel beside the editor, for a record or for one edit of it; else for the record at the cursor. */
  async show(record?: string, edit?: string): Promise<void> {
    this.#cursor = cursorInRecord() ?? this.#cursor ?? anyRecord();
    if (!this.#cursor) {
      void vscode.window.showInformationMessage(
        'Open a change record first: the impact view shows what the record at the cursor entails.',
      );
      return;
    }
    this.#record = record;
    this.#edit = edit;
    if (this.#panel) this.#panel.reveal(undefined, true);
    else this.#open();
    await this.#ask();
  }

  /** Asks the panel for its picture, and where to put it. */
  save(): void {
    this.#tell({ type: 'save' });
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const one of this.#disposables) one.dispose();
  }

  #open(): void {
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('entail.impact', 'Impact', beside, {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extension, 'client', 'dist')],
    });
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extension, 'client', 'media', 'impact-light.svg'),
      dark: vscode.Uri.joinPath(this.extension, 'client', 'media', 'impact-dark.svg'),
    };
    panel.webview.html = page(panel.webview, this.extension);
    panel.webview.onDidReceiveMessage((message: FromPanel) => void this.#receive(message));
    panel.onDidDispose(() => {
      this.#panel = null;
      this.#shown = null;
    });
    this.#panel = panel;
  }

  #follow(): void {
    const cursor = cursorInRecord();
    if (!cursor) return;
    const old = this.#cursor;
    const isSame = old?.uri.toString() === cursor.uri.toString() && old.position.isEqual(cursor.position);
    this.#cursor = cursor;
    if (isSame || !this.#panel) return;
    this.#record = undefined;
    this.#pause.ask();
  }

  async #ask(): Promise<void> {
    if (!this.#panel || !this.#cursor) return;
    const view = await this.views.impact(this.#cursor, this.#record, this.#edit);
    if (!this.#panel) return;
    // One edit is asked for until the cursor is in another record.
    if (view && this.#edit !== undefined && !view.edits.some(({ key }) => key === this.#edit))
      this.#edit = undefined;
    this.#shown = view;
    this.#panel.title = view ? `Impact of ${view.record}` : 'Impact';
    this.#tell({ type: 'view', view });
  }

  #tell(message: ToPanel): void {
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#tell({ type: 'view', view: this.#shown });
      case 'edit':
        this.#edit = message.key ?? undefined;
        return this.#ask();
      case 'open':
        return this.#jump(message.place);
      case 'picture':
        return this.#write(message.svg);
    }
  }

  async #jump(place: ViewPlace): Promise<void> {
    if (!this.#shown) return;
    const { start, end } = place.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const columns = vscode.window.visibleTextEditors.flatMap(({ viewColumn }) => viewColumn ?? []);
    await vscode.window.showTextDocument(uriOf(place, this.#shown.uris), {
      selection,
      viewColumn: columns[0] ?? vscode.ViewColumn.One,
    });
  }

  async #write(svg: string): Promise<void> {
    const folder = this.#cursor && vscode.workspace.getWorkspaceFolder(this.#cursor.uri)?.uri;
    const name = `${(this.#shown?.record || 'impact').replace(/[^\p{L}\p{N}._-]/gu, '_')}.svg`;
    const target = await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
      filters: { 'SVG picture': ['svg'] },
    });
    if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
  }
}

/** The panel's page: our own script and style and nothing else; all that is shown is put in by that script, as text. */
function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const at = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, 'client', 'dist', file)).toString();
  const nonce = makeNonce();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at('impact.css')}">
<title>Impact</title>
</head>
<body>
<main id="impact"></main>
<script nonce="${nonce}" src="${at('impact.js')}"></script>
</body>
</html>`;
}

function makeNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
