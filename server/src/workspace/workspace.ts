import { sameItems } from '../base/lists.js';
import { CHECKS } from '../checks/all.js';
import type { Draft, Everything, RecordCheck, WorkspaceCheck } from '../checks/check.js';
import type { Code } from '../checks/codes.js';
import type { Finding } from '../checks/finding.js';
import type { Analysis } from '../impact/analyse.js';
import type { Entailed } from '../impact/entailed.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { crossCheck } from '../registry/crossCheck.js';
import type { Registry } from '../registry/registry.js';
import { entriesOf, nodeAt } from '../registry/registry.js';
import { compileRules, type RuleSet, type RulesSource } from '../rules/compile.js';
import { CONFIG_FILE, type Config, type ConfigProblem, isPackGlob, readConfig } from './config.js';
import { FindingsByFile, type Found, GatheredOnce } from './findings.js';
import { Folder } from './folder.js';
import {
  layoutOf,
  type ParsedChanges,
  type ParsedFile,
  type ParsedRegistry,
  type ParsedRules,
  parseFile,
} from './parsed.js';
import type { Report, ReportChange } from './report.js';
import { Selection } from './selection.js';
import { ShippedPacks } from './shipped.js';
import { reportChange, reportFinding, reportOf } from './toReport.js';
import { Tracked } from './tracked.js';
import { Trees } from './trees.js';
import { keepUnchanged } from './unchanged.js';

/** A file as a host read it; `fault` says in one sentence why it could not be read (then `text` is empty). */
export interface SourceFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly fault?: string;
  /** Open in an editor: what is made of it is asked for again and again, and is kept at hand. */
  readonly isOpen?: boolean;
}

export interface WorkspaceOptions {
  /** The day on which everything is judged, in days since 1970-01-01. */
  readonly asOf: number;
  /** The packs that ship with Entail: `us-drugs.rules` and so on, by file name. */
  readonly shippedPacks: readonly SourceFile[];
  /**
   * Characters of text of files that are not open and whose trees are kept all the same: little in an editor, which
   * goes on for days; much where everything is looked at once, so that it is parsed once.
   */
  readonly treesOf?: number;
}

/** One step of progress: `done` of `total` change records. */
export type Progress = (done: number, total: number) => void;

/** Read-only view of one revision of a workspace. */
export interface Snapshot {
  findings(progress?: Progress): readonly Finding[];
  /** The same by path, in the order of the paths; a file's list is the same object as long as it says the same. */
  findingsByFile(progress?: Progress): ReadonlyMap<string, readonly Finding[]>;
  /**
   * What is found in one file of records, at the cost of its own records; equal to what `findingsByFile` has of
   * it. Of any other file, what is known without looking at records that were not looked at yet.
   */
  findingsOf(path: string): readonly Finding[];
  /** Checks the records one at a time, so that whoever asks for all findings may do other things in between. */
  checkRecords(): Iterable<{ readonly done: number; readonly total: number }>;
  report(progress?: Progress): Report;
  readonly config: Config;
  /** The registry, the network and the rules of the workspace. */
  readonly world: World;
  /** The records of the workspace, sorted by file and place. */
  readonly records: readonly ChangeRecord[];
  /** What a record entails; the same as long as nothing that it reads has changed, if its file is open. */
  analysisOf(record: ChangeRecord): Analysis;
  /** The part of it that is asked about whole workspaces; it stays known of every record that was looked at. */
  entailedBy(record: ChangeRecord): Entailed;
  /** Every file of the workspace, sorted by path. */
  readonly paths: readonly string[];
  /** The IDs of the packs that ship with Entail, in force here or not. */
  readonly shippedPacks: readonly string[];
  /** What is kept of a file of the workspace, or of a shipped pack. */
  file(path: string): ParsedFile | undefined;
}

/** The files of one workspace in memory, and the memoised queries over them. */
export interface WorkspaceApi {
  /** Puts in or takes out files (closed, saved or being edited); everything else is derived from them. */
  apply(change: { readonly set?: readonly SourceFile[]; readonly remove?: readonly string[] }): void;
  snapshot(): Snapshot;
}

/**
 * One workspace. `apply` takes inputs; `snapshot` derives what is asked, remaking only what read something
 * that changed: a file's tree from its text, the network from the registry's files, a record's analysis from
 * the record, the network and the rules.
 */
export class Workspace implements WorkspaceApi {
  readonly #parsed = new Map<string, ParsedFile>();
  readonly #shipped: ShippedPacks;
  readonly #main = new Folder(RECORD_CHECKS);
  readonly #examples = new Map<string, Folder>();
  #config: Config;
  #configText: string | undefined;
  #configProblems: readonly ConfigProblem[] = [];
  #selection: Selection;
  #rules: { readonly key: readonly unknown[]; readonly set: RuleSet } | null = null;
  /** The files by what they are to the workspace; null where files came or went. */
  #layout: Layout | null = null;
  readonly #changed = new Set<string>();
  /** The files that can't be read, or not without a fault: few of many. */
  readonly #faulty = new Set<string>();
  #snapshot: Snapshot | null = null;
  readonly #byFile = new FindingsByFile((path) => this.#fileAt(path));
  readonly #trees: Trees;
  /** Whether places may have changed elsewhere than in the files whose records were touched, or the configuration. */
  #isRearranged = false;
  readonly #crossChecked = new WeakMap<
    Registry,
    { readonly files: readonly unknown[]; readonly problems: readonly CrossProblem[] }
  >();
  readonly #everything: Tracked<Everything> = new Tracked(this.#inputs());

  constructor(readonly options: WorkspaceOptions) {
    this.#shipped = new ShippedPacks(options.shippedPacks);
    this.#trees = new Trees(options.treesOf ?? FEW_TREES);
    this.#config = readConfig('{}', this.#shipped.ids).config;
    this.#selection = new Selection(this.#config);
  }

  apply(change: { readonly set?: readonly SourceFile[]; readonly remove?: readonly string[] }): void {
    for (const path of change.remove ?? []) this.#remove(path);
    for (const source of change.set ?? []) {
      this.#trees.setOpen(source.path, source.isOpen ?? false);
      const known = this.#parsed.get(source.path);
      if (known && known.source.text === source.text && known.source.fault === source.fault) continue;
      const parsed = keepUnchanged(known, parseFile(source, this.#onParsed));
      this.#parsed.set(source.path, parsed);
      if (parsed.kind === 'changes') this.#trees.add(parsed);
      this.#changed.add(source.path);
      if (faultsOf(parsed).length > 0 || source.fault !== undefined) this.#faulty.add(source.path);
      else this.#faulty.delete(source.path);
      if (known?.kind !== parsed.kind) this.#layout = null;
      if (parsed.kind !== 'changes' && layoutOf(known) !== layoutOf(parsed)) this.#isRearranged = true;
      // However many files are put in at once, no more trees are kept than of those that are read now and then.
      this.#letGoOfTrees();
    }
    this.#snapshot = null;
  }

  #remove(path: string): void {
    this.#faulty.delete(path);
    this.#trees.remove(path);
    if (this.#parsed.delete(path)) this.#layout = null;
    this.#isRearranged = true;
  }

  /** A file that has been replaced goes with the last who knows it. */
  readonly #onParsed = (file: ParsedChanges): void => {
    if (this.#parsed.get(file.source.path) === file) this.#trees.add(file);
  };

  #letGoOf(path: string): void {
    if (this.#trees.letGoOf(path)) for (const folder of this.#folders()) folder.letGo(path);
  }

  /** Nodes are compared with one another, so this is done only where none is held: between two records. */
  #letGoOfTrees(): void {
    for (const path of this.#trees.letGo()) for (const folder of this.#folders()) folder.letGo(path);
  }

  snapshot(): Snapshot {
    if (this.#snapshot) return this.#snapshot;
    const layout = this.#derive();
    this.#snapshot = {
      findings: (progress) => [...this.#findingsByFile(progress).values()].flat(),
      findingsByFile: (progress) => this.#findingsByFile(progress),
      findingsOf: (path) => this.#findingsOf(path),
      checkRecords: () => this.#checkRecords(),
      report: (progress) => this.#report(progress),
      config: this.#config,
      world: this.#main.world,
      records: this.#main.records,
      analysisOf: (record) => this.#main.analysisOf(record),
      entailedBy: (record) => this.#main.entailedBy(record),
      paths: layout.paths,
      shippedPacks: this.#shipped.ids,
      file: this.#fileAt,
    };
    return this.#snapshot;
  }

  /** How many analyses were made since the workspace was opened. */
  get analysed(): number {
    return this.#folders().reduce((sum, folder) => sum + folder.analysed, 0);
  }

  /** How many records were checked since the workspace was opened. */
  get checked(): number {
    return this.#folders().reduce((sum, folder) => sum + folder.checked, 0);
  }

  #folders(): readonly Folder[] {
    return [this.#main, ...this.#examples.values()];
  }

  #derive(): Layout {
    this.#everything.changed();
    this.#readConfiguration();
    const changed = [...this.#changed];
    this.#changed.clear();
    const known = this.#layout;
    const layout = known ?? layoutOfFiles(this.#parsed, this.#selection);
    this.#layout = layout;
    // While an author writes, one file of records changes and nothing else: the rest need not be looked at.
    if (known && changed.every((path) => layout.groupOf.get(path) === 'changes')) {
      for (const path of changed) this.#main.replaceRecords(path, recordsIn([this.#parsed.get(path)!]));
      return layout;
    }
    const filesOf = (group: string): readonly ParsedFile[] =>
      (layout.groups.get(group) ?? []).map((path) => this.#parsed.get(path)!);
    const registry = filesOf('registry').filter((file) => file.kind === 'registry');
    const registryFiles = registry.map((file) => file.registry);
    const records = recordsIn(filesOf('changes'));
    const { asOf } = this.options;
    // The registry's names let a company's rules speak of its own parameters, so they come first.
    const own = filesOf('packs').filter((file) => file.kind === 'rules');
    this.#main.update(registryFiles, records, this.#rules?.set ?? compileRules([]), asOf);
    const rules = this.#compile(own, this.#main.registry);
    this.#main.update(registryFiles, records, rules, asOf);
    const examples = [...layout.groups.keys()].filter((group) => group.startsWith(EXAMPLES));
    this.#deriveExamples(new Map(examples.map((group) => [group, filesOf(group)])), rules);
    return layout;
  }

  #readConfiguration(): void {
    const text = this.#parsed.get(CONFIG_FILE)?.source.text;
    if (text === this.#configText) return;
    const read = readConfig(text ?? '{}', this.#shipped.ids);
    this.#configText = text;
    this.#config = read.config;
    this.#configProblems = text === undefined ? [] : read.problems;
    this.#selection = new Selection(read.config);
    this.#layout = null;
  }

  #compile(own: readonly ParsedRules[], registry: Registry): RuleSet {
    const named = this.#config.packs.filter((entry) => !isPackGlob(entry));
    const shipped = withUsed(named, own, this.#shipped);
    const known = own.length > 0 ? knownNames(registry) : {};
    const key = [...shipped, ...own, JSON.stringify(known)];
    if (this.#rules && sameItems(key, this.#rules.key)) return this.#rules.set;
    const sourceOf = (file: ParsedRules, isShipped: boolean): RulesSource => ({
      file: file.source.path,
      tree: file.tree,
      shipped: isShipped,
    });
    const set = compileRules(
      [...shipped.map((file) => sourceOf(file, true)), ...own.map((file) => sourceOf(file, false))],
      known,
    );
    this.#rules = { key, set };
    return set;
  }

  #deriveExamples(groups: ReadonlyMap<string, readonly ParsedFile[]>, rules: RuleSet): void {
    for (const [group, files] of groups) {
      const folder = this.#examples.get(group) ?? new Folder(EXAMPLE_CHECKS);
      this.#examples.set(group, folder);
      const registry = files.filter((file): file is ParsedRegistry => file.kind === 'registry');
      folder.update(
        registry.map((file) => file.registry),
        recordsIn(files),
        rules,
        this.options.asOf,
      );
    }
    for (const group of this.#examples.keys()) if (!groups.has(group)) this.#examples.delete(group);
  }

  readonly #fileAt = (path: string): ParsedFile | undefined =>
    this.#parsed.get(path) ?? this.#shipped.file(path);

  #findingsByFile(progress?: Progress): ReadonlyMap<string, readonly Finding[]> {
    for (const { done, total } of this.#checkRecords()) progress?.(done, total);
    this.#placeTouched();
    for (const check of WORKSPACE_CHECKS) this.#placeCheck(check);
    return this.#byFile.gather();
  }

  /** Checks what has to be checked, then puts what was found before where it stands now. */
  *#checkRecords(): Iterable<{ readonly done: number; readonly total: number }> {
    const folders = this.#folders();
    const unchecked = folders.map((folder) => folder.unchecked);
    const outdated = this.#isRearranged
      ? this.#byFile.outdated(this.#config).filter((name) => this.#parsed.get(name)?.kind === 'changes')
      : [];
    const total = unchecked.reduce((sum, records) => sum + records.length, outdated.length);
    let done = 0;
    for (const [index, folder] of folders.entries()) {
      for (const records of byFile(unchecked[index]!)) {
        for (const record of records) {
          folder.foundIn(record);
          yield { done: ++done, total };
        }
        this.#placeRecords(records[0]!.file);
        this.#letGoOfTrees();
      }
    }
    for (const name of outdated) {
      this.#placeRecords(name);
      this.#letGoOfTrees();
      yield { done: ++done, total };
    }
    this.#isRearranged = false;
  }

  #placeTouched(): void {
    for (const folder of this.#folders()) {
      for (const path of folder.takeTouched()) {
        this.#placeRecords(path);
        this.#letGoOfTrees();
      }
    }
  }

  /** Puts in what is known to be found in the records of a file. */
  #placeRecords(path: string): void {
    const found = this.#folders().flatMap((folder) =>
      folder.recordsOf(path).flatMap((record) => {
        const known = folder.knownIn(record);
        return known ? [known] : [];
      }),
    );
    this.#byFile.put(path, found, this.#config);
    this.#byFile.of(path);
  }

  #findingsOf(path: string): readonly Finding[] {
    const isChanges = this.#fileAt(path)?.kind === 'changes';
    if (isChanges) {
      for (const folder of this.#folders())
        for (const record of folder.recordsOf(path)) folder.foundIn(record);
      this.#placeRecords(path);
    } else this.#placeTouched();
    for (const check of WORKSPACE_CHECKS) {
      const { code } = check;
      const concerns = isChanges ? !/^(?:registry|rules)\//.test(code) : code !== 'rules/no-example';
      if (concerns) this.#placeCheck(check);
    }
    return this.#byFile.of(path);
  }

  /** What a check of the workspace finds, run anew only where something that it read has changed. */
  #foundBy(check: WorkspaceCheck): readonly Found[] {
    return this.#everything.run(check, (everything) =>
      [...check.workspace(everything)].map((draft) => ({
        draft,
        code: check.code,
        record: this.#recordAround(draft),
      })),
    );
  }

  #placeCheck(check: WorkspaceCheck): void {
    this.#byFile.put(check.code, [this.#foundBy(check)], this.#config);
  }

  /** The record in whose text something stands, so that a reader finds it with the rest of that record. */
  #recordAround({ anchor }: Draft): ChangeRecord | null {
    const file = anchor.in === 'text' ? this.#parsed.get(anchor.file) : undefined;
    if (anchor.in !== 'text' || file?.kind !== 'changes') return null;
    const before = file.records.filter(
      (record) => (file.tokens.starts[record.first] ?? 0) <= anchor.span.start,
    );
    return before.at(-1) ?? null;
  }

  /** How each part of what the checks of the workspace see is made. */
  #inputs(): { readonly [Part in keyof Everything]: () => Everything[Part] } {
    const filesAt = (paths: readonly string[]): readonly ParsedFile[] =>
      paths.map((path) => this.#parsed.get(path)!);
    const faulty = (): readonly ParsedFile[] => filesAt([...this.#faulty].sort());
    return {
      world: () => this.#main.world,
      twins: () => this.#main.twins,
      shownRules: () =>
        this.#folders().flatMap((folder) =>
          folder.records.flatMap((record) =>
            record.hasExpectations ? (folder.entailedBy(record).shown ?? []) : [],
          ),
        ),
      registryFiles: () =>
        filesAt(this.#layout!.registryPaths).flatMap((file) =>
          file.kind === 'registry' ? [file.registry] : [],
        ),
      registryProblems: () => this.#folders().flatMap((folder) => this.#crossProblems(folder.registry)),
      syntaxFaults: () => [...faultsOfConfiguration(this.#configProblems), ...faulty().flatMap(faultsOf)],
      unreadable: () => faulty().flatMap(({ source }) => unreadable(source)),
      ownRules: () =>
        [...this.#main.world.rules.rules.values()]
          .filter((rule) => !this.#shipped.has(rule.location.file))
          .map((rule) => rule.name),
      lacks: () => {
        const { world, records } = this.#main;
        const lacks: Everything['lacks'][number][] = [];
        if (records.length === 0) lacks.push('records');
        if (world.rules.rules.size === 0) lacks.push('rules');
        return lacks;
      },
      configurationFile: () => CONFIG_FILE,
    };
  }

  /** Its messages name lines, so it is made anew whenever a file of the registry is. */
  #crossProblems(registry: Registry): readonly CrossProblem[] {
    const files = registry.files.map(({ file }) => this.#parsed.get(file));
    const kept = this.#crossChecked.get(registry);
    if (kept && sameItems(kept.files, files)) return kept.problems;
    const lineOf = (path: string, at: number): number => {
      const file = this.#parsed.get(path);
      if (file?.kind !== 'registry') return 1;
      const start = file.registry.starts[at] ?? 0;
      return file.rangeOf({ start, end: start }).start.line + 1;
    };
    const problems = crossCheck(registry, lineOf).map(({ file, problem }) => ({ ...problem, file }));
    this.#crossChecked.set(registry, { files, problems });
    return problems;
  }

  /**
   * Record by record, so that of each no more is kept than the report says of it: what a large archive entails
   * takes several times as much memory. What was analysed before stays.
   */
  #report(progress?: Progress): Report {
    const folders = this.#folders();
    const total = folders.reduce((sum, { records }) => sum + records.length, 0);
    const gathered = new GatheredOnce(this.#fileAt, this.#config);
    const changes: ReportChange[] = [];
    let done = 0;
    for (const folder of folders) {
      for (const records of byFile(folder.records)) {
        for (const record of records) {
          const examined = folder.examine(record);
          gathered.put(examined.found);
          if (folder === this.#main && record.id !== '') {
            const file = this.#parsed.get(record.file) as ParsedChanges;
            changes.push(reportChange(record, examined.analysis, file));
          }
          progress?.(++done, total);
        }
        // While the report grows, what it is made from makes room.
        this.#letGoOf(records[0]!.file);
      }
    }
    changes.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.file < b.file ? -1 : 1));
    for (const check of WORKSPACE_CHECKS) gathered.put(this.#foundBy(check));
    return reportOf(this.options.asOf, this.#main.world.rules, changes, gathered.take(reportFinding));
  }
}

const FEW_TREES = 500_000;

const EXAMPLE_CODES: ReadonlySet<Code> = new Set<Code>([
  'record/expectation',
  'record/unknown-reference',
  'record/stale-value',
  'record/unit-mismatch',
  'record/contradiction',
]);

const RECORD_CHECKS: readonly RecordCheck[] = CHECKS.filter((check) => 'record' in check);
const WORKSPACE_CHECKS: readonly WorkspaceCheck[] = CHECKS.filter((check) => 'workspace' in check);

/** Examples are held to their `expect` lines and to what makes a record readable; they owe nothing. */
const EXAMPLE_CHECKS = RECORD_CHECKS.filter(({ code }) => EXAMPLE_CODES.has(code));

/** Records by file; they are sorted by file. */
function* byFile(records: readonly ChangeRecord[]): Iterable<readonly ChangeRecord[]> {
  for (let start = 0; start < records.length; ) {
    let end = start + 1;
    while (records[end]?.file === records[start]!.file) end++;
    yield records.slice(start, end);
    start = end;
  }
}

/** The files of a workspace by what they are to it. */
interface Layout {
  /** Sorted. */
  readonly paths: readonly string[];
  /** Paths by group: a role, or `examples` and the pack that they stand beside. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly groupOf: ReadonlyMap<string, string>;
  /** Every file of the registry, those beside examples too. */
  readonly registryPaths: readonly string[];
}

const EXAMPLES = 'examples ';

function layoutOfFiles(files: ReadonlyMap<string, ParsedFile>, selection: Selection): Layout {
  const paths = [...files.keys()].sort();
  const groups = new Map<string, string[]>();
  const groupOf = new Map<string, string>();
  for (const path of paths) {
    const role = selection.roleOf(path);
    if (role === null) continue;
    const group = role === 'examples' ? EXAMPLES + path.slice(0, path.indexOf('.examples/')) : role;
    groupOf.set(path, group);
    const members = groups.get(group);
    if (members) members.push(path);
    else groups.set(group, [path]);
  }
  const registryPaths = paths.filter((path) => files.get(path)?.kind === 'registry');
  return { paths, groups, groupOf, registryPaths };
}

/** The files of the packs named and of those whose rules they use (`uses: eu-2025`), however far that goes. */
function withUsed(
  named: readonly string[],
  own: readonly ParsedRules[],
  shipped: ShippedPacks,
): readonly ParsedRules[] {
  const all = new Set([...named, ...own.flatMap(usedBy)]);
  const files: ParsedRules[] = [];
  for (const id of all) {
    const ofPack = shipped.filesOf(id);
    files.push(...ofPack);
    for (const used of ofPack.flatMap(usedBy)) all.add(used);
  }
  return files;
}

function usedBy({ tree }: ParsedRules): readonly string[] {
  return tree.root.items.flatMap((item) =>
    (item.kind === 'pack' ? item.items : []).flatMap((field) =>
      field.kind === 'field' && field.name.text === 'uses' ? field.values.map(({ value }) => value.text) : [],
    ),
  );
}

function recordsIn(files: readonly ParsedFile[]): readonly ChangeRecord[] {
  return files.flatMap((file) => (file.kind === 'changes' ? file.records : []));
}

type CrossProblem = Everything['registryProblems'][number];
type FileFault = Everything['syntaxFaults'][number];

const faultsOf = memoised((file: ParsedFile): readonly FileFault[] => {
  const faults = file.kind === 'changes' ? file.faults : file.kind === 'rules' ? file.tree.faults : [];
  return faults.map((fault) => ({ ...fault, file: file.source.path }));
});

const faultsOfConfiguration = memoised((problems: readonly ConfigProblem[]): readonly FileFault[] =>
  problems.map((problem) => ({ ...problem, file: CONFIG_FILE })),
);

const unreadable = memoised(({ path, fault }: SourceFile): Everything['unreadable'] =>
  fault === undefined ? [] : [{ file: path, fault }],
);

/** A function whose result for an object is made once and is the same object from then on. */
function memoised<Argument extends object, Result>(
  make: (argument: Argument) => Result,
): (argument: Argument) => Result {
  const made = new WeakMap<Argument, Result>();
  return (argument) => {
    if (!made.has(argument)) made.set(argument, make(argument));
    return made.get(argument)!;
  };
}

/** The parameters, tests and components that the registry names, for the triggers of a company's rules. */
export function knownNames(registry: Registry): {
  parameters: string[];
  tests: string[];
  components: string[];
} {
  const names = (kind: 'step' | 'specification' | 'material', attribute: string): string[] => {
    const found = registry.all(kind).flatMap((entity) => [...entriesOf(nodeAt(entity, attribute)).keys()]);
    return [...new Set(found)].sort();
  };
  return {
    parameters: names('step', 'parameters'),
    tests: names('specification', 'tests'),
    components: names('material', 'composition'),
  };
}
