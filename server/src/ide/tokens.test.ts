import assert from 'node:assert/strict';
import fc from 'fast-check';
import { opened } from './testing.js';
import { encodeTokens, type SemanticToken, semanticTokens, TOKEN_TYPES } from './tokens.js';

/** The semantic tokens of a file: text, type and modifiers. */
function painted(path: string, text: string, span?: { start: number; end: number }): readonly string[] {
  const { snapshot } = opened(`=== ${path}\n${text}`);
  const lines = (snapshot.file(path)?.source.text ?? '').split(/\r\n|\r|\n/);
  return semanticTokens(snapshot, path, span).map(({ line, character, length, type, modifiers }) =>
    [lines[line]!.slice(character, character + length), type, ...modifiers].join(' '),
  );
}

describe('semantic tokens', () => {
  it('tell the parts of a change record', () => {
    assert.deepEqual(
      painted(
        'a.change',
        'change CC-1 "x" {\n  status: draft // why\n  add SITE-B to STEP\n  file NDA-1 as PAS\n}',
      ),
      [
        ...['change keyword', 'CC-1 struct declaration', '"x" string'],
        ...['status property', 'draft enumMember', '// why comment'],
        ...['add keyword', 'SITE-B class', 'to keyword', 'STEP class'],
        ...['file keyword', 'NDA-1 class', 'as keyword', 'PAS enumMember'],
      ],
    );
  });

  it('mark what is unknown, proposed, retired or withdrawn', () => {
    const { snapshot } = opened(
      '=== registry/more.yaml\nsites:\n  NEW: { status: proposed }\n  OLD: { status: retired }\n' +
        'filings:\n  GONE: { market: US, type: NDA, status: withdrawn }\n' +
        '=== a.change\nchange CC-1 "x" { add NEW, OLD, WHAT to STEP file GONE as XYZ confirm who because "x" }',
    );
    const marked = semanticTokens(snapshot, 'a.change').filter(
      ({ modifiers, type }) => modifiers.length > 0 && type !== 'struct',
    );
    assert.deepEqual(
      marked.map(({ type, modifiers }) => `${type} ${modifiers.join(' ')}`),
      [
        'class proposed',
        'class deprecated retired',
        'class unresolved',
        'class deprecated',
        'enumMember unresolved',
        'macro unresolved',
      ],
    );
  });

  it('tell the parts of values', () => {
    assert.deepEqual(
      painted('a.change', 'change C "x" { modify STEP { a: 5 mg/mL -> NMT 0.2 % } }').slice(5),
      ['a property', '5 number', 'mg/mL number', '-> operator', 'NMT keyword', '0.2 number', '% number'],
    );
  });

  it('tell the parts of a rule', () => {
    const text = `pack own "Own" { market: US }
rule a "A" {
  on add site of step
  when ratio(proposed, current) > 2 and law/inspected and stage = drug-product
  report AR instead of law/site
  assess process of steps at destination when validated
}`;
    assert.deepEqual(painted('rules/own.rules', text).slice(5), [
      ...['rule keyword', 'a interface declaration', '"A" string'],
      ...['on keyword', 'add enumMember', 'site property', 'of keyword', 'step enumMember'],
      ...[
        'when keyword',
        'ratio function',
        'proposed variable',
        'current variable',
        '> operator',
        '2 number',
      ],
      ...['and keyword', 'law/inspected macro'],
      ...['and keyword', 'stage variable', '= operator', 'drug-product enumMember'],
      ...['report keyword', 'AR enumMember', 'instead keyword', 'of keyword', 'law/site interface'],
      ...['assess keyword', 'process enumMember', 'of keyword', 'steps keyword'],
      ...['at keyword', 'destination keyword', 'when keyword', 'validated variable'],
    ]);
  });

  it('split what runs over several lines', () => {
    assert.deepEqual(painted('a.change', '/* one\n\n two */ change C """\n  x\n  """ {}'), [
      ...['/* one comment', ' two */ comment', 'change keyword', 'C struct declaration'],
      ...['""" string', '  x string', '  """ string'],
    ]);
  });

  it('keep to the stretch that is asked for', () => {
    const text = 'change A "a" { }\nchange B "b" { }\nchange C "c" { }';
    assert.deepEqual(painted('a.change', text, { start: 17, end: 33 }), [
      'change keyword',
      'B struct declaration',
      '"b" string',
    ]);
  });

  it('are sent as the protocol counts them', () => {
    const token = (line: number, character: number): SemanticToken => ({
      line,
      character,
      length: 3,
      type: 'property',
      modifiers: ['declaration', 'unresolved'],
    });
    const type = TOKEN_TYPES.indexOf('property');
    assert.deepEqual(encodeTokens([token(0, 4), token(0, 9), token(2, 1)]), [
      ...[0, 4, 3, type, 5],
      ...[0, 5, 3, type, 5],
      ...[2, 1, 3, type, 5],
    ]);
  });

  it('never overlap, whatever the text', () => {
    const piece = fc.constantFrom(
      ...[
        'change ',
        'CC-1 ',
        '{ ',
        '} ',
        '"',
        '"""',
        '\n',
        '/*',
        '*/',
        '// ',
        'modify ',
        'STEP ',
        'a: ',
        '5 ',
        'kg ',
        '-> ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { snapshot } = opened(`=== a.change\n${pieces.join('')}`);
        let [line, end] = [0, 0];
        for (const token of semanticTokens(snapshot, 'a.change')) {
          assert.ok(token.line > line || (token.line === line && token.character >= end));
          assert.ok(token.length > 0);
          line = token.line;
          end = token.character + token.length;
        }
      }),
      { numRuns: 100 },
    );
  });
});
