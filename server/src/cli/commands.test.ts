import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '../checks/codes.js';
import { format } from '../syntax/format.js';
import { runIn, Scratch } from '../testing.js';
import { excerpt } from './excerpt.js';
import { printableSource, styleFor, widthOf, wrap } from './style.js';
import { TEMPLATE } from './template.js';

describe('the other commands', () => {
  let scratch: Scratch;

  beforeEach(() => {
    scratch = new Scratch();
  });

  afterEach(() => scratch.remove());

  const read = (path: string): string => readFileSync(join(scratch.root, path), 'utf8');
  const RAGGED = 'change   CC-1 { status : draft\nraised:2026-11-01 } // end\r\n';

  it('init writes a workspace that checks with something left to do, and overwrites nothing', async () => {
    const written = await runIn(scratch.root, ['init', 'new']);
    assert.equal(written.status, 0);
    assert.match(written.out, /Next: entail check new/);
    const checked = await runIn(scratch.root, ['check', 'new']);
    assert.equal(checked.status, 0);
    assert.match(checked.out, /Entails {2}5 met, 4 missing/);
    const again = await runIn(scratch.root, ['init', 'new']);
    assert.equal(again.status, 2);
    assert.match(again.err, /there already/);
    assert.equal(format(TEMPLATE['changes/CC-0001.change']!, 'change'), TEMPLATE['changes/CC-0001.change']);
  });

  it('fmt lays out files, and says which', async () => {
    scratch
      .put('a/x.change', RAGGED)
      .put('b.rules', 'pack p "P" { }')
      .put('bad.change', 'change {')
      .put('c.txt', 'x');
    const checked = await runIn(scratch.root, ['fmt', '--check']);
    assert.equal(checked.status, 1);
    assert.match(checked.out, /a\/x\.change is not formatted/);
    assert.match(checked.out, /bad\.change:1:\d+: .*left as it is/);
    assert.equal(read('a/x.change'), RAGGED);
    const formatted = await runIn(scratch.root, ['fmt', 'a']);
    assert.equal(formatted.status, 0);
    assert.equal(read('a/x.change'), format(RAGGED, 'change'));
    assert.match((await runIn(scratch.root, ['fmt', 'a'])).out, /^0 of 1 file formatted/);
    assert.equal((await runIn(scratch.root, ['fmt'])).status, 1);
    assert.equal(read('bad.change'), 'change {');
    assert.equal((await runIn(scratch.root, ['fmt', 'c.txt'])).status, 2);
    assert.equal((await runIn(scratch.root, ['fmt', 'nowhere'])).status, 2);
  });

  it('fmt passes standard input through', async () => {
    const good = await runIn(scratch.root, ['fmt', '--stdin'], { stdin: RAGGED });
    assert.deepEqual(good, { status: 0, out: format(RAGGED, 'change'), err: '' });
    const bad = await runIn(scratch.root, ['fmt', '--stdin-filename', 'x.rules'], { stdin: 'rule {' });
    assert.deepEqual([bad.status, bad.out], [1, 'rule {']);
    assert.match(bad.err, /^x\.rules:1:\d+: /);
    assert.equal((await runIn(scratch.root, ['fmt', '--stdin', '--check'], { stdin: RAGGED })).status, 1);
    const rules = await runIn(scratch.root, ['fmt', '--stdin'], { stdin: '// ours\npack o "O" {uses:gmp}' });
    assert.deepEqual(rules, { status: 0, out: '// ours\npack o "O" {\n  uses: gmp\n}\n', err: '' });
    assert.equal((await runIn(scratch.root, ['fmt', '--stdin', 'x.change'])).status, 2);
  });

  it('explain knows rules, conditions, findings, facts and changes', async () => {
    await runIn(scratch.root, ['init']);
    const explain = async (...name: string[]): Promise<string> => {
      const { status, out, err } = await runIn(scratch.root, ['explain', ...name]);
      assert.deepEqual([status, err], [0, '']);
      return out;
    };
    const rule = await explain('us-drugs/314.70.d.2.iii');
    assert.match(rule, /cites {7}21 CFR 314\.70\(d\)\(2\)\(iii\)/);
    assert.match(rule, /basis {7}official/);
    assert.match(rule, /stands in {3}us-drugs\.rules:\d+ \(comes with Entail\)/);
    assert.match(await explain('eu-2013/B.II.b.5.f'), /replaced by eu-2025\/Q\.II\.b\.5\.g/);
    assert.match(await explain('eu-2025/Q.II.b.5.g'), /supersedes {2}eu-2013\/B\.II\.b\.5\.f/);
    assert.match(await explain('314.70.d.2.iii'), /^us-drugs\/314\.70\.d\.2\.iii/);
    assert.match(await explain('new-controller'), /^gmp\/new-controller {2}condition/);
    assert.match(
      await explain('gmp/formulation'),
      /asks to {5}revalidate process, of what is changed, else of the steps behind it/,
    );
    assert.match(await explain('ratio'), /^ratio\(a, b\)/);
    assert.match(await explain('CC-0001'), /because of DLX-S2:EQ-PRESS-1>EQ-PRESS-2/);
    assert.match(await explain(), /filing\/under-reported/);
    for (const code of Object.keys(CODES)) assert.ok((await explain(code)).length > 100, code);
  });

  it('rules lists what is in use', async () => {
    await runIn(scratch.root, ['init']);
    const listed = await runIn(scratch.root, ['rules', '--format', 'json']);
    const { rules } = JSON.parse(listed.out);
    assert.deepEqual([...new Set(rules.map((rule: { pack: string }) => rule.pack))], ['gmp', 'us-drugs']);
    assert.deepEqual(Object.keys(rules[0]), [
      'id',
      'title',
      'pack',
      'market',
      'categories',
      'citations',
      'basis',
      'inForce',
      'place',
    ]);
    const pretty = await runIn(scratch.root, ['rules']);
    assert.match(pretty.out, /us-drugs\/314\.70\.b\.1 .*21 CFR 314\.70\(b\)\(1\) \(official\)/);
  });

  it('help shows examples, and the version is the one handed in', async () => {
    assert.deepEqual(await runIn(scratch.root, ['--version']), { status: 0, out: '0.0.0\n', err: '' });
    for (const command of [[], ['check'], ['fmt'], ['explain'], ['impact'], ['rules'], ['init'], ['lsp']]) {
      const { status, out } = await runIn(scratch.root, [...command, '--help']);
      assert.equal(status, 0);
      assert.match(out, /Examples:\n {2}entail /);
    }
  });
});

describe('printing', () => {
  const plain = styleFor({ write: () => {}, isTTY: false }, {});
  const show = (line: string, start: number, end: number): string[] =>
    excerpt(
      `first\r\n${line}\nlast`,
      { start: { line: 1, character: start }, end: { line: 1, character: end } },
      plain,
      (mark) => mark,
    );

  it('underlines the place in tabs and wide characters alike', () => {
    assert.deepEqual(show('a bad word', 2, 5), ['2 │ a bad word', '  │   ^^^']);
    assert.deepEqual(show('\tbad', 1, 4), ['2 │     bad', '  │     ^^^']);
    assert.deepEqual(show('注意 bad', 3, 6), ['2 │ 注意 bad', '  │      ^^^']);
    assert.deepEqual(show('', 0, 0), ['2 │', '  │ ^']);
  });

  it('cuts long lines around the place', () => {
    const [source, mark] = show(`${'x'.repeat(5000)}BAD${'y'.repeat(5000)}`, 5000, 5003);
    assert.ok(source!.length < 120);
    assert.equal(source!.indexOf('BAD'), mark!.indexOf('^^^'));
  });

  it('shows control characters for what they are', () => {
    assert.equal(printableSource('\u001b[31m\u0000'), '\\u{1b}[31m\\u{0}');
    assert.equal(widthOf('e\u0301😀한'), 5);
    assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  });
});
