import assert from 'node:assert/strict';
import type { Position } from '../base/span.js';
import { type DocumentSymbol, documentSymbols, workspaceSymbols } from './symbols.js';
import { BASE, opened, placeText } from './testing.js';

const outline = (symbols: readonly DocumentSymbol[], indent = ''): readonly string[] =>
  symbols.flatMap(({ name, kind, detail, children }) => [
    `${indent}${kind} ${name}${detail ? ` | ${detail}` : ''}`,
    ...outline(children, `${indent}  `),
  ]);

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);

/** As the protocol wants it: each range holds the name and the children. */
function assertNested(symbols: readonly DocumentSymbol[]): void {
  for (const { name, range, selectionRange, children } of symbols) {
    for (const inner of [selectionRange, ...children.map((child) => child.range)])
      assert.ok(isBefore(range.start, inner.start) && isBefore(inner.end, range.end), name);
    assertNested(children);
  }
}

describe('ide: document symbols', () => {
  it('of records', () => {
    const text = `change CC-1 "One" {
  status: draft
  transfer STEP from SITE-A to SITE-B
  modify STEP at SITE-B {
    batch-size: 120 kg -> 130 kg
  }
  revalidate PV-STEP
    at SITE-B
  expect no law/site
}
change "no name" { remove`;
    const { snapshot, path } = opened(`=== a.change\n${text}`);
    const symbols = documentSymbols(snapshot, path);
    assert.deepEqual(outline(symbols), [
      'record CC-1 | One',
      '  edit transfer STEP from SITE-A to SITE-B',
      '  edit modify STEP at SITE-B',
      '    edit batch-size | 120 kg -> 130 kg',
      '  answer revalidate PV-STEP at SITE-B',
      '  expectation expect no law/site',
      'record no name',
      '  edit remove',
    ]);
    assertNested(symbols);
    assert.equal(placeText(snapshot, path, symbols[0]!.selectionRange), 'a.change:1:8 CC-1');
  });

  it('of packs, over all that belongs to them', () => {
    const text =
      'rule stray "s" {}\npack p "P" {}\ncondition c "Is it?" {}\nrule 1.a "R" { report AR }\npack q "Q" {}';
    const { snapshot, path } = opened(`=== rules/p.rules\n${text}`);
    const symbols = documentSymbols(snapshot, path);
    assert.deepEqual(outline(symbols), [
      'rule stray | s',
      'pack p | P',
      '  condition c | Is it?',
      '  rule 1.a | R',
      'pack q | Q',
    ]);
    assertNested(symbols);
  });

  it('of the registry', () => {
    const { snapshot } = opened('');
    const symbols = documentSymbols(snapshot, 'registry/network.yaml');
    assertNested(symbols);
    const steps = symbols.find(({ name }) => name === 'steps')!;
    assert.deepEqual(outline([steps]), [
      'section steps | 1',
      '  entity STEP | Synthesis',
      '    attribute name | Synthesis',
      '    attribute activity | peptide-synthesis',
      '    attribute sites | SITE-A',
      '    attribute consumes | RAW',
      '    attribute produces | DS',
      '    attribute equipment | EQ-A',
      '    attribute parameters',
      '      attribute batch-size',
    ]);
    assert.equal(
      placeText(snapshot, 'registry/network.yaml', steps.selectionRange),
      'registry/network.yaml:12:1 steps',
    );
    const lines = BASE['registry/network.yaml']!.split('\n');
    assert.equal(lines[steps.range.end.line], '      batch-size: { value: 50 kg, at: { SITE-B: 120 kg } }');
  });

  it('of what has none', () => {
    const { snapshot } = opened('=== notes.txt\nhello');
    assert.deepEqual(documentSymbols(snapshot, 'notes.txt'), []);
    assert.deepEqual(documentSymbols(snapshot, 'nosuch'), []);
  });
});

describe('ide: workspace symbols', () => {
  const { snapshot } = opened(
    '=== a.change\nchange CC-1 "Move the synthesis" { transfer STEP from SITE-A to SITE-B }',
  );
  const found = (query: string, limit?: number): readonly string[] =>
    workspaceSymbols(snapshot, query, limit).map(({ kind, name }) => `${kind} ${name}`);

  it('finds by letters in their order, whole words first', () => {
    assert.deepEqual(found('step'), ['entity STEP', 'entity PV-STEP']);
    assert.deepEqual(found('eqa'), ['entity EQ-A']);
    assert.equal(found('law/s')[0], 'rule law/site');
    assert.deepEqual(found('cc1'), ['record CC-1']);
    assert.deepEqual(found('zzz'), []);
  });

  it('finds by title and question', () => {
    assert.deepEqual(found('move the'), ['record CC-1']);
    assert.deepEqual(found('was the site'), ['condition law/inspected']);
    assert.deepEqual(found('plant b'), ['entity SITE-B']);
  });

  it('is bounded, and leads to the name', () => {
    assert.equal(found('', 5).length, 5);
    const [symbol] = workspaceSymbols(snapshot, 'inspected', 1);
    assert.equal(placeText(snapshot, symbol!.path, symbol!.selectionRange), 'law.rules:9:11 inspected');
  });
});
