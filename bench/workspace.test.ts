import assert from 'node:assert/strict';
import { parseDate } from '../server/src/base/date.js';
import { Workspace } from '../server/src/workspace/workspace.js';
import { entitiesFor, workspaceOf } from './workspace.js';

describe('the generator of the benchmarks', () => {
  it('makes the same bytes of the same seed, and others of another', () => {
    assert.deepEqual(workspaceOf(50, 7), workspaceOf(50, 7));
    assert.notDeepEqual(workspaceOf(50, 7), workspaceOf(50, 8));
  });

  it('makes as many records and entities as it was asked for', () => {
    assert.equal(entitiesFor(10_000), 5_000);
    const { files, entities } = workspaceOf(100, 7);
    assert.equal(files.filter((file) => file.path.endsWith('.change')).length, 100);
    assert.equal(entities, 300);
  });

  it('makes records without faults about a registry without faults', () => {
    const workspace = new Workspace({ asOf: parseDate('2026-11-22')!, shippedPacks: [] });
    const { files } = workspaceOf(300, 7);
    // Only what the generator writes is under test, so that no pack is needed.
    workspace.apply({ set: files.filter((file) => file.path !== 'entail.jsonc') });
    const findings = workspace.snapshot().findings();
    const faults = findings.filter(({ code }) =>
      ['syntax', 'registry/schema', 'registry/unknown-reference', 'registry/duplicate-id'].includes(code),
    );
    const untrue = findings.filter(({ code }) =>
      ['record/stale-value', 'record/unit-mismatch', 'record/missing-field', 'record/duplicate-id'].includes(
        code,
      ),
    );
    assert.deepEqual([...faults, ...untrue], []);
    const unknown = findings.filter(
      ({ code, message }) => code === 'record/unknown-reference' && !message.includes('is not a question'),
    );
    assert.deepEqual(unknown, []);
  });
});
