import assert from 'node:assert/strict';
import { definitionsAt } from './definition.js';
import { highlightsAt } from './highlights.js';
import { referencesAt } from './references.js';
import { type Opened, opened, openedRecord, placeText } from './testing.js';

const defined = ({ snapshot, path, offset }: Opened): readonly string[] =>
  definitionsAt(snapshot, path, offset).map((one) => placeText(snapshot, one.path, one.selectionRange));

describe('ide: definition', () => {
  it('of an entity: its ID, with all that is said of it', () => {
    const { snapshot, path, offset } = openedRecord('transfer STEP from SITE$0-A to SITE-B');
    const [one, ...others] = definitionsAt(snapshot, path, offset);
    assert.deepEqual(others, []);
    assert.equal(placeText(snapshot, one!.path, one!.selectionRange), 'registry/network.yaml:5:3 SITE-A');
    assert.equal(
      placeText(snapshot, one!.path, one!.range),
      'registry/network.yaml:5:3 SITE-A: { name: Plant A, organisation: OWNER, country: US }',
    );
    assert.equal(placeText(snapshot, path, one!.origin), 'changes/CC-1.change:4:22 SITE-A');
  });

  it('of a rule, a condition, a pack, a category', () => {
    assert.deepEqual(defined(openedRecord('expect no law/s$0ite')), ['law.rules:13:6 site']);
    assert.deepEqual(defined(openedRecord('confirm insp$0ected')), ['law.rules:9:11 inspected']);
    assert.deepEqual(defined(openedRecord('file NDA-1 as A$0R')), ['law.rules:5:22 AR']);
    assert.deepEqual(defined(opened('=== entail.jsonc\n{ "packs": ["la$0w"] }')), ['law.rules:1:6 law']);
  });

  it('of a record, in every file that declares it', () => {
    const files =
      '=== a.change\nchange CC-1 "t" {}\n=== b.change\nchange CC-1 "t" {}\nchange CC-2 "t" { after: C$0C-1 }';
    assert.deepEqual(defined(opened(files)), ['a.change:1:8 CC-1', 'b.change:1:8 CC-1']);
  });

  it('of a path: the attribute in the registry', () => {
    assert.deepEqual(defined(openedRecord('modify STEP { batch$0-size: 50 kg -> 60 kg }')), [
      'registry/network.yaml:21:7 batch-size',
    ]);
    assert.deepEqual(defined(openedRecord('modify DS { shelf$0-life: 24 months -> 36 months }')), [
      'registry/network.yaml:11:90 shelf-life',
    ]);
    assert.deepEqual(defined(openedRecord('modify SPEC { assay.li$0mit: 1 -> 2 }')), [
      'registry/network.yaml:28:29 limit',
    ]);
  });

  it('of a rule that overrides a shipped one: both', () => {
    const own = 'pack law "Law" {}\nrule si$0te "ours" { on any edit report AR cite "x" basis official }';
    assert.deepEqual(defined(opened(`=== rules/own.rules\n${own}`)), [
      'rules/own.rules:2:6 site',
      'law.rules:13:6 site',
    ]);
  });

  it('of what is nowhere: nothing', () => {
    assert.deepEqual(defined(openedRecord('transfer NOS$0UCH from SITE-A to SITE-B')), []);
    assert.deepEqual(defined(openedRecord('modify STEP { no$0such: 1 -> 2 }')), []);
  });
});

describe('ide: references and highlights', () => {
  it('with and without the declaration', () => {
    const { snapshot, path, offset } = openedRecord(
      'add EQ$0-B to STEP\n  unaffected new cleaning of EQ-B because "x"',
    );
    const found = (which: 'with-declarations' | 'without-declarations'): readonly string[] =>
      referencesAt(snapshot, path, offset, which).map((one) => placeText(snapshot, one.path, one.range));
    const references = ['changes/CC-1.change:4:7 EQ-B', 'changes/CC-1.change:5:30 EQ-B'];
    assert.deepEqual(found('without-declarations'), references);
    assert.deepEqual(found('with-declarations'), [...references, 'registry/network.yaml:24:3 EQ-B']);
  });

  it('highlights the same file only, the declaration as written', () => {
    const { snapshot, path, offset } = opened(
      '=== rules/o.rules\npack o "O" {}\ncondition c "?" {}\nrule a "a" { when $0c and not o/c }',
    );
    assert.deepEqual(
      highlightsAt(snapshot, path, offset).map(
        ({ range, kind }) => `${kind} ${placeText(snapshot, path, range)}`,
      ),
      ['write rules/o.rules:2:11 c', 'read rules/o.rules:3:19 c', 'read rules/o.rules:3:29 o/c'],
    );
    assert.deepEqual(highlightsAt(snapshot, path, 5), [
      { kind: 'write', range: highlightsAt(snapshot, path, 5)[0]!.range },
    ]);
    assert.deepEqual(highlightsAt(snapshot, 'nosuch.change', 0), []);
  });
});
