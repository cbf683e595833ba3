import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '../checks/codes.js';
import { CLONE } from '../testing.js';
import { sampleNames, sampleOutputs } from './samples.testing.js';

/** Writes the outputs instead of comparing them; `npm run docs` does the same. */
const UPDATE = process.env.UPDATE === '1';

describe('samples', () => {
  let outputs: ReadonlyMap<string, string>;

  before(async () => {
    outputs = await sampleOutputs(CLONE);
    if (UPDATE) for (const [path, text] of outputs) writeFileSync(join(CLONE, 'samples', path), text);
  });

  for (const name of sampleNames(CLONE)) {
    for (const kind of ['txt', 'json']) {
      it(`${name}: the output is the one that was agreed (${kind})`, () => {
        const path = `${name}.expected.${kind}`;
        const file = join(CLONE, 'samples', path);
        assert.ok(existsSync(file), `there is no samples/${path}: run \`npm run docs\``);
        const expected = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
        assert.equal(outputs.get(path), expected, 'read the difference, then run `npm run docs`');
      });
    }
  }

  it('trip every finding together', () => {
    const tripped = new Set<string>();
    for (const [path, text] of outputs) {
      if (!path.endsWith('.json')) continue;
      const report: { findings: { code: string }[] } = JSON.parse(text);
      for (const { code } of report.findings) tripped.add(code);
    }
    assert.deepEqual(
      Object.keys(CODES).filter((code) => !tripped.has(code)),
      [],
    );
  });
});
