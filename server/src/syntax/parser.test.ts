import assert from 'node:assert/strict';
import type {
  ChangeFile,
  ConditionNode,
  DutyClause,
  FileNode,
  RecordNode,
  ReportClause,
  RuleNode,
} from './nodes.js';
import { parseChange, parseRules } from './parser.js';
import { checkFaults, RECORD_EXAMPLE, RULES_EXAMPLE } from './testing.js';
import { childrenOf, nodesAt, spanOf, tokenAt } from './tree.js';

function record(body: string): RecordNode {
  const tree = parseChange(`change CC-1 "title" {\n${body}\n}`);
  assert.deepEqual(tree.faults, []);
  return tree.root.records[0]!;
}

function rule(body: string): RuleNode {
  const tree = parseRules(`rule r "title" {\n${body}\n}`);
  assert.deepEqual(tree.faults, []);
  return tree.root.items[0] as RuleNode;
}

describe('change records', () => {
  it('parse the example of the reference', () => {
    const tree = checkFaults(RECORD_EXAMPLE);
    assert.equal(tree.root.kind, 'change-file');
    const [only] = parseChange(RECORD_EXAMPLE).root.records;
    assert.deepEqual(
      only!.statements.map((statement) => statement.kind),
      [
        ...Array<string>(6).fill('field'),
        'transfer',
        'modify',
        'replace',
        'add',
        'modify',
        'revalidate',
        'unaffected',
        'file',
        'approval',
        'implement',
        'notify',
        'approval',
        'perform',
        'confirm',
        'deny',
      ],
    );
  });

  it('take the tails of an answer in any order', () => {
    const [file] = record(
      'file A, "B" as PAS evidence D1, "D2" in S for X, Y because "r" on 2027-06-15',
    ).statements;
    const { filings, category, on, scope, submission, grounds } = file as FileNode;
    assert.deepEqual(
      [...filings, ...scope].map((word) => word.text),
      ['A', 'B', 'X', 'Y'],
    );
    assert.equal(category?.text, 'PAS');
    assert.ok(on && submission?.text === 'S' && grounds?.because?.text === 'r');
    assert.equal(grounds.evidence.length, 2);
  });

  it('take every kind of answer and expectation', () => {
    record(`
      remove A, B from C
      revalidate new cleaning of EQ-1 at S done 2027-01-01 evidence D
      unaffected V, new process of P at S because "x"
      expect PAS for NDA-1 by us-drugs/314.70.b.1
      expect none for NDA-1
      expect no us-drugs/314.70.b.1
      expect revalidate V
      expect assess new cleaning of EQ-1
      confirm eu-2025/inspected
      notify "007342"`);
  });

  it('take words of the grammar as field names, paths and values', () => {
    const { statements } = record(
      'implement: 2027-01-01\nfile: x\nmodify A { at: 1 -> 2\n file: no -> yes }\nclass: protocol',
    );
    assert.deepEqual(
      statements.map((statement) => statement.kind),
      ['field', 'field', 'modify', 'field'],
    );
  });

  it('read texts as Java does', () => {
    const { statements } = record(
      'reason: """\n      one\n        two "quoted" \\"""\n\n      """\nowner: "a \\"b\\" \\\\"',
    );
    const texts = statements.map((statement) =>
      statement.kind === 'field' ? statement.values[0]?.value.text : '',
    );
    assert.deepEqual(texts, ['one\n  two "quoted" """\n\n', 'a "b" \\']);
  });

  it('read a unit only on the line of its number', () => {
    const { statements } = record('a: 50 kg\nb: 4 working days\nc: 10 CFU/100 mL\nd: 50\nkg: 5');
    const texts = statements.map((statement) =>
      statement.kind === 'field' ? statement.values[0]?.value.text : '',
    );
    assert.deepEqual(texts, ['50 kg', '4 working days', '10 CFU/100 mL', '50', '5']);
  });
});

describe('rule packs', () => {
  it('parse the example of the reference', () => {
    checkFaults(RULES_EXAMPLE, 'rules');
    const { items } = parseRules(RULES_EXAMPLE).root;
    assert.deepEqual(
      items.map((item) => item.kind),
      ['pack', 'condition', 'rule', 'rule', 'rule', 'pack', 'rule'],
    );
  });

  it('take every clause', () => {
    const { clauses, triggers, fields } = rule(`
      in-force: 2026-01-01
      until: 2027-01-01
      on any edit, modify storage of material
      when not (a = 1 or b != "x") and c not in (x, y, 3 kg) and f(g(a), 2 days) >= 0.5
      report PAS instead of a.b, eu/c.d when x once
      report none otherwise
      revalidate process downstream when stage = drug-product
      assess viral-clearance
      perform task "do it" when a
      notify holder when b
      cite "1", "2"
      dossier 3.2.S.4.1, m1
      document "d"
      lead 3..9 months
      basis recalled`);
    assert.equal(clauses.length, 11);
    assert.equal(triggers.length, 2);
    assert.equal(fields.length, 2);
    const [report] = clauses as readonly ReportClause[];
    assert.ok(report!.once && report!.insteadOf.length === 2 && report!.when?.kind === 'truth');
  });

  it('take every scope of a duty', () => {
    const scoped = (scope: string): unknown => {
      const [duty] = rule(`revalidate process ${scope} when x`).clauses as readonly DutyClause[];
      assert.equal(duty!.when?.kind, 'truth');
      return duty!.scope && [duty!.scope.word, duty!.scope.atDestination];
    };
    assert.equal(scoped(''), null);
    for (const word of ['direct', 'of steps', 'downstream', 'product']) {
      assert.deepEqual(scoped(word), [word, false]);
      assert.deepEqual(scoped(`${word} at destination`), [word, true]);
    }
    assert.deepEqual(scoped('at destination'), [null, true]);
  });

  it('mend a scope that is nearly right, and say what it lacks', () => {
    checkFaults(
      `pack p "t" {}
rule r "t" {
  assess process of step
//                  ^^^^ \`step\` is not known here: did you mean \`steps\`?
  assess process of when x
//                 ^ expected \`steps\` after \`of\`
}`,
      'rules',
    );
  });

  it('bind `not` before `and` before `or`', () => {
    const { when } = rule('when a or not b and c');
    assert.equal(when?.kind, 'or');
    assert.equal(when.operands[1]?.kind, 'and');
  });

  it('take clocks, conditions and plain words that elsewhere are grammar', () => {
    const tree = parseRules(`pack p "t" {
      uses: eu-2025
      otherwise: 314.70
      clock IA: afterwards, within 12 months, judged on implementation
      clock IB: wait 31 days, judged on submission
      clock II: approval, wait 30 days for MRP, wait 30 days for DCP, typical 60 days, typical 90 days for ANDA
    }
    condition c "q" { default contained(site, product) and x in (1, 2) cite "c" }
    rule 314.70 "t" { on add protocol of filing assess process report file }`);
    assert.deepEqual(tree.faults, []);
    assert.equal((tree.root.items[1] as ConditionNode).fallback?.kind, 'and');
  });
});

describe('faults', () => {
  it('are one message at one place', () => {
    checkFaults(`change CC-1 "x" {
  transfr A from B to C
//^^^^^^^ \`transfr\` is no statement: did you mean \`transfer\`?
  transfer A from B to
//                    ^ expected a site after \`to\`
  status assessing
//      ^ expected \`:\` after \`status\`
  add X to
//        ^ expected what it is added to after \`to\`
  file N as PAS on 2027-02-30
//                 ^^^^^^^^^^ there is no such day as 2027-02-30
  transfer A form B to C
//           ^^^^ \`form\` is not known here: did you mean \`from\`?
  modify A {
    a: 1 2
//      ^ expected \`->\` before the new value
    b: 3 -> 4 kgg
//            ^^^ \`kgg\` is no known unit: did you mean \`kg\`?
    c: 5
//      ^ expected \`->\` and the new value
    d: 1 kg..2 °C -> 5 mg
//     ^^^^^^^^^^ a range needs two ends of one dimension: this one runs from mass to temperature
    e: 50-60 kg -> 5..1 %
//     ^^^^^ write a range with two dots: \`50..60\`
//                 ^^^^^^ this range runs backwards: write the lower end first
  }
  unaffected MV-1 MV-2 becuse "x"
//               ^ expected \`,\` before \`MV-2\`
//                     ^^^^^^ \`becuse\` is not known here: did you mean \`because\`?
  revalidate file at DAB-4 by tomorrow
//           ^^^^ \`file\` is a word of the language: where it is a name, write it in quotes, \`"file"\`
//                           ^ expected a date after \`by\`, such as 2026-10-02
  notify 007
//       ^^^ a name that begins with a digit is written in quotes: \`"007"\`
  add A to B § C
//           ^ \`§\` means nothing here: take it out, or put it in quotes
  raised: 02/10/2026
//        ^^^^^^^^^^ write a date as year, month and day, such as 2026-10-02, not \`02/10/2026\`
  perform T by 2027-01-01 by 2027-02-01
//                        ^^ \`by\` is given twice
}`);
  });

  it('leave the records around them alone', () => {
    const tree = checkFaults(`change A {
  reason: """
//        ^^^ this text is not closed: write \`"""\` where it ends
    these words, lost
  status: draft
}
change B "b" {
  modify X
//        ^ expected \`{\` and the lines of what changes
  modify Y {
    a: 1 -> 2
//           ^ the block of \`modify\` is not closed: expected \`}\`
  file N as PAS
}
  chnge C {}
//^^^^^ \`chnge\` is not known here: did you mean \`change\`?
change D {
  owner: "x
//       ^^ this text is not closed: write \`"\` where it ends
  status: draft
//             ^ the record D is not closed: expected \`}\`
change E { }
  }
//^ this \`}\` closes nothing: take it out
change
//    ^ expected the ID of the record after \`change\``);
    const ids = (tree.root as ChangeFile).records.map((record) => record.id?.text);
    assert.deepEqual(ids, ['A', 'B', 'C', 'D', 'E', undefined]);
  });

  it('say of what word processors and other habits put in how it is written, once', () => {
    const { root } = checkFaults(`change A Replace the press {
//       ^^^^^^^^^^^^^^^^^ a title stands in quotes: \`"Replace the press"\`
  raised: 2026–10–02
//        ^^^^^^^^^^ write a date with plain hyphens: \`2026-10-02\`
  replace EQ–1 by EQ-2 in S
//        ^^^^ write plain hyphens in a name: \`EQ-1\`
//             ^^ write \`with\` here, not \`by\`
  transfer S to B from A
//           ^^^^^^^^^^^ write where it comes from first: \`from A to B\`
  transfer S to B
//          ^ expected \`from\` and a site
  modify S {
    batch size: 1 kg -> 2 kg
//  ^^^^^^^^^^ a name is written in one piece, as in the registry: \`batch-size\`, \`assay.limit\`
    a: 1 => 2
//       ^^ write \`->\` here, not \`=>\`
    b: 1 --> 2
//       ^^^ write \`->\` here, not \`-->\`
    c: 1.0 % - 2.0 % -> 1...2 %
//           ^ write \`..\` here, not \`-\`
//                       ^^^ write \`..\` here, not \`...\`
    d: none -> max 0.5 %
//             ^^^ write a limit as \`NMT 0.2 %\` (not more than) or \`NLT 98.0 %\` (not less than)
    e: none -> 1 000 tablets
//               ^^^ write a number without spaces: \`1000\`
    f: 5 kg–6 kg -> 5 kg – 7 kg
  }
  reason: "a "quoted" word"
//            ^^^^^^ the text ends before this: write \`\\"\` for a quotation mark inside a text
  revalidate cleaning of E
//           ^^^^^^^^ write \`new cleaning\`: the registry has no validation that covers this yet
  unaffected V and W because "x"
//             ^^^ write \`,\` between names, not \`and\`
  unaffected V same principle
//             ^^^^ a reason stands in quotes behind \`because\`: write \`because "…"\`
  file F as P on 02.10.2026 in S
//               ^^^^^^^^^^ write a date as year, month and day, such as 2026-10-02, not \`02.10.2026\`
}
change 2026-001 "x" (
//     ^^^^^^^^ a name that begins with a digit is written in quotes: \`"2026-001"\`
//                  ^ write \`{\` here, not \`(\`
  owner: me # you
//          ^ a comment begins with \`//\`, not \`#\`
  )
//^ write \`}\` here, not \`)\`
change CC 2026 "x" { }
//        ^^^^ an ID is written in one piece, such as \`CC-2026-014\``);
    assert.deepEqual(
      (root as ChangeFile).records.map(({ id, title }) => [id?.text, title?.text ?? null]),
      [
        ['A', 'Replace the press'],
        ['2026-001', 'x'],
        ['CC', null],
      ],
    );
    const [, replace, transfer] = (root as ChangeFile).records[0]!.statements;
    assert.ok(replace?.kind === 'replace' && transfer?.kind === 'transfer');
    assert.deepEqual([replace.out?.text, replace.in?.text], ['EQ-1', 'EQ-2']);
    assert.deepEqual([transfer.from?.text, transfer.to?.text], ['A', 'B']);
  });

  it('say where a word is missing, or stands in the wrong place, and go on', () => {
    const { root } = checkFaults(`change A {
  file F as PAS, on 2027-06-15
//             ^ a comma stands between names only: take it out
  file F as PAS 2027-06-15 in S
//              ^^^^^^^^^^ write \`on 2027-06-15\`
  revalidate V 2027-06-15 protocol P
//             ^^^^^^^^^^ write \`by 2027-06-15\`
  modify at SITE S { a: 1 -> 2 }
//       ^^^^^^^ write what is modified first, and \`at SITE\` behind it
  modify S in SITE { a: 1 -> 2 }
//         ^^ write \`at\` here, not \`in\`
  change a: 1 -> 2
//^^^^^^ a value that changes stands in the block of an edit: \`modify SUBJECT { a: … -> … }\`
  status: in progress
  implement: Q3 2027
  raised: 2026-10-02 10:00
//                     ^ \`:\` is not expected here
  owner:\u200b me
//      ^ a character that can't be seen stands here (U+200B): delete it
}
change B { }`);
    const [a, b] = (root as ChangeFile).records;
    assert.deepEqual([a?.id?.text, b?.id?.text], ['A', 'B']);
    const [first, second, third, at, within, status, implement] = a!.statements;
    assert.ok(
      first?.kind === 'file' && first.on && second?.kind === 'file' && second.on && second.submission,
    );
    assert.ok(third?.kind === 'revalidate' && third.by && third.protocol);
    assert.ok(at?.kind === 'modify' && within?.kind === 'modify');
    for (const { subjects, sites, lines } of [at, within])
      assert.deepEqual([subjects[0]?.text, sites[0]?.text, lines.length], ['S', 'SITE', 1]);
    assert.ok(status?.kind === 'field' && implement?.kind === 'field');
    assert.deepEqual(
      [status, implement].map(({ values }) => values[0]?.value.text),
      ['in progress', 'Q3 2027'],
    );
  });

  it('say of a comma inside a number how it is written, once', () => {
    const { root } = checkFaults(`change A {
  modify S {
    a: 50,5 kg -> 60,000 kg
//       ^ a comma stands between values, not inside a number: write decimals with a point, \`50.5\`, and two values with a space behind the comma
//                  ^ a comma stands between values, not inside a number: write \`60000\` without the comma, or \`60.000\` with a point if these are decimals
    b: 1 kg, 2 kg -> 3 kg,4 kg
    c: none -> NMT 1,234,567kg, 8
//                  ^ a comma stands between values, not inside a number: write \`1234567\` without the commas
  }
}`);
    const [modify] = (root as ChangeFile).records[0]!.statements;
    assert.ok(modify?.kind === 'modify');
    assert.deepEqual(
      modify.lines.map(({ current, proposed }) =>
        [current, proposed].map((values) => values.map(({ value }) => value.text)),
      ),
      [
        [[], ['60,000 kg']],
        [
          ['1 kg', '2 kg'],
          ['3 kg', '4 kg'],
        ],
        [['none'], ['NMT 1,234,567kg', '8']],
      ],
    );
  });

  it('say where a word of the grammar belongs, and what an expectation looks like', () => {
    checkFaults(`change A {
  because "x"
//^^^^^^^ \`because\` is not expected here: it belongs to \`revalidate\`, \`unaffected\`, \`file\`, \`notify\`, \`approval\`, \`perform\`, \`confirm\` or \`deny\`
  perform T protocol P
//          ^^^^^^^^ \`protocol\` is not expected here: it belongs to \`revalidate\`
  modify file { a: 1 -> 2 }
//       ^^^^ \`file\` is a word of the language: where it is a name, write it in quotes, \`"file"\`
  file as PAS
//    ^ expected a filing after \`file\`
  owner: file
  expect nothing
//              ^ expected \`for\` and a filing: write \`expect CATEGORY for FILING\`, \`expect no RULE\` or \`expect revalidate VALIDATION\`
}`);
  });

  it('end a statement where the next begins, even misspelt', () => {
    checkFaults(`change A {
  add X to Y
  transfr A from B to C
//^^^^^^^ \`transfr\` is no statement: did you mean \`transfer\`?
  add X to Y
  status draft
//      ^ expected \`:\` after \`status\`
}`);
  });

  it('name the word that was meant in rules', () => {
    checkFaults(
      `  pak p "t" { }
//^^^ \`pak\` is not known here: did you mean \`pack\`?
rule r "t" {
  on ad site of step
//   ^^ \`ad\` is not known here: did you mean \`add\`?
  reprt PAS
//^^^^^ \`reprt\` is not known here: did you mean \`report\`?
  report CBE-0 insted of x
//             ^^^^^^ \`insted\` is not known here: did you mean \`instead\`?
  when a = and b
//        ^ expected what to compare with after \`=\`
  assess cleaning at destnation
//                   ^^^^^^^^^^ \`destnation\` is not known here: did you mean \`destination\`?
  cite
//    ^ expected a citation in quotes after \`cite\`
}`,
      'rules',
    );
  });

  it('say what an author most likely meant', () => {
    const tree = checkFaults(`change A {
  status = draft
//       ^ write \`:\` after \`status\`, not \`=\`
  implement 2027-01-01
//         ^ expected \`:\` after \`implement\`
  batch-size: 50 kg -> 120
//                  ^^ a value that changes stands in the block of an edit: \`modify SUBJECT { batch-size: … -> … }\`
  transfer LRG-S5 to DAB-4
//               ^ expected \`from\` and a site
  file NDA-1 CBE-30 on 2027-01-01
//          ^ expected \`as\` and a category such as PAS
  modify X { a: 1 kg 2 kg }
//                  ^ expected \`->\` before the new value
  modify X { a: 50 kgs -> 60 kg }
//                 ^^^ \`kgs\` is no known unit: did you mean \`kg\`?
  confrim x because "…"
//^^^^^^^ \`confrim\` is no statement: did you mean \`confirm\`?
  expct PAS for NDA
//^^^^^ \`expct\` is no statement: did you mean \`expect\`?
}`);
    const [only] = (tree.root as ChangeFile).records;
    assert.deepEqual(
      only!.statements.map((statement) => statement.kind),
      [...['field', 'field', 'field', 'transfer', 'file', 'modify', 'modify', 'confirm'], 'expect-category'],
    );
  });

  it('of a lost quote or brace cost one record', () => {
    const tree = checkFaults(`change A {
  status: draft
  notify N on 2026-01-01
//                      ^ the record A is not closed: expected \`}\`
change B {
  modify X {
    a: 1 -> 2
//           ^ the block of \`modify\` is not closed: expected \`}\`
  add C to D
}
change C "Title {
//       ^^^^^^^^ this text is not closed: write \`"\` where it ends
  status: draft
}
change D {
  unaffected X because "the text
//                     ^^^^^^^^^ this text is not closed: write \`"\` where it ends
  file NDA as PAS
}`);
    const { records } = tree.root as ChangeFile;
    assert.deepEqual(
      records.map((record) => `${record.id?.text} ${record.statements.length}`),
      ['A 2', 'B 2', 'C 1', 'D 2'],
    );
  });

  it('of quotes that a word processor wrote cost no statement', () => {
    const tree = checkFaults(`change A “My title” {
//       ^^^^^^^^^^ write straight quotes around a text: \`"My title"\`
  unaffected X because “see there” evidence 'D 1'
//                     ^^^^^^^^^^^ write straight quotes around a text: \`"see there"\`
//                                          ^^^^^ write straight quotes around a text: \`"D 1"\`
  owner: „Regulatory CMC“
//       ^^^^^^^^^^^^^^^^ write straight quotes around a text: \`"Regulatory CMC"\`
  owner: “Regulatory CMC
//       ^ write straight quotes \`"\` around a text
}`);
    const [only] = (tree.root as ChangeFile).records;
    assert.equal(only!.title?.text, 'My title');
    assert.equal(only!.statements.length, 3);
  });

  it('point to the other kind of file', () => {
    checkFaults(`change A {}
  rule r "t" {
//^^^^ \`rule\` belongs into a file of rules: move it into one whose name ends in \`.rules\`
  on any edit
}
pack p "t" {}
change B {}`);
    checkFaults(
      `pack p "t" {
  market = US
//       ^ write \`:\` after \`market\`, not \`=\`
  categories none < AR
//          ^ expected \`:\` after \`categories\`
}
  change A {
//^^^^^^ a change record stands in a file of its own: move it into one whose name ends in \`.change\`
  status: draft
}
rule r "t" {}`,
      'rules',
    );
  });

  it('stand at their place whatever the line ends and the indentation', () => {
    for (const [space, newLine] of [
      ['\t', '\n'],
      ['  ', '\r\n'],
      ['\t', '\r\n'],
    ] as const) {
      const lines = ['change A {', 'reason: """', 'a', '"""', 'transfr X from A to B', 'status: draft', '}'];
      const { faults, root } = parseChange(lines.join(newLine + space));
      assert.deepEqual(
        faults.map(({ span }) => span.start),
        [lines.slice(0, 4).join(newLine + space).length + newLine.length + space.length],
      );
      assert.equal(root.records[0]!.statements.length, 3);
    }
  });

  it('carry the text that mends them', () => {
    const { faults } = parseChange('change A {\n transfr A from B to C\n}');
    assert.equal(faults[0]?.replacement, 'transfer');
  });
});

describe('the tree', () => {
  it('finds tokens and nodes by offset', () => {
    const tree = parseChange(RECORD_EXAMPLE);
    const offset = RECORD_EXAMPLE.indexOf('120 kg') + 1;
    assert.equal(tree.tokens.starts[tokenAt(tree.tokens, offset)!], offset - 1);
    const kinds = nodesAt(tree, offset).map((node) => (node as { kind?: string }).kind ?? 'value');
    assert.deepEqual(kinds, ['change-file', 'record', 'modify', 'modify-line', 'value']);
    assert.equal(tokenAt(tree.tokens, RECORD_EXAMPLE.indexOf(' // what') - 1), null);
  });

  it('nests: every child lies inside its parent', () => {
    const tree = parseRules(RULES_EXAMPLE);
    const pending = [...childrenOf(tree.root)];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const span = spanOf(tree.tokens, node);
      for (const child of childrenOf(node)) {
        const inner = spanOf(tree.tokens, child);
        assert.ok(span.start <= inner.start && inner.end <= span.end);
        pending.push(child);
      }
    }
  });
});
