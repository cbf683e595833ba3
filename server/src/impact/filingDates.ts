/** The days of one filing, as the record's answers and the registry give them; all in days since 1970-01-01. */
import { parseDate } from '../base/date.js';
import type { Entity } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import type { Answers } from './answers.js';

/** The day on which a filing puts the change in place: its own `implement` line, else the record's field. */
export function implementationDay(answers: Answers, filing: string): number | null {
  const own = answers.of('implement').find((answer) => answer.filings.some((word) => word.text === filing));
  if (own) answers.use(own);
  return own?.on?.day ?? answers.record.implement;
}

/** The day on which the registry says that a filing was approved. */
export function firstApproval(filing: Entity): number | null {
  return parseDate(textAt(filing, 'approved') ?? '');
}

/** The day of the approval that the record holds for a filing or an organisation. */
export function approvalDay(answers: Answers, by: string): number | null {
  const approval = answers.of('approval').find((answer) => answer.by.some((word) => word.text === by));
  if (approval) answers.use(approval);
  return approval?.on?.day ?? null;
}
