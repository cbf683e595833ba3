import { LineIndex } from '../base/lineIndex.js';
import type { Range, Span } from '../base/span.js';
import type { Code } from '../checks/codes.js';
import type { Finding } from '../checks/finding.js';
import type { ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { fileEdit, withoutOverlaps } from './edits.js';
import {
  addMissingLine,
  correctSite,
  lowerCategory,
  mendTimeline,
  raiseCategory,
  settleFiling,
} from './fixesAnswers.js';
import { writeAllOwed } from './fixesOwed.js';
import {
  addGrounds,
  addMissingField,
  addProof,
  removeAnswer,
  removeContradiction,
  removeDuplicateEdit,
} from './fixesRecord.js';
import { addFactHere, createEntity } from './fixesRegistry.js';
import { type CodeAction, type Fix, recordAt, recordScene, type Scene, shortened } from './fixesScene.js';
import { useSuccessor } from './fixesSuperseded.js';
import { nameInRecord } from './lines.js';
import { registryFor } from './names.js';

export type { FileEdit } from './edits.js';
export type { CodeAction } from './fixesScene.js';

/**
 * What an editor offers for a stretch of a file: the quick fixes of the findings that it touches, what
 * took the place of a rule that is named where it begins, the refactoring of the record in which it begins, and
 * the fix of all that is safe in the file. `findings` are those of the snapshot, for callers who have them at
 * hand. Files that come with Entail can't be changed.
 */
export function codeActions(
  snapshot: Snapshot,
  path: string,
  span: Span,
  findings: readonly Finding[] = snapshot.findings(),
): readonly CodeAction[] {
  const file = snapshot.file(path);
  if (!file || !snapshot.paths.includes(path)) return [];
  const here = findings.filter((finding) => finding.file === path);
  const range = file.rangeOf(span);
  const lines = new LineIndex(file.source.text);
  const fixes = here
    .filter((finding) => touches(finding.range, range))
    .flatMap((finding) => quickFixes(snapshot, file, lines, finding));
  const successors = [...useSuccessor(snapshot, file, span.start)].map(({ title, rank, edits }) => ({
    title,
    kind: 'quickfix' as const,
    isPreferred: rank === 'preferred',
    fixes: here
      .filter(({ code, range: at }) => code === 'record/unknown-reference' && isEqual(at, edits[0]?.range))
      .map(({ code, range: at }) => ({ code, range: at })),
    edits,
  }));
  const owed = file.kind === 'changes' ? writeAllOwed(snapshot, file, span.start) : null;
  const all = fixAll(snapshot, path, here);
  return [...merged([...fixes, ...successors]), ...(owed ? [owed] : []), ...(all ? [all] : [])];
}

/** All that is safe to mend in a file without looking at each place; null where there is nothing. */
export function fixAll(
  snapshot: Snapshot,
  path: string,
  findings: readonly Finding[] = snapshot.findings(),
): CodeAction | null {
  const file = snapshot.file(path);
  if (!file || !snapshot.paths.includes(path)) return null;
  const safe = findings.filter(
    (finding) => finding.file === path && finding.replacement !== null && SAFE.has(finding.code),
  );
  const lines = new LineIndex(file.source.text);
  const changes = withoutOverlaps(
    safe.map((finding) => ({
      span: spanOfRange(lines, finding.range),
      newText: replacementOf(snapshot, file, finding)!,
      finding,
    })),
  );
  if (changes.length === 0) return null;
  return {
    title: 'Mend all that is safe to mend in this file',
    kind: 'source.fixAll',
    isPreferred: false,
    fixes: changes.map(({ finding: { code, range } }) => ({ code, range })),
    edits: changes.map((change) => fileEdit(snapshot, path, change)),
  };
}

/**
 * Codes whose replacement says what the author meant: the registry's own value, the word of the language.
 * Not the names of entities: the nearest may well be another one.
 */
const SAFE: ReadonlySet<Code> = new Set<Code>([
  'syntax',
  'record/stale-value',
  'record/unknown-field',
  'record/missing-field',
  'registry/schema',
]);

/** How each finding is mended beyond the replacement that it may bring along. */
const FIXERS: { readonly [C in Code]?: (scene: Scene) => Iterable<Fix> } = {
  'filing/missing': addMissingLine,
  'validation/missing': addMissingLine,
  'assessment/missing': addMissingLine,
  'notification/missing': addMissingLine,
  'approval/missing': addMissingLine,
  'task/missing': addMissingLine,
  'filing/under-reported': raiseCategory,
  'filing/over-reported': lowerCategory,
  'filing/open-question': settleFiling,
  'validation/wrong-site': correctSite,
  'timeline/implement-too-early': mendTimeline,
  'record/missing-field': addMissingField,
  'record/missing-grounds': addGrounds,
  'record/not-done': addProof,
  'record/unused-answer': removeAnswer,
  'record/contradiction': removeContradiction,
  'record/duplicate-edit': removeDuplicateEdit,
  'record/unknown-reference': createEntity,
  'registry/unknown-reference': createEntity,
  'registry/fact-missing': addFactHere,
};

function quickFixes(
  snapshot: Snapshot,
  file: ParsedFile,
  lines: LineIndex,
  finding: Finding,
): readonly CodeAction[] {
  const span = spanOfRange(lines, finding.range);
  const record = file.kind === 'changes' ? recordAt(file, span.start) : null;
  const at =
    file.kind === 'changes' && record ? recordScene(snapshot, file, record, finding.obligation) : null;
  const scene: Scene = { snapshot, file, finding, span, at };
  const fixes = [...nearestName(scene), ...(FIXERS[finding.code]?.(scene) ?? [])];
  const first = fixes.findIndex(({ rank }) => rank === 'preferred');
  return fixes.map(({ title, edits }, index) => ({
    title,
    kind: 'quickfix',
    isPreferred: index === first,
    fixes: [{ code: finding.code, range: finding.range }],
    edits,
  }));
}

/** The replacement that a finding brings along: the nearest name, the registry's value, the plain spelling. */
function* nearestName({ snapshot, file, finding, span }: Scene): Iterable<Fix> {
  const newText = replacementOf(snapshot, file, finding);
  if (newText === null) return;
  const written = shortened(file.source.text.slice(span.start, span.end));
  const title =
    newText === ''
      ? `Take ${written} out`
      : written === ''
        ? `Insert ${shortened(newText)}`
        : `Change ${written} to ${shortened(newText)}`;
  const edit = fileEdit(snapshot, file.source.path, { span, newText });
  yield { title, rank: 'preferred', edits: [edit] };
}

/** IDs that are no plain names stand in quotes in a record. */
function replacementOf(snapshot: Snapshot, file: ParsedFile, finding: Finding): string | null {
  const { replacement, code } = finding;
  if (replacement === null || code !== 'record/unknown-reference') return replacement;
  return registryFor(snapshot, file.source.path).get(replacement) ? nameInRecord(replacement) : replacement;
}

/** One entry for one way to mend, however many findings it mends. */
function merged(actions: readonly CodeAction[]): readonly CodeAction[] {
  const byText = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = JSON.stringify([action.title, action.edits]);
    const known = byText.get(key);
    byText.set(
      key,
      known
        ? {
            ...known,
            isPreferred: known.isPreferred || action.isPreferred,
            fixes: [...known.fixes, ...action.fixes],
          }
        : action,
    );
  }
  return [...byText.values()];
}

function touches(one: Range, other: Range): boolean {
  return isUpTo(one.start, other.end) && isUpTo(other.start, one.end);
}

function isEqual(one: Range, other: Range | undefined): boolean {
  return other !== undefined && isUpTo(one.start, other.start) && isUpTo(other.start, one.start);
}

function isUpTo(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character <= other.character);
}

function spanOfRange(lines: LineIndex, range: Range): Span {
  return { start: lines.offset(range.start), end: lines.offset(range.end) };
}
