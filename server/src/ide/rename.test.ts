import assert from 'node:assert/strict';
import { prepareRename, rename } from './rename.js';
import { BASE, edited, type Opened, opened, openedRecord, placeText } from './testing.js';

/** The lines that a rename changes, by file; or why it is refused. */
function renamed({ snapshot, path, offset }: Opened, newName: string): readonly string[] {
  const result = rename(snapshot, path, offset, newName);
  if (result.kind === 'refused') return [result.message];
  const files = [...new Set(result.edits.map((edit) => edit.path))];
  return files.flatMap((file) => {
    const before = snapshot.file(file)!.source.text;
    const after = edited(
      before,
      result.edits.filter((edit) => edit.path === file),
    ).split('\n');
    return before
      .split('\n')
      .flatMap((line, at) => (line === after[at] ? [] : [`${file}: ${after[at]!.trim()}`]));
  });
}

const prepared = ({ snapshot, path, offset }: Opened): string | null => {
  const result = prepareRename(snapshot, path, offset);
  if (result?.kind === 'renamable')
    return `${placeText(snapshot, path, result.range)} (${result.placeholder})`;
  return result?.message ?? null;
};

const OURS = 'pack ours "Ours" { market: US filings: NDA source: "x" categories: none < AR otherwise: base }';

describe('ide: rename', () => {
  it('an entity, in records, the registry and entail.jsonc, sentences and edit keys included', () => {
    const given = opened(
      '=== a.change\nchange CC-1 "t" {\n  transfer ST$0EP from SITE-A to SITE-B\n  file NDA-1 as PAS for "STEP:SITE-A>SITE-B"\n}\n=== entail.jsonc\n{ "packs": ["law"] }',
    );
    assert.equal(prepared(given), 'a.change:2:12 STEP (STEP)');
    assert.deepEqual(renamed(given, 'STEP-2'), [
      'a.change: transfer STEP-2 from SITE-A to SITE-B',
      'a.change: file NDA-1 as PAS for "STEP-2:SITE-A>SITE-B"',
      'registry/network.yaml: STEP-2:',
      'registry/network.yaml: PV-STEP: { kind: process, covers: [STEP-2], site: SITE-A, status: current }',
      'registry/network.yaml: STEP-2: { sites: [SITE-A], batch-size: 50 kg }',
      'registry/network.yaml: PACMP-1: { filing: NDA-1, covers: [replace site of STEP-2], report: AR }',
      'registry/network.yaml: QAG-1: { between: [OWNER, MAKER], sites: [SITE-B], notify: 90 days, approves: [replace site of STEP-2] }',
    ]);
  });

  it('keeps quotes in YAML, and puts quotes in records where they are needed', () => {
    const registry = `steps:\n  "S-1": { sites: ['SITE-A'], consumes: [RAW] }\nproducts: { P: {} }\n`;
    const given = opened(
      `=== registry/more.yaml\n${registry}=== a.change\nchange CC-1 "t" {\n  transfer S$0-1 from SITE-A to SITE-B\n  modify "S-1" { x.y: 1 -> 2 }\n  confirm c for S-1.x because "y"\n}`,
    );
    assert.deepEqual(renamed(given, '0071'), [
      'a.change: transfer "0071" from SITE-A to SITE-B',
      'a.change: modify "0071" { x.y: 1 -> 2 }',
      'a.change: confirm c for "0071.x" because "y"',
      `registry/more.yaml: "0071": { sites: ['SITE-A'], consumes: [RAW] }`,
    ]);
    assert.equal(renamed(given, 'at')[0], 'a.change: transfer "at" from SITE-A to SITE-B');
    assert.equal(renamed(given, 'owner')[0], 'a.change: transfer "owner" from SITE-A to SITE-B');
  });

  it('from the registry', () => {
    const text = BASE['registry/network.yaml']!.replace('sites: [SITE-A], batch', 'sites: [SI$0TE-A], batch');
    const lines = renamed(opened(`=== registry/network.yaml\n${text}`), 'SITE-C');
    assert.equal(lines.length, 5);
    assert.ok(lines.includes('registry/network.yaml: STEP: { sites: [SITE-C], batch-size: 50 kg }'));
  });

  it('a record', () => {
    const given = opened('=== a.change\nchange C$0C-1 "t" {}\nchange CC-2 "t" { after: CC-1 }');
    assert.deepEqual(renamed(given, 'CC-1B'), [
      'a.change: change CC-1B "t" {}',
      'a.change: change CC-2 "t" { after: CC-1B }',
    ]);
    assert.match(renamed(given, 'CC-2')[0]!, /There is a record `CC-2` already \(a\.change, line 2\)/);
  });

  it('a rule and a condition of an own pack, each reference as it is written', () => {
    const files = (condition: string): Opened =>
      opened(
        `=== rules/ours.rules\n${OURS}\ncondition ${condition} "?" {}\nrule base "b" { report AR when looked and ours/looked }\n=== a.change\nchange CC-1 "t" {\n  confirm looked because "x"\n  deny ours/looked because "y"\n}`,
      );
    const given = files('loo$0ked');
    assert.deepEqual(renamed(given, 'seen'), [
      'a.change: confirm seen because "x"',
      'a.change: deny ours/seen because "y"',
      'rules/ours.rules: condition seen "?" {}',
      'rules/ours.rules: rule base "b" { report AR when seen and ours/seen }',
    ]);
    // The bare name would answer the other pack's condition as well.
    assert.equal(renamed(given, 'inspected')[0], 'a.change: confirm ours/inspected because "x"');
    const inFull = opened(
      `=== rules/ours.rules\n${OURS}\nrule base "b" { report AR }\n=== a.change\nchange CC-1 "t" { expect no ours/ba$0se }`,
    );
    assert.equal(prepared(inFull), 'a.change:1:34 base (base)');
    assert.deepEqual(renamed(inFull, '12.a'), [
      'a.change: change CC-1 "t" { expect no ours/12.a }',
      'rules/ours.rules: pack ours "Ours" { market: US filings: NDA source: "x" categories: none < AR otherwise: 12.a }',
      'rules/ours.rules: rule 12.a "b" { report AR }',
    ]);
  });

  it('is refused with a reason', () => {
    const refusals: readonly (readonly [Opened, string, RegExp])[] = [
      [openedRecord('transfer ST$0EP from SITE-A to SITE-B'), 'EQ-A', /`EQ-A` is the ID of a .* already/],
      [openedRecord('transfer ST$0EP from SITE-A to SITE-B'), 'step', /is the word for a kind of entity/],
      [openedRecord('transfer ST$0EP from SITE-A to SITE-B'), 'a b', /`a b` is no name/],
      [openedRecord('transfer ST$0EP from SITE-A to SITE-B'), '  ', /A name is needed/],
      [openedRecord('transfer ST$0EP from SITE-A to SITE-B'), 'null', /means nothing/],
      [openedRecord('transfer NO$0SUCH from SITE-A to SITE-B'), 'X', /Nothing is named `NOSUCH`/],
      [
        openedRecord('confirm PACMP$0-1 because "x"'),
        'inspected',
        /A condition is named `inspected` already/,
      ],
      [openedRecord('confirm inspec$0ted because "x"'), 'X', /comes with Entail/],
      [openedRecord('expect no law/si$0te'), 'X', /comes with Entail/],
      [openedRecord('file NDA-1 as P$0AS'), 'X', /authority/],
      [openedRecord('sta$0tus: draft'), 'X', /Nothing that could be renamed/],
    ];
    for (const [given, newName, message] of refusals)
      assert.match(renamed(given, newName).join('\n'), message);
    assert.match(prepared(openedRecord('expect no law/si$0te'))!, /comes with Entail/);
    assert.equal(prepared(openedRecord('sta$0tus: draft')), null);
  });

  it('of rules is refused with a reason', () => {
    const at = (text: string, record = ''): Opened =>
      opened(`=== rules/ours.rules\n${OURS}\n${text}\n=== a.change\nchange CC-1 "t" { ${record} }`);
    const base = at('rule ba$0se "b" { report AR }\nrule other "o" { report AR }');
    assert.match(
      renamed(base, 'other')[0]!,
      /There is a rule `ours\/other` already \(rules\/ours\.rules, line 3\)/,
    );
    assert.match(renamed(base, 'when')[0]!, /can't name a rule/);
    assert.match(renamed(base, '314')[0]!, /can't name a rule/);
    assert.match(renamed(base, 'ours/x')[0]!, /What stands before a `\/` is the pack/);
    const condition = at('condition c$0 "?" {}');
    assert.match(renamed(condition, 'product')[0]!, /is a fact already/);
    const shared = at('condition insp$0ected "?" {}', 'confirm inspected because "x"');
    assert.match(
      renamed(shared, 'seen')[0]!,
      /in a\.change, line 1 means the condition of that name in several packs/,
    );
    const overriding = opened('=== rules/own.rules\npack law "Law" {}\nrule si$0te "ours" { report AR }');
    assert.match(renamed(overriding, 'x')[0]!, /takes the place of a rule that comes with Entail/);
  });

  it('of any entity leaves the findings as they were', () => {
    const given = openedRecord(
      'transfer STEP from SITE-A to SITE-B\n  modify DS { RAW.share: none -> 4 % }\n  revalidate PV-STEP at SITE-A\n  file NDA-1 as AR for STEP\n  confirm PACMP-1 because "x"\n  notify MAKER',
    );
    const codes = (): readonly string[] =>
      given.workspace
        .snapshot()
        .findings()
        .map(({ code, file }) => `${file} ${code}`)
        .sort();
    const before = codes();
    assert.ok(before.length > 3);
    for (const [at, id] of [...given.snapshot.world.registry.ids()].entries()) {
      const snapshot = given.workspace.snapshot();
      const { file, at: place } = snapshot.world.registry.get(id)!;
      const parsed = snapshot.file(file)!;
      assert.equal(parsed.kind, 'registry');
      if (parsed.kind !== 'registry') return;
      const result = rename(snapshot, file, parsed.registry.starts[place]!, `${at}-X`);
      assert.equal(result.kind, 'edits', id);
      if (result.kind !== 'edits') return;
      for (const path of new Set(result.edits.map((edit) => edit.path))) {
        const own = result.edits.filter((edit) => edit.path === path);
        given.workspace.apply({ set: [{ path, text: edited(snapshot.file(path)!.source.text, own) }] });
      }
      assert.deepEqual(codes(), before, id);
    }
  });
});
