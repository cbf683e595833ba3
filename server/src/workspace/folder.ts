import type { Anchor, Draft, RecordCheck } from '../checks/check.js';
import { type Analysis, analyse } from '../impact/analyse.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import type { Network } from '../network/network.js';
import type { RegistryFile } from '../registry/entity.js';
import { Registry } from '../registry/registry.js';
import type { RuleSet } from '../rules/compile.js';
import type { Found } from './findings.js';
import { type Content, contentOf, sameItems } from './unchanged.js';

/** An analysis with the contents of all the records that it read. */
interface Kept {
  readonly analysis: Analysis;
  readonly reads: readonly Content[];
  /** What the checks found in it, once that was asked for. */
  found: readonly Found[] | null;
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
  /** How many records were checked in all. */
  checked = 0;

  /** `checks` are those that the records of this folder are held to. */
  constructor(readonly checks: readonly RecordCheck[]) {}

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

  /** Puts in the records of one file in the place of those that it had. Only `update` may have been called before. */
  replaceRecords(file: string, records: readonly ChangeRecord[]): void {
    const start = firstOfFile(this.#records, file);
    const before = this.recordsOf(file);
    if (sameItems(before, records)) return;
    const all = [...this.#records.slice(0, start), ...records, ...this.#records.slice(start + before.length)];
    const sameNames =
      before.length === records.length &&
      before.every(({ id, parent }, index) => id === records[index]!.id && parent === records[index]!.parent);
    if (sameNames) this.#swap(all, before, records);
    else this.#index(all);
    const present = new Set(records.map(contentOf));
    for (const record of before)
      if (!present.has(contentOf(record))) this.#analyses.delete(contentOf(record));
  }

  /** The records of one file. */
  recordsOf(file: string): readonly ChangeRecord[] {
    const start = firstOfFile(this.#records, file);
    let end = start;
    while (this.#records[end]?.file === file) end++;
    return this.#records.slice(start, end);
  }

  /** Whether what is found in a record is known without looking at it again. */
  isChecked(record: ChangeRecord): boolean {
    const kept = this.#analyses.get(contentOf(record));
    return kept?.found != null && sameItems(kept.reads, this.#readsOf(record));
  }

  /** What a record entails; made once as long as nothing that it reads has changed. */
  analysisOf(record: ChangeRecord): Analysis {
    return this.#keptOf(record).analysis;
  }

  /** What the checks find in a record: the same list as long as nothing that it reads, and no place in its file, has changed. */
  foundIn(record: ChangeRecord): readonly Found[] {
    const kept = this.#keptOf(record);
    if (kept.found) return kept.found;
    const found: Found[] = [];
    for (const check of this.checks) {
      for (const draft of check.record(kept.analysis, this.world))
        found.push({ draft, code: check.code, record });
    }
    this.checked++;
    kept.found = found;
    return found;
  }

  /** Lets go of what is known of a record; it is worked out again should anyone ask. */
  forget(record: ChangeRecord): void {
    this.#analyses.delete(contentOf(record));
  }

  #keptOf(record: ChangeRecord): Kept {
    const content = contentOf(record);
    const kept = this.#analyses.get(content);
    const reads = this.#readsOf(record);
    if (kept && sameItems(kept.reads, reads)) {
      if (kept.analysis.record === record) return kept;
      const analysis = aboutRecord(kept.analysis, record);
      const found = kept.found && foundAbout(kept.found, kept.analysis.record, record);
      const moved = { analysis, reads, found };
      this.#analyses.set(content, moved);
      return moved;
    }
    const analysis = analyse(record, this.world);
    this.analysed++;
    const made = { analysis, reads, found: null };
    this.#analyses.set(content, made);
    return made;
  }

  /** The records that an analysis reads: the record, the one of which it is a part, and for both those below (`after`) and their parts. */
  #readsOf(record: ChangeRecord): readonly Content[] {
    if (record.parent === null && record.after === null && !this.#children.has(record.id))
      return [contentOf(record)];
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

  /** Records of the same names in the same places: only what looks them up by name is patched. */
  #swap(all: readonly ChangeRecord[], before: readonly ChangeRecord[], after: readonly ChangeRecord[]): void {
    this.#records = all;
    before.forEach((record, index) => {
      const next = after[index]!;
      if (this.#byId.get(record.id) === record) this.#byId.set(record.id, next);
      const siblings = record.parent === null ? undefined : this.#children.get(record.parent);
      const at = siblings?.indexOf(record) ?? -1;
      if (siblings && at >= 0) siblings[at] = next;
    });
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

/** What was found in a record that says the same, as said of the record as it stands now. */
function foundAbout(found: readonly Found[], before: ChangeRecord, record: ChangeRecord): readonly Found[] {
  const moved = (anchor: Anchor): Anchor =>
    anchor.in === 'record' && anchor.record === before ? { ...anchor, record } : anchor;
  return found.map(({ draft, code }) => {
    const related = draft.related?.map((hop) => {
      const anchor = moved(hop.anchor);
      return anchor === hop.anchor ? hop : { ...hop, anchor };
    });
    const about: Draft = { ...draft, anchor: moved(draft.anchor), ...(related ? { related } : {}) };
    return { draft: about, code, record };
  });
}

/** The index of the first record that stands in a file or one behind it; records are sorted by file. */
function firstOfFile(records: readonly ChangeRecord[], file: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (records[middle]!.file < file) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSameRegistry(one: readonly RegistryFile[], other: readonly RegistryFile[]): boolean {
  return sameItems(
    one.map((file) => file.entities),
    other.map((file) => file.entities),
  );
}
