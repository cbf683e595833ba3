import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDate } from '../base/date.js';
import { AS_OF, filesBelow } from '../checks/testing.js';
import { CLONE } from '../testing.js';
import { type SourceFile, Workspace } from './workspace.js';

const ROOT = join(CLONE, 'samples/faults');
const FILES: readonly SourceFile[] = filesBelow(ROOT)
  .filter((path) => /\.(?:change|rules|yaml|jsonc)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
const REGISTRY = FILES.filter(({ path }) => path.startsWith('registry/'));
const RECORDS = FILES.filter(({ path }) => path.endsWith('.change') && path.startsWith('changes/'));

/** Names and values of the registry: one in the place of another is what an author writes, or writes by mistake. */
const WORDS = [...new Set(REGISTRY.flatMap(({ text }) => text.match(/[A-Z][A-Z0-9-]+\b|\d+ kg/g) ?? []))];

function opened(files: readonly SourceFile[]): Workspace {
  const workspace = new Workspace({ asOf: parseDate(AS_OF)!, shippedPacks: [] });
  workspace.apply({ set: files });
  return workspace;
}

/** One edit of a text, by three numbers from 0 to below 1. */
function edited(text: string, how: number, where: number, what: number): string {
  const lines = text.split('\n');
  const line = Math.floor(where * lines.length);
  const word = WORDS[Math.floor(what * WORDS.length)]!;
  if (how < 0.5) {
    const places = [...text.matchAll(/[A-Z][A-Z0-9-]+\b|\d+ kg/g)];
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
  const edit = fc.record({
    file: fc.constantFrom(...REGISTRY, ...REGISTRY, ...RECORDS).map(({ path }) => path),
    how: number,
    where: number,
    what: number,
    // What is looked at in between decides what is kept.
    looks: fc.constantFrom('at nothing', 'at one file', 'at everything'),
  });

  it('finds what a fresh one finds, whatever was kept', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const workspace = opened(FILES);
        const texts = new Map(FILES.map(({ path, text }) => [path, text]));
        for (const { file, how, where, what, looks } of edits) {
          texts.set(file, edited(texts.get(file)!, how, where, what));
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
      { numRuns: 12 },
    );
  });
});
