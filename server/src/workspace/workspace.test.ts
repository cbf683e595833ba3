import assert from 'node:assert/strict';
import { parseDate } from '../base/date.js';
import { type SourceFile, Workspace } from './workspace.js';

const CONFIG = '{ "packs": ["rules/*.rules"] }';

const REGISTRY = `
organisations: { OWNER: { role: sponsor }, MAKER: { role: cdmo } }
sites: { A: { organisation: OWNER }, B: { organisation: MAKER } }
products: { P: {} }
materials: { M: { stage: drug-substance, product: P } }
steps: { S: { sites: [A], produces: [M], parameters: { size: 5 kg } } }
validations: { PV: { kind: process, covers: [S], site: A, status: current } }
filings: { NDA: { market: US, type: NDA, product: P, holder: OWNER, registers: [S] } }
agreements: { QA: { between: [OWNER, MAKER], sites: [B], notify: 30 days } }
`;

const PACK = `
pack p "P" {
  market: US
  filings: NDA
  source: "x"
  categories: none < AR < PAS
  clock PAS: approval
  clock AR: afterwards
  order equipment-qualification before process
  otherwise: rest
}
condition harmful "Is it harmful?" {}
rule rest "Anything else" { report AR cite "x" basis official dossier 3.2.S.2.1 document "a list" }
rule size "Size" { on modify size of step report PAS when harmful assess process cite "21 CFR 1", "21 CFR 2" basis recalled }
rule move "Move" { on replace site of step revalidate process direct at destination perform review "look" cite "x" basis official }
`;

const record = (id: string, statements: string, status = 'assessing'): string =>
  `change ${id} "A change" {\n  status: ${status}\n  raised: 2026-01-01\n  ${statements}\n}\n`;

const SIZE = 'modify S { size: 5 kg -> 6 kg }';
const MOVE = 'transfer S from A to B';

function opened(files: Readonly<Record<string, string>>, asOf = '2026-11-22'): Workspace {
  const workspace = new Workspace({ asOf: parseDate(asOf)!, shippedPacks: [] });
  const all = { 'entail.jsonc': CONFIG, 'registry/r.yaml': REGISTRY, 'rules/p.rules': PACK, ...files };
  workspace.apply({ set: filesOf(all) });
  return workspace;
}

function filesOf(files: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

/** `SEVERITY CODE LINE` of what is found in a record, those of the codes asked for. */
function found(text: string, ...codes: readonly string[]): readonly string[] {
  const findings = opened({ 'a.change': text }).snapshot().findings();
  return findings
    .filter(({ file, code }) => file === 'a.change' && (codes.length === 0 || codes.includes(code)))
    .map(({ severity, code, range }) => `${severity} ${code} ${range.start.line + 1}`);
}

/** The messages of one code. */
function messages(text: string, code: string): readonly string[] {
  return opened({ 'a.change': text })
    .snapshot()
    .findings()
    .filter((one) => one.code === code)
    .map(({ message }) => message);
}

describe('what is analysed again', () => {
  const files = {
    'a.change': record('CC-1', SIZE) + record('CC-2', MOVE),
    'b.change': record('CC-3', MOVE),
  };

  /** How many analyses a change of some files brings about; what a fresh workspace says must be the same. */
  function analysedAfter(
    before: Readonly<Record<string, string>>,
    change: Readonly<Record<string, string>>,
  ): number {
    const workspace = opened(before);
    workspace.snapshot().findings();
    const known = workspace.analysed;
    workspace.apply({ set: filesOf(change) });
    workspace.snapshot().findings();
    const count = workspace.analysed - known;
    const again = workspace.snapshot().report();
    assert.deepEqual(
      again,
      opened({ ...before, ...change })
        .snapshot()
        .report(),
    );
    return count;
  }

  it('is nothing where only comments or white space change', () => {
    assert.equal(analysedAfter(files, { 'a.change': `// a remark\n\n${files['a.change']}` }), 0);
    assert.equal(analysedAfter(files, { 'a.change': files['a.change'].replaceAll('  ', '    ') }), 0);
    assert.equal(
      analysedAfter(files, { 'a.change': files['a.change'].replace('{', '/* here */ { // there') }),
      0,
    );
  });

  it('is one record of a file where one changes', () => {
    assert.equal(analysedAfter(files, { 'a.change': files['a.change'].replace('6 kg', '7 kg') }), 1);
    assert.equal(analysedAfter(files, { 'a.change': record('CC-0', SIZE) + files['a.change'] }), 1);
    assert.equal(analysedAfter(files, { 'a.change': record('CC-2', MOVE) + record('CC-1', SIZE) }), 0);
    assert.equal(analysedAfter(files, { 'a.change': record('CC-2', MOVE) }), 0);
  });

  it('is both of two records that say the same', () => {
    assert.equal(analysedAfter(files, { 'a.change': record('CC-1', SIZE) + record('CC-1', SIZE) }), 1);
  });

  it('is a record again whose unit was parted from its number', () => {
    assert.equal(analysedAfter(files, { 'a.change': files['a.change'].replace('6 kg', '6\nkg') }), 1);
  });

  it('is nothing where only comments of the registry change', () => {
    assert.equal(analysedAfter(files, { 'registry/r.yaml': `# a remark\n${REGISTRY}# the end\n` }), 0);
  });

  it('is every record that looked something up in the registry that has changed', () => {
    assert.equal(
      analysedAfter(files, { 'registry/r.yaml': REGISTRY.replace('registers: [S]', 'registers: []') }),
      3,
    );
  });

  it('is nothing where an entity that no record has to do with comes, changes or goes', () => {
    const more = { ...files, 'registry/s.yaml': 'sites: { C: {} }\n' };
    assert.equal(analysedAfter(files, { 'registry/s.yaml': 'sites: { C: {} }\n' }), 0);
    assert.equal(analysedAfter(more, { 'registry/s.yaml': 'sites: { C: { name: Cork } }\n' }), 0);
    assert.equal(analysedAfter(more, { 'registry/s.yaml': '# none\n' }), 0);
  });

  it('is every record that reaches further since another step takes what it reached', () => {
    const more = {
      ...files,
      'registry/s.yaml':
        'materials: { M2: { stage: drug-product, product: P } }\nsteps: { T: { sites: [A], produces: [M2] } }\n',
    };
    const taken = more['registry/s.yaml'].replace('produces: [M2]', 'consumes: [M], produces: [M2]');
    assert.equal(analysedAfter(more, { 'registry/s.yaml': taken }), 3);
  });

  it('is one record where the first of three of one ID gets another, and the others are told of the next', () => {
    const three = { ...files, 'c.change': record('CC-1', SIZE), 'd.change': record('CC-1', MOVE) };
    assert.equal(analysedAfter(three, { 'a.change': record('CC-9', SIZE) + record('CC-2', MOVE) }), 1);
  });

  it('is everything where a rule changes', () => {
    assert.equal(analysedAfter(files, { 'rules/p.rules': PACK.replace('report AR', 'report PAS') }), 3);
  });

  it('is a record with those that build on it, and nothing else', () => {
    const after = {
      ...files,
      'c.change': record('CC-4', 'after: CC-1 modify S { size: 6 kg -> 7 kg }'),
      'd.change': record('CC-5', 'parent: CC-2 revalidate PV at B'),
    };
    assert.equal(analysedAfter(after, { 'a.change': files['a.change'].replace('-> 6 kg', '-> 6.0 kg') }), 2);
    assert.equal(analysedAfter(after, { 'd.change': record('CC-5', 'parent: CC-2 revalidate PV') }), 2);
    assert.equal(analysedAfter(after, { 'b.change': `${files['b.change']} // x` }), 0);
  });

  it('is found at its new place', () => {
    const workspace = opened(files);
    const line = (): number | undefined =>
      workspace
        .snapshot()
        .findings()
        .find(({ code, change }) => code === 'filing/missing' && change === 'CC-2')?.range.start.line;
    assert.equal(line(), 8);
    workspace.apply({ set: [{ path: 'a.change', text: `\n\n${files['a.change']}` }] });
    assert.equal(line(), 10);
  });

  it('forgets files that are taken out', () => {
    const workspace = opened(files);
    workspace.apply({ remove: ['a.change'] });
    assert.deepEqual(
      workspace
        .snapshot()
        .report()
        .changes.map(({ id }) => id),
      ['CC-3'],
    );
  });
});

describe('the report', () => {
  const files = {
    'b.change': record('CC-2', MOVE),
    'a.change':
      record('CC-10', `${SIZE} file NDA as AR on 2026-12-01 unaffected PV because "x"`) +
      record('CC-1', MOVE, 'closed'),
  };
  const report = opened(files).snapshot().report();

  it('has every key of the contract, in its order', () => {
    assert.deepEqual(Object.keys(report), [
      'version',
      'tool',
      'asOf',
      'packs',
      'summary',
      'changes',
      'findings',
    ]);
    assert.deepEqual(Object.keys(report.summary), [
      'changes',
      'obligations',
      'unmet',
      'insufficient',
      'open',
      'errors',
      'warnings',
      'infos',
    ]);
    assert.deepEqual(Object.keys(report.changes[0]!), [
      'id',
      'title',
      'status',
      'file',
      'edits',
      'reached',
      'obligations',
    ]);
    const keys =
      'id kind state target market site validationKind category judgedOn items because questions facts dossier documents lead text range';
    for (const change of report.changes)
      for (const obligation of change.obligations) assert.equal(Object.keys(obligation).join(' '), keys);
    for (const finding of report.findings)
      assert.equal(
        Object.keys(finding).join(' '),
        'code severity change file range message obligation related',
      );
  });

  it('says of a filing what it owes and what was declared', () => {
    const [change] = report.changes.filter(({ id }) => id === 'CC-10');
    const filing = change?.obligations.find(({ kind }) => kind === 'filing');
    assert.deepEqual(filing, {
      id: 'CC-10:filing:NDA',
      kind: 'filing',
      state: 'open',
      target: 'NDA',
      market: 'US',
      site: null,
      validationKind: null,
      category: { lowest: 'AR', highest: 'PAS', declared: 'AR' },
      judgedOn: '2026-12-01',
      items: [
        { edit: 'S.size', category: 'PAS', rule: 'p/size' },
        { edit: 'S.size', category: 'AR', rule: 'p/rest' },
      ],
      because: [
        {
          rule: 'p/size',
          cite: ['21 CFR 1', '21 CFR 2'],
          basis: 'recalled',
          edit: 'S.size',
          path: ['S', 'NDA'],
        },
        { rule: 'p/rest', cite: ['x'], basis: 'official', edit: 'S.size', path: ['S', 'NDA'] },
      ],
      questions: [{ condition: 'p/harmful', for: 'S.size', text: 'Is it harmful?' }],
      facts: [],
      dossier: ['3.2.S.2.1'],
      documents: ['a list'],
      lead: null,
      text: 'Size; Anything else',
      range: { start: { line: 3, character: 34 }, end: { line: 3, character: 62 } },
    });
  });

  it('fills a duty’s site and kind, and leaves out what belongs to filings', () => {
    const [change] = report.changes.filter(({ id }) => id === 'CC-2');
    const duty = change?.obligations.find(({ kind }) => kind === 'revalidation');
    assert.deepEqual(
      [
        duty?.id,
        duty?.site,
        duty?.validationKind,
        duty?.market,
        duty?.category,
        duty?.judgedOn,
        duty?.items,
        duty?.range,
      ],
      ['CC-2:revalidation:PV@B', 'B', 'process', null, null, null, [], null],
    );
  });

  it('is sorted: changes and obligations by ID, findings by file, position and code', () => {
    assert.deepEqual(
      report.changes.map(({ id }) => id),
      ['CC-1', 'CC-10', 'CC-2'],
    );
    for (const { obligations } of report.changes)
      assert.deepEqual(
        obligations.map(({ id }) => id),
        obligations.map(({ id }) => id).sort(),
      );
    const keyOf = ({ file, range, code }: (typeof report.findings)[number]): string =>
      `${file} ${String(range.start.line).padStart(6, '0')} ${String(range.start.character).padStart(6, '0')} ${code}`;
    assert.deepEqual(report.findings.map(keyOf), report.findings.map(keyOf).sort());
  });

  it('counts what it holds', () => {
    const owed = report.changes.flatMap(({ obligations }) => obligations);
    assert.equal(report.summary.changes, 3);
    assert.equal(report.summary.obligations, owed.length);
    assert.equal(report.summary.unmet, owed.filter(({ state }) => state === 'unmet').length);
    assert.equal(
      report.summary.warnings,
      report.findings.filter(({ severity }) => severity === 'warning').length,
    );
  });

  it('is the same bytes however often and in whatever order the files come', () => {
    const again = new Workspace({ asOf: parseDate('2026-11-22')!, shippedPacks: [] });
    const all = { 'entail.jsonc': CONFIG, 'registry/r.yaml': REGISTRY, 'rules/p.rules': PACK, ...files };
    for (const file of filesOf(all).reverse()) again.apply({ set: [file] });
    assert.equal(JSON.stringify(again.snapshot().report()), JSON.stringify(report));
  });

  it('recomputes nothing for a closed record', () => {
    assert.deepEqual(report.changes[0]?.obligations, []);
    assert.deepEqual(
      report.changes[0]?.edits.map(({ key }) => key),
      ['S:A>B'],
    );
  });
});

describe('severities', () => {
  it('go by the status of the record', () => {
    const severity = (status: string): string | undefined =>
      found(record('CC-1', `${MOVE} implement: 2027-01-01`, status), 'filing/missing')[0];
    assert.equal(severity('draft'), 'info filing/missing 4');
    assert.equal(severity('assessing'), 'warning filing/missing 4');
    for (const status of ['approved', 'implementing', 'verifying'])
      assert.equal(severity(status), 'error filing/missing 4');
    assert.equal(severity('closed'), undefined);
  });

  it('may be set, or a code turned off', () => {
    const config = CONFIG.replace(
      '}',
      ', "severity": { "filing/missing": "error", "task/missing": "off" } }',
    );
    const codes = opened({ 'entail.jsonc': config, 'a.change': record('CC-1', MOVE) })
      .snapshot()
      .findings()
      .map(({ severity, code }) => `${severity} ${code}`);
    assert.ok(codes.includes('error filing/missing'));
    assert.ok(!codes.some((code) => code.endsWith('task/missing')));
  });
});

describe('messages', () => {
  it('say that an outcome rests on a rule that was recalled', () => {
    const [asked] = messages(record('CC-1', `${SIZE} confirm harmful because "x"`), 'filing/missing');
    assert.match(asked!, /recalled, not read from the source/);
    const [moved] = messages(record('CC-1', MOVE), 'filing/missing');
    assert.doesNotMatch(moved!, /recalled/);
  });
});

describe('what a closed record has to prove', () => {
  const closed = (answers: string): readonly string[] =>
    found(record('CC-1', `implement: 2026-02-01 ${MOVE}\n  ${answers}`, 'closed'), 'record/not-done');

  it('is that each revalidation and task is done', () => {
    assert.deepEqual(closed('revalidate PV at B by 2026-01-15'), ['error record/not-done 5']);
    assert.deepEqual(closed('perform review by 2026-01-15'), ['error record/not-done 5']);
    assert.deepEqual(closed('revalidate PV at B done 2026-01-15 perform review done 2026-01-16'), []);
  });

  it('is that a filing whose clock asks for an approval has one, with its date', () => {
    assert.deepEqual(closed('file NDA as PAS on 2026-01-10'), ['error record/not-done 5']);
    assert.deepEqual(closed('file NDA as PAS on 2026-01-10 approval NDA'), ['error record/not-done 5']);
    assert.deepEqual(closed('file NDA as PAS on 2026-01-10 approval NDA on 2026-01-20'), []);
    assert.deepEqual(closed('file NDA as AR on 2026-02-10'), []);
  });
});

describe('the timeline', () => {
  const TIME = ['timeline/implement-too-early', 'timeline/out-of-order'];
  const timed = (statements: string): readonly string[] =>
    found(record('CC-1', `${MOVE} implement: 2027-01-01\n  ${statements}`), ...TIME);

  it('holds the implementation to the clock, the validations and the notices', () => {
    assert.deepEqual(timed('file NDA as PAS on 2026-12-01 approval NDA on 2027-01-02'), [
      'warning timeline/implement-too-early 5',
    ]);
    assert.deepEqual(timed('revalidate PV at B by 2027-01-02'), ['warning timeline/implement-too-early 5']);
    assert.deepEqual(timed('notify OWNER on 2026-12-03'), ['warning timeline/implement-too-early 5']);
    assert.deepEqual(timed('notify OWNER on 2026-12-01 revalidate PV at B by 2026-12-31'), []);
  });

  it('finds an approval from before the filing', () => {
    assert.deepEqual(timed('file NDA as PAS on 2026-12-01\n  approval NDA on 2026-11-01'), [
      'warning timeline/out-of-order 6',
    ]);
  });
});

describe('a temporary change', () => {
  const lapsed = (until: string, status = 'implementing'): readonly string[] =>
    found(record('CC-1', `implement: 2026-02-01 until: ${until} ${MOVE}`, status), 'record/lapsed');

  it('lapses after its last day, unless it is closed', () => {
    assert.deepEqual(lapsed('2026-11-21'), ['warning record/lapsed 4']);
    assert.deepEqual(lapsed('2026-11-22'), []);
    assert.deepEqual(lapsed('2026-11-21', 'closed'), []);
  });
});

describe('expectations', () => {
  const failing = (expectation: string): number =>
    found(record('CC-1', `${SIZE} ${MOVE} confirm harmful because "x" ${expectation}`), 'record/expectation')
      .length;

  it('are held to the category of a filing, and to the rule', () => {
    assert.equal(failing('expect PAS for NDA'), 0);
    assert.equal(failing('expect PAS for NDA by size'), 0);
    assert.equal(failing('expect PAS for NDA by p/size'), 0);
    assert.equal(failing('expect AR for NDA'), 1);
    assert.equal(failing('expect PAS for NDA by move'), 1);
  });

  it('are held to rules that must not apply', () => {
    assert.equal(failing('expect no size'), 1);
    assert.equal(found(record('CC-1', `${MOVE} expect no size`), 'record/expectation').length, 0);
    assert.equal(found(record('CC-1', `${SIZE} expect no size`), 'record/expectation').length, 1);
  });

  it('are held to duties', () => {
    assert.equal(failing('expect revalidate PV'), 0);
    assert.equal(failing('expect assess PV'), 0);
    assert.equal(failing('expect assess new cleaning of S'), 1);
  });
});

describe('contradictions and unused answers', () => {
  it('are told at the answers', () => {
    const text = record(
      'CC-1',
      `${SIZE}\n  confirm harmful because "x"\n  deny harmful because "y"\n  perform dance`,
    );
    assert.deepEqual(found(text, 'record/contradiction', 'record/unused-answer'), [
      'error record/contradiction 6',
      'info record/unused-answer 7',
    ]);
  });
});
