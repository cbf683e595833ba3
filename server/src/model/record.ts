import type {
  AnswerNode,
  ChangeFile,
  EditNode,
  ExpectNode,
  Node,
  RecordNode,
  Statement,
  ValueNode,
} from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Place } from './edit.js';

export const STATUSES = [
  'draft',
  'assessing',
  'approved',
  'implementing',
  'verifying',
  'closed',
  'rejected',
  'cancelled',
] as const;

export type Status = (typeof STATUSES)[number];

/** The fields that a record may carry, with what completion and hovers say of them. `x-…` is free beside them. */
export const FIELDS: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'status', description: 'How far the change has come: draft, assessing, approved, implementing, …' },
  { name: 'raised', description: 'The day on which the change was proposed.' },
  {
    name: 'implement',
    description: 'The day on which the change is to take effect; needed from approved on.',
  },
  { name: 'owner', description: 'Who answers for the change: a person or a department.' },
  { name: 'origin', description: 'What gave rise to it: a CAPA, a deviation, a complaint, a project.' },
  { name: 'reason', description: 'Why the change is wanted, in a sentence or a paragraph.' },
  { name: 'class', description: 'The class that your quality system gives it (minor, major, critical).' },
  { name: 'after', description: 'The record on top of which the left values of this one are read.' },
  { name: 'parent', description: 'The global record of which this one is a part.' },
  { name: 'until', description: 'The last day of a temporary change.' },
  { name: 'urgency', description: 'emergency: the change was made before it could be approved.' },
];

/** One field of a record. Of two fields of one name the first counts. */
export interface RecordField {
  readonly name: string;
  readonly values: readonly ValueNode[];
  /** The whole field. */
  readonly place: Place;
  readonly namePlace: Place;
  /** The values, or the name where there are none. */
  readonly valuePlace: Place;
}

/** A change record as the impact analysis reads it: its fields as values, its edits and answers as nodes. */
export interface ChangeRecord {
  /** Empty where the author has not yet given it one. */
  readonly id: string;
  readonly title: string | null;
  /** Path of the file, relative to the workspace, with `/`. */
  readonly file: string;
  readonly node: RecordNode;
  /** The index of the record's first token in its file; a `Place` is a node's indexes minus this. */
  readonly first: number;
  /** Null where it is missing or no word of the vocabulary. */
  readonly status: Status | null;
  readonly fields: ReadonlyMap<string, RecordField>;
  /** Fields whose name an earlier field of the record has; they count for nothing. */
  readonly repeats: readonly RecordField[];
  /** Days since 1970-01-01, as `implement` and `until`. */
  readonly raised: number | null;
  readonly implement: number | null;
  /** The last day of a temporary change; null where the change is meant to stay. */
  readonly until: number | null;
  readonly after: string | null;
  readonly parent: string | null;
  readonly class: string | null;
  readonly urgency: string | null;
  readonly edits: readonly EditNode[];
  readonly answers: readonly AnswerNode[];
  readonly expects: readonly ExpectNode[];
  /** Whether there are any `expect` lines. */
  readonly hasExpectations: boolean;
}

/** The records of a file in source order, those without an ID too. Never throws. */
export function recordsOf(file: string, tree: Tree<ChangeFile>): ChangeRecord[] {
  return tree.root.records.map((node) => recordOf(file, node));
}

/** Where a node of the record stands, counted from the record's own first token. */
export function placeOf(record: { readonly first: number }, node: Node): Place {
  return { first: node.first - record.first, last: node.last - record.first };
}

/** The node's token indexes in the file, from a place in the record. */
export function nodeOf(record: { readonly first: number }, place: Place): Node {
  return { first: place.first + record.first, last: place.last + record.first };
}

/**
 * Closed, rejected and cancelled records are evidence of what was decided then: nothing of today's
 * registry is held against them and nothing is owed for them.
 */
export function isEvidence(record: ChangeRecord): boolean {
  return record.status === 'closed' || record.status === 'rejected' || record.status === 'cancelled';
}

/** While a change is being put in place the registry may show the old state or the new one. */
export function isUnderWay(record: ChangeRecord): boolean {
  return record.status === 'implementing' || record.status === 'verifying';
}

function recordOf(file: string, node: RecordNode): ChangeRecord {
  const edits: EditNode[] = [];
  const answers: AnswerNode[] = [];
  const expects: ExpectNode[] = [];
  const fields = new Map<string, RecordField>();
  const repeats: RecordField[] = [];
  const first = node.first;
  for (const statement of node.statements) {
    if (statement.kind === 'field') {
      const { name, values } = statement;
      const namePlace = placeOf({ first }, name);
      const start = values[0];
      const end = values.at(-1);
      const field: RecordField = {
        name: name.text,
        values,
        place: placeOf({ first }, statement),
        namePlace,
        valuePlace: start && end ? placeOf({ first }, { first: start.first, last: end.last }) : namePlace,
      };
      if (fields.has(name.text)) repeats.push(field);
      else fields.set(name.text, field);
    } else if (isEdit(statement)) edits.push(statement);
    else if (isExpect(statement)) expects.push(statement);
    else answers.push(statement);
  }
  const word = wordOf(fields, 'status');
  return {
    id: node.id?.text ?? '',
    title: node.title?.text ?? null,
    file,
    node,
    first,
    status: STATUSES.find((status) => status === word) ?? null,
    fields,
    repeats,
    raised: dayOf(fields, 'raised'),
    implement: dayOf(fields, 'implement'),
    until: dayOf(fields, 'until'),
    after: wordOf(fields, 'after'),
    parent: wordOf(fields, 'parent'),
    class: wordOf(fields, 'class'),
    urgency: wordOf(fields, 'urgency'),
    edits,
    answers,
    expects,
    hasExpectations: expects.length > 0,
  };
}

function isEdit(statement: Exclude<Statement, { kind: 'field' }>): statement is EditNode {
  switch (statement.kind) {
    case 'modify':
    case 'add':
    case 'remove':
    case 'replace':
    case 'transfer':
      return true;
    default:
      return false;
  }
}

function isExpect(statement: Exclude<Statement, { kind: 'field' }>): statement is ExpectNode {
  return (
    statement.kind === 'expect-category' || statement.kind === 'expect-no' || statement.kind === 'expect-duty'
  );
}

function wordOf(fields: ReadonlyMap<string, RecordField>, name: string): string | null {
  const value = fields.get(name)?.values[0]?.value;
  return value === undefined || value.kind === 'none' ? null : value.text;
}

function dayOf(fields: ReadonlyMap<string, RecordField>, name: string): number | null {
  const value = fields.get(name)?.values[0]?.value;
  return value?.kind === 'date' ? value.day : null;
}
