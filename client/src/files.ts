import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { fromServer } from './uris.js';

interface Asked {
  readonly uri: string;
}

/** Shows the server the files that only the editor can see: those of virtual folders, and all in a browser. */
export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest('entail/files/kind', async ({ uri }: Asked): Promise<string> => {
      try {
        return kindOf((await vscode.workspace.fs.stat(fromServer(uri))).type);
      } catch {
        return 'missing';
      }
    }),
    client.onRequest('entail/files/read', async ({ uri }: Asked) => {
      try {
        return bytesAsText(await vscode.workspace.fs.readFile(fromServer(uri)));
      } catch {
        return null;
      }
    }),
    client.onRequest('entail/files/list', async ({ uri }: Asked) => {
      try {
        const entries = await vscode.workspace.fs.readDirectory(fromServer(uri));
        return entries.map(([name, type]) => ({ name, kind: kindOf(type) }));
      } catch {
        return null;
      }
    }),
  );
}

function kindOf(type: vscode.FileType): 'file' | 'folder' | 'other' {
  // What a link points to may lie outside the workspace, so links are left alone.
  if (type & vscode.FileType.SymbolicLink) return 'other';
  if (type & vscode.FileType.Directory) return 'folder';
  return type & vscode.FileType.File ? 'file' : 'other';
}

/** A character per byte: the server decodes them itself, so that a broken file gets the same message everywhere. */
function bytesAsText(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  return parts.join('');
}

/** More arguments than this, a call can not take. */
const CHUNK = 8192;
