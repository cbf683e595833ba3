import { fileURLToPath } from 'node:url';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { run } from './cli/main.js';
import { CannotRun, type Io, type Output, type Services } from './cli/services.js';
import { readyForServer, readyForShortRun } from './host/engine.js';
import { nodeHost } from './host/node.js';
import { remoteHost } from './host/remote.js';
import { decodeUtf8 } from './host/utf8.js';
import { remoteFiles } from './lsp/remoteFiles.js';
import { startServer } from './lsp/server.js';
import { compileGlobs } from './workspace/glob.js';
import { VERSION } from './workspace/version.js';
import { Workspace } from './workspace/workspace.js';

/**
 * The composition root: the command line and the language server, with the files and streams of this
 * computer. The only place that knows the process.
 */
const home = new URL('../', import.meta.url);

const services: Services = {
  host: nodeHost,
  version: VERSION,
  shippedPacks: () => nodeHost.readAll(fileURLToPath(new URL('packs', home)), compileGlobs(['*.rules'])),
  openWorkspace: (options) => new Workspace(options),
  serveLanguage: () => {
    readyForServer();
    // A language server's standard output belongs to the protocol.
    const connection = createConnection(
      new StreamMessageReader(process.stdin),
      new StreamMessageWriter(process.stdout),
    );
    // An editor that has its files elsewhere than on a disk shows them itself.
    const host = process.env.ENTAIL_FILES === 'editor' ? remoteHost(remoteFiles(connection)) : services.host;
    return startServer(
      connection,
      { ...services, host },
      {
        today: () => new Date(),
        pages: new URL('../docs/findings/', home).href,
        packs: new URL('packs/', home).href,
        pause: 150,
      },
    );
  },
};

const io: Io = {
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  readStdin,
  cwd: process.cwd(),
  environment: process.env,
  now: () => new Date(),
};

// Whoever reads our output may stop early (`entail check | head`): that is no fault.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });

process.on('uncaughtException', (error) => {
  process.stderr.write(
    `entail: internal fault: ${error.message}. This is no mistake of yours; please report it.\n`,
  );
  process.exit(2);
});

const argv = process.argv.slice(2);
// Only what serves an editor runs for longer.
if (argv[0] !== 'lsp') readyForShortRun();

run(argv, io, services).then((status) => {
  // Not process.exit: what was written to a pipe would be cut off.
  process.exitCode = status;
});

function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const text = decodeUtf8(Buffer.concat(chunks));
  if (typeof text === 'string') return text;
  throw new CannotRun(`Standard input is not valid UTF-8: byte ${text.invalidAt} fits no character.`);
}
