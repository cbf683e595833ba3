import { sameItems } from '../base/lists.js';
import type { Anchor, Draft, RecordCheck, Twin } from '../checks/check.js';
import { type Analysis, analyse } from '../impact/analyse.js';
import { type Entailed, entailedBy } from '../impact/entailed.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import type { Network } from '../network/network.js';
import type { RegistryFile } from '../registry/entity.js';
import { Reads, ReadsCheck } from '../registry/reads.js';
import { Registry } from '../registry/registry.js';
import type { RuleSet } from '../rules/compile.js';
import type { Found } from './findings.js';
import { type Content, contentOf } from './unchanged.js';

/** What is known of a record, and what that was worked out from. */
interface Kept {
  readonly record: ChangeRecord;
  /** The contents of all the records that were read. */
  readonly records: readonly Content[];
  /** What was looked up in the registry. */
  readonly reads: Reads;
  /** Null where it was let go of; it would be the same again. */
  analysis: Analysis | null;
  readonly entailed: Entailed;
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
  /** The records whose analysis reads others: few, and looked at whenever any record changes. */
  #linked = new Set<ChangeRecord>();
  #twins: readonly Twin[] = [];
  #world: World | null = null;
  #rules: RuleSet | null = null;
  #asOf = 0;
  #kept = new Map<Content, Kept>();
  /** The records that have to be checked, now or again. */
  readonly #unchecked = new Set<ChangeRecord>();
  /** The files whose records were checked, put in or taken out since that was asked. */
  #touched = new Set<string>();
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

  /** The records whose ID another one before them has, in their order. */
  get twins(): readonly Twin[] {
    return this.#twins;
  }

  get world(): World {
    return this.#world!;
  }

  /** The records that have to be checked before all findings are known, in their order. */
  get unchecked(): readonly ChangeRecord[] {
    return this.#unchecked.size === 0 ? [] : this.#records.filter((record) => this.#unchecked.has(record));
  }

  /** The files in whose records something else may be found than when this was last asked. */
  takeTouched(): ReadonlySet<string> {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  /** Puts in what the folder holds now: files with the same entities and records of the same content are unchanged. */
  update(
    registryFiles: readonly RegistryFile[],
    records: readonly ChangeRecord[],
    rules: RuleSet,
    asOf: number,
  ): void {
    const differences = this.#putRegistry(registryFiles);
    const isOtherLaw = rules !== this.#rules || asOf !== this.#asOf;
    if (differences || isOtherLaw || !this.#world) {
      this.#rules = rules;
      this.#asOf = asOf;
      this.#world = {
        registry: this.#registry,
        network: this.#network,
        rules,
        asOf,
        record: (id) => this.#byId.get(id),
        childrenOf: (id) => this.#children.get(id) ?? [],
      };
    }
    if (isOtherLaw) this.#forget(this.#records);
    else if (differences) this.#forgetReadersOf(differences);
    if (sameItems(records, this.#records)) return;
    const [before, now] = [new Set(this.#records), new Set(records)];
    const gone = this.#records.filter((record) => !now.has(record));
    const come = records.filter((record) => !before.has(record));
    this.#putRecords(records, gone, come);
  }

  /** Puts in the records of one file in the place of those that it had. Only `update` may have been called before. */
  replaceRecords(file: string, records: readonly ChangeRecord[]): void {
    const start = firstOfFile(this.#records, file);
    const before = this.recordsOf(file);
    if (sameItems(before, records)) return;
    const all = [...this.#records.slice(0, start), ...records, ...this.#records.slice(start + before.length)];
    this.#putRecords(all, before, records);
  }

  /** The records of one file. */
  recordsOf(file: string): readonly ChangeRecord[] {
    const start = firstOfFile(this.#records, file);
    let end = start;
    while (this.#records[end]?.file === file) end++;
    return this.#records.slice(start, end);
  }

  /** What a record entails; the same as long as nothing that it reads has changed and nobody has let go of it. */
  analysisOf(record: ChangeRecord): Analysis {
    return this.#analysisIn(this.#keptOf(record));
  }

  /** What stays known of a record when its analysis is let go of. */
  entailedBy(record: ChangeRecord): Entailed {
    return this.#keptOf(record).entailed;
  }

  /** What the checks find in a record: the same list as long as nothing that it reads, and no place in its file, has changed. */
  foundIn(record: ChangeRecord): readonly Found[] {
    const kept = this.#keptOf(record);
    if (!kept.found) {
      const analysis = this.#analysisIn(kept);
      kept.found = this.#registry.noting(kept.reads, () => this.#check(analysis));
      kept.reads.close();
      this.#touched.add(record.file);
    }
    this.#unchecked.delete(record);
    return kept.found;
  }

  /** What the checks found in a record, as far as that is known already. */
  knownIn(record: ChangeRecord): readonly Found[] | null {
    return this.#isChecked(record) ? this.foundIn(record) : null;
  }

  /** As `analysisOf` and `foundIn`, for whoever needs both once: nothing is kept that was not known before. */
  examine(record: ChangeRecord): { readonly analysis: Analysis; readonly found: readonly Found[] } {
    if (this.#isChecked(record)) return { analysis: this.analysisOf(record), found: this.foundIn(record) };
    const analysis = this.#analyse(record);
    return { analysis, found: this.#check(analysis) };
  }

  /** Lets go of the analyses of a file's records; what was found in them stays. */
  letGo(file: string): void {
    if (this.#kept.size === 0) return;
    for (const record of this.recordsOf(file)) {
      const kept = this.#kept.get(contentOf(record));
      if (kept) kept.analysis = null;
    }
  }

  #analyse(record: ChangeRecord): Analysis {
    this.analysed++;
    return analyse(record, this.world);
  }

  #check(analysis: Analysis): readonly Found[] {
    this.checked++;
    const { record } = analysis;
    const found: Found[] = [];
    for (const { code, record: check } of this.checks)
      check(analysis, (draft) => found.push({ draft, code, record }), this.world);
    return found;
  }

  #analysisIn(kept: Kept): Analysis {
    kept.analysis ??= this.#registry.noting(kept.reads, () => this.#analyse(kept.record));
    return kept.analysis;
  }

  #keptOf(record: ChangeRecord): Kept {
    const content = contentOf(record);
    const known = this.#kept.get(content);
    const records = this.#readsOf(record);
    if (known && sameItems(known.records, records)) {
      if (known.record === record) return known;
      const moved = movedTo(record, known);
      this.#kept.set(content, moved);
      return moved;
    }
    const reads = new Reads();
    const analysis = this.#registry.noting(reads, () => this.#analyse(record));
    const made = { record, records, reads, analysis, entailed: entailedBy(analysis), found: null };
    this.#kept.set(content, made);
    return made;
  }

  /** Whether what is found in a record is known without looking at it again. */
  #isChecked(record: ChangeRecord): boolean {
    const kept = this.#kept.get(contentOf(record));
    if (!kept?.found) return false;
    return !this.#isLinked(record) || sameItems(kept.records, this.#readsOf(record));
  }

  /** Whether the analysis of a record reads others. */
  #isLinked(record: ChangeRecord): boolean {
    return record.parent !== null || record.after !== null || this.#children.has(record.id);
  }

  /** The records that an analysis reads: the record, the one of which it is a part, and for both those below (`after`) and their parts. */
  #readsOf(record: ChangeRecord): readonly Content[] {
    if (!this.#isLinked(record)) return [contentOf(record)];
    const parent = record.parent === null ? undefined : this.#byId.get(record.parent);
    const reads = new Set(parent ? [record, parent] : [record]);
    for (const read of reads) {
      const below = read.after === null ? undefined : this.#byId.get(read.after);
      if (below) reads.add(below);
    }
    const parts = [record, parent].flatMap((whole) => (whole && this.#children.get(whole.id)) ?? []);
    return [...reads, ...parts].map(contentOf);
  }

  /** Puts in the registry; the names of all that is looked up with another result now, or null where that is nothing. */
  #putRegistry(files: readonly RegistryFile[]): ReadonlySet<string> | null {
    if (isSameRegistry(files, this.#registryFiles)) return null;
    const [registry, network] = [this.#registry, this.#network];
    this.#registryFiles = files;
    this.#registry = new Registry(files);
    this.#network = buildNetwork(this.#registry);
    const differences = this.#registry.differences(registry);
    for (const name of this.#network.differences(network)) differences.add(name);
    return differences;
  }

  #forgetReadersOf(names: ReadonlySet<string>): void {
    const check = new ReadsCheck(names);
    this.#forget(
      this.#records.filter((record) => {
        const kept = this.#kept.get(contentOf(record));
        return kept !== undefined && check.concerns(kept.reads);
      }),
    );
  }

  #forget(records: readonly ChangeRecord[]): void {
    for (const record of records) {
      this.#kept.delete(contentOf(record));
      this.#unchecked.add(record);
    }
  }

  #putRecords(
    records: readonly ChangeRecord[],
    gone: readonly ChangeRecord[],
    come: readonly ChangeRecord[],
  ): void {
    this.#records = records;
    this.#index(gone, come);
    const contents = new Set(come.map(contentOf));
    for (const record of gone) {
      this.#unchecked.delete(record);
      this.#touched.add(record.file);
      if (!contents.has(contentOf(record))) this.#kept.delete(contentOf(record));
    }
    for (const record of come) {
      this.#touched.add(record.file);
      if (!this.#isChecked(record)) this.#unchecked.add(record);
    }
    for (const record of this.#linked) if (!this.#isChecked(record)) this.#unchecked.add(record);
  }

  /** What looks records up by name: patched where records of the same names came in the place of those that are gone. */
  #index(gone: readonly ChangeRecord[], come: readonly ChangeRecord[]): void {
    const isSwap =
      gone.length === come.length &&
      gone.every(({ id, parent }, index) => id === come[index]!.id && parent === come[index]!.parent);
    if (isSwap) {
      gone.forEach((record, index) => {
        const next = come[index]!;
        if (this.#byId.get(record.id) === record) this.#byId.set(record.id, next);
        const siblings = record.parent === null ? undefined : this.#children.get(record.parent);
        const at = siblings?.indexOf(record) ?? -1;
        if (siblings && at >= 0) siblings[at] = next;
        this.#linked.delete(record);
        if (this.#isLinked(next)) this.#linked.add(next);
        if (this.#twins.some((twin) => twin.record === record || twin.first === record))
          this.#twins = this.#twins.map((twin) => ({
            record: twin.record === record ? next : twin.record,
            first: twin.first === record ? next : twin.first,
          }));
      });
      return;
    }
    this.#byId = new Map();
    this.#children = new Map();
    const twins: Twin[] = [];
    for (const record of this.#records) {
      if (record.id !== '') {
        const first = this.#byId.get(record.id);
        if (first) twins.push({ record, first });
        else this.#byId.set(record.id, record);
      }
      if (record.parent === null) continue;
      const siblings = this.#children.get(record.parent);
      if (siblings) siblings.push(record);
      else this.#children.set(record.parent, [record]);
    }
    for (const siblings of this.#children.values())
      siblings.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    this.#twins = twins;
    this.#linked = new Set(this.#records.filter((record) => this.#isLinked(record)));
  }
}

/** What is known of a record that says the same, as said of the record as it stands now. */
function movedTo(record: ChangeRecord, kept: Kept): Kept {
  return {
    ...kept,
    record,
    analysis: kept.analysis && aboutRecord(kept.analysis, record),
    found: kept.found && foundAbout(kept.found, kept.record, record),
  };
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
