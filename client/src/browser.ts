import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions } from './clientOptions.js';
import { type Running, run } from './run.js';

let running: Running | undefined;

/** Starts the language server that comes with the extension, in a worker of the browser. */
export async function activate(context: vscode.ExtensionContext): Promise<Running> {
  const worker = new Worker(
    vscode.Uri.joinPath(context.extensionUri, 'server/dist/browser.js').toString(true),
  );
  // The worker has no other way to learn where the packs and the pages are.
  worker.postMessage(`${context.extensionUri.toString(true)}/`);
  const client = new LanguageClient('entail', 'Entail', worker, clientOptions());
  running = await run(context, client, { canMakeFolders: false });
  return running;
}

export async function deactivate(): Promise<void> {
  await running?.client.stop();
}
