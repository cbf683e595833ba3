import { nearest } from '../../../base/nearest.js';
import { FIELDS } from '../../../model/record.js';
import type { RecordCheck } from '../../check.js';

const NAMES = FIELDS.map((field) => field.name);

/** A field that stands twice, or that no record has; `x-…` is free for a company's own. */
export const recordUnknownField: RecordCheck = {
  code: 'record/unknown-field',
  record({ record }, report) {
    for (const { name, namePlace } of record.repeats) {
      report({
        anchor: { in: 'record', record, place: namePlace },
        message: `\`${name}\` stands twice in this record; the first counts. Remove one of the two.`,
        related: [
          {
            message: 'the one that counts',
            anchor: { in: 'record', record, place: record.fields.get(name)!.namePlace },
          },
        ],
      });
    }
    for (const { name, namePlace } of record.fields.values()) {
      if (NAMES.includes(name) || name.startsWith('x-')) continue;
      const near = nearest(name, NAMES);
      const hint = near === null ? `Known fields are ${NAMES.join(', ')}.` : `Did you mean \`${near}\`?`;
      report({
        anchor: { in: 'record', record, place: namePlace },
        message: `\`${name}\` is no field of a change record, so nothing reads it. ${hint} A field of your own begins with \`x-\`.`,
        ...(near === null ? {} : { replacement: near }),
      });
    }
  },
};
