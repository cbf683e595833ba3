import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language server that comes with the extension. All analysis is there; nothing is done here. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('server/dist/entail.cjs');
  const server = { module, args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient(
    'entail',
    'Entail',
    { run: server, debug: server },
    {
      documentSelector: [
        { scheme: 'file', language: 'entail-change' },
        { scheme: 'file', language: 'entail-rules' },
        // The registry and the configuration are checked too; the server ignores every other YAML file.
        { scheme: 'file', language: 'yaml' },
        { scheme: 'file', pattern: '**/entail.jsonc' },
      ],
    },
  );
  context.subscriptions.push(client);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
