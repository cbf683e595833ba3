import type { Host, ReadFile, RemoteFiles, Wants } from '../workspace/host.js';
import { decodeUtf8, notUtf8 } from './utf8.js';

/** Each question is a message there and back, so many are asked at once; more would only fill the queue. */
const AT_ONCE = 32;

/** The files that somebody else sees, as a host. It only reads: whoever sees them writes them, too. */
export function remoteHost(files: RemoteFiles): Host {
  const readOne = async (path: string, as: string): Promise<ReadFile> => {
    const bytes = await files.read(path).catch(() => null);
    if (bytes === null) return { path: as, text: '', fault: UNREADABLE, refused: true };
    const decoded = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
    const text = decodeUtf8(decoded);
    if (typeof text === 'string') return { path: as, text };
    return { path: as, text: '', fault: notUtf8(text.invalidAt, decoded) };
  };
  return {
    kindOf: (path) => files.kindOf(path).catch(() => 'missing' as const),
    realPath: async (path) => path,
    read: readOne,
    async readAll(root, wants) {
      const paths = await pathsBelow(files, root, '', wants);
      const read: ReadFile[] = [];
      for (let start = 0; start < paths.length; start += AT_ONCE) {
        const some = paths.slice(start, start + AT_ONCE);
        read.push(...(await Promise.all(some.map((path) => readOne(`${root}/${path}`, path)))));
      }
      return read.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    write: refuse,
    create: refuse,
  };
}

const UNREADABLE = 'The editor can not read this file.';

async function refuse(path: string): Promise<never> {
  throw new Error(`${path} can not be written from here.`);
}

async function pathsBelow(files: RemoteFiles, root: string, folder: string, wants: Wants): Promise<string[]> {
  const entries = (await files.list(folder === '' ? root : `${root}/${folder}`).catch(() => null)) ?? [];
  const found = await Promise.all(
    entries.map(async ({ name, kind }): Promise<string[]> => {
      if (name.startsWith('.') || name === 'node_modules') return [];
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') return wants.mayMatchBelow(path) ? pathsBelow(files, root, path, wants) : [];
      return kind === 'file' && wants.matches(path) ? [path] : [];
    }),
  );
  return found.flat();
}
