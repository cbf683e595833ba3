import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileGlobs } from '../workspace/glob.js';
import { nodeHost, refusal } from './node.js';
import { decodeUtf8 } from './utf8.js';

const RECORDS = compileGlobs(['**/*.change']);

describe('the files of this computer', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'entail-host-'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function put(path: string, content: string | Uint8Array = path): void {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  async function faults(): Promise<Record<string, string | null>> {
    const files = await nodeHost.readAll(root, RECORDS);
    return Object.fromEntries(files.map((file) => [file.path, file.fault ?? null]));
  }

  it('come sorted by path, without hidden folders and node_modules', async () => {
    for (const path of ['b.change', 'a/z.change', 'a/B.change', 'other.txt']) put(path);
    for (const path of ['.git/c.change', 'node_modules/x/c.change', '.c.change']) put(path);
    const files = await nodeHost.readAll(root, RECORDS);
    assert.deepEqual(files, [
      { path: 'a/B.change', text: 'a/B.change' },
      { path: 'a/z.change', text: 'a/z.change' },
      { path: 'b.change', text: 'b.change' },
    ]);
  });

  it('may be links within the workspace, each file read once', async () => {
    put('a/one.change');
    put('store/two.txt');
    symlinkSync('one.change', join(root, 'a/again.change'));
    symlinkSync('../store/two.txt', join(root, 'a/two.change'));
    symlinkSync('a', join(root, 'b'));
    assert.deepEqual(await faults(), { 'a/one.change': null, 'a/two.change': null });
  });

  it('say what is wrong with a link', async () => {
    put('a/one.change');
    const outside = mkdtempSync(join(tmpdir(), 'entail-outside-'));
    writeFileSync(join(outside, 'secret.change'), 'secret');
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync(join(outside, 'secret.change'), join(root, 'file.change'));
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync('self.change', join(root, 'self.change'));
    symlinkSync('nowhere', join(root, 'dangling.change'));
    symlinkSync('nowhere', join(root, 'dangling'));
    const found = await faults();
    rmSync(outside, { recursive: true });
    assert.deepEqual(Object.keys(found), [
      'a/one.change',
      'a/up',
      'dangling.change',
      'file.change',
      'folder',
      'self.change',
    ]);
    assert.match(found.folder!, /leaves the workspace/);
    assert.match(found['file.change']!, /leaves the workspace/);
    assert.match(found['a/up']!, /folder above it/);
    assert.match(found['self.change']!, /back to itself/);
    assert.match(found['dangling.change']!, /points to nothing/);
  });

  it('say what is wrong with a file, and go on', async () => {
    put('folder.change/inside.change');
    put('large.change', new Uint8Array(16 * 1024 * 1024 + 1));
    put('bytes.change', Uint8Array.from([0x61, 0xc3, 0x28]));
    put('utf16.change', Uint8Array.from([0xff, 0xfe, 0x61, 0x00]));
    execFileSync('mkfifo', [join(root, 'pipe.change')]);
    put('good.change');
    const found = await faults();
    assert.match(found['folder.change']!, /This is a folder/);
    assert.equal(found['folder.change/inside.change'], null);
    assert.match(found['large.change']!, /17 MB.*Split/);
    assert.match(found['bytes.change']!, /byte 1 fits no character/);
    assert.match(found['utf16.change']!, /looks like UTF-16/);
    assert.match(found['pipe.change']!, /neither a file nor a folder/);
    assert.equal(found['good.change'], null);
  });

  it('name what the operating system refuses', async () => {
    assert.match(refusal({ code: 'EACCES' }), /no permission/);
    assert.match(refusal(new Error('x')), /no reason/);
    const missing = await nodeHost.read(join(root, 'no.change'), 'no.change');
    assert.equal(missing.refused, true);
    const gone = await nodeHost.readAll(join(root, 'nothing'), RECORDS);
    assert.match(gone[0]!.fault!, /folder can not be opened/);
  });

  it('are written with the folders above them, and never over another when created', async () => {
    await nodeHost.create(join(root, 'x/y.change'), 'one');
    await assert.rejects(nodeHost.create(join(root, 'x/y.change'), 'two'));
    await nodeHost.write(join(root, 'x/y.change'), 'three');
    assert.equal(readFileSync(join(root, 'x/y.change'), 'utf8'), 'three');
  });
});

describe('UTF-8', () => {
  it('is decoded whole, a byte order mark kept', () => {
    assert.equal(decodeUtf8(Buffer.from('\uFEFFa → é 😀')), '\uFEFFa → é 😀');
  });

  it('is refused at the first byte that fits no character', () => {
    assert.deepEqual(decodeUtf8(Uint8Array.from([0x61, 0x62, 0xff])), { invalidAt: 2 });
    assert.deepEqual(decodeUtf8(Uint8Array.from([0xe2, 0x86])), { invalidAt: 0 });
    const long = Buffer.concat([Buffer.from('é'.repeat(5000)), Buffer.from([0x80]), Buffer.from('x')]);
    assert.deepEqual(decodeUtf8(long), { invalidAt: 10_000 });
  });
});
