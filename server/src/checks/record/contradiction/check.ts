import type { RecordCheck } from '../../check.js';

/** A condition that the record both confirms and denies for the same edit. */
export const recordContradiction: RecordCheck = {
  code: 'record/contradiction',
  record({ record, contradictions }, report) {
    for (const { condition, place, otherPlace } of contradictions) {
      report({
        anchor: { in: 'record', record, place },
        message:
          `The record both confirms and denies ${condition} for the same edit, so the question counts as open. ` +
          'Take one of the two lines out, or say with `for …` which edit each is about.',
        related: [{ message: 'the other answer', anchor: { in: 'record', record, place: otherPlace } }],
      });
    }
  },
};
