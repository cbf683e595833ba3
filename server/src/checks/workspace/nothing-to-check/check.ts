import type { WorkspaceCheck } from '../../check.js';

/** A workspace without a record or without a rule: nothing was checked, which must not look like success. */
export const workspaceNothingToCheck: WorkspaceCheck = {
  code: 'workspace/nothing-to-check',
  *workspace({ lacks, configurationFile }) {
    const anchor = { in: 'text' as const, file: configurationFile, span: { start: 0, end: 0 } };
    if (lacks.includes('records')) {
      yield {
        anchor,
        message:
          'No change record was found, so nothing was checked. Put `.change` files here, or name their folders under `changes` in entail.jsonc.',
      };
    }
    if (lacks.includes('rules')) {
      yield {
        anchor,
        message:
          'No rule is in force, so nothing can be said of any change. Name rule packs under `packs` in entail.jsonc.',
      };
    }
  },
};
