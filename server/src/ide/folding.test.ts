import assert from 'node:assert/strict';
import { foldingRanges } from './folding.js';
import { BASE, opened } from './testing.js';

/** The first and last line of each fold, as the text shows them. */
const folds = (path: string, text: string): readonly string[] => {
  const { snapshot } = opened(`=== ${path}\n${text}`);
  const lines = text.split('\n');
  return foldingRanges(snapshot, path).map(
    ({ startLine, endLine, kind }) => `${kind} ${lines[startLine]!.trim()} … ${lines[endLine]!.trim()}`,
  );
};

describe('ide: folding', () => {
  it('records, blocks, texts and comments', () => {
    const text = `// one
// two
change CC-1 "t" {
  reason: """
    Why.
    """
  /* a
     b */
  modify STEP {
    batch-size: 1 kg -> 2 kg
  }
  file NDA-1 as PAS // one line
}
change CC-2 "t" { status: draft }`;
    assert.deepEqual(folds('a.change', text), [
      'comment // one … // two',
      'region change CC-1 "t" { … }',
      'region reason: """ … """',
      'comment /* a … b */',
      'region modify STEP { … }',
    ]);
  });

  it('packs with all their rules', () => {
    const text = 'pack p "P" {\n  market: US\n}\nrule a "A" {\n  report AR\n}\npack q "Q" {}';
    assert.deepEqual(folds('rules/p.rules', text), ['region pack p "P" { … }', 'region rule a "A" { … }']);
    const { snapshot } = opened(`=== rules/p.rules\n${text}`);
    assert.equal(foldingRanges(snapshot, 'rules/p.rules')[0]!.endLine, 5);
  });

  it('sections, entities and attributes', () => {
    const found = folds('registry/network.yaml', `# a\n# b\n${BASE['registry/network.yaml']!}`);
    assert.ok(found.includes('comment # a … # b'));
    assert.ok(found.includes('region steps: … batch-size: { value: 50 kg, at: { SITE-B: 120 kg } }'));
    assert.ok(found.includes('region STEP: … batch-size: { value: 50 kg, at: { SITE-B: 120 kg } }'));
    assert.ok(found.includes('region parameters: … batch-size: { value: 50 kg, at: { SITE-B: 120 kg } }'));
  });

  it('what is broken, and what is not there', () => {
    assert.deepEqual(folds('a.change', 'change CC-1 {\n  modify STEP {\n    a: 1 ->'), [
      'region change CC-1 { … a: 1 ->',
      'region modify STEP { … a: 1 ->',
    ]);
    assert.deepEqual(foldingRanges(opened('').snapshot, 'nosuch'), []);
  });
});
