import { packOfFile } from './config.js';
import { type ParsedRules, parseFile } from './parsed.js';
import type { SourceFile } from './workspace.js';

/** The packs that come with Entail. Each file is parsed when it is first asked for: few workspaces use them all. */
export class ShippedPacks {
  /** Sorted, each once. */
  readonly ids: readonly string[];
  readonly #sources: ReadonlyMap<string, SourceFile>;
  readonly #parsed = new Map<string, ParsedRules>();

  constructor(sources: readonly SourceFile[]) {
    const sorted = [...sources].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#sources = new Map(sorted.map((source) => [source.path, source]));
    this.ids = [...new Set(sorted.flatMap((source) => packOfFile(source.path) ?? []))].sort();
  }

  has(path: string): boolean {
    return this.#sources.has(path);
  }

  file(path: string): ParsedRules | undefined {
    const known = this.#parsed.get(path);
    const source = this.#sources.get(path);
    if (known || !source) return known;
    const parsed = parseFile(source);
    if (parsed.kind !== 'rules') return undefined;
    this.#parsed.set(path, parsed);
    return parsed;
  }

  /** The files of a pack, sorted by path; none where no such pack comes with Entail. */
  filesOf(pack: string): readonly ParsedRules[] {
    const paths = [...this.#sources.keys()].filter((path) => packOfFile(path) === pack);
    return paths.flatMap((path) => this.file(path) ?? []);
  }
}
