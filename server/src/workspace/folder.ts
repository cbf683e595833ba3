import { type Analysis, analyse } from '../impact/analyse.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import type { Network } from '../network/network.js';
import type { RegistryFile } from '../registry/entity.js';
import { Registry } from '../registry/registry.js';
import type { RuleSet } from '../rules/compile.js';

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
  #analyses = new Map<ChangeRecord, Analysis>();
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

  /** Puts in what the folder holds now; what is the same object as before counts as unchanged. */
  update(
    registryFiles: readonly RegistryFile[],
    records: readonly ChangeRecord[],
    rules: RuleSet,
    asOf: number,
  ): void {
    const registryChanged = !sameItems(registryFiles, this.#registryFiles);
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
    } else if (recordsChanged) this.#forgetStale();
  }

  /** What a record entails; made once as long as nothing that it reads has changed. */
  analysisOf(record: ChangeRecord): Analysis {
    let analysis = this.#analyses.get(record);
    if (!analysis) {
      analysis = analyse(record, this.world);
      this.analysed++;
      this.#analyses.set(record, analysis);
    }
    return analysis;
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

  /** Analyses of records that are gone, and of those that read other records (`after`, `parent`). */
  #forgetStale(): void {
    const kept = new Map<ChangeRecord, Analysis>();
    for (const record of this.#records) {
      const known = this.#analyses.get(record);
      if (known && record.after === null && !this.#children.has(record.id)) kept.set(record, known);
    }
    this.#analyses = kept;
  }
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
