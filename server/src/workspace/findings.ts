import type { Range } from '../base/span.js';
import type { Anchor, Draft } from '../checks/check.js';
import { CODES, type Code } from '../checks/codes.js';
import type { Finding, Severity } from '../checks/finding.js';
import { nodeOf, type Status } from '../model/record.js';
import type { Config } from './config.js';
import { type ParsedFile, rangeOfNode } from './parsed.js';

/** Looks up what is kept of a file by its path. */
export type FileLookup = (path: string) => ParsedFile | undefined;

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A draft with its place in lines and columns and its severity; null where the configuration turns the code off. */
export function findingOf(
  draft: Draft,
  code: Code,
  change: { readonly id: string; readonly status: Status | null } | null,
  config: Config,
  files: FileLookup,
): Finding | null {
  const configured = config.severity[code];
  if (configured === 'off') return null;
  const { file, range } = placeOfAnchor(draft.anchor, files);
  const own = draft.anchor.in === 'record' ? draft.anchor.record : null;
  const record = own ?? (draft.obligation === undefined ? null : change);
  return {
    code,
    severity: configured ?? draft.severity ?? severityOf(code, own?.status ?? change?.status ?? null),
    message: draft.message,
    file,
    range,
    change: record === null || record.id === '' ? null : record.id,
    obligation: draft.obligation ?? null,
    related: (draft.related ?? []).map(({ message, anchor }) => ({
      message,
      ...placeOfAnchor(anchor, files),
    })),
    replacement: draft.replacement ?? null,
  };
}

/** By file, then place, then code, then text: the order in which a report prints them. */
export function compareFindings(one: Finding, other: Finding): number {
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
