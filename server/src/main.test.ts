import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CLONE } from './testing.js';

const ENTAIL = join(CLONE, 'server/bin/entail.js');
const run = promisify(execFile);

describe('the bundled program', () => {
  it('checks a sample, and gives its status', async () => {
    const { stdout } = await run(process.execPath, [ENTAIL, 'check', 'samples/peptide', '--format', 'json'], {
      cwd: CLONE,
      maxBuffer: 1 << 28,
    });
    assert.ok(JSON.parse(stdout).changes.length > 0);
    const failed = spawnSync(process.execPath, [ENTAIL, 'check', 'nowhere'], {
      cwd: CLONE,
      encoding: 'utf8',
    });
    assert.deepEqual([failed.status, failed.stdout], [2, '']);
    assert.equal(failed.stderr, 'entail: There is no file or folder nowhere.\n');
  });

  it('ends quietly where nobody reads on', async () => {
    const child = spawn(process.execPath, [ENTAIL, 'check', 'samples/peptide'], { cwd: CLONE });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    await new Promise((resolve) => child.on('close', resolve));
    assert.equal(err, '');
  });

  it('serves an editor over standard input and output', async () => {
    const child = spawn(process.execPath, [ENTAIL, 'lsp', '--stdio'], { cwd: CLONE });
    const parameters = { processId: null, rootUri: null, capabilities: {} };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: parameters });
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    let answer = '';
    while (!answer.includes('}'))
      answer += await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdin.end();
    await new Promise((resolve) => child.on('close', resolve));
    assert.match(answer, /"textDocumentSync"/);
  });
});
