import assert from 'node:assert/strict';
import { compileGlobs, faultOfGlob } from './glob.js';

describe('globs', () => {
  const cases: readonly [pattern: string, path: string, matches: boolean][] = [
    ['**/*.change', 'a.change', true],
    ['**/*.change', 'x/y/a.change', true],
    ['**/*.change', 'x/y/a.changes', false],
    ['registry/**/*.yaml', 'registry/a.yaml', true],
    ['registry/**/*.yaml', 'registry/x/y/a.yaml', true],
    ['registry/**/*.yaml', 'other/registry/a.yaml', false],
    ['*.yaml', 'x/a.yaml', false],
    ['./a/*.yaml', 'a/b.yaml', true],
    ['a?c.yaml', 'abc.yaml', true],
    ['a?c.yaml', 'a/c.yaml', false],
    ['{registry,network}/*.{yaml,yml}', 'network/a.yml', true],
    ['{registry,network}/*.{yaml,yml}', 'rules/a.yml', false],
    ['rules/**', 'rules/a/b.rules', true],
    ['a.b', 'aXb', false],
    ['(a|b)+$', 'a', false],
    ['{a', '{a', true],
  ];
  for (const [pattern, path, matches] of cases)
    it(`${pattern} ${matches ? 'means' : 'does not mean'} ${path}`, () => {
      assert.equal(compileGlobs([pattern]).matches(path), matches);
    });

  it('knows the folders below which something may match', () => {
    const globs = compileGlobs(['changes/*/*.change']);
    assert.equal(globs.mayMatchBelow(''), true);
    assert.equal(globs.mayMatchBelow('changes/2026'), true);
    assert.equal(globs.mayMatchBelow('changes/2026/05'), false);
    assert.equal(globs.mayMatchBelow('registry'), false);
  });

  it('takes no longer than the lengths ask for, whatever the pattern', () => {
    const globs = compileGlobs([`${'*a'.repeat(40)}b`, `${'**/'.repeat(40)}b`]);
    assert.equal(globs.matches('a'.repeat(5000)), false);
    assert.equal(globs.matches('a/'.repeat(2000)), false);
  });

  it('says what is wrong with a pattern', () => {
    assert.match(faultOfGlob('../other/**/*.yaml')!, /leaves the workspace/);
    assert.match(faultOfGlob('/etc/*.yaml')!, /root of the disk/);
    assert.match(faultOfGlob('registry\\*.yaml')!, /`registry\/\*\.yaml`/);
    assert.match(faultOfGlob('{a,b}'.repeat(20))!, /256 alternatives/);
    assert.equal(faultOfGlob('registry/..x/*.yaml'), null);
  });
});
