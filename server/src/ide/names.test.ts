import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameAt, occurrences, occurrencesInFile, shippedPaths } from './names.js';
import { BASE, type Opened, opened, openedRecord, placeText } from './testing.js';

const named = ({ snapshot, path, offset }: Opened): string | null => {
  const name = nameAt(snapshot, path, offset);
  return (
    name &&
    `${name.kind} ${name.ids.join(' ')} (${placeText(snapshot, path, name.range).replace(/^\S+ /, '')})`
  );
};

const inRecord = (statements: string): string | null => named(openedRecord(statements));
const inRegistry = (before: string): string | null => {
  const text = BASE['registry/network.yaml']!;
  const clean = before.replace('$0', '');
  assert.ok(text.includes(clean), clean);
  return named(opened(`=== registry/network.yaml\n${text.replace(clean, before)}`));
};
const OURS = `pack ours "Ours" { market: US filings: NDA source: "x" categories: none < AR < PAS otherwise: base uses: law }
condition inspected "Did we look?" {}
condition local "Ours alone?" { default product.sterile }
`;
const inRules = (text: string): string | null => named(opened(`=== rules/ours.rules\n${OURS}${text}`));

describe('ide: the name at a place of a record', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['transfer ST$0EP from SITE-A to SITE-B', 'entity STEP (STEP)'],
    ['transfer STEP from SITE-A to SITE-B$0', 'entity SITE-B (SITE-B)'],
    ['transfer STEP from "SITE$0-A" to SITE-B', 'entity SITE-A (SITE-A)'],
    ['transfer S$0TEP from', 'entity STEP (STEP)'],
    ['modify STEP at SI$0TE-B { batch-size: 120 kg -> 130 kg }', 'entity SITE-B (SITE-B)'],
    ['modify STEP { batch$0-size: 120 kg -> 130 kg }', null],
    ['modify SPEC { assay.method: M$0TH -> MTH-2 }', 'entity MTH (MTH)'],
    ['modify SPEC { assay.method: MTH -> MT$0H-2 }', 'entity MTH-2 (MTH-2)'],
    ['modify DS { R$0AW.share: none -> 4 % }', 'entity RAW (RAW)'],
    ['modify DS { name: x -> MT$0H }', null],
    ['add NO$0SUCH to STEP', 'entity NOSUCH (NOSUCH)'],
    ['revalidate PV-$0STEP at SITE-B', 'entity PV-STEP (PV-STEP)'],
    ['unaffected new clea$0ning of EQ-B because "x"', 'validation-kind cleaning (cleaning)'],
    ['unaffected new cleaning of EQ$0-B because "x"', 'entity EQ-B (EQ-B)'],
    ['file NDA-1 as P$0AS', 'category law/PAS (PAS)'],
    ['file NDA-1 as PAS for ST$0EP', 'entity STEP (STEP)'],
    [
      'transfer STEP from SITE-A to SITE-B\n file NDA-1 as PAS for "STEP:SITE-A>SI$0TE-B"',
      'entity SITE-B (SITE-B)',
    ],
    [
      'modify STEP { batch-size: 50 kg -> 60 kg }\n file NDA-1 as PAS for ST$0EP.batch-size',
      'entity STEP (STEP)',
    ],
    ['confirm insp$0ected because "x"', 'condition law/inspected (inspected)'],
    ['confirm law/insp$0ected because "x"', 'condition law/inspected (law/inspected)'],
    ['confirm PACMP$0-1 because "x"', 'entity PACMP-1 (PACMP-1)'],
    ['deny un$0known because "x"', 'condition unknown (unknown)'],
    ['expect PAS for NDA-1 by law/si$0te', 'rule law/site (law/site)'],
    ['expect no si$0te', 'rule law/site (site)'],
    ['perform rev$0iew done 2026-02-02', 'task review (review)'],
    ['parent: CC$0-0', 'record CC-0 (CC-0)'],
    ['after: "CC$0-0"', 'record CC-0 (CC-0)'],
    ['owner: "STE$0P"', null],
    ['notify OW$0NER', 'entity OWNER (OWNER)'],
    ['approval NDA-1$0', 'entity NDA-1 (NDA-1)'],
  ];
  for (const [statement, expected] of cases) it(statement, () => assert.equal(inRecord(statement), expected));

  it('the ID of the record', () => {
    const text = '=== a.change\nchange C$0C-9 "t" { status: draft }';
    assert.equal(named(opened(text)), 'record CC-9 (CC-9)');
  });
});

describe('ide: the name at a place of the registry', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['  ST$0EP:\n', 'entity STEP (STEP)'],
    ['sites: [SITE$0-A]', 'entity SITE-A (SITE-A)'],
    ['at: { SI$0TE-B: 120 kg }', 'entity SITE-B (SITE-B)'],
    ['      ST$0EP: { sites', 'entity STEP (STEP)'],
    ['{ sites: [SI$0TE-A], batch-size', 'entity SITE-A (SITE-A)'],
    ['covers: [replace site of ST$0EP]', 'entity STEP (STEP)'],
    ['covers: [repl$0ace site of STEP]', null],
    ['approves: [replace site of STEP$0]', 'entity STEP (STEP)'],
    ['kind: proc$0ess', 'validation-kind process (process)'],
    ['report: A$0R', 'category law/AR (AR)'],
    ['name: Syn$0thesis', null],
    ['method: M$0TH }', 'entity MTH (MTH)'],
  ];
  for (const [before, expected] of cases) it(before.trim(), () => assert.equal(inRegistry(before), expected));

  it('components and methods that a filing registers', () => {
    const text = (registers: string): string =>
      `filings: { NDA-2: { market: US, type: NDA, registers: { ${registers} } } }\nmaterials: { M: { composition: { RAW: 1 % } } }`;
    const at = (registers: string): string | null =>
      named(opened(`=== registry/more.yaml\n${text(registers)}`));
    assert.equal(at('M: { R$0AW: 1 % }'), 'entity RAW (RAW)');
    assert.equal(at('M: { pa$0rt: restricted }'), null);
    assert.equal(at('STEP: { sites: { value: [SI$0TE-B], report: AR } }'), 'entity SITE-B (SITE-B)');
    assert.equal(at('STEP: { batch-size: { value: 1 kg, report: A$0R } }'), 'category law/AR (AR)');
    assert.equal(at('STEP: { batch$0-size: 1 kg }'), null);
  });

  it('of a broken file', () => {
    const text = 'steps:\n  S: { sites: [SITE$0-A], }}\n  T: @\n  U: { sites: [SITE-B] }';
    assert.equal(named(opened(`=== registry/more.yaml\n${text}`)), 'entity SITE-A (SITE-A)');
  });

  it('keys in quotes', () => {
    assert.equal(named(opened('=== registry/more.yaml\nsites:\n  "00$073": {}')), 'entity 0073 (0073)');
  });
});

describe('ide: the name at a place of rules', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['rule ba$0se "b" { report AR }', 'rule ours/base (base)'],
    ['rule a "a" { on any edit report PAS instead of si$0te }', 'rule law/site (site)'],
    ['rule a "a" { on any edit report P$0AS }', 'category ours/PAS law/PAS (PAS)'],
    ['rule a "a" { on any edit report PAS when insp$0ected }', 'condition ours/inspected (inspected)'],
    ['rule a "a" { on any edit report PAS when law/insp$0ected }', 'condition law/inspected (law/inspected)'],
    ['rule a "a" { when prod$0uct.sterile report PAS }', 'fact product (product.sterile)'],
    ['rule a "a" { when rat$0io(proposed, current) > 2 report PAS }', 'fact ratio (ratio)'],
    ['rule a "a" { when ratio(prop$0osed, current) > 2 report PAS }', 'fact proposed (proposed)'],
    ['rule a "a" { when stage = drug$0-product report PAS }', null],
    ['rule a "a" { when subject = ST$0EP report PAS }', 'entity STEP (STEP)'],
    ['rule a "a" { revalidate pro$0cess direct }', 'validation-kind process (process)'],
    ['rule a "a" { perform lo$0ok "look" }', 'task look (look)'],
    ['rule a "a" { when insp$0ected', 'condition ours/inspected (inspected)'],
  ];
  for (const [text, expected] of cases) it(text, () => assert.equal(inRules(text), expected));

  it('packs, and the rule for all else', () => {
    const at = (text: string): string | null => named(opened(`=== rules/p.rules\n${text}`));
    assert.equal(at('pack p$0 "P" {}'), 'pack p (p)');
    assert.equal(at('pack p "P" { uses: la$0w }'), 'pack law (law)');
    assert.equal(at('pack p "P" { uses: law otherwise: re$0st }'), 'rule law/rest (rest)');
  });
});

describe('ide: the name at a place of entail.jsonc', () => {
  const at = (text: string): string | null => named(opened(`=== entail.jsonc\n${text}`));

  it('packs, codes, sites and kinds of validation', () => {
    assert.equal(at('{ "packs": ["l$0aw"] }'), 'pack law (law)');
    assert.equal(at('{ "packs": ["rules/*.ru$0les"] }'), null);
    assert.equal(at('{ "severity": { "record/$0lapsed": "off" } }'), 'code record/lapsed (record/lapsed)');
    assert.equal(at('{ "sites": { "SITE$0-A": {} } }'), 'entity SITE-A (SITE-A)');
    assert.equal(at('{ "lead": { "proc$0ess": "1 month" } }'), 'validation-kind process (process)');
    assert.equal(
      at('{ "sites": { "SITE-A": { "order": [["clea$0ning", "process"]] } }'),
      'validation-kind cleaning (cleaning)',
    );
    assert.equal(at(`{ "packs": ${'['.repeat(5000)} "$0`), null);
  });
});

describe('ide: occurrences', () => {
  const found = (given: Opened): readonly string[] => {
    const name = nameAt(given.snapshot, given.path, given.offset)!;
    return occurrences(given.snapshot, name).map(
      ({ path, range, role }) =>
        `${placeText(given.snapshot, path, range)}${role === 'declaration' ? ' !' : ''}`,
    );
  };

  it('of an entity, over records, registry and configuration', () => {
    const given = opened(
      '=== a.change\nchange CC-1 "t" { transfer STEP from SITE-A to SITE$0-B revalidate PV-STEP at "SITE-B" }\n=== entail.jsonc\n{ "sites": { "SITE-B": {} } }',
    );
    assert.deepEqual(found(given), [
      'a.change:1:48 SITE-B',
      'a.change:1:78 SITE-B',
      'entail.jsonc:1:15 SITE-B',
      'registry/network.yaml:6:3 SITE-B !',
      'registry/network.yaml:21:41 SITE-B',
      'registry/network.yaml:24:17 SITE-B',
      'registry/network.yaml:44:45 SITE-B',
    ]);
  });

  it('of a condition, bare and in full, the shipped pack among them', () => {
    const given = openedRecord('confirm insp$0ected because "x"\n  deny law/inspected because "y"');
    assert.deepEqual(found(given), [
      'changes/CC-1.change:4:11 inspected',
      'changes/CC-1.change:5:8 law/inspected',
      'law.rules:9:11 inspected !',
      'law.rules:16:34 inspected',
    ]);
    assert.deepEqual(shippedPaths(given.snapshot), ['law.rules']);
  });

  it('of a rule, a category, a task, a fact', () => {
    const file = (statement: string): readonly string[] => found(openedRecord(statement));
    assert.deepEqual(file('expect no re$0st'), [
      'changes/CC-1.change:4:13 rest',
      'law.rules:7:14 rest',
      'law.rules:12:6 rest !',
      'law.rules:16:24 rest',
    ]);
    assert.deepEqual(file('file NDA-1 as PA$0S'), [
      'changes/CC-1.change:4:17 PAS',
      'law.rules:5:27 PAS !',
      'law.rules:6:9 PAS',
      'law.rules:15:10 PAS',
    ]);
    const facts = opened(
      '=== rules/o.rules\npack o "O" {}\nrule a "a" { when prod$0uct.sterile and product.name = x }',
    );
    assert.deepEqual(found(facts), ['rules/o.rules:2:19 product.sterile', 'rules/o.rules:2:39 product.name']);
  });

  it('of a record', () => {
    const given = opened('=== a.change\nchange CC-1 "t" {}\nchange CC-2 "t" { after: CC$0-1 parent: CC-1 }');
    assert.deepEqual(found(given), ['a.change:1:8 CC-1 !', 'a.change:2:26 CC-1', 'a.change:2:39 CC-1']);
  });

  it('keeps the examples beside a pack apart', () => {
    const files = [
      '=== rules/o.examples/r.yaml\nsites: { SITE-B: {} }',
      '=== rules/o.examples/e.change\nchange E "t" { add SITE-B$0 to X }',
      '=== a.change\nchange CC-1 "t" { add SITE-B to STEP }',
    ].join('\n');
    assert.deepEqual(found(opened(files)), [
      'rules/o.examples/e.change:1:20 SITE-B',
      'rules/o.examples/r.yaml:1:10 SITE-B !',
    ]);
  });

  it('finds itself at every place that it finds', () => {
    const text = `${BASE['registry/network.yaml']}`;
    const { snapshot } = opened('=== a.change\nchange A "t" { transfer STEP from SITE-A to SITE-B }');
    fc.assert(
      fc.property(fc.nat(text.length), (offset) => {
        const name = nameAt(snapshot, 'registry/network.yaml', offset);
        if (!name) return;
        const starts = occurrencesInFile(snapshot, 'registry/network.yaml', name).map(
          ({ span }) => span.start,
        );
        assert.ok(starts.includes(name.span.start), `${name.kind} ${name.id} at ${offset}`);
      }),
      { numRuns: 60 },
    );
  });

  it('survives any text at any place', () => {
    const pieces = [
      'change A "t" {',
      '}',
      'modify',
      'STEP',
      '"',
      '"""',
      'file',
      'as',
      'for',
      'STEP:',
      '/*',
      '->',
      ':',
      ',',
      'rule',
      'pack',
      'when',
      '(',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 14 }),
        fc.nat(60),
        fc.constantFrom('a.change', 'rules/a.rules', 'registry/a.yaml', 'entail.jsonc'),
        (words, at, path) => {
          const { snapshot } = opened(`=== ${path}\n${words.join(' ')}`);
          const name = nameAt(snapshot, path, at);
          if (name) occurrences(snapshot, name);
        },
      ),
      { numRuns: 60 },
    );
  });
});
