import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLONE, runIn, Scratch } from '../testing.js';
import { filledReadme } from './readme.testing.js';
import { TEMPLATE } from './template.js';

const readme = readFileSync(join(CLONE, 'README.md'), 'utf8');

describe('the README', () => {
  it('shows what the program writes (npm run docs brings it up to date)', async () => {
    assert.equal(await filledReadme(readme), readme);
  });

  it('has lines that complete its first record', async () => {
    const lines = /Add this to the record and check again:\n\n\s+```\n([\s\S]*?)\s+```/.exec(readme)![1]!;
    const scratch = new Scratch();
    try {
      for (const [path, text] of Object.entries(TEMPLATE))
        scratch.put(path, text.replace(/\}\n$/, `${path.endsWith('.change') ? lines : ''}}\n`));
      const { out, status } = await runIn(scratch.root, ['check', '--fail-on', 'warning']);
      assert.match(out, /Nothing to mend/);
      assert.equal(status, 0);
    } finally {
      scratch.remove();
    }
  });
});
