// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets mark their places so.
/** Completion in change records: what may stand at the cursor, with what the record owes first. */
import { formatDate } from '../base/date.js';
import type { Obligation } from '../impact/obligation.js';
import { FIELDS, STATUSES } from '../model/record.js';
import { Kind } from '../syntax/kinds.js';
import type { ParsedChanges } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { CompletionBuilder, type CompletionList, escapeSnippet, NO_COMPLETIONS } from './completionItem.js';
import { lineChoice } from './completionLine.js';
import { addBlock } from './completionModify.js';
import { addNames } from './completionNames.js';
import { distancesOf } from './completionReferences.js';
import { addDates, type RecordScene } from './completionScene.js';
import { recordPlaceOf, type StatementSlot } from './completionStatement.js';
import { placeAt } from './completionTyped.js';
import { FOLLOWING, LINK_WORDS, RECORD_SNIPPETS, STATEMENTS } from './completionWords.js';
import { linesFor, linesForQuestion } from './lines.js';

export function recordCompletions(snapshot: Snapshot, file: ParsedChanges, offset: number): CompletionList {
  const place = placeAt(file.tokens, offset);
  if (!place) return NO_COMPLETIONS;
  const builder = new CompletionBuilder(file, place.typed);
  const where = recordPlaceOf(place);
  if (where.at === 'file') {
    if (place.isLineStart && !place.typed.inQuotes) addRecords(builder, snapshot);
    return builder.list();
  }
  if (where.at === 'header') {
    if (where.names === 0)
      builder.add(0, { label: nextId(snapshot), kind: 'value', detail: 'the next free ID' });
    return builder.list();
  }
  const record = file.records.find(({ first }) => first === where.record) ?? null;
  const analysis = record && snapshot.analysisOf(record);
  const scene: RecordScene = {
    snapshot,
    builder,
    record,
    analysis,
    distances: distancesOf(analysis),
  };
  if (where.at === 'block') {
    addBlock(scene, where, place.isLineStart);
    return builder.list();
  }
  const { statement } = where;
  if (statement?.isExpecting) {
    if (statement.is === 'field') addFieldValues(scene, statement.field);
    else addNames(scene, statement);
  } else if (statement?.is === 'statement' && !place.typed.inQuotes)
    addFollowing(builder, statement, place.isLineStart);
  if (place.isLineStart && !place.typed.inQuotes) addStatements(scene);
  return builder.list();
}

/** Lines that answer what is owed, then the fields that are needed, the statements, and the other fields. */
function addStatements(scene: RecordScene): void {
  const { builder, snapshot, analysis, record } = scene;
  const owed = (analysis?.obligations ?? []).filter(isAnswerable);
  const ordered = ORDER_OF_DUTIES.flatMap((kind) => owed.filter((one) => one.kind === kind));
  for (const obligation of ordered) {
    if (obligation.state !== 'unmet') continue;
    for (const line of linesFor(obligation, snapshot)) addLine(scene, 20, line, obligation);
  }
  for (const obligation of ordered) {
    if (obligation.state !== 'unmet' && obligation.state !== 'open') continue;
    for (const question of obligation.questions)
      for (const line of linesForQuestion(question, snapshot)) addLine(scene, 21, line, obligation);
    if (obligation.state === 'open')
      for (const line of linesFor(obligation, snapshot)) addLine(scene, 22, line, obligation);
  }
  for (const { word, meaning, snippet } of STATEMENTS) {
    builder.add(24, {
      label: word,
      kind: 'keyword',
      detail: meaning,
      insert: snippet,
      format: 'snippet',
      data: { topic: 'statement', name: word },
    });
  }
  const asksForDate = record !== null && ASK_FOR_IMPLEMENT.has(record.status ?? '');
  for (const { name, description } of FIELDS) {
    if (record?.fields.has(name)) continue;
    const isNeeded = name === 'status' || name === 'raised' || (name === 'implement' && asksForDate);
    builder.add(isNeeded ? 23 : 25, {
      label: `${name}:`,
      kind: 'field',
      detail: description,
      insert: name === 'reason' ? 'reason: """\n  $0\n  """' : `${name}: `,
      format: name === 'reason' ? 'snippet' : undefined,
      filter: name,
      data: { topic: 'field', name },
    });
  }
}

const ASK_FOR_IMPLEMENT: ReadonlySet<string> = new Set(['approved', 'implementing', 'verifying']);

/** The order in which a record answers. */
const ORDER_OF_DUTIES: readonly Obligation['kind'][] = [
  'revalidation',
  'assessment',
  'filing',
  'task',
  'notification',
  'approval',
];

/** What no answer speaks of yet: one that falls short is to be mended, not written again. */
function isAnswerable(obligation: Obligation): boolean {
  return obligation.answer === null && (obligation.category?.declared ?? null) === null;
}

function addLine({ builder }: RecordScene, group: number, line: string, obligation: Obligation): void {
  builder.add(group, lineChoice(line, obligation, builder.isEmpty));
}

function addFollowing(builder: CompletionBuilder, slot: StatementSlot, isLineStart: boolean): void {
  if (slot.role === Kind.New) {
    builder.add(0, { label: 'of', kind: 'keyword', detail: 'what it is about' });
    return;
  }
  if (
    slot.role === Kind.No ||
    (slot.verb === Kind.Expect && (slot.role === Kind.Revalidate || slot.role === Kind.Assess))
  )
    return;
  const isEdit = !ANSWERS.has(slot.verb);
  for (const kind of FOLLOWING.get(slot.verb) ?? []) {
    if (slot.names.has(kind)) continue;
    const { word, meaning } = LINK_WORDS.get(kind)!;
    const isText = kind === Kind.Because || (slot.verb === Kind.Implement && kind === Kind.From);
    builder.add(isLineStart ? 10 : 0, {
      label: word,
      kind: 'keyword',
      detail: meaning,
      insert: isText ? `${word} "$1"$0` : `${word} `,
      format: isText ? 'snippet' : undefined,
    });
    // An edit is read in one order, so nothing else can follow yet; `at` of a `modify` may be left out.
    if (isEdit && slot.verb !== Kind.Modify) return;
  }
  if (slot.verb === Kind.Modify)
    builder.add(1, {
      label: '{',
      kind: 'snippet',
      detail: 'the lines of what changes',
      insert: '{\n  $0\n}',
      format: 'snippet',
    });
}

const ANSWERS: ReadonlySet<number> = new Set([
  Kind.Revalidate,
  Kind.Unaffected,
  Kind.File,
  Kind.Implement,
  Kind.Notify,
  Kind.Approval,
  Kind.Perform,
  Kind.Confirm,
  Kind.Deny,
  Kind.Expect,
]);

function addFieldValues(scene: RecordScene, field: string): void {
  const { builder, snapshot } = scene;
  switch (field) {
    case 'status':
      builder.words(0, STATUSES);
      break;
    case 'raised':
    case 'implement':
    case 'until':
      addDates(scene);
      break;
    case 'urgency':
      builder.words(0, ['emergency']);
      break;
    case 'class':
      builder.words(0, ['minor', 'major', 'critical']);
      break;
    case 'after':
    case 'parent':
      for (const { id, title } of snapshot.records) {
        if (id === '' || id === scene.record?.id) continue;
        builder.add(0, {
          label: id,
          kind: 'entity',
          detail: title ?? undefined,
          filter: title === null ? undefined : `${id} ${title}`,
          data: { topic: 'record', name: id },
        });
        if (builder.isFull) return;
      }
  }
}

function addRecords(builder: CompletionBuilder, snapshot: Snapshot): void {
  const id = escapeSnippet(nextId(snapshot));
  const today = formatDate(snapshot.world.asOf);
  for (const { label, detail, body } of RECORD_SNIPPETS) {
    builder.add(0, {
      label,
      kind: 'snippet',
      detail,
      insert: `change \${1:${id}} "\${2:title}" {\n  status: \${3:draft}\n  raised: ${today}\n  reason: "\${4:why}"\n\n  ${body}\n}`,
      format: 'snippet',
      data: { topic: 'statement', name: 'change' },
    });
  }
}

/** The ID after the last one that ends in a number, with as many digits. */
function nextId(snapshot: Snapshot): string {
  let series = '';
  let digits = '';
  for (const { id } of snapshot.records) {
    const match = /^(.*?)(\d+)$/.exec(id);
    if (!match || match[1]! < series) continue;
    if (match[1]! > series || Number(match[2]) > Number(digits))
      [, series, digits] = match as unknown as [string, string, string];
  }
  return digits === '' ? 'CC-1' : `${series}${String(Number(digits) + 1).padStart(digits.length, '0')}`;
}
