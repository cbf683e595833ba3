import type { Range } from '../base/span.js';
import type { Anchor, Draft } from '../checks/check.js';
import { CODES, type Code } from '../checks/codes.js';
import type { Finding, RelatedPlace, Severity } from '../checks/finding.js';
import { type ChangeRecord, nodeOf, type Status } from '../model/record.js';
import type { Config } from './config.js';
import { type ParsedFile, rangeOfNode } from './parsed.js';

/** Looks up what is kept of a file by its path. */
type FileLookup = (path: string) => ParsedFile | undefined;

/** Findings as they come, each once: two records that need one missing fact say so in one place. */
export class FindingSet {
  /** By code and where they begin, so that only few are compared with one another. */
  readonly #found = new Map<string, Finding[]>();
  readonly #related = new Map<RelatedDraft, RelatedPlace>();

  constructor(
    readonly config: Config,
    readonly files: FileLookup,
  ) {}

  add(draft: Draft, code: Code, record: ChangeRecord | null): void {
    const finding = findingOf(draft, code, record, this.config, this.files, (one) => this.#relatedOf(one));
    if (!finding) return;
    const { line, character } = finding.range.start;
    const key = `${code} ${line}:${character} ${finding.file}`;
    const known = this.#found.get(key);
    if (!known) this.#found.set(key, [finding]);
    else if (!known.some((other) => isSame(other, finding))) known.push(finding);
  }

  sorted(): readonly Finding[] {
    return [...this.#found.values()].flat().sort(compareFindings);
  }

  /** Thousands of findings lead over the same entities, each of which is placed once. */
  #relatedOf(draft: RelatedDraft): RelatedPlace {
    let place = this.#related.get(draft);
    if (!place) {
      place = { message: draft.message, ...placeOfAnchor(draft.anchor, this.files) };
      this.#related.set(draft, place);
    }
    return place;
  }
}

type RelatedDraft = NonNullable<Draft['related']>[number];

/** Whether two findings of one code that begin at one place say the same. */
function isSame(one: Finding, other: Finding): boolean {
  return (
    one.message === other.message &&
    one.obligation === other.obligation &&
    one.range.end.line === other.range.end.line &&
    one.range.end.character === other.range.end.character
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

/** Parsers speak in clauses; a person reads sentences. */
function asSentence(message: string): string {
  const begun = message.replace(
    /^(?:a|an|expected|no|the|there|these|this|two|write)\b/,
    (word) => word[0]!.toUpperCase() + word.slice(1),
  );
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** By file, then place, then code, then text: the order in which a report prints them. */
function compareFindings(one: Finding, other: Finding): number {
  return (
    compare(one.file, other.file) ||
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
