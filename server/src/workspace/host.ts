import type { SourceFile } from './workspace.js';

/** What stands at a path, links followed. */
export type PathKind = 'file' | 'folder' | 'other' | 'missing';

/** A file as a host read it, with what stood in the way, if anything. */
export interface ReadFile extends SourceFile {
  /** The operating system refused it (no permission, a fault of the disk): the check is not complete. */
  readonly refused?: true;
}

/** The files around Entail. Handed in at the entry points, so that nothing else knows a file system. */
export interface Host {
  /** Never rejects: what can't be seen is missing. */
  kindOf(path: string): Promise<PathKind>;
  /** The absolute path without links; itself where there is nothing. */
  realPath(path: string): Promise<string>;
  /** Reads one file; never rejects. `path` of the result is `as`. */
  read(path: string, as: string): Promise<ReadFile>;
  /**
   * Every file below `root` that `wants` means, by path; what can't be read comes with its fault. Leaves
   * out `node_modules` and names that begin with a dot, never leaves `root`, never rejects.
   */
  readAll(root: string, wants: Wants): Promise<readonly ReadFile[]>;
  /** Writes a text as UTF-8, with the folders above it. Rejects where it can't. */
  write(path: string, text: string): Promise<void>;
  /** Writes a text where there is nothing yet. Rejects where there is. */
  create(path: string, text: string): Promise<void>;
}

/** Which files are wanted; paths are relative to the root, with `/`. */
export interface Wants {
  matches(path: string): boolean;
  mayMatchBelow(folder: string): boolean;
}

/** The three questions to whoever can see the files: an editor, of a folder on a server or in a browser. */
export interface RemoteFiles {
  kindOf(path: string): Promise<PathKind>;
  /** A file's bytes as the characters U+0000 to U+00FF; null where it can not be read. */
  read(path: string): Promise<string | null>;
  /** What a folder holds, links not followed; null where it can not be opened. */
  list(path: string): Promise<readonly RemoteEntry[] | null>;
}

export interface RemoteEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}
