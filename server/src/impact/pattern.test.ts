import assert from 'node:assert/strict';
import { patternMatches } from './pattern.js';
import { analyseText } from './testing.js';

const REGISTRY = `
sites: { A: {}, B: {} }
products: { P: {} }
materials: { M: { stage: drug-substance, product: P } }
steps: { S: { sites: [A], produces: [M], parameters: { size: 5 kg } } }
`;

describe('a pattern of edits in the registry', () => {
  const [size, move] = analyseText({
    registry: REGISTRY,
    rules: '',
    record: 'modify S { size: 5 kg -> 6 kg } transfer S from A to B',
  }).edits;

  it('means edits of a kind or of one entity', () => {
    assert.ok(patternMatches('replace site of step', move!));
    assert.ok(patternMatches('replace  site of S', move!));
    assert.ok(patternMatches('any edit', move!));
    assert.ok(!patternMatches('add site of step', move!));
    assert.ok(!patternMatches('replace site of T', move!));
  });

  it('means any parameter or one', () => {
    assert.ok(patternMatches('modify parameter of step', size!));
    assert.ok(patternMatches('modify size of S', size!));
    assert.ok(!patternMatches('modify time of S', size!));
  });

  it('means nothing where it can’t be read', () => {
    for (const pattern of ['', 'replace', 'replace site', 'replace site for step', 'site of step'])
      assert.ok(!patternMatches(pattern, move!));
  });
});
