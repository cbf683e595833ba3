import type { WorkspaceCheck } from '../../check.js';

/** A file of the workspace that could not be read: what it holds is unknown, and the rest was checked without it. */
export const workspaceUnreadable: WorkspaceCheck = {
  code: 'workspace/unreadable',
  *workspace({ unreadable }) {
    for (const { file, fault } of unreadable) {
      yield {
        anchor: { in: 'text', file, span: { start: 0, end: 0 } },
        message: `${fault} What it holds is left out of this check.`,
      };
    }
  },
};
