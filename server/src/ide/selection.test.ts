import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex } from '../base/lineIndex.js';
import { selectionRanges } from './selection.js';
import { BASE, opened } from './testing.js';

const selected = (text: string): readonly string[] => {
  const { snapshot, path, offset, text: clean } = opened(text);
  const lines = new LineIndex(clean);
  return selectionRanges(snapshot, path, offset).map(({ start, end }) =>
    clean.slice(lines.offset(start), lines.offset(end)),
  );
};

describe('ide: selection', () => {
  it('from the name to the record', () => {
    const record = 'change A "t" { transfer "S$0-1" from X to Y }';
    assert.deepEqual(selected(`=== a.change\n${record} // end`), [
      'S-1',
      '"S-1"',
      'transfer "S-1" from X to Y',
      'change A "t" { transfer "S-1" from X to Y }',
      'change A "t" { transfer "S-1" from X to Y } // end',
    ]);
  });

  it('from a value over its line and block', () => {
    const record = 'change A "t" { modify S { x: 1 kg -> 2$0 kg } }';
    assert.deepEqual(selected(`=== a.change\n${record}`), [
      '2',
      '2 kg',
      'x: 1 kg -> 2 kg',
      'modify S { x: 1 kg -> 2 kg }',
      'change A "t" { modify S { x: 1 kg -> 2 kg } }',
    ]);
  });

  it('in the registry and in entail.jsonc', () => {
    assert.deepEqual(selected('=== registry/r.yaml\nsites:\n  A: { country: U$0S }\n'), [
      'US',
      'country: US',
      '{ country: US }',
      'A: { country: US }',
      'sites:\n  A: { country: US }',
    ]);
    assert.deepEqual(selected('=== entail.jsonc\n{ "packs": ["la$0w"] }'), [
      'law',
      '"law"',
      '["law"]',
      '"packs": ["law"]',
      '{ "packs": ["law"] }',
    ]);
  });

  it('each lies in the next, wherever one asks', () => {
    const text = BASE['registry/network.yaml']!;
    const { snapshot } = opened('');
    const lines = new LineIndex(text);
    fc.assert(
      fc.property(fc.nat(text.length), (offset) => {
        const spans = selectionRanges(snapshot, 'registry/network.yaml', offset).map(({ start, end }) => [
          lines.offset(start),
          lines.offset(end),
        ]);
        for (const [at, [start, end]] of spans.entries()) {
          assert.ok(start! <= offset && offset <= end!);
          const next = spans[at + 1];
          if (next) assert.ok(next[0]! <= start! && end! <= next[1]!);
        }
      }),
      { numRuns: 60 },
    );
  });
});
