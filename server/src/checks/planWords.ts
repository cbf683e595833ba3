import { formatDate } from '../base/date.js';
import type { FilingPlan, Moment } from '../impact/clockPlan.js';

/** From when a filing lets the change be put in place: `from 2027-07-15`, `after approval, about 2027-08-29 …`. */
export function earliestWords({ category, earliest, needsApproval, approved }: FilingPlan): string {
  if (category === null) return 'open: no category is known';
  const waits = needsApproval && approved === null ? 'after approval' : '';
  return [waits, momentWords(earliest, waits !== '')].filter((part) => part !== '').join(', ');
}

function momentWords({ day, certainty }: Moment, awaitsApproval: boolean): string {
  const date = day === null ? '' : formatDate(day);
  switch (certainty) {
    case 'any':
      return 'at any time';
    case 'set':
      return `from ${date}`;
    case 'assumed':
      return `from ${date}, if submitted today`;
    case 'expected':
      return `about ${date} if it takes as long as is typical`;
    case 'unknown':
      return awaitsApproval || day === null ? '' : `not before ${date}`;
  }
}
