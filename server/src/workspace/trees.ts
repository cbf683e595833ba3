import type { ParsedChanges } from './parsed.js';

/** So much text of files that are not open may have a tree; one takes some ten times the room of its text. */
const MOST_TEXT = 500_000;

/** The files of records that have a tree: those that are open, and of the others those parsed last. */
export class Trees {
  /** In the order in which they were parsed. */
  readonly #files = new Map<string, ParsedChanges>();
  readonly #open = new Set<string>();
  #length = 0;

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
    if (this.#length <= MOST_TEXT) return;
    for (const [path, file] of this.#files) {
      if (this.#length <= MOST_TEXT) return;
      if (this.#open.has(path)) continue;
      this.#take(path);
      file.release();
      yield path;
    }
  }

  #take(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    this.#files.delete(path);
    this.#length -= file.source.text.length;
  }
}
