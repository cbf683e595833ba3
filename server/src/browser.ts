import packNames from 'entail:packs';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { remoteHost } from './host/remote.js';
import { remoteFiles } from './lsp/remoteFiles.js';
import { startServer } from './lsp/server.js';
import { Workspace } from './workspace/workspace.js';

/**
 * The composition root of the language server in a browser's worker: the files are the editor's, and so are those
 * that come with Entail. The first message is the address that these are below, with a `/` at the end; all others
 * are the protocol's.
 */
const worker = globalThis as unknown as Port & { onmessage: ((event: { data: string }) => void) | null };

type Port = ConstructorParameters<typeof BrowserMessageReader>[0];

worker.onmessage = ({ data }: { readonly data: string }) => {
  worker.onmessage = null;
  serve(data);
};

function serve(home: string): void {
  const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
  const shipped = remoteHost(remoteFiles(connection, (path) => `${home}${path}`));
  void startServer(
    connection,
    {
      host: remoteHost(remoteFiles(connection)),
      shippedPacks: () => Promise.all(packNames.map((name) => shipped.read(`server/packs/${name}`, name))),
      openWorkspace: (options) => new Workspace(options),
    },
    {
      today: () => new Date(),
      pages: `${home}docs/findings/`,
      packs: `${home}server/packs/`,
      pause: 150,
    },
  );
}
