import { type Analysis, analyse } from '../impact/analyse.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import type { Network } from '../network/network.js';
import type { RegistryFile } from '../registry/entity.js';
import { Registry } from '../registry/registry.js';
import type { RuleSet } from '../rules/compile.js';
import { type Content, contentOf } from './unchanged.js';

/** An analysis with the contents of all the records that it read. */
interface Kept {
  readonly analysis: Analysis;
  readonly reads: readonly Content[];
}

/**
 * A registry with the records that are about it: the workspace itself, or the examples beside one pack.
 * Its network is made anew when the registry changes, a record's analysis when anything that it reads does.
 */
export class Folder {
  #registryFiles: readonly RegistryFile[] = [];
  #registry = new Registry([]);
  #network: Network = buildNetwork(this.#registry);
  #records: readonly ChangeRecord[] = [];
  #byId = new Map<string, ChangeRecord>();
  #children = new Map<string, ChangeRecord[]>();
  #world: World | null = null;
  #rules: RuleSet | null = null;
  #asOf = 0;
  #analyses = new Map<Content, Kept>();
  /** How many analyses were made in all, so that a test can tell that nothing was recomputed. */
  analysed = 0;

  get registry(): Registry {
    return this.#registry;
  }

  get records(): readonly ChangeRecord[] {
    return this.#records;
  }

  get world(): World {
    return this.#world!;
  }

  /** Puts in what the folder holds now: files with the same entities and records of the same content are unchanged. */
  update(
    registryFiles: readonly RegistryFile[],
    records: readonly ChangeRecord[],
    rules: RuleSet,
    asOf: number,
  ): void {
    const registryChanged = !isSameRegistry(registryFiles, this.#registryFiles);
    if (registryChanged) {
      this.#registryFiles = registryFiles;
      this.#registry = new Registry(registryFiles);
      this.#network = buildNetwork(this.#registry);
    }
    const recordsChanged = !sameItems(records, this.#records);
    if (recordsChanged) this.#index(records);
    if (registryChanged || rules !== this.#rules || asOf !== this.#asOf || !this.#world) {
      this.#rules = rules;
      this.#asOf = asOf;
      this.#analyses = new Map();
      this.#world = {
        registry: this.#registry,
        network: this.#network,
        rules,
        asOf,
        record: (id) => this.#byId.get(id),
        childrenOf: (id) => this.#children.get(id) ?? [],
      };
    } else if (recordsChanged) this.#forgetGone();
  }

  /** What a record entails; made once as long as nothing that it reads has changed. */
  analysisOf(record: ChangeRecord): Analysis {
    const content = contentOf(record);
    const reads = this.#readsOf(record);
    const kept = this.#analyses.get(content);
    if (kept && sameItems(kept.reads, reads)) {
      if (kept.analysis.record === record) return kept.analysis;
      const analysis = aboutRecord(kept.analysis, record);
      this.#analyses.set(content, { analysis, reads });
      return analysis;
    }
    const analysis = analyse(record, this.world);
    this.analysed++;
    this.#analyses.set(content, { analysis, reads });
    return analysis;
  }

  /** The records that an analysis reads: the record, the one of which it is a part, and for both those below (`after`) and their parts. */
  #readsOf(record: ChangeRecord): readonly Content[] {
    const parent = record.parent === null ? undefined : this.#byId.get(record.parent);
    const reads = new Set(parent ? [record, parent] : [record]);
    for (const read of reads) {
      const below = read.after === null ? undefined : this.#byId.get(read.after);
      if (below) reads.add(below);
    }
    const parts = [record, parent].flatMap((whole) => (whole && this.#children.get(whole.id)) ?? []);
    return [...reads, ...parts].map(contentOf);
  }

  #index(records: readonly ChangeRecord[]): void {
    this.#records = records;
    this.#byId = new Map();
    this.#children = new Map();
    for (const record of records) {
      if (record.id !== '' && !this.#byId.has(record.id)) this.#byId.set(record.id, record);
      if (record.parent === null) continue;
      const siblings = this.#children.get(record.parent);
      if (siblings) siblings.push(record);
      else this.#children.set(record.parent, [record]);
    }
    for (const siblings of this.#children.values())
      siblings.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  }

  /** Lets go of the analyses of records that are gone. */
  #forgetGone(): void {
    const present = new Set(this.#records.map(contentOf));
    for (const content of this.#analyses.keys()) if (!present.has(content)) this.#analyses.delete(content);
  }
}

/** The analysis of a record that says the same, with its answers as they stand now. */
function aboutRecord(analysis: Analysis, record: ChangeRecord): Analysis {
  const before = analysis.record.answers;
  return {
    ...analysis,
    record,
    unused: analysis.unused.map((answer) => record.answers[before.indexOf(answer)]!),
  };
}

function isSameRegistry(one: readonly RegistryFile[], other: readonly RegistryFile[]): boolean {
  return sameItems(
    one.map((file) => file.entities),
    other.map((file) => file.entities),
  );
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
