import type { ParsedChanges } from './parsed.js';

/** The files of records that have a tree: those that are open, and of the others those parsed last. */
export class Trees {
  /** In the order in which they were parsed. */
  readonly #files = new Map<string, ParsedChanges>();
  readonly #open = new Set<string>();
  #length = 0;

  /** `most`: characters of text of files that are not open and have a tree; one takes some ten times the room of its text. */
  constructor(readonly most: number) {}

  setOpen(path: string, isOpen: boolean): void {
    if (isOpen) this.#open.add(path);
    else this.#open.delete(path);
  }

  /** A file was parsed, for the first time or again. */
  add(file: ParsedChanges): void {
    this.#take(file.source.path);
    this.#files.set(file.source.path, file);
    this.#length += file.source.text.length;
  }

  remove(path: string): void {
    this.#take(path);
    this.#open.delete(path);
  }

  /** Lets go of the trees that are too many, the oldest first; gives the paths of their files. */
  *letGo(): Iterable<string> {
    if (this.#length <= this.most) return;
    for (const path of this.#files.keys()) {
      if (this.#length <= this.most) return;
      if (this.letGoOf(path)) yield path;
    }
  }

  /** Lets go of the tree of one file, unless it is open; whether it did. */
  letGoOf(path: string): boolean {
    const file = this.#files.get(path);
    if (!file || this.#open.has(path)) return false;
    this.#take(path);
    file.release();
    return true;
  }

  #take(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    this.#files.delete(path);
    this.#length -= file.source.text.length;
  }
}
