import { nearest } from '../../../base/nearest.js';
import { FIELDS, placeOf, STATUSES } from '../../../model/record.js';
import { DASHES } from '../../../syntax/lexer.js';
import type { RecordCheck } from '../../check.js';

const NAMES = FIELDS.map((field) => field.name);
const NEEDS_IMPLEMENT = new Set(['approved', 'implementing', 'verifying', 'closed']);

/** A field that every record (or every record of its status) needs, left out or not filled in properly. */
export const recordMissingField: RecordCheck = {
  code: 'record/missing-field',
  record({ record }, report) {
    const head = { first: 0, last: Math.min(1, record.node.last - record.node.first) };
    const missing = (message: string) => ({
      anchor: { in: 'record' as const, record, place: head },
      message,
    });
    if (record.id.trim() === '')
      report(missing('This record has no number. Write one after `change`, such as `change CC-2026-001`.'));
    // A misspelt field is reported as that.
    const misspelt = new Set(
      [...record.fields.keys()].map((name) => (NAMES.includes(name) ? null : nearest(name, NAMES))),
    );
    if (!record.fields.has('status') && !misspelt.has('status'))
      report(
        missing(
          `This record doesn't say how far it has come. Write \`status: draft\` (or ${STATUSES.slice(1).join(', ')}).`,
        ),
      );
    if (!record.fields.has('raised') && !misspelt.has('raised'))
      report(
        missing(
          "This record doesn't say when it was raised. Write `raised: DATE`, such as `raised: 2026-10-02`.",
        ),
      );
    if (record.status !== null && NEEDS_IMPLEMENT.has(record.status) && !record.fields.has('implement')) {
      report(
        missing(
          `A change that is ${record.status} needs the day on which it takes effect. Write \`implement: DATE\`.`,
        ),
      );
    }
    const status = record.fields.get('status');
    if (status && record.status === null) {
      const written = status.values[0]?.value.text ?? '';
      const near = nearest(written, STATUSES);
      report({
        anchor: { in: 'record', record, place: status.valuePlace },
        message: `\`${written}\` is no status. ${near === null ? '' : `Did you mean \`${near}\`? `}Write one of ${STATUSES.join(', ')}.`,
        ...(near === null ? {} : { replacement: near }),
      });
    }
    const urgency = record.fields.get('urgency');
    if (record.urgency !== null && record.urgency !== 'emergency') {
      const near = nearest(record.urgency, ['emergency']);
      report({
        anchor: { in: 'record', record, place: urgency!.valuePlace },
        message: `\`${record.urgency}\` is no urgency. Write \`urgency: emergency\` if the change was made before it could be approved, or take the field out.`,
        ...(near === null ? {} : { replacement: near }),
      });
    }
    for (const name of ['raised', 'implement', 'until']) {
      const value = record.fields.get(name)?.values[0];
      // What looks like a date and is none is a fault of the text and reported there.
      if (value && value.value.kind !== 'date' && !looksLikeDate(value.value.text)) {
        report({
          anchor: { in: 'record', record, place: placeOf(record, value) },
          message: `\`${name}\` needs a date, written year-month-day, such as 2026-10-02.`,
        });
      }
    }
  },
};

function looksLikeDate(text: string): boolean {
  return /^\d+([-/])\d+\1\d+$/.test(text.replace(DASHES, '-'));
}
