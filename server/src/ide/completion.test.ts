// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets mark their places so.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDate } from '../base/date.js';
import { Workspace } from '../workspace/workspace.js';
import { type CompletionList, completions, resolveCompletion } from './completion.js';
import { edited, type Opened, opened, openedRecord } from './testing.js';

function at(from: Opened): CompletionList {
  return completions(from.snapshot, from.path, from.offset);
}

function labels(from: Opened, count = Number.POSITIVE_INFINITY): string[] {
  return at(from)
    .items.slice(0, count)
    .map(({ label }) => label);
}

/** The line of the cursor after a choice is taken; the places of a snippet as they are written. */
function taken(from: Opened, label: string): string {
  const item = at(from).items.find((one) => one.label === label);
  assert.ok(item, `${label} is not among ${labels(from).join(', ')}`);
  const text = edited(from.text, [{ range: item.range, newText: item.insert }]);
  return text.split('\n')[from.position.line]!.trim();
}

function assertHas(from: Opened, expected: readonly string[], unexpected: readonly string[] = []): void {
  const found = labels(from);
  for (const label of expected) assert.ok(found.includes(label), `${label} is not among ${found.join(', ')}`);
  for (const label of unexpected) assert.ok(!found.includes(label), `${label} should not be offered`);
}

const TRANSFER = 'transfer STEP from SITE-A to SITE-B\n';

describe('completion in change records', () => {
  it('offers whole records between records, with the next free ID', () => {
    const from = opened('=== a.change\nchange CC-2026-099 "x" {\n  status: draft\n}\n$0');
    assert.ok(labels(from).includes('change: move a step to another site'));
    assert.equal(taken(from, 'change'), `change \${1:CC-2026-100} "\${2:title}" {`);
    assert.deepEqual(labels(opened('=== a.change\nchange $0')), ['CC-1']);
  });

  it('begins a statement with the lines that answer what is owed', () => {
    assert.deepEqual(labels(openedRecord(`implement: 2027-06-01\n  ${TRANSFER}  $0`), 6), [
      'revalidate PV-STEP at SITE-B by 2027-06-01',
      'file NDA-1 as PAS on 2027-06-01',
      'notify OWNER on 2026-11-22',
      'approval OWNER on 2027-06-01',
      'confirm PACMP-1 for SITE-B because "…"',
      'deny PACMP-1 for SITE-B because "…"',
    ]);
    const from = openedRecord(`implement: 2027-06-01\n  ${TRANSFER}  rev$0`);
    assert.equal(
      taken(from, 'revalidate PV-STEP at SITE-B by 2027-06-01'),
      `revalidate PV-STEP at SITE-B by \${1:2027-06-01}`,
    );
    const undated = openedRecord(`${TRANSFER}  rev$0`);
    assert.equal(taken(undated, 'revalidate PV-STEP at SITE-B by …'), 'revalidate PV-STEP at SITE-B by $0');
  });

  it('offers statements, and the fields that are not there yet', () => {
    assertHas(openedRecord('$0'), ['modify', 'transfer', 'owner:', 'reason:'], ['status:', 'raised:']);
    assert.equal(taken(openedRecord('tra$0'), 'transfer'), 'transfer $1 from $2 to $0');
    assert.equal(taken(openedRecord('ow$0'), 'owner:'), 'owner:');
    const item = at(openedRecord('$0')).items.find(({ label }) => label === 'modify')!;
    assert.equal(item.range.start.character, item.range.end.character);
  });

  it('does not write over the statement that the cursor stands before', () => {
    const from = openedRecord('$0modify STEP { batch-size: 50 kg -> 60 kg }');
    assert.equal(taken(from, 'owner:'), 'owner: modify STEP { batch-size: 50 kg -> 60 kg }');
  });

  it('offers references of the right kind at each place of an edit', () => {
    assertHas(openedRecord('transfer $0'), ['STEP', 'EQ-A'], ['SITE-A', 'SPEC']);
    assert.deepEqual(labels(openedRecord('transfer STEP $0')), ['from']);
    assert.deepEqual(labels(openedRecord('transfer STEP from $0')), ['SITE-A', 'SITE-B']);
    assert.deepEqual(labels(openedRecord('transfer STEP from SITE-A to $0')), ['SITE-B']);
    assertHas(openedRecord('add $0 to STEP'), ['SITE-B', 'EQ-B'], ['SITE-A', 'EQ-A', 'SPEC']);
    assert.deepEqual(labels(openedRecord('add EQ-B to $0')), ['STEP']);
    assert.deepEqual(labels(openedRecord('remove EQ-A from $0')), ['STEP']);
    assert.deepEqual(labels(openedRecord('replace EQ-A with $0')), ['EQ-B']);
    assert.deepEqual(labels(openedRecord('replace EQ-A with EQ-B in $0')), ['STEP']);
    assert.deepEqual(labels(openedRecord('modify STEP at $0'), 1), ['SITE-A']);
  });

  it('replaces the whole word under the cursor, and finds an entity by its name', () => {
    assert.equal(taken(openedRecord('transfer ST$0EPP from SITE-A'), 'STEP'), 'transfer STEP from SITE-A');
    assert.equal(taken(openedRecord('transfer synth$0'), 'STEP'), 'transfer STEP');
    assert.equal(taken(openedRecord('transfer "ST$0"'), 'STEP'), 'transfer "STEP"');
  });

  it('puts an ID in quotes where it begins with a digit or is a word of the grammar', () => {
    const extra =
      '=== registry/more.yaml\nequipment:\n  007342: { site: SITE-A }\n  file: { site: SITE-A }\n';
    const from = opened(`${extra}=== a.change\nchange C-1 "x" {\n  modify 0073$0\n}`);
    assert.equal(taken(from, '007342'), 'modify "007342"');
    const word = opened(`${extra}=== a.change\nchange C-1 "x" {\n  replace fi$0\n}`);
    assert.equal(taken(word, 'file'), 'replace "file"');
  });

  it('fills in the current value of what a modify changes', () => {
    const from = openedRecord('modify STEP {\n    $0\n  }');
    assert.equal(taken(from, 'batch-size'), 'batch-size: 50 kg -> $0');
    const there = openedRecord('modify STEP at SITE-B {\n    bat$0\n  }');
    assert.equal(taken(there, 'batch-size'), 'batch-size: 120 kg -> $0');
    assert.deepEqual(labels(openedRecord('modify SPEC {\n    assay.$0\n  }')), [
      'assay.limit',
      'assay.method',
      'assay.frequency',
    ]);
    const current = openedRecord('modify SPEC {\n    assay.limit: $0\n  }');
    assert.equal(taken(current, '95.0..102.0 %'), 'assay.limit: 95.0..102.0 % ->');
    assertHas(
      openedRecord('modify SPEC {\n    assay.limit: 95.0..102.0 % -> 97.0..102.0 %\n    $0\n  }'),
      ['assay.method'],
      ['assay.limit'],
    );
  });

  it('offers words and references for a new value', () => {
    assertHas(openedRecord('modify DS {\n    stage: drug-substance -> $0\n  }'), ['intermediate']);
    assertHas(openedRecord('modify SPEC {\n    assay.method: MTH -> $0\n  }'), ['MTH', 'none']);
  });

  it('knows the validations, sites, filings and partners that are owed', () => {
    assert.deepEqual(labels(openedRecord(`${TRANSFER}  revalidate $0`)), [
      'PV-STEP at SITE-B by …',
      'PV-STEP',
      'new',
    ]);
    assert.deepEqual(labels(openedRecord(`${TRANSFER}  revalidate PV-STEP at $0`)), ['SITE-B', 'SITE-A']);
    assertHas(openedRecord(`${TRANSFER}  revalidate PV-STEP at SITE-B $0`), ['by', 'done'], ['at', 'on']);
    assertHas(openedRecord('revalidate new $0'), ['cleaning', 'process']);
    assert.deepEqual(labels(openedRecord(`${TRANSFER}  file $0`)), ['NDA-1 as PAS on …', 'NDA-1']);
    assert.deepEqual(labels(openedRecord(`${TRANSFER}  notify $0`), 2), ['OWNER on 2026-11-22', 'OWNER']);
  });

  it('begins with what a new validation is owed for', () => {
    const law = `=== shipped/law.rules
pack law "L" { source: "x" }
rule r "R" { on replace equipment of step assess cleaning direct cite "x" basis official }
`;
    const record = (target: string): Opened =>
      opened(
        `=== a.change\nchange C-1 {\n  status: draft\n  raised: 2026-01-01\n  replace EQ-A with EQ-B in STEP\n  unaffected new ${target} of $0\n}\n${law}`,
      );
    assert.deepEqual(labels(record('cleaning'), 1), ['EQ-B']);
    assert.notDeepEqual(labels(record('process'), 1), ['EQ-B']);
  });

  it("offers the categories of that filing's market, what is owed marked", () => {
    const { items } = at(openedRecord(`${TRANSFER}  file NDA-1 as $0`));
    assert.deepEqual(
      items.map(({ label, preferred }) => [label, preferred]),
      [
        ['PAS', true],
        ['AR', undefined],
      ],
    );
  });

  it('offers the conditions that are open, with their questions', () => {
    const from = openedRecord(`${TRANSFER}  confirm $0`);
    const [first] = at(from).items;
    assert.equal(first?.label, 'PACMP-1 for SITE-B');
    assert.match(first?.detail ?? '', /criteria of the approved protocol/);
    assert.equal(taken(from, 'PACMP-1 for SITE-B'), `confirm PACMP-1 for SITE-B because "\${1:…}"$0`);
    assertHas(from, ['inspected']);
    assert.deepEqual(labels(openedRecord(`${TRANSFER}  deny PACMP-1 for $0`), 1), ['SITE-B']);
  });

  it('offers statuses, dates, records and documents', () => {
    assertHas(opened('=== a.change\nchange C-1 "x" {\n  status: $0\n}'), ['draft', 'closed']);
    assert.deepEqual(
      labels(openedRecord(`implement: 2027-06-01\n  ${TRANSFER}  revalidate PV-STEP by 2$0`)),
      ['2027-06-01', '2026-11-22', '2026-01-01'],
    );
    const from = opened(
      '=== b.change\nchange C-2 "two" {\n}\n=== a.change\nchange C-1 "x" {\n  after: $0\n}',
    );
    assert.deepEqual(labels(from), ['C-2']);
    const document = openedRecord(
      'deny inspected because "x" evidence "RPT 1"\n  confirm inspected because "y" evidence $0',
    );
    assert.equal(taken(document, 'RPT 1'), 'confirm inspected because "y" evidence "RPT 1"');
  });

  it('offers what an expectation may hold', () => {
    assertHas(openedRecord(`${TRANSFER}  expect $0`), ['no', 'revalidate', 'PAS']);
    assert.deepEqual(labels(openedRecord(`${TRANSFER}  expect PAS for NDA-1 by $0`)), [
      'law/site',
      'law/rest',
    ]);
  });

  it('works where nothing is closed, and says nothing in comments and prose', () => {
    const from = opened('=== a.change\nchange C-1 "x" {\n  status: draft\n  transfer STEP from $0');
    assert.deepEqual(labels(from), ['SITE-A', 'SITE-B']);
    assert.deepEqual(labels(openedRecord('// tra$0')), []);
    assert.deepEqual(labels(openedRecord('owner: "tra$0"')), []);
    assert.deepEqual(labels(openedRecord('reason: """\n  tra$0\n  """')), []);
    assert.deepEqual(labels(openedRecord('/* mod$0 */')), []);
    assert.deepEqual(labels(openedRecord('confirm inspected because "ins$0"')), []);
    assert.deepEqual(labels(openedRecord('revalidate PV-STEP because "PV$0')), []);
  });

  it('never throws, wherever the cursor stands and wherever the text ends', () => {
    const { workspace, text, path } = openedRecord(
      `${TRANSFER}  modify SPEC at SITE-A { assay.limit: 95 % -> 96 % }\n  file NDA-1 as PAS for "x" because "y"\n  expect no law/site`,
    );
    for (let end = 0; end <= text.length; end += 3) {
      workspace.apply({ set: [{ path, text: text.slice(0, end) }] });
      completions(workspace.snapshot(), path, end);
      completions(workspace.snapshot(), path, end >> 1);
    }
  });
});

const HOUSE = 'pack house "House rules" {\n  source: "SOP"\n}\n';

function rule(body: string): Opened {
  return opened(`=== rules/house.rules\n${HOUSE}rule one "One" {\n  ${body}\n}\n`);
}

describe('completion in rule packs', () => {
  it('offers what a file, a pack, a condition and a rule are made of', () => {
    assert.deepEqual(labels(opened(`=== rules/house.rules\n${HOUSE}$0`)), ['pack', 'condition', 'rule']);
    assertHas(rule('$0'), ['on', 'report', 'cite', 'basis'], ['market:', 'default']);
    assertHas(
      opened('=== rules/house.rules\npack house "x" {\n  source: "SOP"\n  $0\n}'),
      ['market:', 'clock', 'uses:'],
      ['source:', 'on'],
    );
    assertHas(
      opened(`=== rules/house.rules\n${HOUSE}condition c "C?" {\n  $0\n}`),
      ['default', 'cite'],
      ['on'],
    );
  });

  it('offers actions, parts and kinds in triggers', () => {
    assertHas(rule('on $0'), ['add', 'replace', 'any edit']);
    assertHas(rule('on replace $0'), ['site', 'equipment'], ['shelf-life']);
    assertHas(rule('on replace site of $0'), ['step', 'equipment'], ['filing']);
    assertHas(rule('on add test of specification, modify $0'), ['batch-size', 'shelf-life']);
  });

  it('offers facts, functions and conditions, and the words of the left side', () => {
    assertHas(rule('on replace site of step\n  when $0'), ['direction', 'inspected', 'product', 'not']);
    assert.equal(taken(rule('when rat$0'), 'ratio'), `when ratio(\${1:a}, \${2:b})`);
    assert.deepEqual(labels(rule('on replace site of step\n  when product.modality = pep$0'), 1), [
      'peptide',
    ]);
    assert.equal(
      taken(rule('on replace site of step\n  when proposed.camp$0'), 'proposed.campus'),
      'when proposed.campus',
    );
    assertHas(rule('when stage in (drug-product, $0'), ['drug-substance']);
    assertHas(rule('when reaches($0'), ['filing', 'step']);
    assertHas(rule('when stage = drug-product $0'), ['and', 'or']);
  });

  it('offers categories, rules, kinds of validation, roles and bases', () => {
    const law = (body: string): Opened =>
      opened(
        `=== shipped/law.rules\npack law "L" {\n  market: US\n  filings: NDA\n  source: "x"\n  categories: none < AR < PAS\n  otherwise: a\n}\nrule a "A" { report AR cite "x" basis official }\nrule b "B" {\n  ${body}\n}\n`,
      );
    assert.deepEqual(labels(law('report $0')), ['PAS', 'AR']);
    assert.deepEqual(labels(law('report PAS instead of $0')), ['a', 'b']);
    assertHas(rule('supersedes: $0'), ['law/site', 'law/rest'], ['house/one']);
    assertHas(law('report PAS $0'), ['instead of', 'when', 'once']);
    assertHas(law('revalidate $0'), ['cleaning']);
    assertHas(law('revalidate cleaning $0'), ['direct', 'of steps', 'at destination', 'when']);
    assert.deepEqual(labels(law('revalidate cleaning of $0')), ['steps']);
    assertHas(law('revalidate cleaning of steps $0'), ['at destination', 'when'], ['direct', 'of steps']);
    assert.deepEqual(labels(law('notify $0')), ['holder', 'authorised', 'sponsor', 'customer']);
    assert.deepEqual(labels(law('basis $0')), ['official', 'secondary', 'recalled']);
    assert.deepEqual(labels(law('cite "$0"')), []);
  });
});

describe('completion in the registry', () => {
  it('offers sections, and the attributes of a kind that are not there yet', () => {
    assertHas(opened('=== registry/x.yaml\nsites:\n  S-1: { name: x }\n$0'), ['steps', 'filings'], ['sites']);
    assertHas(
      opened(
        '=== registry/x.yaml\nsteps:\n  S-1:\n    name: x\n    $0\n    activity: drying\n  S-2:\n    sites: [SITE-A]\n',
      ),
      ['sites', 'equipment', 'parameters'],
      ['name', 'activity', 'country'],
    );
    assertHas(opened('=== registry/x.yaml\nsites:\n  S-1: { name: x, $0 }\n'), ['country'], ['name']);
    const broken = opened('=== registry/x.yaml\nsites:\n  S-1: { name: x, cou$0');
    assert.equal(taken(broken, 'country'), 'S-1: { name: x, country:');
  });

  it('offers words and references in lists, scalars, braces and under dashes', () => {
    assertHas(opened('=== registry/x.yaml\nproducts:\n  P-1:\n    modality: $0'), ['peptide']);
    assert.deepEqual(labels(opened('=== registry/x.yaml\nsites:\n  S-1: { organisation: $0 }\n')), [
      'MAKER',
      'OWNER',
    ]);
    assertHas(opened('=== registry/x.yaml\nsteps:\n  S-1:\n    sites: [SITE-A, $0]\n'), ['SITE-B'], ['EQ-A']);
    assertHas(opened('=== registry/x.yaml\nsteps:\n  S-1:\n    sites:\n      - S$0\n'), ['SITE-A'], ['STEP']);
    assertHas(opened('=== registry/x.yaml\nfilings:\n  F-1:\n    market: U$0'), ['US']);
  });

  it('knows the keys below an attribute: sites, parameters, what a filing registers', () => {
    const site = opened(
      '=== registry/x.yaml\nsteps:\n  S-1:\n    parameters:\n      batch-size: { value: 1 kg, at: { $0',
    );
    assert.deepEqual(labels(site), ['SITE-A', 'SITE-B']);
    assertHas(opened('=== registry/x.yaml\nsteps:\n  S-1:\n    parameters:\n      $0'), ['batch-size']);
    assertHas(
      opened(
        '=== registry/x.yaml\nfilings:\n  F-1:\n    market: US\n    registers:\n      STEP:\n        $0',
      ),
      ['sites', 'batch-size', 'report'],
    );
    assertHas(
      opened('=== registry/x.yaml\nsites:\n  S-1:\n    inspections:\n      - authority: FDA\n        $0'),
      ['date', 'outcome'],
      ['authority', 'country'],
    );
    assertHas(
      opened(
        '=== registry/x.yaml\nfilings:\n  F-1: { market: US, type: NDA, registers: { STEP: { report: $0',
      ),
      ['PAS', 'AR'],
    );
  });

  it('says nothing in comments, and never throws', () => {
    assert.deepEqual(labels(opened('=== registry/x.yaml\nsites: # a$0')), []);
    const { workspace, snapshot } = opened('=== a.change\n');
    const path = 'registry/network.yaml';
    const text = snapshot.file(path)!.source.text;
    for (let end = 0; end <= text.length; end += 41) {
      workspace.apply({ set: [{ path, text: text.slice(0, end) }] });
      completions(workspace.snapshot(), path, end);
    }
  });
});

describe('completion in entail.jsonc', () => {
  it('offers keys, packs, codes and severities', () => {
    const from = opened('=== entail.jsonc\n{\n  $0\n}');
    assert.equal(taken(from, 'severity'), '"severity": { $0 }');
    assert.equal(taken(opened('=== entail.jsonc\n{ "packs": ["la$0"] }'), 'law'), '{ "packs": ["law"] }');
    const code = opened('=== entail.jsonc\n{ "severity": { "record/lap$0": "info" } }');
    assert.equal(taken(code, 'record/lapsed'), '{ "severity": { "record/lapsed": "info" } }');
    assert.deepEqual(labels(opened('=== entail.jsonc\n{ "severity": { "syntax": $0 } }')), [
      'error',
      'warning',
      'info',
      'off',
    ]);
    assert.deepEqual(labels(opened('=== entail.jsonc\n{ // $0\n}')), []);
  });
});

describe('documentation of choices', () => {
  function documented(from: Opened, label: string): string {
    const item = at(from).items.find((one) => one.label === label);
    assert.ok(item?.data, label);
    return resolveCompletion(from.snapshot, JSON.parse(JSON.stringify(item.data))) ?? '';
  }

  it('is made when a choice is looked at', () => {
    assert.match(documented(openedRecord('mod$0'), 'modify'), /batch-size: 50 kg -> 120 kg/);
    assert.match(documented(openedRecord('modify $0'), 'STEP'), /Synthesis/);
    assert.match(documented(openedRecord(`${TRANSFER}  confirm $0`), 'inspected'), /Was the site inspected/);
    assert.match(documented(openedRecord(`${TRANSFER}  file NDA-1 as $0`), 'PAS'), /only after approval/);
    assert.match(documented(openedRecord(`${TRANSFER}  file $0`), 'NDA-1 as PAS on …'), /law\/site/);
    assert.match(documented(rule('when $0'), 'direction'), /tightened/);
    assert.match(documented(rule('ci$0'), 'cite'), /21 CFR/);
    assert.match(documented(opened('=== registry/x.yaml\nsites:\n  S-1: { $0 }'), 'country'), /ISO 3166/);
    assert.match(documented(opened('=== entail.jsonc\n{ "severity": { $0 } }'), 'syntax'), /\w/);
  });
});

describe('completion in a large workspace', () => {
  it('offers a bounded list, the nearest first, and says that there is more', () => {
    const equipment = Array.from({ length: 3000 }, (_, index) => `  E-${index}: { site: SITE-A }`);
    const { snapshot, path, offset } = opened(
      `=== registry/many.yaml\nequipment:\n${equipment.join('\n')}\n=== a.change\nchange C-1 "x" {\n  modify EQ-A { capacity: 1 L -> 2 L }\n  modify $0\n}`,
    );
    const list = completions(snapshot, path, offset);
    assert.equal(list.items.length, 200);
    assert.equal(list.isIncomplete, true);
    assert.equal(list.items[0]?.label, 'EQ-A');
  });

  it('answers for a workspace without registry, rules or configuration', () => {
    const workspace = new Workspace({ asOf: parseDate('2026-11-22')!, shippedPacks: [] });
    const text = 'change C-1 "x" {\n  modify \n}';
    workspace.apply({ set: [{ path: 'a.change', text }] });
    assert.deepEqual(completions(workspace.snapshot(), 'a.change', text.indexOf('\n}')).items, []);
    assert.deepEqual(completions(workspace.snapshot(), 'missing.change', 0).items, []);
  });
});
