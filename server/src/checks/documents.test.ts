import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRules } from '../rules/compile.js';
import { parseRules } from '../syntax/parser.js';
import { CLONE } from '../testing.js';
import { documents } from './documents.js';
import { filesBelow, shippedPacks } from './testing.js';

describe('generated documents', () => {
  const docs = join(CLONE, 'docs');
  const rules = compileRules(
    shippedPacks().map(({ path, text }) => ({ file: path, tree: parseRules(text), shipped: true })),
  );
  const notes = readFileSync(join(docs, 'coverage-notes.md'), 'utf8').replaceAll('\r\n', '\n');
  const texts = documents(rules, notes);

  it('are what they would be if they were made now', () => {
    const stale = [...texts].filter(([path, text]) => {
      const file = join(docs, path);
      return !existsSync(file) || readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text;
    });
    assert.deepEqual(
      stale.map(([path]) => path),
      [],
      'run `npm run docs`',
    );
  });

  it('leave nothing behind of codes and packs that are gone', () => {
    const generated = filesBelow(docs).filter((path) => /^(findings|packs)\//.test(path));
    assert.deepEqual(
      generated.filter((path) => !texts.has(path)),
      [],
      'run `npm run docs`',
    );
  });

  it('say of every pack what it does not cover, or of the pack whose rules it uses', () => {
    const noted = new Set([...notes.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!));
    assert.ok(noted.delete('everywhere'));
    const packs = [...rules.packs.values()];
    assert.deepEqual(
      packs
        .filter(({ id, uses }) => !noted.has(id) && !uses.some((used) => noted.has(used)))
        .map(({ id }) => id),
      [],
    );
    assert.deepEqual(
      [...noted].filter((id) => !rules.packs.has(id)),
      [],
    );
  });

  it('hold no link to a page that there is not', () => {
    for (const [path, text] of texts) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)\)/g)) {
        const file = join(docs, path, '..', target);
        assert.ok(existsSync(file), `${path} links ${target}`);
      }
    }
  });
});
