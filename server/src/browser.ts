import packs from 'entail:packs';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { remoteHost } from './host/remote.js';
import { remoteFiles } from './lsp/remoteFiles.js';
import { startServer } from './lsp/server.js';
import { Workspace } from './workspace/workspace.js';

/**
 * The composition root of the language server in a browser's worker: the files are the editor's, the rule
 * packs are in the bundle, and the worker's name is the address of the pages of the findings.
 */
const worker = globalThis as unknown as Port & { readonly name: string };

type Port = ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));

void startServer(
  connection,
  {
    host: remoteHost(remoteFiles(connection)),
    shippedPacks: async () => packs,
    openWorkspace: (options) => new Workspace(options),
  },
  { today: () => new Date(), pages: worker.name, pause: 150 },
);
