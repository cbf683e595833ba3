import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { CONTRACT_EXAMPLE } from './contractExample.js';
import { configurationJsonSchema, registryJsonSchema } from './jsonSchema.js';
import { readRegistry } from './read.js';
import { validateFile } from './validate.js';

/** The shipped schemas: in `server/schemas`, found upwards from wherever the tests were compiled to. */
function shipped(name: string): unknown {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'server', 'schemas', name);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    assert.notEqual(folder, dirname(folder), `server/schemas/${name} is missing`);
  }
}

describe('registry: JSON Schemas', () => {
  const ajv = new Ajv({ strict: false });
  const accepts = ajv.compile(registryJsonSchema());

  it('are shipped as the code generates them', () => {
    const advice = 'run `npm run docs`';
    assert.deepEqual(shipped('registry.schema.json'), registryJsonSchema(), advice);
    assert.deepEqual(shipped('entail.schema.json'), configurationJsonSchema(), advice);
  });

  it('accept the example of the language', () => {
    assert.equal(accepts(load(CONTRACT_EXAMPLE)), true, JSON.stringify(accepts.errors));
  });

  const cases: Readonly<Record<string, string>> = {
    'an unknown key': 'sites: { A: { nmae: x } }',
    'an unknown closed word': 'materials: { A: { stage: drugsubstance } }',
    'an unknown market': 'filings: { A: { market: XX } }',
    'a missing market': 'filings: { A: { type: NDA } }',
    'a list for one value': 'sites: { A: { country: [IN, US] } }',
    'a map for a list': 'steps: { A: { sites: { B: {} } } }',
    'a list for a map': 'specifications: { A: { tests: [assay] } }',
    'no truth value': 'products: { A: { sterile: perhaps } }',
    'an impossible month': 'validations: { A: { kind: process, due: 2026-13-01 } }',
    'a lead time of no kind': 'sites: { A: { lead: { proces: 3 months } } }',
    'an unknown section': 'site: { A: {} }',
    'a commitment without its name': 'filings: { A: { market: US, commitments: [{ due: 2027-01-01 }] } }',
  };
  for (const [name, text] of Object.entries(cases)) {
    it(`reject ${name}, as our own validation does`, () => {
      assert.equal(accepts(load(text)), false);
      const file = readRegistry('r.yaml', text);
      assert.equal(file.problems.length + validateFile(file).length, 1);
    });
  }

  const fine: Readonly<Record<string, string>> = {
    'a lone scalar for a list': 'steps: { A: { sites: B } }',
    shorthands:
      'specifications: { A: { tests: { assay: 95.0..102.0 % } } }\nmaterials: { M: { composition: { N: 0.6 % } } }',
    'keys of one’s own': 'sites: { A: { x-sap: { any: [thing] } } }\nx-generated: 2026-01-01',
    'a list of what is registered': 'filings: { A: { market: EU, registers: [B, C] } }',
    'a number for a word': 'systems: { A: { gamp: 4 } }',
    'an open word': 'steps: { A: { activity: glass-blowing } }',
    'nothing behind a key': 'sites: { A: { country: } }',
  };
  for (const [name, text] of Object.entries(fine)) {
    it(`accept ${name}, as our own validation does`, () => {
      assert.equal(accepts(load(text)), true, JSON.stringify(accepts.errors));
      const file = readRegistry('r.yaml', text);
      assert.deepEqual([...file.problems, ...validateFile(file)], []);
    });
  }

  it('describe the configuration', () => {
    const configured = ajv.compile(configurationJsonSchema());
    assert.equal(configured({}), true);
    assert.equal(
      configured({
        registry: ['registry/**/*.yaml'],
        changes: ['changes/**/*.change'],
        packs: ['us-drugs', 'rules/**/*.rules'],
        severity: { 'filing/over-reported': 'off' },
        lead: { process: '4..6 months' },
        sites: {
          'DAB-4': { lead: { process: '9 months' }, order: [['equipment-qualification', 'process']] },
        },
      }),
      true,
      JSON.stringify(configured.errors),
    );
    assert.equal(configured({ pack: [] }), false);
    assert.equal(configured({ severity: { syntax: 'fatal' } }), false);
  });
});
