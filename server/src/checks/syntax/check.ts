import type { WorkspaceCheck } from '../check.js';
import { fileProblemDrafts, ruleProblemDrafts } from '../problems.js';

/** Text that the parser couldn't read: one fault, one message. */
export const syntax: WorkspaceCheck = {
  code: 'syntax',
  *workspace(everything) {
    for (const { file, span, message, replacement } of everything.syntaxFaults) {
      yield {
        anchor: { in: 'text', file, span },
        message,
        ...(replacement === undefined ? {} : { replacement }),
      };
    }
    // What several entities show together is no fault of writing.
    yield* fileProblemDrafts(everything, 'syntax');
    yield* ruleProblemDrafts(everything, 'syntax');
  },
};
