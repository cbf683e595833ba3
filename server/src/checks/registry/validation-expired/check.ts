import { formatDate, parseDate } from '../../../base/date.js';
import { nodeAt, textAt } from '../../../registry/registry.js';
import type { WorkspaceCheck } from '../../check.js';

/** A validation that is relied on although its time has run out. */
export const registryValidationExpired: WorkspaceCheck = {
  code: 'registry/validation-expired',
  *workspace({ world }) {
    for (const validation of world.registry.all('validation')) {
      const status = textAt(validation, 'status') ?? 'current';
      const due = parseDate(textAt(validation, 'due') ?? '');
      const overdue = status === 'current' && due !== null && due < world.asOf;
      if (!overdue && status !== 'expired') continue;
      const node = nodeAt(validation, overdue ? 'due' : 'status');
      const since = due !== null && due < world.asOf ? ` on ${formatDate(due)}` : '';
      yield {
        anchor: { in: 'registry', file: validation.file, at: node?.at ?? validation.at },
        message: `${validation.id} ran out${since}, so what it covers counts as not validated. Renew it, or set its status to withdrawn.`,
      };
    }
  },
};
