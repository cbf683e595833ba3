import assert from 'node:assert/strict';
import type { Edit } from '../model/edit.js';
import { KINDS } from '../registry/schema.js';
import { parseRules } from '../syntax/parser.js';
import { spanOf } from '../syntax/tree.js';
import { compileRules, expressionsOf, type RuleSet } from './compile.js';
import { ACTIONS } from './facts.js';
import type { RuleProblem, Trigger } from './rule.js';
import { compileText, contextOf } from './testContext.js';
import { deadTrigger, partWords, WELL_KNOWN_PARAMETERS } from './trigger.js';

const PACK = 'pack us "US" { market: US filings: NDA categories: none < AR < CBE-30 < PAS otherwise: o }';
const OTHERWISE = 'rule o "otherwise" { report AR cite "x" basis official }';
const CITED = 'cite "21 CFR 314.70" basis official';

/** The problems as `code at 'text': message`. */
function problemsOf(text: string): string[] {
  const tree = parseRules(text);
  assert.deepEqual(tree.faults, [], text);
  return compileText(text).problems.map((problem) => {
    const span = spanOf(tree.tokens, problem.location.node);
    const at = text.slice(span.start, span.end);
    const fix = problem.replacement === undefined ? '' : ` [${problem.replacement}]`;
    return `${problem.code} at '${at.length > 40 ? `${at.slice(0, 37)}...` : at}': ${problem.message}${fix}`;
  });
}

function only(text: string, pattern: RegExp): void {
  const problems = problemsOf(text);
  assert.equal(problems.length, 1, problems.join('\n'));
  assert.match(problems[0]!, pattern);
}

const inRule = (body: string): string => `${PACK} ${OTHERWISE} rule r "r" { ${body} ${CITED} }`;
const inWhen = (expression: string, on = 'replace site of step'): string =>
  inRule(`on ${on} when ${expression} report PAS`);

describe('packs', () => {
  it('hold their fields, categories, clocks, leads and orders', () => {
    const set = compileText(`
      pack us-drugs "United States" {
        market: US
        filings: NDA, ANDA
        source: "21 CFR 314.70"
        in-force: 2004-11-23
        until: 2030-01-01
        accepts: FDA, EMA
        categories: AR < PAS
        clock PAS: approval, typical 4 months, judged on implementation
        clock AR: afterwards, within 60 days of anniversary
        lead process: 3..9 months
        order equipment-qualification before process
        otherwise: 314.70.a
      }
      rule 314.70.a "Other changes" { report AR ${CITED} in-force: 2010-01-01 lead 4 months }
    `);
    assert.deepEqual(set.problems, []);
    const pack = set.packs.get('us-drugs')!;
    assert.deepEqual(
      [pack.market, pack.filings, pack.accepts, pack.categories, pack.otherwise, pack.source],
      ['US', ['NDA', 'ANDA'], ['FDA', 'EMA'], ['none', 'AR', 'PAS'], 'us-drugs/314.70.a', '21 CFR 314.70'],
    );
    assert.deepEqual(
      pack.clocks.get('PAS')!.map((step) => step.step),
      ['approval', 'typical', 'judged'],
    );
    assert.equal(pack.leads.get('process')!.text, '3..9 months');
    assert.deepEqual(pack.orders, [{ before: 'equipment-qualification', after: 'process' }]);
    assert.deepEqual([pack.from, pack.until], [12_745, 21_915]);
    assert.match(pack.sha256, /^[0-9a-f]{64}$/);
    assert.equal(set.rules.get('us-drugs/314.70.a')!.from, 14_610);
  });

  it('may span files; a header that comes again continues the first', () => {
    const set = compileRules(
      [
        { file: 'b.rules', tree: parseRules(`pack us "US" {} rule r "r" { ${CITED} }`), shipped: false },
        { file: 'a.rules', tree: parseRules(`${PACK} ${OTHERWISE}`), shipped: false },
      ],
      {},
    );
    assert.deepEqual(set.problems, []);
    assert.deepEqual([...set.rules.keys()], ['us/o', 'us/r']);
    assert.equal(set.packs.get('us')!.title, 'US');
  });

  it('may not contradict themselves', () => {
    only(
      `${PACK} ${OTHERWISE} pack us "US" { market: EU }`,
      /^syntax at 'market: EU': .*already says `market: US`/,
    );
    only(`${PACK} ${OTHERWISE} pack us "US" { categories: AR < PAS }`, /already says `categories: none < AR/);
    only(
      `${PACK} ${OTHERWISE} pack us "US" { clock AR: approval clock AR: afterwards }`,
      /another clock for AR/,
    );
  });

  it('know what took the place of a rule, by its full and by its bare name', () => {
    const set = compileText(
      `${PACK} ${OTHERWISE} rule a "a" { supersedes: old/1.x, old/1.y ${CITED} } rule b "b" { supersedes: old/1.x ${CITED} }`,
    );
    assert.deepEqual(set.problems, []);
    const after = (name: string): readonly string[] => set.successorsOf(name).map((rule) => rule.name);
    assert.deepEqual(after('old/1.x'), ['us/a', 'us/b']);
    assert.deepEqual(after('1.y'), ['us/a']);
    assert.deepEqual(after('us/a'), []);
  });

  it('report what is wrong in a header, with the nearest name', () => {
    only(
      'pack a "a" { markt: US }',
      /^syntax at 'markt': a pack has no field `markt`; did you mean market\? \[market\]/,
    );
    only('pack a "a" { uses: b } pack bb "b" {}', /there is no pack b to use/);
    only(`pack a "a" { market: UX otherwise: o categories: none < AR } ${OTHERWISE}`, /UX is no market/);
    only('pack a "a" { market: US }', /has a market but no `otherwise`/);
    only('pack a "a" { in-force: soon }', /`in-force` is a date/);
    only('pack a "a" { lead proces: 3 months }', /proces is no kind of validation; did you mean process/);
    only(
      'pack a "a" { order process before cleanin }',
      /cleanin is no kind of validation; did you mean cleaning/,
    );
    only(
      `${PACK} ${OTHERWISE} pack us "US" { clock PAZ: approval }`,
      /PAZ is no category of us; did you mean PAS\?/,
    );
    only(
      `pack us "US" { market: US categories: none < AR otherwise: oo } ${OTHERWISE}`,
      /^syntax at 'oo': there is no rule oo in us; did you mean o\?/,
    );
  });

  it('that use another take over its rules, and what they do not say themselves', () => {
    const set = compileText(`
      ${PACK} ${OTHERWISE} condition inspected "Was it inspected?" {}
      pack uk "UK" { market: GB filings: MAA uses: us accepts: MHRA }
      rule own "own" { on any edit when inspected report PAS instead of o ${CITED} }
      pack ch "CH" { market: CH uses: uk }
    `);
    assert.deepEqual(set.problems, []);
    assert.deepEqual(
      set.rulesOf('ch').map((rule) => rule.name),
      ['uk/own', 'us/o'],
    );
    assert.deepEqual(
      set.rulesOf('us').map((rule) => rule.name),
      ['us/o'],
    );
    const uk = set.packs.get('uk')!;
    assert.deepEqual([uk.otherwise, uk.categories.at(-1), uk.accepts], ['us/o', 'PAS', ['MHRA']]);
    assert.deepEqual(set.rules.get('uk/own')!.reports[0]!.insteadOf, ['us/o']);
    assert.equal(set.resolveCondition('inspected', 'ch')?.name, 'us/inspected');
  });

  it('that use each other end where they began', () => {
    const set = compileText(`pack a "a" { uses: b } rule r "r" { ${CITED} } pack b "b" { uses: a }`);
    assert.deepEqual(set.problems, []);
    assert.equal(set.rulesOf('b').length, 1);
  });
});

describe('rules', () => {
  it('are found by full name, by bare name in their pack, and elsewhere where only one has it', () => {
    const set = compileText(`
      pack a "a" {} rule r "r" { ${CITED} } rule s "s" { ${CITED} }
      pack b "b" {} rule r "r" { ${CITED} }
      pack c "c" {}
    `);
    assert.equal(set.resolveRule('r', 'b')?.name, 'b/r');
    assert.equal(set.resolveRule('a/r', 'b')?.name, 'a/r');
    assert.equal(set.resolveRule('s', 'c')?.name, 'a/s');
    assert.equal(set.resolveRule('r', 'c'), undefined);
    assert.deepEqual(
      set.rulesNamed('r').map((rule) => rule.name),
      ['a/r', 'b/r'],
    );
  });

  it('hold their clauses', () => {
    const set = compileText(
      inRule(`on any edit
        report PAS instead of o when product.sterile once
        report AR otherwise
        revalidate process direct at destination
        assess cleaning downstream when subject.critical
        assess hold-time of steps
        assess process
        perform review "next review"
        notify holder
        dossier 3.2.S.4.1, 3.2.P.5.1
        document "justification"`),
    );
    assert.deepEqual(set.problems, []);
    const rule = set.rules.get('us/r')!;
    assert.deepEqual(
      rule.reports.map(({ category, insteadOf, otherwise, once }) => [category, insteadOf, otherwise, once]),
      [
        ['PAS', ['us/o'], false, true],
        ['AR', [], true, false],
      ],
    );
    assert.deepEqual(
      rule.duties.map(({ duty, validationKind, scope, atDestination }) => [
        duty,
        validationKind,
        scope,
        atDestination,
      ]),
      [
        ['revalidate', 'process', 'direct', true],
        ['assess', 'cleaning', 'downstream', false],
        ['assess', 'hold-time', 'of steps', false],
        ['assess', 'process', null, false],
      ],
    );
    assert.deepEqual([rule.tasks[0]!.id, rule.notifies[0]!.role], ['review', 'holder']);
    assert.deepEqual(
      [rule.dossier, rule.documents, rule.basis],
      [['3.2.S.4.1', '3.2.P.5.1'], ['justification'], 'official'],
    );
    assert.equal(expressionsOf(rule).length, 2);
  });

  it('of the workspace take the place of shipped ones, and say so', () => {
    const shipped = { file: 'us.rules', tree: parseRules(`${PACK} ${OTHERWISE}`), shipped: true };
    const own = parseRules(`pack us "ours" {} rule us/o "ours" { report PAS ${CITED} }`);
    const set = compileRules([{ file: 'rules/own.rules', tree: own, shipped: false }, shipped]);
    assert.deepEqual(
      set.problems.map(({ code, message }) => [code, message]),
      [['rules/overrides', 'this rule takes the place of the shipped us/o (us.rules)']],
    );
    assert.equal(set.rules.get('us/o')!.title, 'ours');
    assert.equal(set.rules.get('us/o')!.overrides?.file, 'us.rules');
  });

  it('report what is wrong in a clause, with the nearest name', () => {
    only(inRule('report PAZ'), /^syntax at 'PAZ': PAZ is no category of us; did you mean PAS\? \[PAS\]/);
    only(`pack g "g" {} rule r "r" { report PAS ${CITED} }`, /the pack g has no categories/);
    only(
      inRule('on any edit report PAS instead of oo'),
      /^syntax at 'oo': there is no rule oo in us; did you mean o\?/,
    );
    only(inRule('assess proces'), /proces is no kind of validation; did you mean process\?/);
    only(inRule('notify holdr'), /holdr is no role that can be notified; did you mean holder\?/);
    only(inRule('owner: me'), /a rule has no field `owner`/);
    only(inRule('until: never'), /`until` is a date/);
    for (const name of ['old', 'us/r', '2026-01-01'])
      only(inRule(`supersedes: ${name}`), /`supersedes` names the rules whose place this one took/);
    only(`${PACK} ${OTHERWISE} ${OTHERWISE}`, /there are two rules us\/o/);
    only(`${PACK} ${OTHERWISE} condition a "a" {} condition a "b" {}`, /there are two conditions us\/a/);
    only(`${PACK} ${OTHERWISE} condition registered "a" {}`, /`registered` is a fact already/);
    only(`rule r "r" { ${CITED} } rule s "s" { ${CITED} }`, /^syntax at 'r': this rule belongs to no pack/);
  });

  it('need a citation and a basis', () => {
    only(
      `${PACK} ${OTHERWISE} rule r "r" { basis official }`,
      /^rules\/no-citation at 'r': the rule us\/r has no citation/,
    );
    only(
      `${PACK} ${OTHERWISE} rule r "r" { cite " " basis official }`,
      /^rules\/no-citation at 'r': the rule us\/r has no citation/,
    );
    only(
      `${PACK} ${OTHERWISE} rule r "r" { cite "x" }`,
      /^rules\/no-citation at 'r': say how sure this rule is: `basis official`/,
    );
    only(
      `${PACK} ${OTHERWISE} rule r "r" { cite "x" basis oficial }`,
      /oficial is no basis; did you mean official\?/,
    );
  });
});

describe('expressions', () => {
  it('may use every fact, condition and literal of the right type', () => {
    const good = [
      'product.release = immediate and stage = drug-product',
      'ratio(proposed, filing.bio-batch) <= 10',
      'not inspected and us/inspected',
      'inspected(proposed, subject.activity, 2 years)',
      'proposed.campus = current.campus',
      'direction in (tightened, added)',
      'filing.approved < 2020-01-01',
      'current = none or filing.data-validity-assessment',
      'subject.x-own = 5 and subject.x-flag',
      'product.sterile = true',
      'reaches(filing) and share(filler) <= 5 %',
      'attribute = shelf-life and subject.parameters.batch-size.critical',
    ];
    for (const expression of good)
      assert.deepEqual(problemsOf(`${inWhen(expression)} condition inspected "?" {}`), [], expression);
  });

  it('name no unknown fact', () => {
    only(
      inWhen('prodct.sterile'),
      /^rules\/unknown-fact at 'prodct.sterile': .*did you mean product\.sterile\? \[product\.sterile\]/,
    );
    only(
      inWhen('product.steril'),
      /^rules\/unknown-fact at 'product.steril': `product` has no attribute `steril` here; did you mean product\.sterile\?/,
    );
    only(inWhen('subject.principle = x'), /`subject` has no attribute `principle` here/);
    only(
      inWhen('proposed.campus = curent.campus'),
      /unknown-fact at 'curent.campus': .*did you mean current\.campus/,
    );
    only(
      inWhen('inspectd(proposed, blending, 2 years)'),
      /^rules\/unknown-fact at 'inspectd': there is no function `inspectd`; did you mean inspected\?/,
    );
    only(inWhen('stage(proposed) = intermediate'), /`stage` is a fact and takes no brackets/);
    only(inWhen('capable(propsed, blending)'), /unknown-fact at 'propsed'/);
    only(
      `${inWhen('inspectd')} condition inspected "?" {}`,
      /there is no fact or condition `inspectd`; did you mean inspected\?/,
    );
    only(
      inWhen('proposed.campus = "x"', 'modify parameter of step'),
      /`proposed` has no attribute `campus` here/,
    );
  });

  it('compare only what can be compared', () => {
    only(
      inWhen('product.release = immediat'),
      /^rules\/type-mismatch at 'immediat': `immediat` is no release; did you mean immediate\? \[immediate\]/,
    );
    only(inWhen('stage = 5 kg'), /type-mismatch at '5 kg': `stage` is .* and `5 kg` is .*can't be compared/);
    only(inWhen('stage < drug-product'), /`drug-product` is a word, which `<` can't compare/);
    only(inWhen('product.sterile < 5'), /`product.sterile` is a yes or no, which `<` can't compare/);
    only(inWhen('product.sterile = yes'), /`product.sterile` is a yes or no; write `product.sterile`/);
    only(inWhen('stage'), /`stage` is .*, not a yes or no; compare it: `stage = …`/);
    only(inWhen('ratio(proposed, current)'), /is a number, not a yes or no/);
    only(inWhen('ratio(proposed) < 5'), /`ratio` takes 2 arguments \(a, b\); write for example/);
    only(
      inWhen('ratio(proposed, current) <= 5 kg'),
      /`ratio\(proposed, current\)` is a number and `5 kg` is a quantity \(mass\)/,
    );
    only(inWhen('reaches(filng)'), /`filng` is no kind that `reaches` knows; did you mean filing\?/);
    only(
      inWhen('inspected(proposed, blending, 5 kg)'),
      /the period of `inspected` is a duration, but `5 kg` is a quantity \(mass\)/,
    );
    only(
      inWhen('inspected(product, blending, 2 years)'),
      /the site of `inspected` is a site, but `product` is a product/,
    );
    only(inWhen('subject.parameters'), /is a group of attributes|not a yes or no/);
    only(`${inWhen('stage = inspected')} condition inspected "?" {}`, /`inspected` is no stage/);
    only(
      `${inWhen('inspected = true')} condition inspected "?" {}`,
      /`inspected` is a condition: let it stand alone/,
    );
    only(inWhen('filing.approved < soon'), /`soon` is a word where|there is no fact `soon`/);
  });

  it('of a default name no conditions', () => {
    only(
      `${PACK} ${OTHERWISE} condition a "a" {} condition b "b" { default a or product.sterile }`,
      /^rules\/type-mismatch at 'a': `a` is a condition, and a default can't name one/,
    );
  });
});

describe('triggers', () => {
  it('are needed by a rule that asks for something, unless it decides otherwise', () => {
    only(
      `${PACK} ${OTHERWISE} rule r "r" { perform t "t" ${CITED} }`,
      /^rules\/dead-trigger at 'r': nothing sets off the rule us\/r; write what does/,
    );
    assert.deepEqual(
      problemsOf(`${PACK} ${OTHERWISE} rule r "r" { on any edit perform t "t" ${CITED} }`),
      [],
    );
  });

  it('that nothing can match are errors', () => {
    only(
      inRule('on replace site of stp'),
      /^rules\/dead-trigger at 'stp': `stp` is no kind of the registry; did you mean step\? \[step\]/,
    );
    only(inRule('on replace sit of step'), /^rules\/dead-trigger at 'sit': .*did you mean site\?/);
    only(
      inRule('on modify site of step'),
      /nothing is ever `modify site of step`; write `add site of step` or `remove site of step` or `replace site of step`/,
    );
    only(inRule('on modify bach-size of step'), /did you mean batch-size\?/);
    only(inRule('on add method of specification'), /nothing is ever `add method of specification`; write/);
    assert.match(
      deadTrigger({ action: 'swap', part: 'site', subject: 'step' }, {})!.message,
      /`swap` is no action/,
    );
  });

  it('may name parameters, tests and components that the registry uses', () => {
    const trigger = { action: 'modify', part: 'cleavage-temperature', subject: 'step' };
    assert.notEqual(deadTrigger(trigger, {}), null);
    assert.equal(deadTrigger(trigger, { parameters: ['cleavage-temperature'] }), null);
    assert.equal(
      deadTrigger({ action: 'modify', part: WELL_KNOWN_PARAMETERS[0]!, subject: 'step' }, {}),
      null,
    );
  });

  it('of every kind are indexed as they are matched', () => {
    const triggers = KINDS.flatMap((kind) =>
      ACTIONS.flatMap((action) => [...partWords(action, kind)].map((part) => `${action} ${part} of ${kind}`)),
    );
    const text = triggers.map((trigger, index) => `rule r${index} "r" { on ${trigger} ${CITED} }`).join('\n');
    const set: RuleSet = compileText(`pack a "a" {} ${text} rule any "any" { on any edit ${CITED} }`);
    assert.deepEqual(
      set.problems.map((problem: RuleProblem) => problem.message),
      [],
    );
    for (const rule of set.rules.values()) {
      for (const trigger of rule.triggers) {
        const edit = {
          ...EDIT,
          action: trigger.action ?? 'modify',
          subjectKind: KINDS.find((kind) => kind === trigger.subject) ?? null,
          parts: ['other', trigger.part ?? 'x'],
        };
        const expected = [...set.rules.values()].filter((other) =>
          other.triggers.some((own) => matches(own, edit)),
        );
        assert.deepEqual(
          set.rulesFor(edit).map(({ name }) => name),
          expected.map(({ name }) => name),
        );
        assert.ok(set.rulesFor(edit).includes(rule));
      }
    }
  });

  it('match what records propose', () => {
    const set = compileText(`pack a "a" {}
      rule t "t" { on modify test of specification, modify limit of specification ${CITED} }
      rule n "n" { on modify assay of specification ${CITED} }
      rule other "o" { on modify water of specification ${CITED} }`);
    const { edit } = contextOf({
      registry: 'specifications: { S: { tests: { assay: 95.0..102.0 % } } }',
      change: 'modify S { assay.limit: 95.0..102.0 % -> 97.0..102.0 % }',
    });
    assert.deepEqual(
      set.rulesFor(edit).map(({ name }) => name),
      ['a/n', 'a/t'],
    );
  });
});

const { edit: EDIT } = contextOf({ registry: 'steps: { S: {} }\nsites: { A: {} }', change: 'add A to S' });

/** Whether a trigger matches an edit. */
function matches(trigger: Trigger, edit: Edit): boolean {
  if (trigger.action === null) return true;
  return (
    trigger.action === edit.action &&
    trigger.subject === edit.subjectKind &&
    trigger.part !== null &&
    edit.parts.includes(trigger.part)
  );
}
