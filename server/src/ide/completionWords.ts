/** The words of change records: what each statement means, the shape it is written in, and whole records to begin with. */
import { Kind } from '../syntax/kinds.js';

export interface StatementWord {
  readonly word: string;
  /** One line, for somebody who has never written a record. */
  readonly meaning: string;
  readonly example: string;
  readonly snippet: string;
}

/** The statements in the order in which a record is written. */
export const STATEMENTS: readonly StatementWord[] = [
  {
    word: 'modify',
    meaning: 'Changes values of a thing: each line names what changes, its value as it is and the new value.',
    example: 'modify LRG-S5 { batch-size: 50 kg -> 120 kg }',
    snippet: 'modify $1 {\n  $0\n}',
  },
  {
    word: 'transfer',
    meaning: 'Moves a step from one site to another.',
    example: 'transfer LRG-S5 from TOR-B2 to DAB-4',
    snippet: 'transfer $1 from $2 to $0',
  },
  {
    word: 'replace',
    meaning: 'Takes one part of a thing out and puts another in: equipment, a supplier, a component.',
    example: 'replace EQ-1 with EQ-2 in LRG-S5',
    snippet: 'replace $1 with $2 in $0',
  },
  {
    word: 'add',
    meaning: 'Puts a further part in: a supplier to a material, a site or equipment to a step.',
    example: 'add SUP-NOVA to FMOC-LEU',
    snippet: 'add $1 to $0',
  },
  {
    word: 'remove',
    meaning: 'Takes a part out without another in its place.',
    example: 'remove SUP-ANKA from FMOC-LEU',
    snippet: 'remove $1 from $0',
  },
  {
    word: 'revalidate',
    meaning: 'Says that a validation is repeated, or a new one done, where and by when.',
    example: 'revalidate PV-LRG-S5 at DAB-4 by 2027-05-31',
    snippet: 'revalidate $1 by $0',
  },
  {
    word: 'unaffected',
    meaning: 'Says that the change does not touch a validation, and why.',
    example: 'unaffected MV-1 because "the method does not see it"',
    snippet: 'unaffected $1 because "$2"$0',
  },
  {
    word: 'confirm',
    meaning: 'Answers a question of the rules with yes, and gives the grounds.',
    example: 'confirm inspected for DAB-4 because "certificate of 2025"',
    snippet: 'confirm $1 because "$2"$0',
  },
  {
    word: 'deny',
    meaning: 'Answers a question of the rules with no, and gives the grounds.',
    example: 'deny substantial-effect because "the impurity profile is the same"',
    snippet: 'deny $1 because "$2"$0',
  },
  {
    word: 'file',
    meaning: 'Says in which category the change is filed with an authority, and when.',
    example: 'file NDA-215866 as PAS on 2027-06-15',
    snippet: 'file $1 as $2 on $0',
  },
  {
    word: 'approval',
    meaning: 'Notes the approval by an authority or a partner.',
    example: 'approval NDA-215866 on 2027-10-14 evidence "approval letter"',
    snippet: 'approval $1 on $0',
  },
  {
    word: 'implement',
    meaning: 'Says from when the change is in place under a filing, where that differs from the record.',
    example: 'implement NDA-215866 on 2027-11-01 from "batch 27K014"',
    snippet: 'implement $1 on $0',
  },
  {
    word: 'notify',
    meaning: 'Says when an organisation is told of the change.',
    example: 'notify NOVARA on 2026-10-20',
    snippet: 'notify $1 on $0',
  },
  {
    word: 'perform',
    meaning: 'Says by when a task that the rules ask for is done.',
    example: 'perform stability-commitment by 2027-12-31',
    snippet: 'perform $1 by $0',
  },
  {
    word: 'expect',
    meaning: 'Holds a decision: the check fails once the rules come to another outcome.',
    example: 'expect PAS for NDA-215866',
    snippet: 'expect $1 for $0',
  },
];

/** The words that may follow in each statement, in their usual order; the first of an edit is needed. */
export const FOLLOWING: ReadonlyMap<number, readonly number[]> = new Map<number, readonly number[]>([
  [Kind.Modify, [Kind.At]],
  [Kind.Add, [Kind.To]],
  [Kind.Remove, [Kind.From]],
  [Kind.Replace, [Kind.With, Kind.In]],
  [Kind.Transfer, [Kind.From, Kind.To]],
  [Kind.Revalidate, [Kind.At, Kind.By, Kind.Done, Kind.Protocol, Kind.Because, Kind.Evidence]],
  [Kind.Unaffected, [Kind.At, Kind.Because, Kind.Evidence]],
  [Kind.File, [Kind.As, Kind.On, Kind.For, Kind.In, Kind.Because, Kind.Evidence]],
  [Kind.Implement, [Kind.On, Kind.From]],
  [Kind.Notify, [Kind.On, Kind.Because, Kind.Evidence]],
  [Kind.Approval, [Kind.On, Kind.Because, Kind.Evidence]],
  [Kind.Perform, [Kind.By, Kind.Done, Kind.Because, Kind.Evidence]],
  [Kind.Confirm, [Kind.For, Kind.Because, Kind.Evidence]],
  [Kind.Deny, [Kind.For, Kind.Because, Kind.Evidence]],
  [Kind.Expect, [Kind.For, Kind.By]],
]);

/** What each word that introduces something says. */
export const LINK_WORDS: ReadonlyMap<number, { readonly word: string; readonly meaning: string }> = new Map([
  [Kind.At, { word: 'at', meaning: 'the site' }],
  [Kind.To, { word: 'to', meaning: 'where it goes' }],
  [Kind.From, { word: 'from', meaning: 'where it comes from' }],
  [Kind.With, { word: 'with', meaning: 'what takes its place' }],
  [Kind.In, { word: 'in', meaning: 'where it stands' }],
  [Kind.By, { word: 'by', meaning: 'the day by which' }],
  [Kind.Done, { word: 'done', meaning: 'the day on which it was done' }],
  [Kind.Protocol, { word: 'protocol', meaning: 'the protocol or plan' }],
  [Kind.As, { word: 'as', meaning: 'the category' }],
  [Kind.On, { word: 'on', meaning: 'the day' }],
  [Kind.For, { word: 'for', meaning: 'what it is about' }],
  [Kind.Because, { word: 'because', meaning: 'the grounds' }],
  [Kind.Evidence, { word: 'evidence', meaning: 'the document that shows it' }],
  [Kind.Of, { word: 'of', meaning: 'what it is about' }],
]);

/** Whole records to begin with; `ID` stands for the next free number, `DAY` for today. */
export const RECORD_SNIPPETS: readonly {
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}[] = [
  {
    label: 'change',
    detail: 'a change record',
    body: 'modify $5 {\n    $0\n  }',
  },
  {
    label: 'change: move a step to another site',
    detail: 'a record with a transfer',
    body: 'transfer $5 from $6 to $7\n  $0',
  },
  {
    label: 'change: change a specification',
    detail: 'a record with a changed limit',
    body: 'modify $5 {\n    $6: $7 -> $8\n  }\n  $0',
  },
  {
    label: 'change: add a supplier',
    detail: 'a record with a further supplier',
    body: 'add $5 to $6\n  $0',
  },
  {
    label: 'change: replace equipment',
    detail: 'a record with other equipment for a step',
    body: 'replace $5 with $6 in $7\n  $0',
  },
];
