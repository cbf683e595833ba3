/** Quick fixes for what a record says of itself: fields, grounds, proof, lines too many. */
import { formatDate } from '../base/date.js';
import { placeOf } from '../model/record.js';
import type { Node } from '../syntax/nodes.js';
import { spanOf } from '../syntax/tree.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { TextChange } from './edits.js';
import {
  answerAt,
  type Fix,
  isAt,
  type RecordScene,
  recordFix,
  type Scene,
  shortened,
} from './fixesScene.js';
import { GROUNDS_TO_FILL_IN, nameInRecord } from './lines.js';

/** The record's number and the fields that it needs. */
export function* addMissingField({ at, snapshot, finding }: Scene): Iterable<Fix> {
  if (!at || finding.replacement !== null) return;
  if (!at.record.node.id) {
    const number = nextNumber(snapshot);
    const keyword = { first: at.record.node.first, last: at.record.node.first };
    if (finding.message.includes('no number'))
      yield* recordFix(snapshot, at, `Number it ${number}`, 'preferred', [at.text.append(keyword, number)]);
  }
  for (const { name, line, change } of missingFields(snapshot, at))
    if (finding.message.includes(`\`${name}: `))
      yield* recordFix(snapshot, at, `Add \`${line}\``, 'preferred', [change]);
}

/** Every field that the record needs and doesn't have, with the text that puts it in. */
export function missingFields(
  snapshot: Snapshot,
  { record, text }: RecordScene,
): readonly { readonly name: string; readonly line: string; readonly change: TextChange | null }[] {
  const needsImplement = record.status !== null && record.status !== 'draft' && record.status !== 'assessing';
  const wanted = [
    { name: 'status', line: 'status: draft', behind: [] },
    { name: 'raised', line: `raised: ${formatDate(snapshot.world.asOf)}`, behind: ['status'] },
    ...(needsImplement
      ? [
          {
            name: 'implement',
            line: `implement: ${formatDate(lastPlannedDay(snapshot, record))}`,
            behind: ['status', 'raised'],
          },
        ]
      : []),
  ];
  return wanted
    .filter(({ name }) => !record.fields.has(name))
    .map(({ name, line, behind }) => ({ name, line, change: text.addField(line, behind) }));
}

/** `because "…"` at the end of an answer that gives no grounds. */
export function* addGrounds({ at, snapshot, span }: Scene): Iterable<Fix> {
  const answer = at && answerAt(at, span);
  if (!answer) return;
  const words = `because ${JSON.stringify(GROUNDS_TO_FILL_IN)}`;
  yield* recordFix(snapshot, at!, `Add \`${words}\``, 'preferred', [at!.text.append(answer, words)]);
}

/** The day on which it was done, or approved, in a record that is closed. */
export function* addProof({ at, snapshot, span, finding }: Scene): Iterable<Fix> {
  const answer = at && answerAt(at, span);
  if (!answer) return;
  const { asOf } = snapshot.world;
  if (answer.kind === 'revalidate' || answer.kind === 'perform') {
    const day = Math.min(answer.by?.day ?? at!.record.implement ?? asOf, asOf);
    const words = `done ${formatDate(day)}`;
    const behind = answer.by ?? (answer.kind === 'revalidate' ? (answer.site ?? answer.target) : answer.task);
    if (behind)
      yield* recordFix(snapshot, at!, `Add \`${words}\``, 'preferred', [at!.text.append(behind, words)]);
  } else if (answer.kind === 'file') {
    const day = formatDate(Math.min(at!.record.implement ?? asOf, asOf));
    for (const { text: filing } of answer.filings) {
      if (!finding.message.includes(`\`approval ${filing} on `)) continue;
      const line = `approval ${nameInRecord(filing)} on ${day}`;
      yield* recordFix(snapshot, at!, `Add \`${line}\``, 'preferred', at!.text.addAnswers([line]));
    }
  }
}

/** An answer that answers nothing, taken out. */
export function* removeAnswer({ at, snapshot, span }: Scene): Iterable<Fix> {
  const answer = at && answerAt(at, span);
  if (answer) yield* recordFix(snapshot, at!, 'Take this line out', 'preferred', [at!.text.remove(answer)]);
}

/** One of two answers that contradict each other, taken out. */
export function* removeContradiction({ at, snapshot, span }: Scene): Iterable<Fix> {
  if (!at) return;
  const { contradictions } = snapshot.analysisOf(at.record);
  for (const { place, otherPlace } of contradictions) {
    const nodes = at.record.answers.filter((answer) => {
      const own = placeOf(at.record, answer);
      return own.first === place.first || own.first === otherPlace.first;
    });
    if (!nodes.some((node) => isAt(at.file, node, span))) continue;
    for (const node of nodes) {
      const title = `Take \`${shortened(at.text.textOf(node))}\` out`;
      yield* recordFix(snapshot, at, title, 'other', [at.text.remove(node)]);
    }
  }
}

/** The second of two edits of one thing, taken out. */
export function* removeDuplicateEdit({ at, snapshot, span }: Scene): Iterable<Fix> {
  if (!at) return;
  const node = editAt(at, span);
  if (node)
    yield* recordFix(snapshot, at, 'Take the second of the two out', 'preferred', [at.text.remove(node)]);
}

/** The whole edit, or the line of a `modify`, at a span; nothing where it proposes more than what stands twice. */
function editAt(at: RecordScene, span: { readonly start: number; readonly end: number }): Node | null {
  for (const edit of at.record.edits) {
    const inside = spanOf(at.file.tokens, edit);
    if (span.start < inside.start || span.end > inside.end) continue;
    const parts = 'parts' in edit ? edit.parts.length : 1;
    const sites = edit.kind === 'modify' ? edit.sites.length : 1;
    if (edit.subjects.length > 1 || parts > 1 || sites > 1) return null;
    if (edit.kind !== 'modify' || edit.lines.length === 1) return edit;
    return edit.lines.find((line) => isAt(at.file, line, span)) ?? null;
  }
  return null;
}

/** A number of the form that the workspace uses most recently, one higher than the highest. */
function nextNumber(snapshot: Snapshot): string {
  const year = formatDate(snapshot.world.asOf).slice(0, 4);
  const numbered = snapshot.records.flatMap(({ id }) => {
    const found = /^(.*?)(\d+)$/.exec(id);
    return found ? [{ head: found[1]!, number: Number(found[2]), digits: found[2]!.length }] : [];
  });
  const highest = numbered.sort(
    (a, b) => (a.head < b.head ? 1 : a.head > b.head ? -1 : 0) || b.number - a.number,
  )[0];
  if (!highest) return `CC-${year}-001`;
  return `${highest.head}${String(highest.number + 1).padStart(highest.digits, '0')}`;
}

/** The last day that the record's own lines speak of, but not before today. */
function lastPlannedDay(snapshot: Snapshot, { answers }: RecordScene['record']): number {
  const days = answers.flatMap((answer) =>
    Object.values(answer).flatMap((part: unknown) =>
      typeof part === 'object' && part !== null && 'day' in part && typeof part.day === 'number'
        ? [part.day]
        : [],
    ),
  );
  return Math.max(snapshot.world.asOf, ...days);
}
