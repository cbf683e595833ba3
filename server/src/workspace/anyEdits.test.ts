import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDate } from '../base/date.js';
import { AS_OF, filesBelow, shippedPacks } from '../checks/testing.js';
import { CLONE } from '../testing.js';
import { type SourceFile, Workspace } from './workspace.js';

/** Names and values: one in the place of another is what an author writes, or writes by mistake. */
const WORD = /[A-Z][A-Z0-9-]+\b|\d+ kg/g;

function filesOf(sample: string): readonly SourceFile[] {
  const root = join(CLONE, 'samples', sample);
  return filesBelow(root)
    .filter((path) => /\.(?:change|rules|yaml|jsonc)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function opened(files: readonly SourceFile[]): Workspace {
  const workspace = new Workspace({ asOf: parseDate(AS_OF)!, shippedPacks: PACKS });
  workspace.apply({ set: files });
  return workspace;
}

const PACKS = shippedPacks();

/** One edit of a text, by three numbers from 0 to below 1. */
function edited(text: string, words: readonly string[], how: number, where: number, what: number): string {
  const lines = text.split('\n');
  const line = Math.floor(where * lines.length);
  const word = words[Math.floor(what * words.length)]!;
  if (how < 0.5) {
    const places = [...text.matchAll(WORD)];
    const place = places[Math.floor(where * places.length)];
    if (!place) return text;
    return text.slice(0, place.index) + word + text.slice(place.index + place[0].length);
  }
  if (how < 0.7) return [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n');
  if (how < 0.85) return [...lines.slice(0, line), '', ...lines.slice(line)].join('\n');
  return [...lines.slice(0, line + 1), ...lines.slice(line)].join('\n');
}

describe('a workspace after any edits', () => {
  const number = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  for (const { sample, runs } of [
    { sample: 'faults', runs: 8 },
    { sample: 'peptide', runs: 1 },
  ])
    it(`finds what a fresh one finds, whatever was kept: ${sample}`, () => {
      const files = filesOf(sample);
      const registry = files.filter(({ path }) => path.startsWith('registry/'));
      const records = files.filter(({ path }) => path.startsWith('changes/'));
      const words = [...new Set(registry.flatMap(({ text }) => text.match(WORD) ?? []))];
      const edit = fc.record({
        file: fc.constantFrom(...registry, ...registry, ...records).map(({ path }) => path),
        how: number,
        where: number,
        what: number,
        // What is looked at in between decides what is kept.
        looks: fc.constantFrom('at nothing', 'at one file', 'at everything'),
      });
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
          const workspace = opened(files);
          const texts = new Map(files.map(({ path, text }) => [path, text]));
          for (const { file, how, where, what, looks } of edits) {
            texts.set(file, edited(texts.get(file)!, words, how, where, what));
            workspace.apply({ set: [{ path: file, text: texts.get(file)!, isOpen: how > 0.3 }] });
            if (looks === 'at one file') workspace.snapshot().findingsOf(file);
            else if (looks === 'at everything') workspace.snapshot().findings();
          }
          const snapshot = workspace.snapshot();
          const fresh = opened([...texts].map(([path, text]) => ({ path, text }))).snapshot();
          for (const path of snapshot.paths)
            if (path.endsWith('.change'))
              assert.deepEqual(snapshot.findingsOf(path), fresh.findingsOf(path), `findings of ${path}`);
          assert.deepEqual([...snapshot.findingsByFile()], [...fresh.findingsByFile()]);
          assert.deepEqual(snapshot.report(), fresh.report());
        }),
        { numRuns: runs },
      );
    });
});
