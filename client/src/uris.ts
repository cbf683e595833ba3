import * as vscode from 'vscode';

/** Under this folder, which exists nowhere, the server sees the files of folders that are not on a disk. */
const VIRTUAL = '/.virtual';
const NO_AUTHORITY = '-';

/** Whether a folder of the workspace lies elsewhere than on a disk that the server can read. */
export function isVirtual(uri: vscode.Uri): boolean {
  return uri.scheme !== 'file' && uri.scheme !== 'untitled';
}

/**
 * The address under which the server knows a document. It knows files only, so one in a folder of another
 * kind (a repository on a server, a browser's own store) gets the address of a file that stands for it.
 */
export function toServer(uri: vscode.Uri): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const stands = isVirtual(uri) && folders.some((folder) => folder.uri.scheme === uri.scheme);
  if (!stands) return uri.toString();
  const authority = uri.authority === '' ? NO_AUTHORITY : encodeURIComponent(uri.authority);
  return vscode.Uri.file(`${VIRTUAL}/${uri.scheme}/${authority}${uri.path}`).toString();
}

/** The address under which the editor knows a document that the server speaks of. */
export function fromServer(text: string): vscode.Uri {
  const uri = vscode.Uri.parse(text);
  if (uri.scheme !== 'file' || !uri.path.startsWith(`${VIRTUAL}/`)) return uri;
  const [scheme, authority, ...rest] = uri.path.slice(VIRTUAL.length + 1).split('/');
  return vscode.Uri.from({
    scheme: scheme ?? 'file',
    authority: authority === NO_AUTHORITY ? '' : decodeURIComponent(authority ?? ''),
    path: `/${rest.join('/')}`,
  });
}
