import assert from 'node:assert/strict';
import { defaultConfig, readConfig } from './config.js';

const SHIPPED = ['eu-2025', 'gmp', 'us-drugs'];

function check(marked: string, message: RegExp, replacement?: string): void {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const { problems } = readConfig(marked.replace(/[«»]/g, ''), SHIPPED);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  assert.match(problems[0]!.message, message);
  assert.deepEqual(problems[0]!.span, { start, end });
  assert.equal(problems[0]!.replacement, replacement);
}

describe('entail.jsonc', () => {
  it('may be empty: everything has a default', () => {
    assert.deepEqual(readConfig('', SHIPPED), { config: defaultConfig(SHIPPED), problems: [] });
    assert.deepEqual(readConfig('\uFEFF{}', SHIPPED), { config: defaultConfig(SHIPPED), problems: [] });
  });

  it('bears comments and trailing commas', () => {
    const text = `{
      // ours
      "registry": ["network/*.yaml",],
      "packs": ["us-drugs", "rules/**/*.rules"],
      "severity": { "record/unused-answer": "off" }, /* strict */
      "lead": { "process": "6 months" },
      "sites": { "DAB-4": { "lead": { "process": "9 months" }, "order": [["equipment-qualification", "process"]] } },
    }`;
    assert.deepEqual(readConfig(text, SHIPPED), {
      config: {
        registry: ['network/*.yaml'],
        changes: ['**/*.change'],
        packs: ['us-drugs', 'rules/**/*.rules'],
        severity: { 'record/unused-answer': 'off' },
        lead: { process: '6 months' },
        sites: {
          'DAB-4': { lead: { process: '9 months' }, order: [['equipment-qualification', 'process']] },
        },
      },
      problems: [],
    });
  });

  it('says what is wrong where, and keeps the rest', () => {
    check('{ «"regisrty"»: [] }', /Did you mean `registry`\?/, '"registry"');
    check('{ «"zzz"»: 1 }', /Known: registry, changes, packs/);
    check('{ "registry": «"a.yaml"» }', /list of texts in brackets/);
    check('{ "changes": [«7»] }', /text in double quotes/);
    check('{ "changes": [«"../other/*.change"»] }', /leaves the workspace/);
    check('{ "packs": [«"us-drug"»] }', /Did you mean `us-drugs`\?/, '"us-drugs"');
    check(
      '{ "severity": { «"filing/mising"»: "off" } }',
      /Did you mean `filing\/missing`\?/,
      '"filing/missing"',
    );
    check('{ "severity": { "filing/missing": «"wraning"» } }', /"error", "warning"/, '"warning"');
    check('{ "severity": «[]» }', /object in braces/);
    check('{ "lead": { "process": «6» } }', /"6 months"/);
    check('{ "sites": { "A": { «"leed"»: {} } } }', /Did you mean `lead`\?/, '"lead"');
    check('{ "sites": { "A": { "order": [«"x"»] } } }', /two validation kinds/);
    check('{ "packs": ["gmp"], «"packs"»: [] }', /given twice/);
    check('«[]»', /holds one object/);
  });

  it('gives one message to broken syntax and still reads the rest', () => {
    check('{ "packs": ["gmp"] «"changes"»: ["a.change"] }', /Expected a `,`/);
    check('{ "packs": [«gmp»] }', /double quotes/);
    assert.deepEqual(readConfig('{ "packs": ["gmp"], "changes": [', SHIPPED).config.packs, ['gmp']);
  });

  it('survives anything', () => {
    for (const text of [
      '{'.repeat(100_000),
      '['.repeat(100_000),
      '"',
      '\\',
      '/*',
      '{"severity":{"__proto__":"off"}}',
    ])
      assert.equal(readConfig(text, SHIPPED).problems.length, 1, text.slice(0, 20));
  });
});
