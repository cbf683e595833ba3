import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDate } from '../base/date.js';
import { isNameOf } from '../impact/answers.js';
import { CLONE } from '../testing.js';
import { packOfFile } from './config.js';
import { type SourceFile, Workspace } from './workspace.js';

const PACKS = join(CLONE, 'server/packs');
const names = readdirSync(PACKS).sort();

function read(folder: string): SourceFile[] {
  return readdirSync(folder)
    .filter((name) => /\.(rules|change|ya?ml)$/.test(name))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

const shippedPacks = read(PACKS);
const asOf = parseDate('2026-11-22')!;

const packs = [...new Set(shippedPacks.flatMap((file) => packOfFile(file.path) ?? []))];

/** The examples of a pack as a workspace of their own, judged by that pack and those that they name. */
function examplesOf(pack: string): Workspace {
  const examples = read(join(PACKS, `${pack}.examples`));
  const named = packs.filter((id) => id === pack || examples.some(({ text }) => text.includes(` ${id}/`)));
  const configuration = JSON.stringify({ registry: ['*.yaml'], packs: named });
  const workspace = new Workspace({ asOf, shippedPacks });
  workspace.apply({ set: [{ path: 'entail.jsonc', text: configuration }, ...examples] });
  return workspace;
}

/** What an example may not be: every code but those that say what its records leave undeclared. */
const FAULTS =
  /^(syntax|rules\/|registry\/(schema|duplicate-id|unknown-reference)|record\/(duplicate-id|unknown-reference|stale-value|unit-mismatch|missing-|contradiction|duplicate-edit|expectation))/;

describe('the shipped packs', () => {
  it('have their examples beside them, and nothing else', () => {
    assert.deepEqual(
      names.filter((name) => !name.endsWith('.rules')),
      packs.map((pack) => `${pack}.examples`).sort(),
    );
  });

  for (const pack of packs) {
    it(`${pack}: every rule has an example in which it holds and one in which it doesn't, and all come out so`, () => {
      const snapshot = examplesOf(pack).snapshot();
      const faults = snapshot
        .findings()
        .filter((finding) => FAULTS.test(finding.code))
        .map(({ file, range, code, message }) => `${file}:${range.start.line + 1} ${code} ${message}`);
      assert.deepEqual(faults, []);
      const analyses = snapshot.records
        .filter((record) => record.expects.length > 0)
        .map((record) => snapshot.analysisOf(record));
      const lacking = [...snapshot.world.rules.rules.values()]
        .filter((rule) => rule.pack === pack)
        .flatMap((rule) => {
          const holds = analyses.some((analysis) => analysis.considered().has(rule.name));
          const fails = analyses.some(({ record }) =>
            record.expects.some(
              (expect) => expect.kind === 'expect-no' && expect.rule && isNameOf(expect.rule.text, rule.name),
            ),
          );
          return [
            ...(holds ? [] : [`${rule.name} never holds`]),
            ...(fails ? [] : [`${rule.name} has no counterexample`]),
          ];
        });
      assert.deepEqual(lacking, []);
    });
  }

  it('name what they supersede: rules of the packs that they name, but for what those leave out', () => {
    const { rules } = new Workspace({ asOf, shippedPacks }).snapshot().world;
    const leftOut = /^eu-2013\/(B\.II\.e\.7\.|B\.II\.f\.1\.b\.5$|B\.III\.|B\.IV\.|B\.V\.)/;
    const superseded = [...rules.rules.values()].flatMap((rule) => rule.supersedes);
    assert.ok(superseded.length > 200);
    assert.deepEqual(
      superseded.filter((name) => !rules.rules.has(name) && !leftOut.test(name)),
      [],
    );
  });

  it('have a citation for every rule, and a question for every condition', () => {
    const { rules } = new Workspace({ asOf, shippedPacks }).snapshot().world;
    assert.deepEqual(
      [...rules.packs.keys()].filter((pack) => !rules.rulesOf(pack).length),
      [],
    );
    assert.deepEqual(
      [...rules.rules.values()].filter((rule) => rule.cites.length === 0).map((rule) => rule.name),
      [],
    );
    assert.deepEqual(
      [...rules.conditions.values()]
        .filter((condition) => !condition.question.includes('?'))
        .map((condition) => condition.name),
      [],
    );
  });
});
