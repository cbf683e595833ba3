/** What the tests of the editor's features share: a small workspace in memory, a cursor, and places as text. */
import { parseDate } from '../base/date.js';
import { LineIndex } from '../base/lineIndex.js';
import type { Position, Range } from '../base/span.js';
import { splitFiles } from '../checks/testing.js';
import { type Snapshot, type SourceFile, Workspace } from '../workspace/workspace.js';

/** A workspace that a test opened, and where its cursor stands. */
export interface Opened {
  readonly workspace: Workspace;
  readonly snapshot: Snapshot;
  /** The file with the cursor, the first of the text where there is none. */
  readonly path: string;
  /** The offset of `$0`, zero where there is none. */
  readonly offset: number;
  readonly position: Position;
  /** The text of that file, without the cursor. */
  readonly text: string;
}

/** The files that every test has, unless it puts another of the same path in their place. */
export const BASE: Readonly<Record<string, string>> = {
  'entail.jsonc': '{ "packs": ["law", "rules/*.rules"] }',
  'registry/network.yaml': `organisations:
  OWNER: { name: Owner Ltd, role: sponsor }
  MAKER: { name: Maker Inc, role: cdmo }
sites:
  SITE-A: { name: Plant A, organisation: OWNER, country: US }
  SITE-B: { name: Plant B, organisation: MAKER, country: IN }
products:
  PROD: { name: Product, modality: peptide, sterile: true }
materials:
  RAW: { name: Raw material, stage: starting-material }
  DS: { name: Drug substance, stage: drug-substance, product: PROD, specification: SPEC, shelf-life: 24 months }
steps:
  STEP:
    name: Synthesis
    activity: peptide-synthesis
    sites: [SITE-A]
    consumes: [RAW]
    produces: [DS]
    equipment: [EQ-A]
    parameters:
      batch-size: { value: 50 kg, at: { SITE-B: 120 kg } }
equipment:
  EQ-A: { site: SITE-A, class: reactor }
  EQ-B: { site: SITE-B, class: reactor }
methods:
  MTH: { technique: HPLC }
specifications:
  SPEC: { tests: { assay: { limit: 95.0..102.0 %, method: MTH } } }
validations:
  PV-STEP: { kind: process, covers: [STEP], site: SITE-A, status: current }
filings:
  NDA-1:
    market: US
    type: NDA
    product: PROD
    holder: OWNER
    status: approved
    registers:
      STEP: { sites: [SITE-A], batch-size: 50 kg }
      SPEC: {}
protocols:
  PACMP-1: { filing: NDA-1, covers: [replace site of STEP], report: AR }
agreements:
  QAG-1: { between: [OWNER, MAKER], sites: [SITE-B], notify: 90 days, approves: [replace site of STEP] }
`,
  'shipped/law.rules': `pack law "The law" {
  market: US
  filings: NDA
  source: "a regulation"
  categories: none < AR < PAS
  clock PAS: approval
  otherwise: rest
}
condition inspected "Was the site inspected?" {
  default inspected(proposed, subject.activity, 2 years)
}
rule rest "Anything else" { report AR cite "Law, 1" basis official }
rule site "Another site" {
  on replace site of step
  report PAS
  report AR instead of rest when inspected
  revalidate process direct at destination
  cite "Law, 2"
  basis official
}
`,
};

/**
 * Opens the base workspace with the files of a text, each begun by `=== PATH` (`shipped/NAME.rules` comes with
 * Entail), and finds the cursor `$0` in them. The day is 22 November 2026.
 */
export function opened(text: string): Opened {
  let cursor: { readonly path: string; readonly offset: number } | null = null;
  const given = splitFiles(text).map((file): SourceFile => {
    const offset = file.text.indexOf('$0');
    if (offset < 0) return file;
    cursor ??= { path: file.path, offset };
    return { ...file, text: file.text.slice(0, offset) + file.text.slice(offset + 2) };
  });
  const base = Object.entries(BASE).map(([path, content]): SourceFile => ({ path, text: content }));
  const files = new Map([...base, ...given].map((file) => [file.path, file]));
  const isShipped = ({ path }: SourceFile): boolean => path.startsWith(SHIPPED);
  const workspace = new Workspace({
    asOf: parseDate('2026-11-22')!,
    shippedPacks: [...files.values()]
      .filter(isShipped)
      .map((file) => ({ ...file, path: file.path.slice(SHIPPED.length) })),
  });
  workspace.apply({ set: [...files.values()].filter((file) => !isShipped(file)) });
  const { path, offset } = cursor ?? { path: given[0]?.path ?? '', offset: 0 };
  const own = files.get(path)?.text ?? '';
  return {
    workspace,
    snapshot: workspace.snapshot(),
    path: path.startsWith(SHIPPED) ? path.slice(SHIPPED.length) : path,
    offset,
    position: new LineIndex(own).position(offset),
    text: own,
  };
}

/** As `opened`, with one record: the cursor stands in it, and it is complete but for the statements given. */
export function openedRecord(statements: string): Opened {
  return opened(
    `=== changes/CC-1.change\nchange CC-1 "A change" {\n  status: assessing\n  raised: 2026-01-01\n  ${statements}\n}\n`,
  );
}

/** As `openedRecord`, under a law in which also the lower category has a clock: 30 days from the submission. */
export function openedRecordWithWait(statements: string): Opened {
  const law = BASE['shipped/law.rules']!.replace('clock PAS', 'clock AR: wait 30 days\n  clock PAS');
  return opened(
    `=== changes/CC-1.change\nchange CC-1 "A change" {\n  status: assessing\n  raised: 2026-01-01\n  ${statements}\n}\n=== shipped/law.rules\n${law}`,
  );
}

/** A place as a test reads it: `PATH:LINE:CHARACTER text`, counted from one. */
export function placeText(snapshot: Snapshot, path: string, range: Range): string {
  const text = snapshot.file(path)?.source.text ?? '';
  const lines = new LineIndex(text);
  const covered = text.slice(lines.offset(range.start), lines.offset(range.end));
  return `${path}:${range.start.line + 1}:${range.start.character + 1} ${covered}`;
}

/** The text after edits of one file, which must not overlap. */
export function edited(
  text: string,
  edits: readonly { readonly range: Range; readonly newText: string }[],
): string {
  const lines = new LineIndex(text);
  return [...edits]
    .sort((a, b) => lines.offset(b.range.start) - lines.offset(a.range.start))
    .reduce(
      (all, { range, newText }) =>
        all.slice(0, lines.offset(range.start)) + newText + all.slice(lines.offset(range.end)),
      text,
    );
}

const SHIPPED = 'shipped/';
