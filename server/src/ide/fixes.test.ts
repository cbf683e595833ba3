import assert from 'node:assert/strict';
import type { Code } from '../checks/codes.js';
import type { Finding } from '../checks/finding.js';
import { format } from '../syntax/format.js';
import { changedText } from './edits.js';
import { type CodeAction, codeActions } from './fixes.js';
import { type Opened, opened, openedRecord } from './testing.js';

/** What is offered at the cursor: `code: title`, the preferred one with a star. */
function offered(one: Opened): readonly string[] {
  return actionsAt(one).map(({ title, kind, isPreferred, fixes }) => {
    const codes = [...new Set(fixes.map(({ code }) => code))].join(', ');
    return `${isPreferred ? '*' : ''}${kind === 'quickfix' ? codes : kind}: ${title}`;
  });
}

function actionsAt({ snapshot, path, offset }: Opened): readonly CodeAction[] {
  return codeActions(snapshot, path, { start: offset, end: offset });
}

/** Applies the action whose title begins so; every finding that it says it mends must be gone. */
function mended(one: Opened, title: string): Readonly<Record<string, string>> {
  const action = actionsAt(one).find((each) => each.title.startsWith(title));
  assert.ok(action, `${title}, among\n${offered(one).join('\n')}`);
  const before = one.snapshot.findings();
  const texts: Record<string, string> = {};
  for (const path of new Set(action.edits.map((edit) => edit.path))) {
    const text = one.snapshot.file(path)?.source.text ?? '';
    texts[path] = changedText(
      text,
      action.edits.filter((edit) => edit.path === path),
    );
  }
  one.workspace.apply({ set: Object.entries(texts).map(([path, text]) => ({ path, text })) });
  const said = (finding: Finding): string => `${finding.code} ${finding.file} ${finding.message}`;
  const left = one.workspace.snapshot().findings().map(said);
  const count = (all: readonly string[], text: string): number => all.filter((each) => each === text).length;
  for (const { code, range } of action.fixes) {
    const meant = before.filter(
      (finding) =>
        finding.file === one.path &&
        finding.code === code &&
        finding.range.start.line === range.start.line &&
        finding.range.start.character === range.start.character,
    );
    const gone = meant.some((finding) => count(left, said(finding)) < count(before.map(said), said(finding)));
    assert.ok(gone, `${code} is still there: ${left.join('\n')}`);
  }
  return texts;
}

/** The record's statements after a fix, without those that every test record has. */
function recordAfter(statements: string, title: string): string {
  const text = mended(openedRecord(statements), title)['changes/CC-1.change']!;
  assert.equal(format(text, 'change'), `${text}\n`, 'it is formatted');
  return text
    .split('\n')
    .slice(3, -1)
    .map((line) => line.slice(2))
    .join('\n');
}

const TRANSFER = 'transfer STEP from SITE-A to SITE-B';

/** A law in which the answer to a question decides between two categories. */
const LAW = `=== shipped/law.rules
pack law "The law" {
  market: US
  filings: NDA
  source: "a regulation"
  categories: none < AR < CBE-30 < PAS
  clock PAS: approval, typical 4 months
  clock CBE-30: wait 30 days
  otherwise: rest
}
condition ready "Was the site ready?" { cite "Law, 0" }
rule rest "Anything else" { report AR cite "Law, 1" basis official }
rule site "Another site" {
  on replace site of step
  report CBE-30 when ready
  report PAS otherwise
  assess process direct
  perform follow-up "follow it up"
  cite "Law, 2"
  basis official
}
`;

function ownLaw(statements: string, network = ''): Opened {
  const record = `=== changes/CC-1.change
change CC-1 "A change" {
  status: assessing
  raised: 2026-01-01
  implement: 2027-12-01
  ${statements}
}
`;
  return opened(`${record}${LAW}${network}`);
}

function ownLawAfter(statements: string, title: string): string {
  const text = mended(ownLaw(statements), title)['changes/CC-1.change']!;
  assert.equal(format(text, 'change'), `${text}\n`, 'it is formatted');
  return text
    .split('\n')
    .slice(4, -1)
    .map((line) => line.slice(2))
    .join('\n');
}

describe('quick fixes of what a record owes', () => {
  it('are offered where the finding stands', () => {
    assert.deepEqual(offered(openedRecord(`$0${TRANSFER}`)), [
      '*approval/missing: Add `approval OWNER`',
      '*filing/missing: Add `file NDA-1 as PAS`',
      'filing/missing: Add `confirm PACMP-1 for SITE-B because "…"`',
      'filing/missing: Add `deny PACMP-1 for SITE-B because "…"`',
      '*notification/missing: Add `notify OWNER on 2026-11-22`',
      '*validation/missing: Add `revalidate PV-STEP at SITE-B`',
      'refactor.rewrite: Write all that this change owes',
    ]);
  });

  const lines: readonly (readonly [title: string, line: string])[] = [
    ['Add `approval OWNER', 'approval OWNER'],
    ['Add `file NDA-1 as PAS', 'file NDA-1 as PAS'],
    ['Add `notify OWNER', 'notify OWNER on 2026-11-22'],
    ['Add `revalidate PV-STEP', 'revalidate PV-STEP at SITE-B'],
  ];
  for (const [title, line] of lines) {
    it(`write the line of \`${title.slice(5)}\``, () => {
      assert.equal(recordAfter(`$0${TRANSFER}`, title), `${TRANSFER}\n\n${line}`);
    });
  }

  it('date the lines so that they are in time', () => {
    assert.equal(
      ownLawAfter(`$0${TRANSFER}`, 'Add `file NDA-1 as PAS'),
      `${TRANSFER}\n\nfile NDA-1 as PAS on 2027-08-01`,
    );
    assert.equal(
      ownLawAfter(`$0${TRANSFER}`, 'Add `perform'),
      `${TRANSFER}\n\nperform follow-up by 2027-12-01`,
    );
  });

  it('leave the choice between a revalidation and grounds to the author', () => {
    assert.deepEqual(
      offered(ownLaw(`$0${TRANSFER}`)).filter((title) => title.includes('assessment')),
      [
        'assessment/missing: Add `revalidate PV-STEP by 2027-12-01`',
        'assessment/missing: Add `unaffected PV-STEP because "…"`',
      ],
    );
    assert.equal(
      ownLawAfter(`$0${TRANSFER}`, 'Add `unaffected'),
      `${TRANSFER}\n\nunaffected PV-STEP because "…"`,
    );
    assert.equal(
      ownLawAfter(`$0${TRANSFER}`, 'Add `revalidate'),
      `${TRANSFER}\n\nrevalidate PV-STEP by 2027-12-01`,
    );
  });

  it('put a line behind the last of its kind, with the comment that stands there', () => {
    assert.equal(
      recordAfter(`$0${TRANSFER}\n  notify MAKER // told\n  perform other-task`, 'Add `notify OWNER'),
      `${TRANSFER}\nnotify MAKER // told\nnotify OWNER on 2026-11-22\nperform other-task`,
    );
  });

  it('put a line before what the record expects', () => {
    assert.equal(
      recordAfter(`$0${TRANSFER}\n\n  expect PAS for NDA-1`, 'Add `file NDA-1 as PAS'),
      `${TRANSFER}\n\nfile NDA-1 as PAS\n\nexpect PAS for NDA-1`,
    );
  });

  it('confirm or deny, one by one, with grounds to fill in', () => {
    assert.deepEqual(
      offered(ownLaw(`$0${TRANSFER}`)).filter((title) => /confirm|deny/.test(title)),
      [
        'filing/missing: Add `confirm PACMP-1 for SITE-B because "…"`',
        'filing/missing: Add `deny PACMP-1 for SITE-B because "…"`',
        'filing/missing: Add `confirm ready for SITE-B because "…"`',
        'filing/missing: Add `deny ready for SITE-B because "…"`',
      ],
    );
    assert.equal(
      ownLawAfter(`${TRANSFER}\n\n  $0file NDA-1 as CBE-30`, 'Add `confirm ready'),
      `${TRANSFER}\n\nfile NDA-1 as CBE-30\nconfirm ready for SITE-B because "…"`,
    );
  });

  it('raise the category to what is enough for certain, or as far as is sure', () => {
    const low = `${TRANSFER}\n\n  deny PACMP-1 because "no"\n  $0file NDA-1 as AR on 2027-07-01 in SUB-1`;
    assert.deepEqual(
      offered(ownLaw(low)).filter((title) => title.includes(': File')),
      ['*filing/under-reported: File NDA-1 as PAS', 'filing/under-reported: File NDA-1 as CBE-30'],
    );
    assert.equal(
      ownLawAfter(low, 'File NDA-1 as PAS'),
      `${TRANSFER}\n\ndeny PACMP-1 because "no"\nfile NDA-1 as PAS on 2027-07-01 in SUB-1`,
    );
  });

  it('give one of several filings a line of its own', () => {
    const network = `=== registry/more.yaml
filings:
  NDA-2: { market: US, type: NDA, product: PROD, holder: OWNER, status: approved, registers: { SPEC: {} } }
`;
    const one = ownLaw(
      `${TRANSFER}\n\n  deny PACMP-1 because "no"\n  $0file NDA-2, NDA-1 as AR on 2027-07-01`,
      network,
    );
    const text = mended(one, 'File NDA-1 as PAS')['changes/CC-1.change']!;
    assert.match(text, /\n {2}file NDA-2 as AR on 2027-07-01\n {2}file NDA-1 as PAS on 2027-07-01\n}/);
  });

  it('lower a category that is too high, without urging it', () => {
    const high = 'modify SPEC {\n    assay.limit: 95.0..102.0 % -> 94.0..102.0 %\n  }\n  $0file NDA-1 as PAS';
    assert.deepEqual(
      offered(openedRecord(high)).filter((title) => title.includes('over-reported')),
      ['filing/over-reported: File NDA-1 as AR'],
    );
    assert.match(recordAfter(high, 'File NDA-1 as AR'), /\nfile NDA-1 as AR$/);
  });

  it('take out a filing of which nothing is asked', () => {
    const needless = 'modify RAW {\n    storage: none -> "cold"\n  }\n\n  $0file NDA-1 as PAS\n  perform x';
    assert.match(recordAfter(needless, "Don't file NDA-1"), /}\n\nperform x$/);
  });

  it('write the site at which a validation is owed', () => {
    assert.equal(
      recordAfter(`${TRANSFER}\n\n  $0revalidate PV-STEP by 2027-01-01`, 'Write `PV-STEP at SITE-B`'),
      `${TRANSFER}\n\nrevalidate PV-STEP at SITE-B by 2027-01-01`,
    );
    assert.equal(
      recordAfter(`${TRANSFER}\n\n  $0revalidate PV-STEP at SITE-A`, 'Write `PV-STEP at SITE-B`'),
      `${TRANSFER}\n\nrevalidate PV-STEP at SITE-B`,
    );
  });

  it('move an implementation to the first day that is allowed', () => {
    const early = `$0${TRANSFER}\n  deny ready because "no"\n  file NDA-1 as PAS on 2027-07-01\n  approval NDA-1 on 2028-02-01`;
    const one = ownLaw(early.replace('$0', '').replace('file', '$0file'));
    const text = mended(one, 'Implement on 2028-02-01')['changes/CC-1.change']!;
    assert.match(text, /implement: 2028-02-01\n/);
  });

  it('bring a validation forward that comes too late', () => {
    assert.match(
      ownLawAfter(`${TRANSFER}\n\n  $0revalidate PV-STEP by 2028-01-01`, 'Bring it forward'),
      /revalidate PV-STEP by 2027-12-01$/,
    );
  });
});

describe('quick fixes of what a record says', () => {
  it('mend a stale value, a misspelt word and a misspelt name', () => {
    assert.match(
      recordAfter('modify STEP {\n    batch-size: $040 kg -> 60 kg\n  }', 'Change 40 kg to 50 kg'),
      /batch-size: 50 kg -> 60 kg/,
    );
    assert.match(recordAfter(`$0ownr: "me"\n  ${TRANSFER}`, 'Change ownr to owner'), /^owner: "me"/);
    assert.match(
      recordAfter('transfer STP$0 from SITE-A to SITE-B', 'Change STP to STEP'),
      /^transfer STEP /,
    );
  });

  it('quote an ID that is no plain name', () => {
    const registry = '=== registry/more.yaml\nsuppliers:\n  "007342": { name: Seven }\n';
    const one = opened(
      `=== changes/CC-1.change\nchange CC-1 {\n  status: draft\n  raised: 2026-01-01\n  add "$0007341" to RAW\n}\n${registry}`,
    );
    assert.match(mended(one, 'Change "007341"')['changes/CC-1.change']!, /add "007342" to RAW/);
  });

  it('add the fields that every record needs, with a number', () => {
    const one = opened(`=== changes/CC-2.change\n$0change {\n  // nothing yet\n  ${TRANSFER}\n}\n`);
    assert.match(mended(one, 'Number it')['changes/CC-2.change']!, /^change CC-2026-001 \{/);
    const other = opened(`=== changes/CC-2.change\n$0change CC-2026-009 {\n  ${TRANSFER}\n}\n`);
    assert.match(mended(other, 'Add `status: draft`')['changes/CC-2.change']!, /\{\n {2}status: draft\n/);
    const dated = opened(
      `=== changes/CC-2.change\n$0change CC-2026-009 {\n  status: approved // yes\n  raised: 2026-01-01\n  perform x by 2027-02-03\n}\n`,
    );
    assert.match(
      mended(dated, 'Add `implement: 2027-02-03`')['changes/CC-2.change']!,
      /raised: 2026-01-01\n {2}implement: 2027-02-03\n {2}perform/,
    );
  });

  it('ask for grounds', () => {
    assert.match(
      ownLawAfter(`${TRANSFER}\n\n  $0unaffected PV-STEP`, 'Add `because'),
      /unaffected PV-STEP because "…"$/,
    );
  });

  it('say when it was done, and approved, in a closed record', () => {
    const closed = (statements: string): Opened =>
      opened(
        `=== changes/CC-1.change\nchange CC-1 {\n  status: closed\n  raised: 2025-01-01\n  implement: 2026-03-01\n  ${statements}\n}\n`,
      );
    assert.match(
      mended(closed('$0revalidate PV-STEP by 2026-02-01 protocol "P-1"'), 'Add `done')[
        'changes/CC-1.change'
      ]!,
      /by 2026-02-01 done 2026-02-01 protocol "P-1"/,
    );
    assert.match(
      mended(closed('$0file NDA-1 as PAS on 2025-06-01'), 'Add `approval')['changes/CC-1.change']!,
      /on 2025-06-01\n {2}approval NDA-1 on 2026-03-01\n/,
    );
  });

  it('take out an answer to nothing with its comment, and no more', () => {
    assert.equal(
      recordAfter(
        `${TRANSFER}\n\n  // why not\n  $0perform nothing // at all\n  perform other`,
        'Take this line out',
      ),
      `${TRANSFER}\n\n// why not\nperform other`,
    );
    assert.equal(recordAfter(`${TRANSFER}\n\n  $0perform nothing`, 'Take this line out'), TRANSFER);
  });

  it('take out the second of two equal edits, or its line', () => {
    assert.equal(recordAfter(`${TRANSFER}\n  $0${TRANSFER}`, 'Take the second'), TRANSFER);
    const twice = 'modify STEP {\n    batch-size: 50 kg -> 60 kg\n    $0batch-size: 50 kg -> 70 kg\n  }';
    assert.equal(recordAfter(twice, 'Take the second'), 'modify STEP {\n  batch-size: 50 kg -> 60 kg\n}');
  });

  it('take out either of two answers that contradict each other', () => {
    const both = `${TRANSFER}\n\n  confirm ready because "a"\n  $0deny ready because "b"`;
    assert.match(ownLawAfter(both, 'Take `confirm ready'), /\n\ndeny ready because "b"$/);
    assert.match(ownLawAfter(both, 'Take `deny ready'), /\n\nconfirm ready because "a"$/);
  });

  it('work on one line, with broken text and with Windows line ends', () => {
    const line = opened(
      `=== changes/CC-1.change\nchange CC-1 { status: draft raised: 2026-01-01 $0${TRANSFER} }\n`,
    );
    assert.match(
      mended(line, 'Add `notify OWNER')['changes/CC-1.change']!,
      /to SITE-B\n\n {2}notify OWNER on 2026-11-22\n}$/,
    );
    const broken = opened(
      `=== changes/CC-1.change\nchange CC-1 {\n  status: draft\n  raised: 2026-01-01\n  add to\n  $0${TRANSFER}`,
    );
    assert.match(
      mended(broken, 'Add `notify OWNER')['changes/CC-1.change']!,
      /to SITE-B\n\n {2}notify OWNER on 2026-11-22$/,
    );
    const windows = opened(
      `=== changes/CC-1.change\nchange CC-1 {\r\n  status: draft\r\n  raised: 2026-01-01\r\n  $0${TRANSFER}\r\n}\r\n`,
    );
    assert.match(
      mended(windows, 'Add `notify OWNER')['changes/CC-1.change']!,
      /to SITE-B\r\n\r\n {2}notify OWNER on 2026-11-22\r\n}\r?$/,
    );
  });
});

describe('quick fixes of a rule that was superseded', () => {
  /** The old law until the end of 2025, the new one from then on; `more` is added to the new one's rules. */
  const laws = (more = ''): string => `=== entail.jsonc
{ "packs": ["old-law", "law", "rules/*.rules"] }
=== shipped/old-law.rules
pack old-law "The old law" { market: US filings: NDA source: "x" until: 2025-12-31 categories: none < AR < PAS otherwise: B.1 }
rule B.1 "Old" { on replace site of step report PAS cite "B.1" basis official }
rule B.2 "Old, too" { on replace site of step report AR cite "B.2" basis official }
=== shipped/law.rules
pack law "The law" { market: US filings: NDA source: "x" in-force: 2026-01-01 categories: none < AR < PAS otherwise: Q.9 }
rule Q.9 "New" { supersedes: old-law/B.1 on replace site of step report PAS cite "Q.9" basis official }
${more}`;
  const expecting = (expectation: string, more = ''): Opened =>
    opened(
      `=== changes/CC-1.change\nchange CC-1 {\n  status: draft\n  raised: 2026-01-01\n  ${TRANSFER}\n  deny PACMP-1 because "no"\n  ${expectation}\n}\n${laws(more)}`,
    );
  const uses = (one: Opened): readonly string[] => offered(one).filter((title) => title.includes('Use '));

  it('name what took its place, wherever in the expectation the cursor stands', () => {
    for (const expectation of [
      'expect PAS for NDA-1 by $0old-law/B.1',
      '$0expect PAS for NDA-1 by old-law/B.1',
    ]) {
      const one = expecting(expectation);
      assert.deepEqual(uses(one), ['*: Use law/Q.9, which took the place of old-law/B.1']);
      assert.match(mended(one, 'Use law/Q.9')['changes/CC-1.change']!, /expect PAS for NDA-1 by law\/Q\.9\n/);
      assert.ok(
        !one.workspace
          .snapshot()
          .findings()
          .some(({ code }) => code === 'record/expectation'),
      );
    }
    assert.match(mended(expecting('expect no $0B.1'), 'Use Q.9')['changes/CC-1.change']!, /expect no Q\.9\n/);
  });

  it('mend a name that no pack has any more, and not to the one most like it', () => {
    const one = expecting(
      'expect no $0gone/B.7',
      'rule B.8 "Near" { cite "B.8" basis official on add site of step }\nrule Q.7 "Heir" { supersedes: gone/B.7 on add site of step report AR cite "Q.7" basis official }\n',
    );
    assert.deepEqual(uses(one), ['*record/unknown-reference: Use law/Q.7, which took the place of gone/B.7']);
    assert.ok(!offered(one).some((title) => title.includes('B.8')));
    mended(one, 'Use law/Q.7');
  });

  it('leave the choice where it became several', () => {
    const more =
      'rule Q.8 "New, too" { supersedes: old-law/B.1, old-law/B.2 on add site of step report AR cite "Q.8" basis official }\n';
    assert.deepEqual(uses(expecting('expect no $0old-law/B.1', more)), [
      ': Use law/Q.8, which took the place of old-law/B.1',
      ': Use law/Q.9, which took the place of old-law/B.1',
    ]);
  });

  it('are not offered where the old rule is in force on the day judged, nor without a successor', () => {
    assert.deepEqual(
      uses(expecting('file NDA-1 as PAS on 2025-06-01\n  expect PAS for NDA-1 by $0old-law/B.1')),
      [],
    );
    assert.deepEqual(uses(expecting('expect no $0old-law/B.2')), []);
    assert.deepEqual(uses(expecting('expect no $0law/Q.9')), []);
  });

  it('mend the exceptions of a pack of one’s own, and leave the name of the field alone', () => {
    const own = opened(
      `${laws()}=== rules/own.rules
pack law "Ours" {}
rule ours "Ours" {
  on replace site of step
  report AR instead of $0old-law/B.1
  cite "x"
  basis official
}
`,
    );
    assert.match(
      mended({ ...own, path: 'rules/own.rules' }, 'Use law/Q.9')['rules/own.rules']!,
      /instead of law\/Q\.9\n/,
    );
  });
});

describe('quick fixes of a category', () => {
  it('take it out of the words that the regulation uses around it', () => {
    for (const written of ['type-pas', '"Type PAS"', 'TYPE_PAS', 'Type PAS', 'P AS', 'pas'])
      assert.match(
        mended(openedRecord(`${TRANSFER}\n  file NDA-1 as $0${written}`), `Change ${written} to PAS`)[
          'changes/CC-1.change'
        ]!,
        /file NDA-1 as PAS\n/,
      );
  });
});

describe('quick fixes elsewhere', () => {
  it('mend what the configuration and the rules misspell', () => {
    const config = opened('=== entail.jsonc\n{ "packs": ["law"], "severity": { "$0filing/mising": "off" } }');
    assert.match(mended(config, 'Change')['entail.jsonc']!, /"filing\/missing": "off"/);
    const rules = opened(
      '=== rules/own.rules\npack own "Own" {\n  market: US\n  filings: NDA\n  source: "x"\n  categories: none < AR\n}\nrule r "R" {\n  on modify parameter of $0stp\n  report AR\n  cite "x"\n  basis official\n}\n',
    );
    assert.match(mended(rules, 'Change stp to step')['rules/own.rules']!, /parameter of step\n/);
  });

  it('are not offered for what comes with Entail', () => {
    const { snapshot } = opened('=== changes/CC-1.change\n');
    assert.deepEqual(codeActions(snapshot, 'law.rules', { start: 0, end: 9_999 }), []);
  });
});

describe('fix all', () => {
  it('mends what is safe, and leaves names of entities alone', () => {
    const one = openedRecord(
      '$0ownr: "me"\n  modify STEP {\n    batch-size: 40 kg -> 60 kg\n  }\n  transfer STP from SITE-A to SITE-B',
    );
    const text = mended(one, 'Mend all')['changes/CC-1.change']!;
    assert.match(text, /owner: "me"/);
    assert.match(text, /batch-size: 50 kg -> 60 kg/);
    assert.match(text, /transfer STP /);
  });

  it('is not offered where there is nothing safe to mend', () => {
    const one = openedRecord(`$0${TRANSFER}`);
    assert.ok(!offered(one).some((title) => title.startsWith('source.fixAll')));
  });
});

describe('write all that a change owes', () => {
  it('leaves a complete and formatted record', () => {
    const one = ownLaw(`$0${TRANSFER}`);
    const text = mended(one, 'Write all')['changes/CC-1.change']!;
    assert.equal(
      text,
      `change CC-1 "A change" {
  status: assessing
  raised: 2026-01-01
  implement: 2027-12-01
  ${TRANSFER}

  unaffected PV-STEP because "…"
  file NDA-1 as PAS on 2027-08-01
  notify OWNER on 2026-11-22
  approval OWNER on 2027-12-01
  perform follow-up by 2027-12-01
}`,
    );
    assert.equal(format(text, 'change'), `${text}\n`);
    assert.deepEqual(codesOwed(one), []);
  });

  it('raises what is filed too low, adds fields and grounds, and keeps what is there', () => {
    const one = opened(
      `=== changes/CC-1.change\nchange CC-1 {\n  status: approved\n  $0${TRANSFER}\n\n  unaffected PV-STEP // as they say\n  // here\n  deny PACMP-1 because "no"\n  file NDA-1 as AR on 2027-01-01\n}\n${LAW}`,
    );
    assert.equal(
      mended(one, 'Write all')['changes/CC-1.change'],
      `change CC-1 {
  status: approved
  raised: 2026-11-22
  implement: 2027-01-01
  ${TRANSFER}

  unaffected PV-STEP because "…" // as they say
  // here
  deny PACMP-1 because "no"
  file NDA-1 as PAS on 2027-01-01
  notify OWNER on 2026-11-22
  approval OWNER
  perform follow-up
}`,
    );
  });

  it('corrects a site once, and gives what is owed at another a line of its own', () => {
    const one = opened(
      `=== changes/CC-1.change\nchange CC-1 {\n  status: draft\n  raised: 2026-01-01\n  $0transfer STEP from SITE-A to SITE-B\n  replace SITE-A with SITE-C in STEP\n\n  revalidate PV-STEP by 2027-01-01\n}\n=== registry/more.yaml\nsites: { SITE-C: { name: C, organisation: OWNER } }\n=== shipped/law.rules\npack law "L" { source: "x" }\nrule r "R" { on replace site of step revalidate process direct at destination cite "x" basis official }\n`,
    );
    assert.match(
      mended(one, 'Write all')['changes/CC-1.change']!,
      /revalidate PV-STEP at SITE-B by 2027-01-01\n {2}revalidate PV-STEP at SITE-C\n/,
    );
    const left = one.workspace.snapshot().findings();
    assert.ok(!left.some(({ code }) => code.startsWith('validation/')));
  });

  it('is not offered for what owes nothing, nor for evidence', () => {
    const closed = opened(`=== changes/CC-1.change\nchange CC-1 {\n  status: closed\n  $0${TRANSFER}\n}\n`);
    assert.ok(!offered(closed).some((title) => title.includes('Write all')));
    assert.ok(!offered(openedRecord('$0')).some((title) => title.includes('Write all')));
  });
});

function codesOwed(one: Opened): readonly Code[] {
  return one.workspace
    .snapshot()
    .findings()
    .map(({ code }) => code)
    .filter((code) => code.endsWith('/missing') || code === 'filing/under-reported');
}
