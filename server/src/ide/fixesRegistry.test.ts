import assert from 'node:assert/strict';
import { changedText } from './edits.js';
import { codeActions } from './fixes.js';
import { addFact } from './fixesRegistry.js';
import { type Opened, opened } from './testing.js';

/** The changed files after the action of a title, checked to leave no finding of the code at the cursor's name. */
function mended(one: Opened, title: string, code: string): Readonly<Record<string, string>> {
  const { snapshot, workspace, path, offset } = one;
  const actions = codeActions(snapshot, path, { start: offset, end: offset });
  const action = actions.find((each) => each.title.startsWith(title));
  assert.ok(action, `${title}, among\n${actions.map((each) => each.title).join('\n')}`);
  const texts = Object.fromEntries(
    action.edits.map((edit) => [edit.path, changedText(snapshot.file(edit.path)?.source.text ?? '', [edit])]),
  );
  workspace.apply({ set: Object.entries(texts).map(([file, text]) => ({ path: file, text })) });
  const left = workspace.snapshot().findings();
  assert.deepEqual(
    left
      .filter((finding) => finding.code === code || finding.code === 'syntax')
      .map(({ message }) => message),
    [],
  );
  return texts;
}

const NETWORK = 'registry/network.yaml';

function record(statement: string): string {
  return `=== changes/CC-1.change\nchange CC-1 {\n  status: draft\n  raised: 2026-01-01\n  ${statement}\n}\n`;
}

describe('quick fixes that create what is named', () => {
  const created: readonly (readonly [statement: string, title: string, line: string])[] = [
    ['transfer STEP from SITE-A to $0ZURICH', 'Add ZURICH as a site', '\n  ZURICH: { name: … }\nproducts:'],
    ['add $0NEWCOMER to STEP', 'Add NEWCOMER as a material', '\n  NEWCOMER: { name: … }\nsteps:'],
    [
      'replace EQ-A with $0LARGE-1 in STEP',
      'Add LARGE-1 as a piece of equipment',
      '\n  LARGE-1: { name: … }\nmethods:',
    ],
    ['revalidate $0CLEANING-77', 'Add CLEANING-77 as a validation', '\n  CLEANING-77: { kind: … }\nfilings:'],
    ['file $0MAA-77 as PAS', 'Add MAA-77 as a filing', '\n  MAA-77: { market: … }\nprotocols:'],
    ['notify $0PARTNERCO', 'Add PARTNERCO as an organisation', '\n  PARTNERCO: { name: … }\nsites:'],
  ];
  for (const [statement, title, line] of created) {
    it(`put an entity in for \`${statement.replace('$0', '')}\``, () => {
      const texts = mended(opened(record(statement)), title, 'record/unknown-reference');
      assert.ok(texts[NETWORK]!.includes(line), texts[NETWORK]);
    });
  }

  it('offer no entity of a kind that can not stand there', () => {
    const { snapshot, path, offset } = opened(record('add $0NEWCOMER to RAW'));
    const titles = codeActions(snapshot, path, { start: offset, end: offset }).map(({ title }) => title);
    assert.ok(titles.some((title) => title.startsWith('Add NEWCOMER as a supplier')));
    assert.ok(!titles.some((title) => title.includes(' as a site ')));
  });

  it('begin a section that is not there, and quote what is no plain name', () => {
    const texts = mended(
      opened(record('add "$0007342" to RAW')),
      'Add 007342 as a supplier',
      'record/unknown-reference',
    );
    assert.match(texts[NETWORK]!, /\nsuppliers:\n {2}"007342": \{ name: … \}\n$/);
  });

  it('fill a section that is empty, and one in braces', () => {
    const empty = opened(`=== registry/network.yaml
sites: {} # none yet
equipment: { EQ-1: { site: $0ZURICH, class: "reactor" } }
`);
    assert.equal(
      mended(empty, 'Add ZURICH as a site', 'registry/unknown-reference')[NETWORK],
      'sites: # none yet\n  ZURICH: { name: … }\nequipment: { EQ-1: { site: ZURICH, class: "reactor" } }',
    );
    const braces = opened(`=== registry/network.yaml
sites: { OLD: { name: "Old" } }
equipment:
  EQ-1: { site: $0ZURICH }
`);
    assert.match(
      mended(braces, 'Add ZURICH as a site', 'registry/unknown-reference')[NETWORK]!,
      /^sites: \{ OLD: \{ name: "Old" \}, ZURICH: \{ name: … \} \}\n/,
    );
  });

  it('make a file where each section has its own, and keep Windows line ends', () => {
    const split = opened(`=== registry/network.yaml
steps:\r
  STEP: { sites: [$0ZURICH] }\r
=== registry/zz.yaml
methods: { M: { technique: HPLC } }
`);
    const texts = mended(split, 'Add ZURICH as a site', 'registry/unknown-reference');
    assert.deepEqual(texts, { 'registry/sites.yaml': 'sites:\n  ZURICH: { name: … }\n' });
    const windows = opened('=== registry/network.yaml\nsteps:\r\n  STEP: { sites: [$0ZURICH] }\r\n# end');
    assert.match(
      mended(windows, 'Add ZURICH as a site', 'registry/unknown-reference')[NETWORK]!,
      /\r\n# end\r\nsites:\r\n {2}ZURICH: \{ name: … \}\r\n$/,
    );
  });
});

describe('quick fixes that add a fact', () => {
  const LAW = `=== shipped/law.rules
pack law "The law" {
  market: US
  filings: NDA
  source: "a regulation"
  categories: none < AR < PAS
  otherwise: rest
}
rule rest "Anything else" { report AR cite "Law, 1" basis official }
rule class "Class" {
  on modify batch-size of step
  when FACT
  report PAS
  cite "Law, 2"
  basis official
}
`;

  function asking(fact: string, network: string): Opened {
    return opened(
      `${LAW.replace('FACT', fact)}${record('modify STEP {\n    batch-size: 50 kg -> 60 kg\n  }')}=== registry/network.yaml
products: { PROD: { name: P } }
${network}
filings:
  NDA-1: { market: US, type: NDA, product: PROD, status: approved, registers: [STEP] }
`,
    );
  }

  it('in an entity in braces', () => {
    const one = asking(
      'subject.activity = "x"',
      'materials: { DS: { stage: drug-substance, product: PROD } }\nsteps:\n  $0STEP: { produces: [DS], parameters: { batch-size: 50 kg } }',
    );
    assert.match(
      mended(one, 'Add `activity` to STEP', 'registry/fact-missing')[NETWORK]!,
      /parameters: \{ batch-size: 50 kg \}, activity: … \}\n/,
    );
  });

  it('in an entity of several lines, with the comment that stands there', () => {
    const one = asking(
      'subject.activity = "x"',
      'materials: { DS: { stage: drug-substance, product: PROD } }\nsteps:\n    $0STEP:\n        produces: [DS]\n        parameters: { batch-size: "50 kg" } # so far',
    );
    assert.match(
      mended(one, 'Add `activity` to STEP', 'registry/fact-missing')[NETWORK]!,
      /# so far\n {8}activity: …\nfilings/,
    );
  });

  it('as deep as the path of the fact leads', () => {
    const one = asking(
      'subject.name = "x"',
      'materials: { DS: { stage: drug-substance, product: PROD } }\nsteps: { $0STEP: { produces: [DS], parameters: { batch-size: 50 kg } } }',
    );
    const { snapshot } = one;
    const step = snapshot.world.registry.get('STEP')!;
    const after = (attribute: string): string =>
      [...addFact(snapshot, step, attribute)]
        .map(({ edits }) => changedText(snapshot.file(NETWORK)!.source.text, edits).split('\n')[2]!)
        .join();
    const around = (inside: string): string =>
      `steps: { STEP: { produces: [DS], parameters: { batch-size: ${inside} } }`;
    assert.equal(after('parameters.batch-size.critical'), around('{ value: 50 kg, critical: … } }'));
    assert.equal(after('parameters.time.critical'), around('50 kg, time: { critical: … } }'));
    assert.equal(after('parameters.batch-size'), '');
    assert.equal(after('nonsense'), '');
    assert.equal(after('sites'), around('50 kg }, sites: […]'));
  });

  it('shows the shape of what is to be filled in', () => {
    const { snapshot } = opened(
      '=== registry/network.yaml\nsites:\n  A:\n  B: {}\n  C:\n    name: "Sea"\n    country:\n',
    );
    const text = snapshot.file(NETWORK)!.source.text;
    const after = (id: string, attribute: string): string =>
      changedText(
        text,
        [...addFact(snapshot, snapshot.world.registry.get(id)!, attribute)].flatMap(({ edits }) => edits),
      );
    assert.match(
      after('A', 'inspections'),
      /\n {2}A: \{ inspections: \[\{ authority: …, date: …, outcome: …, activities: \[…\] \}\] \}\n/,
    );
    assert.match(after('B', 'country'), /\n {2}B: \{ country: … \}\n/);
    assert.match(after('C', 'country'), /\n {4}country: …$/);
    assert.match(after('C', 'containment'), /\n {4}country:\n {4}containment: …$/);
  });
});
