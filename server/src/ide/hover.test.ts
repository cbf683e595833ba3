import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hover } from './hover.js';
import { code, plain } from './hoverMarkdown.js';
import { BASE, opened, openedRecord, openedRecordWithWait, placeText } from './testing.js';

/** The hover at the cursor of a workspace. */
function at(text: string): string {
  const { snapshot, path, offset } = opened(text);
  return hover(snapshot, path, offset)?.markdown ?? 'nothing';
}

/** The hover at the cursor of one record with these statements. */
function inRecord(statements: string): string {
  const { snapshot, path, offset } = openedRecord(statements);
  return hover(snapshot, path, offset)?.markdown ?? 'nothing';
}

/** The hover at the cursor of a text that begins the rules of a company's own pack. */
function inRules(text: string): string {
  return at(
    `=== rules/own.rules\npack own "Own" { market: US filings: NDA categories: none < AR < PAS otherwise: rest }\n${text}`,
  );
}

/** The lines of a hover, without the ruled line of its tables. */
function lines(markdown: string): readonly string[] {
  return markdown.split('\n').filter((line) => line !== '' && !/^[| -]+$/.test(line));
}

describe('hover', () => {
  describe('in a change record', () => {
    it('shows on an edit all that it entails, a row for each filing', () => {
      assert.deepEqual(lines(inRecord('$0transfer STEP from SITE-A to SITE-B')), [
        '`STEP:SITE-A>SITE-B` entails',
        '| Market | Filing | Category | Rule | Citation | Basis | Implementation |',
        '| US | `NDA-1` ✗ unmet | AR to PAS | `law/site` Another site | Law, 2 | official | PAS: only after approval |',
        '- Open: Were the criteria of the approved protocol PACMP-1 met, so that AR is enough? (`PACMP-1` for `SITE-B`)',
        '- ✗ unmet: approval of OWNER (`QAG-1`)',
        '- ✗ unmet: notify OWNER (`QAG-1`)',
        '- ✗ unmet: revalidate PV-STEP at SITE-B (`law/site`)',
        '**transfer**: moves steps from one site to another: `transfer STEP-1 from SITE-A to SITE-B`.',
      ]);
    });

    it('shows on the path of a line what it names and what the line entails', () => {
      const markdown = inRecord('modify STEP at SITE-A { batch-$0size: 50 kg -> 120 kg }');
      assert.match(markdown, /^\*\*batch-size\*\* \(parameter of `STEP`\)/);
      assert.match(markdown, /\| US \| `NDA-1` ✗ unmet \| AR \| `law\/rest` Anything else \|/);
    });

    it('owes nothing for what a filing does not register', () => {
      assert.match(
        inRecord('modify DS { $0shelf-life: 24 months -> 36 months }'),
        /\| US \| `NDA-1` \| none \| not registered \|/,
      );
    });

    it('says of a closed record that nothing is worked out anew', () => {
      const markdown = at('=== a.change\nchange CC-1 "x" { status: closed $0add SITE-B to STEP }');
      assert.match(markdown, /The record is closed: it is evidence/);
    });

    it('shows on an answer what it meets and why', () => {
      const markdown = inRecord(
        'transfer STEP from SITE-A to SITE-B\n  $0revalidate PV-STEP at SITE-B by 2027-01-01',
      );
      assert.deepEqual(lines(markdown).slice(0, 2), [
        '**✓ met**: revalidate PV-STEP at SITE-B',
        '- `law/site` Another site, for `STEP:SITE-A>SITE-B`, by way of STEP → PV-STEP; Law, 2 (official)',
      ]);
    });

    it('shows on a filing declared too low what is owed', () => {
      const markdown = inRecord(
        'transfer STEP from SITE-A to SITE-B\n  deny PACMP-1 because "x"\n  $0file NDA-1 as AR on 2027-01-01',
      );
      assert.deepEqual(lines(markdown).slice(0, 2), [
        '**✗ insufficient**: file NDA-1 (US), owed: PAS',
        'What is declared is lower than what is owed.',
      ]);
    });

    it('says that an answer answers nothing', () => {
      assert.match(inRecord('$0notify OWNER on 2027-01-01'), /It answers nothing that the record owes\./);
    });

    it('shows an entity with its validations and the filings that register it', () => {
      const markdown = inRecord('transfer ST$0EP from SITE-A to SITE-B');
      assert.match(markdown, /^\*\*STEP\*\* “Synthesis” \(step\)/);
      assert.match(markdown, /\| sites \| SITE-A \|/);
      assert.match(markdown, /- `PV-STEP` \(process at SITE-A\): current/);
      assert.match(markdown, /- `NDA-1` \(US NDA\)/);
    });

    it('marks a validation that is overdue', () => {
      const markdown = at(
        '=== registry/more.yaml\nvalidations:\n  PV-OLD: { kind: process, covers: [STEP], site: SITE-A, due: 2026-01-01 }\n' +
          '=== a.change\nchange CC-1 "x" { add SITE-B to $0STEP }',
      );
      assert.match(markdown, /`PV-OLD` .*overdue since 2026-01-01/);
    });

    it('tells how a condition is answered, and by whom', () => {
      const edit = 'transfer STEP from SITE-A to SITE-B';
      assert.match(
        inRecord(`${edit}\n  confirm ins$0pected because "x"`),
        /`STEP:SITE-A>SITE-B`: \*\*yes\*\* \(the record confirms it\)/,
      );
      assert.match(
        inRecord(`${edit}\n  deny ins$0pected because "x"`),
        /`STEP:SITE-A>SITE-B`: \*\*no\*\* \(the record denies it\)/,
      );
      assert.match(
        inRecord(`${edit}\n  confirm ins$0pected for RAW because "x"`),
        /`STEP:SITE-A>SITE-B`: \*\*open\*\* \(the registry does not say inspections of SITE-B\)/,
      );
      assert.match(inRecord('confirm ins$0pected because "x"'), /No edit of this record asks it\./);
    });

    it('tells of a protocol whether its criteria were met', () => {
      assert.match(inRecord('confirm PACMP$0-1 because "x"'), /the record confirms it, so the protocol caps/);
    });

    it('shows a rule, a category and a status', () => {
      assert.match(inRecord('expect no law/$0site'), /\| Citation \| Law, 2 \|/);
      assert.match(
        inRecord('file NDA-1 as P$0AS'),
        /law: only after approval \(none &lt; AR &lt; \*\*PAS\*\*\)/,
      );
      assert.match(at('=== a.change\nchange CC-1 "x" { status: dr$0aft }'), /^\*\*draft\*\* \(status\)/);
      assert.match(at('=== a.change\nchange CC-1 "x" { ra$0ised: 2026-01-01 }'), /^\*\*raised\*\* \(field\)/);
    });

    it('converts quantities and compares the two sides of a line', () => {
      assert.equal(
        inRecord('modify STEP { batch-size: 50 kg -> 12$00 kg }'),
        '`120 kg` is `120000 g`.\n\n2.4 times the current value: 70 kg more.',
      );
      assert.equal(
        inRecord('modify STEP { temperature: 20..25 °C -> 1$08..27 °C }'),
        '`18..27 °C` is `64.4..80.6 °F`, `291.15..300.15 K`.',
      );
      assert.equal(
        inRecord('modify DS { shelf-life: 24 months -> 3$06 months }'),
        '`36 months` is `3 years`, about `156.54 weeks`, about `1095.8 days`.\n\n1.5 times the current value: 12 months more.',
      );
    });

    it('sums a record up on its name', () => {
      const markdown = at('=== a.change\nchange CC$0-1 "x" { status: draft add SITE-B to STEP }');
      assert.match(markdown, /^\*\*CC-1\*\* “x” \(change, draft\)/);
      assert.match(markdown, /- Filings: `NDA-1`/);
    });

    it('says nothing of blanks, of names that nothing has, and outside of the text', () => {
      assert.equal(inRecord('add NOTHI$0NG to STEP'), 'nothing');
      assert.equal(at('=== a.change\n\n$0\n\nchange CC-1 "x" { }'), 'nothing');
      const { snapshot, path } = openedRecord('');
      assert.equal(hover(snapshot, path, 100_000), null);
      assert.equal(hover(snapshot, 'nowhere.change', 0), null);
    });

    it('reads the examples beside a pack against their own registry', () => {
      const markdown = at(
        '=== rules/own.rules\npack own "Own" { market: US }\n' +
          '=== rules/own.examples/registry.yaml\nsites: { S-9: { name: Nine } }\nsteps: { T-9: { sites: [] } }\n' +
          '=== rules/own.examples/a.change\nchange EX-1 "x" { add S-$09 to T-9 }',
      );
      assert.match(markdown, /^\*\*S-9\*\* “Nine” \(site\)/);
    });

    it('promises no day by a category that is too low', () => {
      const filed = (category: string): string => {
        const { snapshot, path, offset } = openedRecordWithWait(
          `transfer STEP from SITE-A to SITE-B\n  deny PACMP-1 because "no"\n  $0file NDA-1 as ${category} on 2026-12-01\n  approval NDA-1 on 2027-02-01`,
        );
        return hover(snapshot, path, offset)?.markdown ?? '';
      };
      assert.match(filed('PAS'), /may be implemented from 2027-02-01\./);
      assert.doesNotMatch(filed('AR'), /may be implemented/);
    });

    it('gives the range of what it speaks of', () => {
      const { snapshot, path, offset } = openedRecord('add SITE-$0B to STEP');
      assert.equal(placeText(snapshot, path, hover(snapshot, path, offset)!.range), `${path}:4:7 SITE-B`);
    });
  });

  describe('in a rules file', () => {
    it('explains facts, functions, conditions, categories and kinds', () => {
      assert.match(inRules('rule a "A" { when val$0idated }'), /^\*\*validated\*\* \(fact, yes or no\)/);
      assert.match(inRules('rule a "A" { when product.ster$0ile }'), /It must be sterile\./);
      assert.match(inRules('rule a "A" { when ra$0tio(proposed, current) > 2 }'), /^\*\*ratio\(a, b\)\*\*/);
      assert.match(inRules('rule a "A" { when law/insp$0ected }'), /Was the site inspected\?/);
      assert.match(inRules('rule a "A" { report P$0AS }'), /own gives no clock for it/);
      assert.match(inRules('rule a "A" { on add site of st$0ep }'), /^\*\*step\*\*: Something that is done/);
      assert.match(inRules('rule a "A" { revalidate clea$0ning }'), /^`cleaning` \(kind of validation\)/);
      assert.match(inRules('rule a "A" { basis rec$0alled }'), /check before relying on it/);
    });

    it('shows the rule of a name and of an `instead of`, and the pack', () => {
      assert.match(inRules('rule re$0st "Rest" { report AR }'), /^\*\*own\/rest\*\* “Rest” \(rule\)/);
      assert.match(inRules('rule a "A" { report AR instead of law/si$0te }'), /^\*\*law\/site\*\*/);
      assert.match(inRules('rule a "A" { supersedes: law/si$0te }'), /\| Superseded by \| own\/a \|/);
      assert.match(
        inRules('rule $0a "A" { supersedes: law/site, old/1 }'),
        /\| Supersedes \| law\/site, old\/1 \|/,
      );
      assert.match(inRules('rule a "A" { superse$0des: law/site }'), /^\*\*supersedes\*\* \(field\)/);
      assert.match(at('=== rules/own.rules\npack ow$0n "Own" { market: US }'), /\| Market \| US \|/);
    });

    it('explains the scope of a duty, and tells it in the rule', () => {
      const cases = [
        ['dir$0ect', '**direct**: those of what is changed'],
        ['of st$0eps', '**of steps**: those of what is changed, else of the steps behind it'],
        ['o$0f steps', '**of steps**: those of what is changed, else of the steps behind it'],
        [
          'at desti$0nation',
          '**at destination**: every validation of the kind, at the site to which something is brought',
        ],
      ] as const;
      for (const [scope, markdown] of cases)
        assert.equal(inRules(`rule a "A" { assess process ${scope} }`), markdown);
      assert.match(
        inRules('rule $0a "A" { assess process of steps cite "x" }'),
        /\| Assess \| process, of what is changed, else of the steps behind it \|/,
      );
    });

    it('explains the words of the grammar', () => {
      assert.match(inRules('rule a "A" { $0report AR }'), /^\*\*report\*\*: the category/);
      assert.match(at('=== rules/own.rules\npack own "Own" { mar$0ket: US }'), /^\*\*market\*\* \(field\)/);
    });
  });

  describe('in the registry', () => {
    const yaml = (text: string): string => at(`=== registry/more.yaml\n${text}`);

    it('explains sections and keys, with the words that may stand there', () => {
      assert.match(yaml('si$0tes:\n  S-9: { country: US }\n'), /^\*\*sites\*\*: A place/);
      assert.match(yaml('materials:\n  M-9: { sta$0ge: reagent }\n'), /For example: `starting-material`/);
      assert.match(
        yaml('specifications:\n  S-9: { tests: { assay: { li$0mit: NMT 1 % } } }\n'),
        /^\*\*limit\*\*: The acceptance criterion/,
      );
    });

    it('shows the entity that is named, and the one that is declared', () => {
      assert.match(yaml('steps:\n  S-9: { sites: [SITE$0-A] }\n'), /^\*\*SITE-A\*\* “Plant A” \(site\)/);
      assert.match(yaml('steps:\n  S-$09: { name: Nine }\n'), /^\*\*S-9\*\* “Nine” \(step\)/);
    });

    it('converts quantities', () => {
      assert.match(yaml('equipment:\n  E-9: { capacity: 4$000 L }\n'), /^`400 L` is `400000 mL`/);
    });
  });

  describe('in entail.jsonc', () => {
    it('explains keys, finding codes, packs and sites', () => {
      assert.match(at('=== entail.jsonc\n{ "pa$0cks": ["law"] }'), /^\*\*packs\*\*: the rule packs in use/);
      assert.match(at('=== entail.jsonc\n{ "packs": ["la$0w"] }'), /^\*\*law\*\* “The law” \(rule pack\)/);
      const severity = '{ "severity": { "filing/mi$0ssing": "error" } }';
      assert.match(at(`=== entail.jsonc\n${severity}`), /^\*\*filing\/missing\*\* \(finding, severity: by/);
      assert.match(
        at('=== entail.jsonc\n{ "packs": ["law"], "sites": { "SITE$0-A": {} } }'),
        /^\*\*SITE-A\*\* “Plant A”/,
      );
    });
  });

  describe('with hostile text', () => {
    it('lets nothing through that an editor would act on', () => {
      const evil = '[x](command:evil) <img src=x onerror=1> `a` | b ![i](http://x) https://x www.x.y\u202e';
      const markdown = at(
        `=== registry/more.yaml\nsites:\n  S-9: { name: "${evil}", address: x, campus: "${evil}" }\n=== a.change\nchange CC-1 "x" { add $0S-9 to STEP }`,
      );
      assert.doesNotMatch(markdown, /(?<!\\)[[\]<>`]|:\/\/|www\.|\u202e/);
      const row = markdown.split('\n').find((line) => line.startsWith('| campus'))!;
      assert.equal(row.match(/(?<!\\)\|/g)?.length, 3, 'a pipe in a value begins no cell');
    });

    it('escapes every text so that only itself is left', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), (text) => {
          assert.doesNotMatch(plain(text), /(?<!\\)(?:\\\\)*[[\]<>`|]|[\n\r]/);
          // A backtick in the middle would end the code early, unless it is escaped.
          assert.doesNotMatch(code(text), /\n|(?<=.)(?<!\\)`./);
        }),
        { numRuns: 300, examples: [['x`y'], ['a|b`c']] },
      );
    });
  });

  it('never fails, wherever a text is cut off and the cursor stands', () => {
    const record =
      'change CC-1 "A" { status: draft transfer STEP from SITE-A to SITE-B modify STEP { batch-size: 50 kg -> 120 kg } ' +
      'revalidate new process of STEP at SITE-B file NDA-1 as PAS for STEP confirm law/inspected because "x" expect PAS for NDA-1 by law/site }';
    const texts: readonly (readonly [string, string])[] = [
      ['a.change', record],
      ['rules/own.rules', BASE['shipped/law.rules']!],
      ['registry/more.yaml', BASE['registry/network.yaml']!],
      ['entail.jsonc', '{ "packs": ["law"], "severity": { "filing/missing": "off" } }'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(1500), fc.nat(1500), ([path, text], cut, offset) => {
        const { snapshot } = opened(`=== ${path}\n${text.slice(0, cut % (text.length + 1))}`);
        const found = hover(snapshot, path, offset % (text.length + 1));
        assert.notEqual(found?.markdown, '');
      }),
      { numRuns: 60 },
    );
  });
});
