import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { fromServer, toServer } from './uris.js';

/** What the client asks the server about: the same on a desktop and in a browser. */
export function clientOptions(): LanguageClientOptions {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(['file', ...folders.map(({ uri }) => uri.scheme)]);
  return {
    documentSelector: [...schemes].flatMap((scheme) => [
      { scheme, language: 'entail-change' },
      { scheme, language: 'entail-rules' },
      // The registry and the configuration are checked too; the server ignores every other YAML file.
      { scheme, language: 'yaml' },
      { scheme, pattern: '**/entail.jsonc' },
    ]),
    synchronize: { configurationSection: 'entail' },
    uriConverters: { code2Protocol: toServer, protocol2Code: fromServer },
  };
}
