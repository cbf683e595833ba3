import assert from 'node:assert/strict';
import { incomingOf, outgoingOf, prepareHierarchy } from './hierarchy.js';
import { type Opened, opened, openedRecord, placeText } from './testing.js';

const prepared = ({ snapshot, path, offset }: Opened): string | null => {
  const item = prepareHierarchy(snapshot, path, offset);
  return item && `${item.kind} ${item.id} | ${item.detail}`;
};

const around = (given: Opened, kind: 'entity' | 'edit' | 'record', id: string) => {
  const item = { kind, id, record: kind === 'edit' ? 'CC-1' : null };
  return {
    from: incomingOf(given.snapshot, item).map((one) => one.name),
    to: outgoingOf(given.snapshot, item).map((one) => one.name),
  };
};

describe('ide: the impact tree', () => {
  it('begins at an entity, an edit or a record', () => {
    assert.equal(
      prepared(openedRecord('transfer ST$0EP from SITE-A to SITE-B')),
      'entity STEP | step, Synthesis',
    );
    assert.equal(
      prepared(openedRecord('trans$0fer STEP from SITE-A to SITE-B')),
      'edit STEP:SITE-A>SITE-B | replace in CC-1',
    );
    assert.equal(prepared(openedRecord('own$0er: x')), 'record CC-1 | A change');
    assert.equal(prepared(openedRecord('parent: CC$0-1')), 'record CC-1 | A change');
    assert.equal(prepared(openedRecord('add NO$0SUCH to STEP')), 'record CC-1 | A change');
    assert.equal(
      prepared(opened('=== registry/more.yaml\nvalidations: { P$0V-2: { kind: cleaning } }')),
      'entity PV-2 | validation, cleaning',
    );
    assert.equal(prepared(opened('=== rules/a.rules\n$0pack p "P" {}')), null);
  });

  it('goes one hop each way, over validations and filings', () => {
    const given = opened('');
    assert.deepEqual(around(given, 'entity', 'STEP'), {
      from: ['EQ-A', 'RAW', 'SITE-A'],
      to: ['DS', 'NDA-1', 'PV-STEP'],
    });
    assert.deepEqual(around(given, 'entity', 'PV-STEP'), { from: ['STEP'], to: [] });
    assert.deepEqual(around(given, 'entity', 'DS'), { from: ['SPEC', 'STEP'], to: ['PROD'] });
    assert.deepEqual(around(given, 'entity', 'NDA-1'), {
      from: ['OWNER', 'PACMP-1', 'PROD', 'SPEC', 'STEP'],
      to: [],
    });
    assert.deepEqual(around(given, 'entity', 'NOSUCH'), { from: [], to: [] });
  });

  it('leads from a record over its edits into the network', () => {
    const given = opened(
      '=== a.change\nchange CC-0 "Zero" { status: draft }\nchange CC-1 "One" { status: draft after: CC-0 transfer STEP from SITE-A to SITE-B modify DS { shelf-life: 24 months -> 36 months } }',
    );
    assert.deepEqual(around(given, 'record', 'CC-1'), {
      from: ['CC-0'],
      to: ['STEP:SITE-A>SITE-B', 'DS.shelf-life'],
    });
    assert.deepEqual(around(given, 'edit', 'STEP:SITE-A>SITE-B'), {
      from: ['CC-1'],
      to: ['STEP', 'SITE-A', 'SITE-B'],
    });
    assert.deepEqual(around(given, 'edit', 'NO.SUCH'), { from: ['CC-1'], to: [] });
    const [edit] = outgoingOf(given.snapshot, { kind: 'record', id: 'CC-1', record: null });
    assert.equal(
      placeText(given.snapshot, edit!.path, edit!.range),
      'a.change:2:47 transfer STEP from SITE-A to SITE-B',
    );
  });
});
