import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Ran, refusing, runIn, Scratch } from '../testing.js';
import type { Report } from '../workspace/report.js';
import { TEMPLATE } from './template.js';

const YELLOW = '\u001b[33m';
const CLEAR_LINE = '\r\u001b[2K';

describe('entail check', () => {
  let scratch: Scratch;

  beforeEach(() => {
    scratch = new Scratch();
    for (const [path, text] of Object.entries(TEMPLATE)) scratch.put(path, text);
  });

  afterEach(() => scratch.remove());

  const check = (...argv: string[]): Promise<Ran> => runIn(scratch.root, ['check', ...argv]);

  async function report(...argv: string[]): Promise<{ status: number; err: string; report: Report }> {
    const { status, out, err } = await check('--format', 'json', ...argv);
    return { status, err, report: JSON.parse(out) };
  }

  const codesIn = (found: Report, file: string): string[] =>
    found.findings.filter((one) => one.file === file).map((one) => one.code);

  it('prints JSON of the shape that the contract gives, and nothing else', async () => {
    const { status, err, report: found } = await report('--as-of', '2026-11-22');
    assert.equal(status, 0);
    assert.equal(err, '');
    assert.deepEqual(Object.keys(found), [
      'version',
      'tool',
      'asOf',
      'packs',
      'summary',
      'changes',
      'findings',
    ]);
    assert.equal(found.asOf, '2026-11-22');
    assert.deepEqual(
      found.changes.map((change) => change.id),
      ['CC-0001'],
    );
    assert.equal(found.summary.changes, 1);
  });

  it('gives the same bytes twice, and takes today where no day is given', async () => {
    const first = await check('--format', 'json');
    assert.deepEqual(await check('--format', 'json', '--as-of', '2026-11-22'), first);
  });

  it('takes names that every object of JavaScript has for names like any other', async () => {
    scratch.put(
      'registry/names.yaml',
      `sites: { constructor: { __proto__: 1, toString: x }, toString: {} }
steps: { valueOf: { sites: [constructor], parameters: { __proto__: 5 kg, toString: 1 kg } } }
specifications: { isPrototypeOf: { tests: { constructor: NMT 1 % } } }
constructor: { a: 1 }
`,
    );
    scratch.put(
      'changes/names.change',
      `change hasOwnProperty "x" {
  status: draft
  raised: 2026-10-02
  modify valueOf { "__proto__": 5 kg -> 6 kg toString: 1 kg -> 2 kg }
  modify isPrototypeOf { constructor: NMT 1 % -> NMT 2 % }
  transfer valueOf from constructor to toString
  confirm constructor because "x"
  revalidate new constructor of valueOf
  propertyIsEnumerable: 5
}
`,
    );
    const { status, err, report: found } = await report();
    assert.equal(status, 1);
    assert.equal(err, '');
    assert.deepEqual(
      found.changes.find((change) => change.id === 'hasOwnProperty')?.edits.map((edit) => edit.key),
      [
        'valueOf.__proto__',
        'valueOf.toString',
        'isPrototypeOf.constructor.limit',
        'valueOf:constructor>toString',
      ],
    );
    assert.deepEqual(
      codesIn(found, 'registry/names.yaml').filter((code) => code !== 'registry/fact-missing'),
      ['registry/schema', 'registry/schema', 'registry/schema'],
    );
    assert.deepEqual(
      codesIn(found, 'changes/names.change').filter((code) => code.startsWith('record/')),
      ['record/unknown-reference', 'record/unknown-reference', 'record/unknown-field'],
    );
  });

  it('checks the whole workspace from whichever of its folders it is asked without a path', async () => {
    scratch.put('notes/readme.txt', 'nothing of ours');
    const whole = await check('--format', 'json', '--as-of', '2026-11-22');
    for (const folder of ['registry', 'notes'])
      assert.deepEqual(
        await runIn(join(scratch.root, folder), ['check', '--format', 'json', '--as-of', '2026-11-22']),
        whole,
      );
  });

  it('says so where the files that were asked for hold no record', async () => {
    scratch.put('changes/empty.change', '// to be written\n');
    const { status, report: found } = await report('changes/empty.change');
    assert.equal(status, 1);
    assert.deepEqual(codesIn(found, 'changes/empty.change'), ['workspace/nothing-to-check']);
    assert.equal(found.summary.errors, 1);
    assert.equal((await report('changes')).report.summary.errors, 0);
    assert.equal((await check('registry')).status, 0);
    scratch.put('rules/own.examples/own.change', '');
    scratch.put('entail.jsonc', '{ "packs": ["us-drugs", "rules/*.rules"] }');
    assert.equal((await check('rules/own.examples')).status, 0);
  });

  it('fails on what it is told to fail on', async () => {
    assert.equal((await check()).status, 0);
    assert.equal((await check('--fail-on', 'warning')).status, 1);
    scratch.put(
      'changes/CC-0001.change',
      TEMPLATE['changes/CC-0001.change']!.replace(
        'status: assessing',
        'status: approved\n  implement: 2027-06-01',
      ),
    );
    assert.equal((await check()).status, 1);
  });

  it('finds the workspace upwards and prints what concerns the path', async () => {
    scratch.put('changes/CC-0002.change', 'change CC-0002 { status: draft raised: 2026-11-01 }');
    const { status, out } = await runIn(join(scratch.root, 'changes'), ['check', 'CC-0002.change']);
    assert.equal(status, 0);
    assert.match(out, /^CC-0002/);
    assert.doesNotMatch(out, /CC-0001/);
    assert.match(out, /1 change with/);
    const whole = await report();
    assert.equal(whole.report.summary.changes, 2);
  });

  it('groups by change, with rule, citation and path, the line underlined and what to do next', async () => {
    const { out } = await check();
    assert.match(out, /^CC-0001 {2}Replace the tablet press\nassessing, changes\/CC-0001\.change\n/);
    assert.match(out, /sites {8}BER-1/);
    assert.match(out, /gmp\/equipment\.same-class, EU GMP Annex 15/);
    assert.match(out, /DLX-S2 → EQ-PRESS-2/);
    assert.match(out, /11 │ {3}replace EQ-PRESS-1 with EQ-PRESS-2 in DLX-S2\n.*│ {3}\^{5,}/);
    assert.match(out, /Next: changes\/CC-0001\.change, line 11/);
    assert.ok(!out.includes('\u001b'));
  });

  it('uses colours and a progress bar on a terminal only', async () => {
    const slow = await runIn(scratch.root, ['check'], { isTTY: true, slow: 600 });
    assert.ok(slow.out.includes(YELLOW));
    assert.ok(slow.err.endsWith(`█ 1 of 1 changes${CLEAR_LINE}`));
    const quick = await runIn(scratch.root, ['check'], { isTTY: true, environment: { NO_COLOR: '1' } });
    assert.ok(!quick.out.includes('\u001b'));
    assert.equal(quick.err, '');
    const forced = await runIn(scratch.root, ['check'], { environment: { FORCE_COLOR: '1' }, slow: 600 });
    assert.ok(forced.out.includes(YELLOW));
    assert.equal(forced.err, '');
  });

  it('never lets a file write to the terminal', async () => {
    scratch.put(
      'changes/evil.change',
      'change CC-9 "\u001b[2J\u0007\u202e" { status: draft raised: 2026-11-01 \u001b]0;x }',
    );
    const { out } = await check();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
    assert.match(out, /\\u\{1b\}/);
  });

  describe('of bad input', () => {
    it('reports one broken record at its place and still checks the others', async () => {
      scratch.put('changes/CC-0002.change', 'change CC-0002 { status draft }');
      const { status, report: found, err } = await report();
      assert.equal(status, 1);
      assert.equal(err, '');
      assert.ok(codesIn(found, 'changes/CC-0002.change').includes('syntax'));
      assert.ok(codesIn(found, 'changes/CC-0001.change').includes('filing/missing'));
    });

    it('reports what can not be read at its path, and checks the rest', async () => {
      mkdirSync(join(scratch.root, 'changes/folder.change'));
      scratch.put('changes/large.change', Buffer.alloc(50 * 1024 * 1024, 0x20));
      scratch.put('changes/latin1.change', Uint8Array.from([0x63, 0xe9, 0x20]));
      symlinkSync('loop.change', join(scratch.root, 'changes/loop.change'));
      symlinkSync('/etc/hostname', join(scratch.root, 'changes/outside.change'));
      symlinkSync('..', join(scratch.root, 'changes/up'));
      const { status, report: found, err } = await report();
      assert.equal(status, 1);
      assert.equal(err, '');
      const unreadable = found.findings.filter((one) => one.code === 'workspace/unreadable');
      assert.deepEqual(
        unreadable.map((one) => [
          one.file,
          /a folder,|MB|byte 1|itself|leaves|above it/.exec(one.message)?.[0],
        ]),
        [
          ['changes/folder.change', 'a folder,'],
          ['changes/large.change', 'MB'],
          ['changes/latin1.change', 'byte 1'],
          ['changes/loop.change', 'itself'],
          ['changes/outside.change', 'leaves'],
          ['changes/up', 'above it'],
        ],
      );
      assert.ok(codesIn(found, 'changes/CC-0001.change').includes('filing/missing'));
    });

    it('can not be complete where the operating system refuses a file', async () => {
      scratch.put('changes/CC-0002.change', 'change CC-0002 { status: draft raised: 2026-11-01 }');
      const services = { host: refusing('CC-0002.change') };
      const { status, out, err } = await runIn(scratch.root, ['check', '--format', 'json'], { services });
      assert.equal(status, 2);
      assert.equal(err, 'entail: changes/CC-0002.change: No permission.\n');
      const found: Report = JSON.parse(out);
      assert.deepEqual(codesIn(found, 'changes/CC-0002.change'), ['workspace/unreadable']);
      assert.ok(codesIn(found, 'changes/CC-0001.change').includes('filing/missing'));
    });

    it('says where entail.jsonc is broken', async () => {
      scratch.put(
        'entail.jsonc',
        '{\n  "packs": ["us-drugs", "gmp"],\n  "severity": { "filing/mising": "off" },\n  oops\n}',
      );
      const { status, err } = await check();
      assert.equal(status, 2);
      assert.match(err, /^entail: entail\.jsonc:\d:\d+: .+\(and 1 more\)\n$/);
      scratch.put('entail.jsonc', '{ "severity": { "filing/mising": "off" } }');
      assert.match((await check()).err, /^entail: entail\.jsonc:1:17: .*`filing\/missing`\?\n$/);
      const services = { host: refusing('entail.jsonc') };
      const refused = await runIn(scratch.root, ['check'], { services });
      assert.deepEqual([refused.status, refused.out], [2, '']);
      assert.equal(refused.err, 'entail: entail.jsonc: No permission.\n');
    });

    it('reports a pack that does not parse', async () => {
      scratch.put('entail.jsonc', '{ "packs": ["us-drugs", "gmp", "rules/*.rules"] }');
      scratch.put('rules/ours.rules', 'pack ours "Ours" { market US }\nrule x "X" {');
      const { status, report: found } = await report();
      assert.equal(status, 1);
      assert.ok(codesIn(found, 'rules/ours.rules').includes('syntax'));
      assert.ok(codesIn(found, 'changes/CC-0001.change').includes('filing/missing'));
    });

    it('is an error where there is no record or no rule', async () => {
      scratch.put('entail.jsonc', '{ "packs": [] }');
      const noRule = await report();
      assert.equal(noRule.status, 1);
      assert.ok(noRule.report.findings.some((one) => one.code === 'workspace/nothing-to-check'));
      const empty = new Scratch();
      const noRecord = await runIn(empty.root, ['check', '--format', 'json']);
      empty.remove();
      assert.equal(noRecord.status, 1);
      assert.match(noRecord.out, /workspace\/nothing-to-check/);
    });

    it('is one line on standard error where the command line is wrong', async () => {
      for (const argv of [
        ['check', 'nowhere'],
        ['check', '--frmat', 'json'],
        ['check', '--format', 'xml'],
        ['check', '--fail-on', 'never'],
        ['check', '--as-of', '2026-02-30'],
        ['check', '--config', 'nowhere.jsonc'],
        ['chekc'],
        ['explain', 'filing/mising'],
        ['init', 'entail.jsonc'],
        ['rules', 'surplus'],
        [],
      ]) {
        const { status, out, err } = await runIn(scratch.root, argv);
        assert.deepEqual([status, out], [2, ''], argv.join(' '));
        assert.match(err, /^entail: [^\n]+\n$/);
        assert.doesNotMatch(err, /internal fault/);
      }
    });

    it('never shows a stack trace, even where the fault is ours', async () => {
      const services = {
        openWorkspace: () => {
          throw new TypeError('x is undefined');
        },
      };
      const { status, err } = await runIn(scratch.root, ['check'], { services });
      assert.equal(status, 2);
      assert.equal(
        err,
        'entail: internal fault: x is undefined. This is no mistake of yours; please report it.\n',
      );
    });
  });

  it('takes another configuration by --config, and names its faults by its name', async () => {
    scratch.put('ci/strict.jsonc', '{ "packs": ["gmp"], "severity": { "task/missing": "error" } }');
    const { report: found } = await report('--config', 'ci/strict.jsonc');
    assert.deepEqual(
      found.packs.map((pack) => pack.id),
      ['gmp'],
    );
    scratch.put('ci/strict.jsonc', '{ "packs": ["gpm"] }');
    const broken = await report('--config', 'ci/strict.jsonc');
    assert.equal(broken.status, 2);
    assert.match(broken.err, /^entail: ci\/strict\.jsonc:1:13: .*`gmp`/);
    assert.ok(codesIn(broken.report, 'ci/strict.jsonc').includes('syntax'));
  });

  it('refuses paths of two workspaces', async () => {
    for (const [path, text] of Object.entries(TEMPLATE))
      scratch.put(`one/${path}`, text).put(`two/${path}`, text);
    const { status, err } = await check('one', 'two');
    assert.equal(status, 2);
    assert.match(err, /one and two belong to two workspaces/);
  });
});
