import type { Range } from '../base/span.js';
import type { Anchor, Draft } from '../checks/check.js';
import { CODES, type Code } from '../checks/codes.js';
import type { Finding, RelatedPlace, Severity } from '../checks/finding.js';
import { type ChangeRecord, nodeOf, type Status } from '../model/record.js';
import type { Config } from './config.js';
import { type ParsedFile, rangeOfNode } from './parsed.js';
import { sameItems } from './unchanged.js';

/** Looks up what is kept of a file by its path. */
type FileLookup = (path: string) => ParsedFile | undefined;

/** What a check found, with its code and the record that was checked, if it was one. */
export interface Found {
  readonly draft: Draft;
  readonly code: Code;
  readonly record: ChangeRecord | null;
}

/** The findings that came of one source (one record, one check of the workspace), by the file they stand in. */
export type Placed = ReadonlyMap<string, readonly Finding[]>;

/** Puts findings at their lines and columns, anew only where a file that they stand in was parsed anew. */
export class Placer {
  readonly #placed = new WeakMap<
    readonly Found[],
    {
      readonly config: Config;
      readonly files: ReadonlyMap<string, ParsedFile | undefined>;
      readonly placed: Placed;
    }
  >();
  /** Thousands of findings lead over the same entities, each of which is placed once. */
  readonly #related = new WeakMap<
    RelatedDraft,
    { readonly file: ParsedFile | undefined; readonly place: RelatedPlace }
  >();

  constructor(readonly files: FileLookup) {}

  /** The same object as before where the list, the configuration and the files are the same as before. */
  place(found: readonly Found[], config: Config): Placed {
    const kept = this.#placed.get(found);
    if (kept?.config === config && this.#areUnchanged(kept.files)) return kept.placed;
    const files = new Map<string, ParsedFile | undefined>();
    const placed = new Map<string, Finding[]>();
    const lookup: FileLookup = (path) => {
      const file = this.files(path);
      files.set(path, file);
      return file;
    };
    for (const { draft, code, record } of found) {
      for (const { anchor } of draft.related ?? []) lookup(fileOfAnchor(anchor));
      const finding = findingOf(draft, code, record, config, lookup, (one) => this.#relatedOf(one));
      if (!finding) continue;
      const list = placed.get(finding.file);
      if (list) list.push(finding);
      else placed.set(finding.file, [finding]);
    }
    this.#placed.set(found, { config, files, placed });
    return placed;
  }

  #areUnchanged(files: ReadonlyMap<string, ParsedFile | undefined>): boolean {
    for (const [path, file] of files) if (this.files(path) !== file) return false;
    return true;
  }

  #relatedOf(draft: RelatedDraft): RelatedPlace {
    const file = this.files(fileOfAnchor(draft.anchor));
    const kept = this.#related.get(draft);
    if (kept && kept.file === file) return kept.place;
    const place = { message: draft.message, ...placeOfAnchor(draft.anchor, this.files) };
    this.#related.set(draft, { file, place });
    return place;
  }
}

/** The findings of a file, and the lists that went into them. */
interface Gathered {
  readonly lists: readonly (readonly Finding[])[];
  readonly findings: readonly Finding[];
}

/** More sources than this that are new are no keystroke: then every file is gathered again. */
const FEW = 50;

/** The findings of each file, sorted; a file's list is made anew only where something that went into it is new. */
export class FindingsByFile {
  #sources: readonly Placed[] = [];
  #kept: ReadonlyMap<string, Gathered> = new Map();
  #findings: ReadonlyMap<string, readonly Finding[]> = new Map();

  /** By path, in the order of the paths; files without findings are left out. */
  gather(sources: readonly Placed[]): ReadonlyMap<string, readonly Finding[]> {
    const files = this.#filesOfNew(sources);
    this.#sources = sources;
    if (files && files.size === 0) return this.#findings;
    const kept = new Map(files ? this.#kept : []);
    for (const [file, lists] of listsOf(sources, files)) {
      const before = this.#kept.get(file);
      if (lists.length === 0) kept.delete(file);
      else if (before && sameItems(before.lists, lists)) kept.set(file, before);
      else {
        const findings = merge(lists);
        const isSame = before !== undefined && saySame(before.findings, findings);
        kept.set(file, { lists, findings: isSame ? before.findings : findings });
      }
    }
    this.#kept = kept;
    const paths = [...kept.keys()].sort();
    this.#findings = new Map(paths.map((path) => [path, kept.get(path)!.findings]));
    return this.#findings;
  }

  /** The files that new sources have something in, or the old ones in their places had; null for all. */
  #filesOfNew(sources: readonly Placed[]): ReadonlySet<string> | null {
    if (sources.length !== this.#sources.length) return null;
    const files = new Set<string>();
    let count = 0;
    for (let index = 0; index < sources.length; index++) {
      const before = this.#sources[index]!;
      const now = sources[index]!;
      if (now === before) continue;
      if (++count > FEW) return null;
      for (const file of [...before.keys(), ...now.keys()]) files.add(file);
    }
    return files;
  }
}

/** What goes into each file, or into some of them, in the order of the sources. */
function listsOf(
  sources: readonly Placed[],
  files: ReadonlySet<string> | null,
): ReadonlyMap<string, readonly (readonly Finding[])[]> {
  const lists = new Map<string, (readonly Finding[])[]>();
  for (const file of files ?? []) lists.set(file, []);
  for (const placed of sources) {
    for (const [file, list] of placed) {
      const known = lists.get(file);
      if (known) known.push(list);
      else if (!files) lists.set(file, [list]);
    }
  }
  return lists;
}

/** Each finding once: two records that need one missing fact say so in one place. */
export function merge(lists: readonly (readonly Finding[])[]): readonly Finding[] {
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
