/** No feature throws or answers with a place outside of the text, wherever the cursor stands, however broken it is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex } from '../base/lineIndex.js';
import type { Range } from '../base/span.js';
import { completions, resolveCompletion } from '../ide/completion.js';
import { definitionsAt } from '../ide/definition.js';
import { codeActions } from '../ide/fixes.js';
import { foldingRanges } from '../ide/folding.js';
import { incomingOf, outgoingOf, prepareHierarchy } from '../ide/hierarchy.js';
import { highlightsAt } from '../ide/highlights.js';
import { hints } from '../ide/hints.js';
import { hover } from '../ide/hover.js';
import { impactView } from '../ide/impactView.js';
import { lenses } from '../ide/lenses.js';
import { documentLinks } from '../ide/links.js';
import { obligationsView, recordStatus } from '../ide/obligationsView.js';
import { referencesAt } from '../ide/references.js';
import { prepareRename, rename } from '../ide/rename.js';
import { selectionRanges } from '../ide/selection.js';
import { type DocumentSymbol, documentSymbols, workspaceSymbols } from '../ide/symbols.js';
import { BASE, edited, opened } from '../ide/testing.js';
import { encodeTokens, semanticTokens } from '../ide/tokens.js';
import type { Snapshot } from '../workspace/workspace.js';
import { formattingEdits, typedStretch } from './formatting.js';

const RECORD = `change CC-1 "A change" {
  status: assessing
  raised: 2026-01-01
  implement: 2027-12-01
  after: CC-0

  transfer STEP from SITE-A to SITE-B // there
  modify STEP at SITE-B {
    batch-size: 50 kg -> 120 kg
  }
  replace EQ-A with EQ-B in STEP
  modify SPEC { assay.limit: 95.0..102.0 % -> NLT 97.0 % }

  revalidate new cleaning of STEP at SITE-B by 2027-05-31 protocol "P-1"
  unaffected PV-STEP
  file NDA-1 as AR on 2027-06-15 for STEP in SUB-1
  notify OWNER on 2026-10-20
  confirm inspected for SITE-B because "it was" evidence "docs/a.pdf"
  perform follow-up done 2027-01-01
  expect PAS for NDA-1 by law/site
  expect no law/rest
}
`;

const TEXTS: Readonly<Record<string, string>> = {
  'changes/CC-1.change': RECORD,
  'rules/house.rules': `pack house "House rules" { source: "SOP" in-force: 2026-01-01 }
condition ready "Was it ready?" { default capable(proposed, subject.activity) cite "SOP" }
rule one "One" {
  on replace site of step, modify batch-size of step
  when ratio(proposed, current) >= 2 and (product.sterile or not ready)
  revalidate process direct at destination when stage in (drug-substance, intermediate)
  perform mixing-study "mix it"
  notify holder
  cite "SOP-1, 6.3"
  basis official
}
`,
  'registry/network.yaml': BASE['registry/network.yaml']!,
  'entail.jsonc':
    '{\n  // ours\n  "packs": ["law", "rules/*.rules"],\n  "severity": { "record/lapsed": "off" }\n}\n',
};

const PIECES = [
  '{',
  '}',
  '"',
  '"""',
  '[',
  ']',
  ':',
  ',',
  '->',
  '..',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '/*',
  '//',
  '#',
  '-',
  '=',
  '\u{1F600}',
  '\u0301',
  'change',
  'modify',
  'add',
  'file',
  'as',
  'expect',
  'rule',
  'pack',
  'on',
  'when',
  'none',
  'STEP',
  'SITE-B',
  '2026-13-40',
  '5 kgs',
  '&a',
  '*a',
  '<<',
  '\\',
  '$',
  '\0',
  '|',
];

describe('every feature', () => {
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    // Nothing, some of it, or all that follows: a text that is still being written ends early.
    cut: fc.oneof(fc.constant(0), fc.nat(40), fc.constant(Number.MAX_SAFE_INTEGER)),
    put: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES)),
  });

  it('answers in broken texts, and within them', () => {
    const { workspace } = opened('');
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(TEXTS)),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (path, mutations, cursors) => {
          let text = TEXTS[path]!;
          const places: number[] = [];
          for (const { at, cut, put } of mutations) {
            const start = Math.floor(at * text.length);
            text = text.slice(0, start) + put + text.slice(start + cut);
            places.push(start + put.length);
          }
          const set = Object.entries({ ...TEXTS, [path]: text }).map(([name, content]) => ({
            path: name,
            text: content,
          }));
          workspace.apply({ set });
          const snapshot = workspace.snapshot();
          const offsets = [...places, ...cursors.map((one) => Math.floor(one * text.length))];
          assertWholeFile(snapshot, path, text);
          for (const offset of offsets) assertAt(snapshot, path, text, Math.min(offset, text.length));
        },
      ),
      { numRuns: 30, examples: [['registry/network.yaml', [{ at: 0, cut: 0, put: '\n' }], [0, 0, 0]]] },
    );
  });
});

function assertWholeFile(snapshot: Snapshot, path: string, text: string): void {
  const within = boundsOf(text);
  const lines = new LineIndex(text);
  snapshot.findings();
  for (const { range } of lenses(snapshot, path)) within(range);
  for (const { position } of hints(snapshot, path, { start: 0, end: text.length }))
    within({ start: position, end: position });
  for (const { range } of documentLinks(snapshot, path, () => true)) within(range);
  for (const { startLine, endLine } of foldingRanges(snapshot, path)) {
    assert.ok(startLine < endLine, 'a fold has lines');
    within({ start: { line: startLine, character: 0 }, end: { line: endLine, character: 0 } });
  }
  for (const symbol of documentSymbols(snapshot, path)) assertSymbol(symbol, lines, within);
  workspaceSymbols(snapshot, 'st');
  const data = encodeTokens(semanticTokens(snapshot, path));
  assert.ok(
    data.every((one) => one >= 0),
    'tokens stand in order',
  );
  obligationsView(snapshot);
  for (const language of ['change', 'rules'] as const) edited(text, formattingEdits(text, language));
}

function assertAt(snapshot: Snapshot, path: string, text: string, offset: number): void {
  const within = boundsOf(text);
  const lines = new LineIndex(text);
  const here = (range: Range): void => {
    within(range);
    assert.ok(
      lines.offset(range.start) <= offset && offset <= lines.offset(range.end),
      'it is at the cursor',
    );
  };
  const found = hover(snapshot, path, offset);
  if (found) {
    here(found.range);
    assert.notEqual(found.markdown, '');
  }
  const { items } = completions(snapshot, path, offset);
  for (const item of items) {
    here(item.range);
    assert.equal(item.range.start.line, item.range.end.line, 'a choice stays on its line');
  }
  for (const { data } of items.slice(0, 3)) if (data) resolveCompletion(snapshot, data);
  definitionsAt(snapshot, path, offset);
  referencesAt(snapshot, path, offset, 'with-declarations');
  for (const { range } of highlightsAt(snapshot, path, offset)) within(range);
  const name = prepareRename(snapshot, path, offset);
  if (name?.kind === 'renamable') here(name.range);
  rename(snapshot, path, offset, 'OTHER-1');
  const item = prepareHierarchy(snapshot, path, offset);
  if (item) {
    incomingOf(snapshot, item);
    outgoingOf(snapshot, item);
  }
  let inner: Range | null = null;
  for (const range of selectionRanges(snapshot, path, offset)) {
    within(range);
    if (inner)
      assert.ok(
        lines.offset(range.start) <= lines.offset(inner.start) &&
          lines.offset(inner.end) <= lines.offset(range.end),
        'selections grow',
      );
    inner = range;
  }
  for (const { edits } of codeActions(snapshot, path, { start: offset, end: offset })) {
    assert.ok(edits.length > 0);
    for (const file of new Set(edits.map((edit) => edit.path))) {
      const own = snapshot.file(file)?.source.text ?? '';
      const inFile = edits.filter((edit) => edit.path === file);
      for (const { range } of inFile) boundsOf(own)(range);
      edited(own, inFile);
    }
  }
  impactView(snapshot, path, offset);
  recordStatus(snapshot, path, offset);
  for (const language of ['change', 'rules'] as const)
    for (const typed of ['}', '\n'])
      formattingEdits(text, language, typedStretch(text, language, offset, typed));
}

/** VS Code refuses a whole outline where a name doesn't stand inside of its symbol. */
function assertSymbol(symbol: DocumentSymbol, lines: LineIndex, within: (range: Range) => void): void {
  within(symbol.range);
  within(symbol.selectionRange);
  assert.ok(
    lines.offset(symbol.range.start) <= lines.offset(symbol.selectionRange.start) &&
      lines.offset(symbol.selectionRange.end) <= lines.offset(symbol.range.end),
    'a name stands inside of its symbol',
  );
  for (const child of symbol.children) assertSymbol(child, lines, within);
}

/** Asserts that a range lies in a text: between its first character and its last, on lines that are as long. */
function boundsOf(text: string): (range: Range) => void {
  const lines = new LineIndex(text);
  return ({ start, end }) => {
    for (const position of [start, end])
      assert.deepEqual(lines.position(lines.offset(position)), {
        line: position.line,
        character: position.character,
      });
    assert.ok(lines.offset(start) <= lines.offset(end), 'a range does not run backwards');
  };
}
