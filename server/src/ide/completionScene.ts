/** What completion in a record is made from, wherever in the record the cursor stands. */
import { formatDate } from '../base/date.js';
import type { Analysis } from '../impact/analyse.js';
import type { ChangeRecord } from '../model/record.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { CompletionBuilder } from './completionItem.js';
import type { Distances } from './completionReferences.js';

/** What the choices of one place are made from. */
export interface RecordScene {
  readonly snapshot: Snapshot;
  readonly builder: CompletionBuilder;
  /** Null where the text is so broken that there is no record. */
  readonly record: ChangeRecord | null;
  readonly analysis: Analysis | null;
  readonly distances: Distances;
}

/** The day as of which everything is judged, and the days that the record itself speaks of. */
export function addDates({ builder, snapshot, record }: RecordScene): void {
  const offer = (day: number | null, detail: string): void => {
    if (day !== null) builder.add(0, { label: formatDate(day), kind: 'date', detail });
  };
  if (record?.implement !== snapshot.world.asOf)
    offer(record?.implement ?? null, 'the implementation date of this record');
  offer(snapshot.world.asOf, 'today');
  for (const answer of record?.answers ?? []) {
    if (answer.kind === 'file') offer(answer.on?.day ?? null, `${answer.filings[0]?.text ?? ''} is filed`);
    if (answer.kind === 'revalidate')
      offer(answer.by?.day ?? null, `${answer.target?.ref?.text ?? ''} is due`);
  }
  offer(record?.raised ?? null, 'this record was raised');
}
