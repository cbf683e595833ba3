import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { PathKind, RemoteEntry, RemoteFiles } from '../workspace/host.js';

/**
 * Asks the editor for files that it alone can see: `entail/files/kind`, `…/read` and `…/list`. `uriOf` is the
 * address of a path.
 */
export function remoteFiles(
  connection: Connection,
  uriOf: (path: string) => string = (path) => URI.file(path).toString(),
): RemoteFiles {
  const ask = <T>(question: string, path: string): Promise<T> =>
    connection.sendRequest<T>(`entail/files/${question}`, { uri: uriOf(path) });
  return {
    kindOf: (path) => ask<PathKind>('kind', path),
    read: (path) => ask<string | null>('read', path),
    list: (path) => ask<readonly RemoteEntry[] | null>('list', path),
  };
}
