import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** From top to bottom: a folder imports only from itself and from those above it. */
const FOLDERS = [
  'base',
  'syntax',
  'registry',
  'model',
  'network',
  'rules',
  'impact',
  'portfolio',
  'checks',
  'workspace',
  'ide',
  'lsp',
  'cli',
  'host',
];

/** What only one folder may import, beside tests and the composition root. */
const RESERVED: readonly { readonly module: RegExp; readonly folders: readonly string[] }[] = [
  { module: /^vscode-/, folders: ['lsp'] },
  { module: /^(node:)?fs(\/promises)?$/, folders: ['host'] },
  { module: /^(node:)?child_process$/, folders: [] },
  { module: /^commander$/, folders: ['cli'] },
];

const ROOT = 'server/src';

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly from: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...found].map((match) => ({ file, folder: file.split('/')[0]!, from: (match[1] ?? match[2])! }));
}

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && file.includes('/'))
  .sort();

const isTestSupport = (file: string): boolean => /\.test\.ts$|testing\.ts$|[tT]estContext\.ts$/.test(file);

describe('the direction of imports', () => {
  it('knows every folder', () => {
    const folders = new Set(sources.map((file) => file.split('/')[0]));
    assert.deepEqual(
      [...folders].filter((folder) => !FOLDERS.includes(folder!)),
      [],
    );
  });

  it('points up the list only', () => {
    const breaches = sources.flatMap(importsOf).filter(({ file, folder, from }) => {
      if (!from.startsWith('.') || isTestSupport(file)) return false;
      const target = posix.join(posix.dirname(file), from).split('/')[0]!;
      const up = FOLDERS.indexOf(target) <= FOLDERS.indexOf(folder);
      const siblings = folder === 'cli' && target === 'lsp';
      return !up || siblings;
    });
    assert.deepEqual(breaches, []);
  });

  it('keeps the protocol, the file system and the command line each to one folder', () => {
    const breaches = sources.flatMap(importsOf).filter(({ file, folder, from }) => {
      if (isTestSupport(file)) return false;
      return RESERVED.some(({ module, folders }) => module.test(from) && !folders.includes(folder));
    });
    assert.deepEqual(breaches, []);
  });

  it('runs nothing that a workspace holds', () => {
    const breaches = sources.filter((file) => {
      if (isTestSupport(file)) return false;
      return /\beval\(|new Function\(|\bvm\./.test(readFileSync(join(ROOT, file), 'utf8'));
    });
    assert.deepEqual(breaches, []);
  });

  it('remembers nothing by a whole registry where lookups are noted: that is what an index is for', () => {
    const breaches = sources.filter((file) => {
      if (isTestSupport(file) || !/^(?:model|network|rules|impact|checks)\//.test(file)) return false;
      return /WeakMap<(?:object|Registry|Network|World)\b/.test(readFileSync(join(ROOT, file), 'utf8'));
    });
    assert.deepEqual(breaches, []);
  });
});
