import { type Config, isPackGlob } from './config.js';
import { compileGlobs } from './glob.js';
import type { Wants } from './host.js';

/** What a file is to a workspace; `examples` are the small records that show what a pack's rules do. */
export type Role = 'registry' | 'changes' | 'packs' | 'examples';

/** Which files of a workspace its configuration means, and as what. */
export class Selection implements Wants {
  readonly #registry;
  readonly #changes;
  readonly #packs;

  constructor(config: Config) {
    this.#registry = compileGlobs(config.registry);
    this.#changes = compileGlobs(config.changes);
    this.#packs = compileGlobs(config.packs.filter(isPackGlob));
  }

  /** A file that several patterns mean is what its ending says, else what the first of them says. */
  roleOf(path: string): Role | null {
    const ending = path.slice(path.lastIndexOf('.'));
    if (isExample(path)) return ending === '.change' || ending === '.yaml' ? 'examples' : null;
    if (ending === '.rules' && this.#packs.matches(path)) return 'packs';
    if (ending === '.change' && this.#changes.matches(path)) return 'changes';
    if (this.#registry.matches(path)) return 'registry';
    if (this.#changes.matches(path)) return 'changes';
    return this.#packs.matches(path) ? 'packs' : null;
  }

  matches(path: string): boolean {
    return this.roleOf(path) !== null;
  }

  mayMatchBelow(folder: string): boolean {
    return (
      folder.endsWith('.examples') ||
      isExample(folder) ||
      this.#registry.mayMatchBelow(folder) ||
      this.#changes.mayMatchBelow(folder) ||
      this.#packs.mayMatchBelow(folder)
    );
  }
}

/** Examples stand beside their pack, in a folder of its name: `rules/ours.rules`, `rules/ours.examples/a.change`. */
function isExample(path: string): boolean {
  return /\.examples\//.test(path);
}
