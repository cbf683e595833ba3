import { sameItems } from '../base/lists.js';
import type { Range } from '../base/span.js';
import type { Anchor, Draft } from '../checks/check.js';
import { CODES, type Code } from '../checks/codes.js';
import type { Finding, RelatedPlace, Severity } from '../checks/finding.js';
import { type ChangeRecord, nodeOf, type Status } from '../model/record.js';
import type { Config } from './config.js';
import { layoutOf, type ParsedFile, rangeOfNode } from './parsed.js';

/** Looks up what is kept of a file by its path. */
type FileLookup = (path: string) => ParsedFile | undefined;

/** What a check found, with its code and the record that was checked, if it was one. */
export interface Found {
  readonly draft: Draft;
  readonly code: Code;
  readonly record: ChangeRecord | null;
}

/** The findings that came of one source (the records of a file, a check of the workspace), by the file they stand in. */
type Placed = ReadonlyMap<string, readonly Finding[]>;

/** Puts what was found at its lines and columns. */
class Placer {
  /** Thousands of findings lead over the same entities, each of which is placed once. */
  readonly #related = new WeakMap<
    RelatedDraft,
    { readonly layout: object | undefined; readonly place: RelatedPlace }
  >();

  constructor(readonly files: FileLookup) {}

  /** What was found, placed; with the layout of every file that this read. */
  place(
    found: readonly Found[],
    config: Config,
  ): { readonly placed: Placed; readonly layouts: ReadonlyMap<string, object | undefined> } {
    const layouts = new Map<string, object | undefined>();
    const placed = new Map<string, Finding[]>();
    const lookup: FileLookup = (path) => {
      const file = this.files(path);
      layouts.set(path, layoutOf(file));
      return file;
    };
    const relatedOf = (one: RelatedDraft): RelatedPlace => this.#relatedOf(one, lookup);
    for (const { draft, code, record } of found) {
      const finding = findingOf(draft, code, record, config, lookup, relatedOf);
      if (!finding) continue;
      const list = placed.get(finding.file);
      if (list) list.push(finding);
      else placed.set(finding.file, [finding]);
    }
    return { placed, layouts };
  }

  #relatedOf(draft: RelatedDraft, lookup: FileLookup): RelatedPlace {
    const layout = layoutOf(lookup(fileOfAnchor(draft.anchor)));
    const kept = this.#related.get(draft);
    if (kept && kept.layout === layout) return kept.place;
    const place = { message: draft.message, ...placeOfAnchor(draft.anchor, this.files) };
    this.#related.set(draft, { layout, place });
    return place;
  }
}

/** The findings of sources that are each asked once, as a report has them: sorted by file, place and code. */
export class GatheredOnce {
  readonly #placer: Placer;
  readonly #lists = new Map<string, (readonly Finding[])[]>();

  constructor(
    files: FileLookup,
    readonly config: Config,
  ) {
    this.#placer = new Placer(files);
  }

  /** Takes in what came of a source. Of two findings that say the same, that of the source first put in stays. */
  put(found: readonly Found[]): void {
    for (const [file, list] of this.#placer.place(found, this.config).placed) {
      const lists = this.#lists.get(file);
      if (lists) lists.push(list);
      else this.#lists.set(file, [list]);
    }
  }

  /** All of them in another shape. Each list goes once it is in it: of a large archive there is no room for both. */
  take<Shape>(shape: (finding: Finding) => Shape): readonly Shape[] {
    const shaped: Shape[] = [];
    for (const file of [...this.#lists.keys()].sort()) {
      for (const finding of merge(this.#lists.get(file)!)) shaped.push(shape(finding));
      this.#lists.delete(file);
    }
    return shaped;
  }
}

/** What came of one source, and what its placing read. */
interface Source {
  readonly found: readonly (readonly Found[])[];
  readonly config: Config;
  readonly layouts: ReadonlyMap<string, object | undefined>;
  readonly placed: Placed;
}

/**
 * The findings of each file, sorted, gathered from many sources. A source is placed anew only where what came of it,
 * the configuration or a file that it speaks of has changed; a file's list is made anew only where something in it did.
 */
export class FindingsByFile {
  readonly #placer: Placer;
  readonly #sources = new Map<string, Source>();
  /** By file, then by source. */
  readonly #lists = new Map<string, Map<string, readonly Finding[]>>();
  readonly #merged = new Map<string, readonly Finding[]>();
  readonly #dirty = new Set<string>();
  #all: ReadonlyMap<string, readonly Finding[]> = new Map();
  #isGathered = true;
  /** Sorted; null where a file came or went. */
  #paths: readonly string[] | null = null;

  constructor(readonly files: FileLookup) {
    this.#placer = new Placer(files);
  }

  /** Puts what came of a source in the place of what had come of it before. */
  put(name: string, found: readonly (readonly Found[])[], config: Config): void {
    const before = this.#sources.get(name);
    if (before && sameItems(before.found, found) && this.#isCurrent(before, config)) return;
    if (found.every((list) => list.length === 0)) {
      this.drop(name);
      return;
    }
    const { placed, layouts } = this.#placer.place(found.flat(), config);
    this.#sources.set(name, { found, config, layouts, placed });
    for (const file of new Set([...(before?.placed.keys() ?? []), ...placed.keys()]))
      this.#putList(file, name, placed.get(file));
  }

  /** Takes out a source that is gone. */
  drop(name: string): void {
    const before = this.#sources.get(name);
    this.#sources.delete(name);
    for (const file of before?.placed.keys() ?? []) this.#putList(file, name, undefined);
  }

  /** The sources to be put in again, since the configuration or a file that they speak of has changed. */
  outdated(config: Config): readonly string[] {
    return [...this.#sources].flatMap(([name, source]) => (this.#isCurrent(source, config) ? [] : [name]));
  }

  /** What is found in one file; the same list as long as it says the same. */
  of(file: string): readonly Finding[] {
    if (this.#dirty.delete(file)) {
      const lists = this.#lists.get(file);
      if (!lists) {
        if (this.#merged.delete(file)) this.#paths = null;
      } else {
        const names = [...lists.keys()].sort();
        const findings = merge(names.map((name) => lists.get(name)!));
        const before = this.#merged.get(file);
        if (!before) this.#paths = null;
        if (!before || !saySame(before, findings)) this.#merged.set(file, findings);
      }
      this.#isGathered = false;
    }
    return this.#merged.get(file) ?? NO_FINDINGS;
  }

  /** By path, in the order of the paths; files without findings are left out. */
  gather(): ReadonlyMap<string, readonly Finding[]> {
    for (const file of [...this.#dirty]) this.of(file);
    if (!this.#isGathered) {
      this.#paths ??= [...this.#merged.keys()].sort();
      this.#all = new Map(this.#paths.map((path) => [path, this.#merged.get(path)!]));
      this.#isGathered = true;
    }
    return this.#all;
  }

  #isCurrent({ config, layouts }: Source, now: Config): boolean {
    if (config !== now) return false;
    for (const [path, layout] of layouts) if (layoutOf(this.files(path)) !== layout) return false;
    return true;
  }

  #putList(file: string, name: string, list: readonly Finding[] | undefined): void {
    const lists = this.#lists.get(file) ?? new Map<string, readonly Finding[]>();
    const before = lists.get(name);
    if (list && before && saySame(before, list)) return;
    if (list) lists.set(name, list);
    else lists.delete(name);
    if (lists.size > 0) this.#lists.set(file, lists);
    else this.#lists.delete(file);
    this.#dirty.add(file);
  }
}

const NO_FINDINGS: readonly Finding[] = [];

/** Each finding once: two records that need one missing fact say so in one place. */
function merge(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  /** An obligation is one record's and has one finding of a code. */
  const ofObligations: Finding[] = [];
  /** The others by code and where they begin, so that only few are compared with one another. */
  const others = new Map<string, Finding[]>();
  for (const finding of lists.flat()) {
    if (finding.obligation !== null) {
      ofObligations.push(finding);
      continue;
    }
    const { line, character } = finding.range.start;
    const key = `${finding.code} ${line}:${character}`;
    const known = others.get(key);
    if (!known) others.set(key, [finding]);
    else if (!known.some((other) => isSame(other, finding))) known.push(finding);
  }
  return [...ofObligations, ...[...others.values()].flat()].sort(compareFindings);
}

type RelatedDraft = NonNullable<Draft['related']>[number];

/** Whether two findings of one code that begin at one place say the same. */
function isSame(one: Finding, other: Finding): boolean {
  return (
    one.message === other.message &&
    one.range.end.line === other.range.end.line &&
    one.range.end.character === other.range.end.character
  );
}

/** Whether two lists say the same; a finding that was made anew says the same where all its parts do. */
function saySame(one: readonly Finding[], other: readonly Finding[]): boolean {
  return (
    one.length === other.length &&
    one.every((finding, index) => {
      const now = other[index]!;
      return (
        finding === now ||
        (compareFindings(finding, now) === 0 &&
          finding.severity === now.severity &&
          finding.obligation === now.obligation &&
          finding.replacement === now.replacement &&
          isSame(finding, now) &&
          sameItems(finding.related, now.related))
      );
    })
  );
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A draft with its place in lines and columns and its severity; null where the configuration turns the code off. */
function findingOf(
  draft: Draft,
  code: Code,
  change: { readonly id: string; readonly status: Status | null } | null,
  config: Config,
  files: FileLookup,
  relatedOf: (draft: RelatedDraft) => RelatedPlace,
): Finding | null {
  const configured = config.severity[code];
  if (configured === 'off') return null;
  const { file, range } = placeOfAnchor(draft.anchor, files);
  const own = draft.anchor.in === 'record' ? draft.anchor.record : null;
  const record = own ?? (draft.obligation === undefined && draft.anchor.in !== 'text' ? null : change);
  return {
    code,
    severity: configured ?? draft.severity ?? severityOf(code, own?.status ?? change?.status ?? null),
    message: asSentence(draft.message),
    file,
    range,
    change: record === null || record.id === '' ? null : record.id,
    obligation: draft.obligation ?? null,
    related: (draft.related ?? []).map(relatedOf),
    replacement: draft.replacement ?? null,
  };
}

/** How the clauses of parsers begin; an ID in lower case stays as it is. */
const BEGINNING = /^(?:a|an|expected|no|say|the|there|these|this|two|write)\b/;

/** Parsers speak in clauses; a person reads sentences. */
function asSentence(message: string): string {
  const first = message.charCodeAt(0);
  // Most messages are sentences already, and a whole check makes tens of thousands.
  const isLower = first >= 97 && first <= 122;
  const begun = isLower
    ? message.replace(BEGINNING, (word) => word[0]!.toUpperCase() + word.slice(1))
    : message;
  const last = begun[begun.length - 1];
  return last === '.' || last === '!' || last === '?' ? begun : `${begun}.`;
}

/** Within one file by place, then code, then text: the order in which a report prints them. */
function compareFindings(one: Finding, other: Finding): number {
  return (
    one.range.start.line - other.range.start.line ||
    one.range.start.character - other.range.start.character ||
    compare(one.code, other.code) ||
    compare(one.message, other.message) ||
    compare(one.change ?? '', other.change ?? '')
  );
}

/** The severities of codes that go by the record's status (the contract, section 6). */
function severityOf(code: Code, status: Status | null): Severity {
  const severity = CODES[code];
  if (severity !== 'status') return severity;
  if (status === 'draft') return 'info';
  return status === 'assessing' || status === null ? 'warning' : 'error';
}

function fileOfAnchor(anchor: Anchor): string {
  switch (anchor.in) {
    case 'record':
      return anchor.record.file;
    case 'rules':
      return anchor.location.file;
    default:
      return anchor.file;
  }
}

function placeOfAnchor(anchor: Anchor, files: FileLookup): { readonly file: string; readonly range: Range } {
  switch (anchor.in) {
    case 'record': {
      const file = files(anchor.record.file);
      const range =
        file?.kind === 'changes' ? rangeOfNode(file, nodeOf(anchor.record, anchor.place)) : NOWHERE;
      return { file: anchor.record.file, range };
    }
    case 'registry': {
      const file = files(anchor.file);
      if (file?.kind !== 'registry') return { file: anchor.file, range: NOWHERE };
      const { starts, ends } = file.registry;
      return {
        file: anchor.file,
        range: file.rangeOf({ start: starts[anchor.at] ?? 0, end: ends[anchor.at] ?? 0 }),
      };
    }
    case 'rules': {
      const file = files(anchor.location.file);
      const range = file?.kind === 'rules' ? rangeOfNode(file, anchor.location.node) : NOWHERE;
      return { file: anchor.location.file, range };
    }
    case 'text':
      return { file: anchor.file, range: files(anchor.file)?.rangeOf(anchor.span) ?? NOWHERE };
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
