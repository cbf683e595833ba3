import {
  type Dirent,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Host, PathKind, ReadFile, Wants } from '../workspace/host.js';
import { decodeUtf8, notUtf8 } from './utf8.js';

/** A larger file is no change record, registry or rule pack, and would only use up the memory. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** More files than this mean that a folder far too high was taken for the workspace. */
const MOST_FILES = 200_000;

/** After so many files the event loop gets its turn, so that a language server stays responsive. */
const FILES_AT_A_TIME = 200;

/**
 * The files of this computer. Reads without promises: a workspace is thousands of small files, for each of
 * which waiting costs several times the reading.
 */
export const nodeHost: Host = {
  async kindOf(path) {
    try {
      return kindOfStats(statSync(path));
    } catch {
      return 'missing';
    }
  },

  async realPath(path) {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  },

  async read(path, as) {
    return readOne(path, as);
  },

  async readAll(root, wants) {
    const walk = new Walk(root, wants);
    await walk.folder('', [walk.realRoot]);
    return walk.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  },

  async write(path, text) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  },

  async create(path, text) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  },
};

/** One sentence on why the operating system refused a file, for readers who are no programmers. */
export function refusal(error: unknown): string {
  const code = codeOf(error);
  return REFUSALS[code] ?? `The file can not be read (${code || 'the disk gave no reason'}).`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'The file can not be read: you have no permission to. Ask its owner, or run `chmod u+r` on it.',
  EPERM: 'The file can not be read: you have no permission to. Ask its owner, or run `chmod u+r` on it.',
  EISDIR: 'This is a folder, but its name is that of a file. Rename it, or move what it holds.',
  ENOENT: 'The file is not there any more.',
  ELOOP: 'This symbolic link leads back to itself. Remove it, or let it point to a file.',
  EMFILE:
    'The file can not be read: too many files are open on this computer. Close some programs and try again.',
  EIO: 'The file can not be read: the disk reports a fault.',
};

class Walk {
  readonly files: ReadFile[] = [];
  readonly realRoot: string;

  constructor(
    readonly root: string,
    readonly wants: Wants,
  ) {
    this.realRoot = realpathOr(root);
  }

  /** Reads a folder; `chain` holds the real paths of it and of the folders above, to notice a loop. */
  async folder(path: string, chain: readonly string[]): Promise<void> {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(this.root, path), { withFileTypes: true });
    } catch (error) {
      this.#fault(path === '' ? '.' : path, `This folder can not be opened: ${refusal(error)}`, 'refused');
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (this.files.length > MOST_FILES) return;
      if (isLeftOut(entry.name)) continue;
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isSymbolicLink()) await this.#link(below, chain);
      else if (entry.isDirectory()) {
        if (this.wants.matches(below)) this.#fault(below, refusal({ code: 'EISDIR' }));
        if (this.wants.mayMatchBelow(below))
          await this.folder(below, [...chain, join(chain.at(-1)!, entry.name)]);
      } else if (this.wants.matches(below)) {
        if (entry.isFile()) await this.#file(below);
        else this.#fault(below, NO_FILE);
      }
    }
  }

  async #file(path: string): Promise<void> {
    if (this.files.length === MOST_FILES) {
      this.files.push({
        path,
        text: '',
        fault: `There are more than ${MOST_FILES} files to check; from here on none was read. Narrow the patterns in entail.jsonc.`,
      });
      return;
    }
    this.files.push(readOne(join(this.root, path), path));
    if (this.files.length % FILES_AT_A_TIME === 0) await new Promise(setImmediate);
  }

  /** A link is followed within the workspace, unless what it points to is read at its own place. */
  async #link(path: string, chain: readonly string[]): Promise<void> {
    const wanted = this.wants.matches(path);
    const mayHold = this.wants.mayMatchBelow(path);
    if (!wanted && !mayHold) return;
    const full = join(this.root, path);
    let real: string;
    let kind: PathKind;
    try {
      real = realpathSync(full);
      kind = kindOfStats(statSync(real));
    } catch (error) {
      const loops = codeOf(error) === 'ELOOP';
      if (loops) this.#fault(path, refusal(error));
      else if (wanted)
        this.#fault(path, 'This symbolic link points to nothing. Remove it, or put back what it pointed to.');
      return;
    }
    if (kind === 'folder' ? !mayHold && !wanted : !wanted) return;
    const inside = relative(this.realRoot, real).split(sep).join('/');
    if (inside === '..' || inside.startsWith('../') || relative(this.realRoot, real) === real)
      this.#fault(
        path,
        'This symbolic link leaves the workspace and is not followed. Copy what it points to into the workspace.',
      );
    else if (kind === 'folder') {
      const loops = chain.some((above) => above === real || above.startsWith(real + sep));
      if (loops)
        this.#fault(
          path,
          'This symbolic link leads back to a folder above it, so it would never end. Remove it.',
        );
      else if (inside.split('/').some(isLeftOut) || !this.wants.mayMatchBelow(inside))
        await this.folder(path, [...chain, real]);
    } else if (inside.split('/').some(isLeftOut) || !this.wants.matches(inside)) await this.#file(path);
  }

  #fault(path: string, fault: string, refused?: 'refused'): void {
    this.files.push(refused ? { path, text: '', fault, refused: true } : { path, text: '', fault });
  }
}

function readOne(path: string, as: string): ReadFile {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { path: as, text: '', fault: refusal({ code: 'EISDIR' }) };
    if (!stats.isFile()) return { path: as, text: '', fault: NO_FILE };
    if (stats.size > LARGEST_FILE) return { path: as, text: '', fault: tooLarge(stats.size) };
    const bytes = readFileSync(path);
    const decoded = decodeUtf8(bytes);
    if (typeof decoded === 'string') return { path: as, text: decoded };
    return { path: as, text: '', fault: notUtf8(decoded.invalidAt, bytes) };
  } catch (error) {
    return { path: as, text: '', fault: refusal(error), refused: true };
  }
}

const NO_FILE = 'This is neither a file nor a folder (a pipe or a device, perhaps), so it is not read.';

function tooLarge(size: number): string {
  const megabytes = Math.ceil(size / 1024 / 1024);
  return `The file has ${megabytes} MB; more than ${LARGEST_FILE / 1024 / 1024} MB are not read. Split it into several files.`;
}

function isLeftOut(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

function kindOfStats(stats: { isFile(): boolean; isDirectory(): boolean }): PathKind {
  return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other';
}

function realpathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
