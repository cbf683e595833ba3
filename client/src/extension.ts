import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientOptions } from './clientOptions.js';
import { type Running, run } from './run.js';
import { isVirtual } from './uris.js';

let running: Running | undefined;

/** Starts the language server that comes with the extension, in a process of its own. */
export async function activate(context: vscode.ExtensionContext): Promise<Running> {
  const module = context.asAbsolutePath('server/dist/entail.cjs');
  const virtual = (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => isVirtual(uri));
  const server = {
    module,
    args: ['lsp'],
    transport: TransportKind.stdio,
    // A folder that is not on a disk is seen by the editor alone: the server asks it for the files.
    options: virtual ? { env: { ...process.env, ENTAIL_FILES: 'editor' } } : {},
  };
  const client = new LanguageClient('entail', 'Entail', { run: server, debug: server }, clientOptions());
  running = await run(context, client, { canMakeFolders: true });
  return running;
}

export async function deactivate(): Promise<void> {
  await running?.client.stop();
}
