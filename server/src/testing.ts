import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './cli/main.js';
import type { Services } from './cli/services.js';
import { nodeHost } from './host/node.js';
import { compileGlobs } from './workspace/glob.js';
import type { Host, ReadFile } from './workspace/host.js';
import { Workspace } from './workspace/workspace.js';

/**
 * What tests of the command line and of the language server are composed of, as main.ts composes the program.
 */

/** The folder of the clone: what the tests were compiled into lies below it. */
export const CLONE = clone();

export const testServices: Services = {
  host: nodeHost,
  version: '0.0.0',
  shippedPacks: () => nodeHost.readAll(join(CLONE, 'server/packs'), compileGlobs(['*.rules'])),
  openWorkspace: (options) => new Workspace(options),
  serveLanguage: async () => 0,
};

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly stdin?: string;
  readonly isTTY?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly services?: Partial<Services>;
  /** Milliseconds that pass between two looks at the clock. */
  readonly slow?: number;
}

/** Runs one command line in a folder, without a process. The day is 22 November 2026. */
export async function runIn(cwd: string, argv: readonly string[], given: Circumstances = {}): Promise<Ran> {
  let out = '';
  let err = '';
  let time = Date.UTC(2026, 10, 22, 12);
  const isTTY = given.isTTY === true;
  const status = await run(
    argv,
    {
      stdout: { write: (text) => void (out += text), isTTY, columns: 100 },
      stderr: { write: (text) => void (err += text), isTTY },
      readStdin: async () => given.stdin ?? '',
      cwd,
      environment: given.environment ?? {},
      now: () => new Date((time += given.slow ?? 0)),
    },
    { ...testServices, ...given.services },
  );
  return { status, out, err };
}

/** A folder on disk that goes away after the test. */
export class Scratch {
  readonly root = mkdtempSync(join(tmpdir(), 'entail-cli-'));

  put(path: string, content: string | Uint8Array): this {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
    return this;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The files of this computer, but for one that the operating system refuses. */
export function refusing(ending: string): Host {
  const refuse = (file: ReadFile): ReadFile =>
    file.path.endsWith(ending) ? { path: file.path, text: '', fault: 'No permission.', refused: true } : file;
  return {
    ...nodeHost,
    read: async (path, as) => refuse(await nodeHost.read(path, as)),
    readAll: async (root, wants) => (await nodeHost.readAll(root, wants)).map(refuse),
  };
}

function clone(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'server/packs'))) {
    // Compiled to somewhere else: then the tests are started in the clone.
    if (dirname(folder) === folder) return process.cwd();
    folder = dirname(folder);
  }
  return folder;
}
