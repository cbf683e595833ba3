import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { PathKind, RemoteEntry, RemoteFiles } from '../workspace/host.js';

/** Asks the editor for files that it alone can see: `entail/files/kind`, `…/read` and `…/list`. */
export function remoteFiles(connection: Connection): RemoteFiles {
  const ask = <T>(question: string, path: string): Promise<T> =>
    connection.sendRequest<T>(`entail/files/${question}`, { uri: URI.file(path).toString() });
  return {
    kindOf: (path) => ask<PathKind>('kind', path),
    read: (path) => ask<string | null>('read', path),
    list: (path) => ask<readonly RemoteEntry[] | null>('list', path),
  };
}
