import assert from 'node:assert/strict';
import { impactView, impactViewOf } from './impactView.js';
import { obligationsView, recordStatus } from './obligationsView.js';
import { opened, openedRecord, placeText } from './testing.js';

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

  it('counts the days of what is owed, not those of a category that is too low', () => {
    const low = openedRecord(
      '$0transfer STEP from SITE-A to SITE-B\n  deny PACMP-1 because "no"\n  file NDA-1 as AR on 2026-12-01',
    );
    const [row] = impactView(low.snapshot, low.path, low.offset)!.markets;
    assert.equal(row!.state, 'insufficient');
    assert.equal(row!.clock, 'PAS: only after approval');
    assert.equal(row!.earliest, 'after approval');
  });

  it('tells what the clocks let expect, and what may yet move it', () => {
    const law = `=== shipped/law.rules
pack law "The law" {
  market: US
  filings: NDA
  source: "x"
  categories: none < CBE-30 < PAS
  clock CBE-30: wait 30 days
  clock PAS: approval, typical 4 months
  otherwise: rest
}
condition ready "Was it ready?" {}
rule rest "Anything else" { report CBE-30 report PAS when ready cite "1" basis official }
`;
    const expected = (statements: string): readonly string[] => {
      const one = opened(
        `=== a.change\n$0change CC-1 {\n  status: draft\n  raised: 2026-01-01\n  modify SPEC { assay.limit: 95.0..102.0 % -> 96.0..102.0 % }\n  ${statements}\n}\n${law}`,
      );
      return impactView(one.snapshot, one.path, one.offset)!
        .timeline.filter(({ kind }) => kind === 'expected')
        .map(({ date, words }) => `${date} ${words}`);
    };
    assert.deepEqual(expected('file NDA-1 as CBE-30 on 2026-12-01'), [
      '2026-12-31 NDA-1 as CBE-30 allows the change from here, unless a higher category is owed',
    ]);
    assert.deepEqual(expected('confirm ready because "x"\n  file NDA-1 as CBE-30 on 2026-12-01'), [
      '2027-04-01 Approval of NDA-1 as PAS to be expected',
      '2027-04-01 NDA-1 as PAS may allow the change from here',
    ]);
    assert.deepEqual(expected(''), []);
  });

  it('counts by the law of the day on which the filing is judged', () => {
    const laws = `=== entail.jsonc
{ "packs": ["former", "law"] }
=== shipped/former.rules
pack former "Former" { market: US filings: NDA source: "x" until: 2025-12-31 categories: none < PAS clock PAS: wait 30 days otherwise: r }
rule r "r" { report PAS cite "1" basis official }
`;
    const one = openedRecord(
      '$0modify SPEC { assay.limit: 95.0..102.0 % -> 96.0..102.0 % }\n  file NDA-1 as PAS on 2026-12-01',
    );
    const both = opened(`=== ${one.path}\n$0${one.text}\n${laws}`);
    const [row] = impactView(both.snapshot, both.path, both.offset)!.markets;
    assert.equal(row!.clock, 'PAS: only after approval');
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
