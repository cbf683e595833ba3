import assert from 'node:assert/strict';
import { compileGlobs } from '../workspace/glob.js';
import type { RemoteFiles } from '../workspace/host.js';
import { remoteHost } from './remote.js';

const TREE: Readonly<Record<string, string>> = {
  '/w/entail.jsonc': '{}',
  '/w/changes/a.change': 'change A {}',
  '/w/changes/b.change': '\u00c3\u00a9',
  '/w/changes/bad.change': 'a\u00ff',
  '/w/.git/c.change': 'hidden',
  '/w/node_modules/d.change': 'hidden',
};

const files: RemoteFiles = {
  async kindOf(path) {
    if (path in TREE) return 'file';
    return Object.keys(TREE).some((file) => file.startsWith(`${path}/`)) ? 'folder' : 'missing';
  },
  async read(path) {
    return TREE[path] ?? null;
  },
  async list(path) {
    const below = Object.keys(TREE).filter((file) => file.startsWith(`${path}/`));
    const names = new Map(
      below.map((file) => {
        const [name, ...rest] = file.slice(path.length + 1).split('/');
        return [name!, rest.length > 0 ? ('folder' as const) : ('file' as const)];
      }),
    );
    return below.length === 0 ? null : [...names].map(([name, kind]) => ({ name, kind }));
  },
};

describe('remoteHost', () => {
  const host = remoteHost(files);

  it('reads what is wanted, by path, and leaves out what is hidden', async () => {
    const read = await host.readAll('/w', compileGlobs(['**/*.change']));
    assert.deepEqual(
      read.map(({ path, text }) => [path, text]),
      [
        ['changes/a.change', 'change A {}'],
        ['changes/b.change', 'é'],
        ['changes/bad.change', ''],
      ],
    );
    assert.match(read[2]!.fault ?? '', /not valid UTF-8: byte 1/);
  });

  it('never rejects where it reads, and never writes', async () => {
    const broken = remoteHost({
      kindOf: () => Promise.reject(new Error('gone')),
      read: () => Promise.reject(new Error('gone')),
      list: () => Promise.reject(new Error('gone')),
    });
    assert.equal(await broken.kindOf('/w'), 'missing');
    assert.deepEqual(await broken.readAll('/w', compileGlobs(['**'])), []);
    assert.equal((await broken.read('/w/a', 'a')).refused, true);
    await assert.rejects(host.write('/w/a', ''));
  });
});
