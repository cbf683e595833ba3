import type { WorkspaceCheck } from '../check.js';
import { registryProblemDrafts, ruleProblemDrafts } from '../problems.js';

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
    yield* registryProblemDrafts(everything, 'syntax');
    yield* ruleProblemDrafts(everything, 'syntax');
  },
};
