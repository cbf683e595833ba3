import assert from 'node:assert/strict';
import { faultsOfParameters, faultsOfResult } from './protocol.testing.js';

const position = { line: 0, character: 0 };
const range = { start: position, end: position };

describe('the check of messages against the protocol', () => {
  it('lets what is right pass', () => {
    assert.deepEqual(
      faultsOfResult('textDocument/hover', { contents: { kind: 'markdown', value: 'x' }, range }),
      [],
    );
    assert.deepEqual(faultsOfResult('textDocument/hover', null), []);
    assert.deepEqual(
      faultsOfResult('initialize', { capabilities: { hoverProvider: true, textDocumentSync: 2 } }),
      [],
    );
  });

  const wrong: readonly (readonly [method: string, result: unknown, fault: RegExp])[] = [
    ['initialize', {}, /`capabilities` is missing/],
    ['initialize', { capabilities: { hoverProvider: 'yes' } }, /hoverProvider/],
    ['initialize', { capabilities: { hovers: true } }, /there is no `hovers`/],
    ['textDocument/hover', { contents: 5 }, /contents/],
    [
      'textDocument/hover',
      { contents: 'x', range: { start: { line: -1, character: 0 }, end: position } },
      /line/,
    ],
    ['textDocument/hover', { contents: 'x', more: 1 }, /there is no `more`/],
    ['textDocument/completion', { isIncomplete: false, items: [{ label: 'x', kind: 99 }] }, /kind/],
    ['textDocument/documentSymbol', [{ name: 'x', kind: 1, range }], /`selectionRange` is missing/],
    ['textDocument/semanticTokens/full', { data: ['a'] }, /uinteger expected/],
    ['workspace/diagnostic', { items: [{ kind: 'full', uri: 'x', items: [] }] }, /`version` is missing/],
    ['textDocument/anything', {}, /no request of the protocol/],
  ];
  for (const [method, result, fault] of wrong)
    it(`finds the fault of ${JSON.stringify(result)} for ${method}`, () => {
      assert.match(faultsOfResult(method, result).join('\n'), fault);
    });

  it('finds those of parameters', () => {
    const diagnostics = [{ range, message: 4 }];
    assert.match(
      faultsOfParameters('textDocument/publishDiagnostics', { uri: 'x', diagnostics }).join(),
      /message: string expected/,
    );
  });
});
