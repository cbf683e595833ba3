import assert from 'node:assert/strict';
import { impactView, impactViewOf } from './impactView.js';
import { obligationsView, recordStatus } from './obligationsView.js';
import { openedRecord, placeText } from './testing.js';

const MOVE = openedRecord(
  'implement: 2027-01-01\n  $0transfer STEP from SITE-A to SITE-B\n  modify SPEC { assay.limit: 95.0..102.0 % -> 96.0..102.0 % }\n  file NDA-1 as AR on 2026-12-01',
);

describe('impactView', () => {
  const { snapshot, path, offset } = MOVE;
  const view = impactView(snapshot, path, offset)!;
  const node = (id: string) => view.graph.nodes.find((one) => one.id === id);

  it('draws what is changed, touched, reached, validated and filed', () => {
    const roles = view.graph.nodes.map(({ id, role, state }) => `${id} ${role} ${state ?? '-'}`);
    for (const expected of [
      'STEP changed -',
      'SPEC changed -',
      'SITE-B touched -',
      'DS reached -',
      'PV-STEP validation unmet',
    ])
      assert.ok(roles.includes(expected), `${expected} is not among ${roles.join(', ')}`);
    assert.equal(node('NDA-1')?.role, 'filing');
    assert.match(
      node('PV-STEP')!.why.join(' '),
      /Revalidate PV-STEP at SITE-B: unmet\. Rule law\/site, Law, 2\./,
    );
  });

  it('lays every box within the picture, none upon another', () => {
    const { nodes, width, height } = view.graph;
    for (const one of nodes) {
      assert.ok(one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= width);
      assert.ok(one.y - one.height / 2 >= 0 && one.y + one.height / 2 <= height);
      for (const other of nodes)
        assert.ok(
          one === other ||
            Math.abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.2 ||
            Math.abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.2,
          `${one.id} lies upon ${other.id}`,
        );
    }
  });

  it('knows where each box, rule and answer stands', () => {
    const place = view.places.STEP!;
    assert.match(placeText(snapshot, place.path, place.range), /^registry\/network\.yaml:\d+:\d+ STEP$/);
    const [row] = view.markets;
    assert.equal(`${row!.market} ${row!.filing} ${row!.declared}`, 'US NDA-1 AR');
    assert.ok(row!.rules.every((rule) => rule.place?.path === 'law.rules'));
  });

  it('tells the days in order, today among them', () => {
    assert.deepEqual(
      view.timeline.map(({ date, words }) => `${date} ${words}`),
      [
        '2026-01-01 Change raised',
        '2026-11-22 Today',
        '2026-12-01 File NDA-1 as AR',
        '2027-01-01 Change implemented',
      ],
    );
  });

  it('shows one edit alone, and says when there is nothing to show', () => {
    const alone = impactViewOf(snapshot, 'CC-1', 'SPEC.assay.limit')!;
    assert.deepEqual(
      alone.edits.map(({ shown }) => shown),
      [false, true],
    );
    assert.equal(
      alone.graph.nodes.some(({ id }) => id === 'STEP'),
      false,
    );
    assert.equal(impactViewOf(snapshot, 'NOBODY'), null);
    const empty = openedRecord('$0');
    assert.match(impactView(empty.snapshot, empty.path, empty.offset)!.notice!, /proposes no edit yet/);
    const broken = openedRecord('transfer $0 from to modify {');
    assert.notEqual(impactView(broken.snapshot, broken.path, broken.offset), null);
    assert.equal(impactView(broken.snapshot, 'registry/network.yaml', 3), null);
  });
});

describe('obligationsView', () => {
  const { snapshot, path, offset } = MOVE;

  it('lists what is not settled, with markets, days and the lines that settle it', () => {
    const { items, counts, leftOut } = obligationsView(snapshot);
    const validation = items.find(({ kind }) => kind === 'revalidation')!;
    assert.equal(validation.label, 'revalidate PV-STEP at SITE-B');
    assert.equal(validation.detail, 'not declared');
    assert.deepEqual(validation.markets, ['US']);
    assert.equal(validation.due, '2027-01-01');
    assert.deepEqual(validation.lines, ['revalidate PV-STEP at SITE-B by 2027-01-01']);
    const notice = items.find(({ kind }) => kind === 'notification')!;
    assert.equal(notice.due, '2026-10-03');
    assert.equal(counts.unmet + counts.insufficient + counts.open, items.length);
    assert.equal(leftOut, 0);
  });

  it('counts what the record at the cursor owes', () => {
    const status = recordStatus(snapshot, path, offset)!;
    assert.equal(status.record, 'CC-1');
    assert.deepEqual(status.counts, obligationsView(snapshot).counts);
    assert.equal(recordStatus(snapshot, 'registry/network.yaml', 0), null);
  });
});
