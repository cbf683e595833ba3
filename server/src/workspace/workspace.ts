import { CHECKS } from '../checks/all.js';
import type { Draft, Everything } from '../checks/check.js';
import type { Code } from '../checks/codes.js';
import type { Finding } from '../checks/finding.js';
import type { Analysis } from '../impact/analyse.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { crossCheck } from '../registry/crossCheck.js';
import type { RegistryProblem } from '../registry/entity.js';
import type { Registry } from '../registry/registry.js';
import { entriesOf, nodeAt } from '../registry/registry.js';
import { compileRules, type RuleSet, type RulesSource } from '../rules/compile.js';
import {
  CONFIG_FILE,
  type Config,
  type ConfigProblem,
  isPackGlob,
  packOfFile,
  readConfig,
} from './config.js';
import { FindingSet } from './findings.js';
import { Folder } from './folder.js';
import {
  type ParsedChanges,
  type ParsedFile,
  type ParsedRegistry,
  type ParsedRules,
  parseFile,
} from './parsed.js';
import type { Report } from './report.js';
import { Selection } from './selection.js';
import { reportChange, reportOf } from './toReport.js';
import { keepUnchanged } from './unchanged.js';

/** A file as a host read it; `fault` says in one sentence why it could not be read (then `text` is empty). */
export interface SourceFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly fault?: string;
}

export interface WorkspaceOptions {
  /** The day on which everything is judged, in days since 1970-01-01. */
  readonly asOf: number;
  /** The packs that ship with Entail: `us-drugs.rules` and so on, by file name. */
  readonly shippedPacks: readonly SourceFile[];
}

/** One step of progress: `done` of `total` change records. */
export type Progress = (done: number, total: number) => void;

/** Read-only view of one revision of a workspace. */
export interface Snapshot {
  findings(progress?: Progress): readonly Finding[];
  report(progress?: Progress): Report;
  readonly config: Config;
  /** The registry, the network and the rules of the workspace. */
  readonly world: World;
  /** The records of the workspace, sorted by file and place. */
  readonly records: readonly ChangeRecord[];
  /** What a record entails; made once as long as nothing that it reads has changed. */
  analysisOf(record: ChangeRecord): Analysis;
  /** Every file of the workspace, sorted by path. */
  readonly paths: readonly string[];
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
  readonly #shipped: readonly ParsedRules[];
  readonly #main = new Folder();
  readonly #examples = new Map<string, Folder>();
  #config: Config;
  #configProblems: readonly ConfigProblem[] = [];
  #rules: { readonly key: readonly unknown[]; readonly set: RuleSet } | null = null;
  #stale = true;

  constructor(readonly options: WorkspaceOptions) {
    const packs = [...options.shippedPacks].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#shipped = packs.map(parseFile).filter((file) => file.kind === 'rules');
    this.#config = readConfig('{}', this.#shippedIds()).config;
  }

  apply(change: { readonly set?: readonly SourceFile[]; readonly remove?: readonly string[] }): void {
    for (const path of change.remove ?? []) this.#parsed.delete(path);
    for (const source of change.set ?? []) {
      const known = this.#parsed.get(source.path);
      if (known && known.source.text === source.text && known.source.fault === source.fault) continue;
      this.#parsed.set(source.path, keepUnchanged(known, parseFile(source)));
    }
    this.#stale = true;
  }

  snapshot(): Snapshot {
    if (this.#stale) this.#derive();
    this.#stale = false;
    return {
      findings: (progress) => this.#findings(progress),
      report: (progress) => this.#report(progress),
      config: this.#config,
      world: this.#main.world,
      records: this.#main.records,
      analysisOf: (record) => this.#main.analysisOf(record),
      paths: [...this.#parsed.keys()].sort(),
      file: this.#fileAt,
    };
  }

  /** How many analyses were made since the workspace was opened. */
  get analysed(): number {
    return [this.#main, ...this.#examples.values()].reduce((sum, folder) => sum + folder.analysed, 0);
  }

  #shippedIds(): string[] {
    return [...new Set(this.#shipped.flatMap((file) => packOfFile(file.source.path) ?? []))];
  }

  #derive(): void {
    const configuration = this.#parsed.get(CONFIG_FILE)?.source;
    const read = readConfig(configuration?.text ?? '{}', this.#shippedIds());
    this.#config = read.config;
    this.#configProblems = configuration ? read.problems : [];
    const selection = new Selection(this.#config);
    const byRole = new Map<string, ParsedFile[]>();
    for (const path of [...this.#parsed.keys()].sort()) {
      const role = selection.roleOf(path);
      const bucket = role === 'examples' ? path.slice(0, path.indexOf('.examples/')) : (role ?? '');
      const key = role === 'examples' ? `examples ${bucket}` : bucket;
      const files = byRole.get(key);
      if (files) files.push(this.#parsed.get(path)!);
      else byRole.set(key, [this.#parsed.get(path)!]);
    }
    const registry = (byRole.get('registry') ?? []).filter((file) => file.kind === 'registry');
    const records = recordsIn(byRole.get('changes') ?? []);
    // The registry's names let a company's rules speak of its own parameters, so they come first.
    const own = (byRole.get('packs') ?? []).filter((file) => file.kind === 'rules');
    this.#main.update(
      registry.map((file) => file.registry),
      records,
      this.#rules?.set ?? compileRules([]),
      this.options.asOf,
    );
    const rules = this.#compile(own, this.#main.registry);
    this.#main.update(
      registry.map((file) => file.registry),
      records,
      rules,
      this.options.asOf,
    );
    this.#deriveExamples(byRole, rules);
  }

  #compile(own: readonly ParsedRules[], registry: Registry): RuleSet {
    const named = withUsed(
      this.#config.packs.filter((entry) => !isPackGlob(entry)),
      [...this.#shipped, ...own],
    );
    const shipped = this.#shipped.filter((file) => named.has(packOfFile(file.source.path) ?? ''));
    const known = own.length > 0 ? knownNames(registry) : {};
    const key = [...shipped, ...own, JSON.stringify(known)];
    if (
      this.#rules &&
      key.length === this.#rules.key.length &&
      key.every((part, index) => part === this.#rules!.key[index])
    ) {
      return this.#rules.set;
    }
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

  #deriveExamples(byRole: ReadonlyMap<string, readonly ParsedFile[]>, rules: RuleSet): void {
    const present = new Set<string>();
    for (const [key, files] of byRole) {
      if (!key.startsWith('examples ')) continue;
      present.add(key);
      const folder = this.#examples.get(key) ?? new Folder();
      this.#examples.set(key, folder);
      const registry = files.filter((file): file is ParsedRegistry => file.kind === 'registry');
      folder.update(
        registry.map((file) => file.registry),
        recordsIn(files),
        rules,
        this.options.asOf,
      );
    }
    for (const key of this.#examples.keys()) if (!present.has(key)) this.#examples.delete(key);
  }

  readonly #fileAt = (path: string): ParsedFile | undefined =>
    this.#parsed.get(path) ?? this.#shipped.find((file) => file.source.path === path);

  #findings(progress?: Progress): readonly Finding[] {
    const findings = new FindingSet(this.#config, this.#fileAt);
    const { records } = this.#main;
    const analyses = records.map((record, index) => {
      const analysis = this.#main.analysisOf(record);
      for (const check of CHECKS) {
        if (!('record' in check)) continue;
        for (const draft of check.record(analysis, this.#main.world)) findings.add(draft, check.code, record);
      }
      progress?.(index + 1, records.length);
      return analysis;
    });
    const examples = this.#exampleFindings(findings);
    const everything = this.#everything(analyses, examples);
    for (const check of CHECKS) {
      if ('workspace' in check)
        for (const draft of check.workspace(everything))
          findings.add(draft, check.code, this.#recordAround(draft));
    }
    return findings.sorted();
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

  /** Examples are held to their `expect` lines and to what makes a record readable; they owe nothing. */
  #exampleFindings(findings: FindingSet): readonly Analysis[] {
    return [...this.#examples.values()].flatMap((folder) =>
      folder.records.map((record) => {
        const analysis = folder.analysisOf(record);
        for (const check of CHECKS) {
          if (!('record' in check) || !EXAMPLE_CODES.has(check.code)) continue;
          for (const draft of check.record(analysis, folder.world)) findings.add(draft, check.code, record);
        }
        return analysis;
      }),
    );
  }

  #everything(analyses: readonly Analysis[], examples: readonly Analysis[]): Everything {
    const files = [...this.#parsed.values()].sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
    const registryFiles = files.filter((file) => file.kind === 'registry');
    const { world, records } = this.#main;
    const shipped = new Set(this.#shipped.map((file) => file.source.path));
    const lacks: Everything['lacks'][number][] = [];
    if (records.length === 0) lacks.push('records');
    if (world.rules.rules.size === 0) lacks.push('rules');
    return {
      world,
      records,
      analyses,
      examples,
      registryFiles: registryFiles.map((file) => file.registry),
      registryProblems: [this.#main, ...this.#examples.values()].flatMap((folder) =>
        this.#crossProblems(folder.registry),
      ),
      syntaxFaults: [
        ...this.#configProblems.map((problem) => ({ ...problem, file: CONFIG_FILE })),
        ...files.flatMap((file) => faultsOf(file).map((fault) => ({ ...fault, file: file.source.path }))),
      ],
      unreadable: files.flatMap(({ source }) =>
        source.fault === undefined ? [] : [{ file: source.path, fault: source.fault }],
      ),
      ownRules: [...world.rules.rules.values()]
        .filter((rule) => !shipped.has(rule.location.file))
        .map((rule) => rule.name),
      lacks,
      configurationFile: CONFIG_FILE,
    };
  }

  #crossProblems(registry: Registry): readonly (RegistryProblem & { readonly file: string })[] {
    const lineOf = (path: string, at: number): number => {
      const file = this.#parsed.get(path);
      if (file?.kind !== 'registry') return 1;
      const start = file.registry.starts[at] ?? 0;
      return file.rangeOf({ start, end: start }).start.line + 1;
    };
    return crossCheck(registry, lineOf).map(({ file, problem }) => ({ ...problem, file }));
  }

  #report(progress?: Progress): Report {
    const findings = this.#findings(progress);
    const changes = this.#main.records
      .filter((record) => record.id !== '')
      .map((record) =>
        reportChange(record, this.#main.analysisOf(record), this.#parsed.get(record.file) as ParsedChanges),
      )
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.file < b.file ? -1 : 1));
    return reportOf(this.options.asOf, this.#main.world.rules, changes, findings);
  }
}

const EXAMPLE_CODES: ReadonlySet<Code> = new Set<Code>([
  'record/expectation',
  'record/unknown-reference',
  'record/stale-value',
  'record/unit-mismatch',
  'record/contradiction',
]);

/** The packs named, and those whose rules they use (`uses: eu-2025`), however far that goes. */
function withUsed(named: readonly string[], files: readonly ParsedRules[]): ReadonlySet<string> {
  const all = new Set(named);
  for (const id of all) {
    for (const { tree } of files) {
      for (const item of tree.root.items) {
        if (item.kind !== 'pack' || item.id?.text !== id) continue;
        for (const field of item.items) {
          if (field.kind === 'field' && field.name.text === 'uses')
            for (const { value } of field.values) all.add(value.text);
        }
      }
    }
  }
  return all;
}

function recordsIn(files: readonly ParsedFile[]): readonly ChangeRecord[] {
  return files.flatMap((file) => (file.kind === 'changes' ? file.records : []));
}

function faultsOf(file: ParsedFile): ParsedChanges['faults'] {
  if (file.kind === 'changes') return file.faults;
  return file.kind === 'rules' ? file.tree.faults : [];
}

/** The parameters, tests and components that the registry names, for the triggers of a company's rules. */
function knownNames(registry: Registry): { parameters: string[]; tests: string[]; components: string[] } {
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
