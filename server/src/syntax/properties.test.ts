import assert from 'node:assert/strict';
import fc from 'fast-check';
import { format } from './format.js';
import { KEYWORDS } from './kinds.js';
import { type Language, parse } from './parser.js';
import { meaningOf, RECORD_EXAMPLE, RULES_EXAMPLE } from './testing.js';
import { textOf } from './tree.js';

const languages: fc.Arbitrary<Language> = fc.constantFrom('change', 'rules');

const fragments = fc.constantFrom(
  ...KEYWORDS.keys(),
  ...'{ } ( ) : , -> .. → – < <= = != % kg °C A-1 x.y 50 -20 2026-01-01 2026-13-01 3.2.S.4 50kg "t" "open """ """a""" // /* */ /*c*/ \\ § 😀 \ud800 “ working days m²'.split(
    ' ',
  ),
  '"""\n  block\n  """',
  'change A {',
  'rule r "t" {',
  'pack p "t" {',
  'status: draft',
  'modify A { x: 1 -> 2 }',
  'add A to B',
  'report PAS',
  'assess process of steps',
);
const soup = fc
  .array(fc.tuple(fragments, fc.constantFrom(' ', '\n', '', '\r\n', '\n\n\n', ' // c\n', ' /* c */ ')), {
    maxLength: 40,
  })
  .map((parts) => parts.flat().join(''));

const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), soup);

describe('any text whatever', () => {
  it('parses without throwing, and the tree gives it back', () => {
    fc.assert(
      fc.property(anything, languages, (text, language) => {
        const tree = parse(text, language);
        assert.equal(textOf(tree), text);
        for (const { span } of tree.faults)
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      }),
      { numRuns: 400 },
    );
  });

  it('is formatted once and for all, and loses no token and no comment', () => {
    fc.assert(
      fc.property(anything, languages, (text, language) => {
        const once = format(text, language);
        assert.equal(format(once, language), once);
        const bare = (written: string): string =>
          written
            .replaceAll('≤', '<=')
            .replaceAll('≥', '>=')
            .replaceAll('–', '..')
            .replaceAll('→', '->')
            .replaceAll('−', '-')
            .replace(/[\s\ufeff]+/g, '');
        assert.equal(bare(once), bare(text));
      }),
      { numRuns: 400 },
    );
  });
});

/** The tokens of an example with other white space and comments between them. */
function respaced(example: string, language: Language): fc.Arbitrary<string> {
  const { tokens } = parse(example, language);
  const pieces: string[] = [];
  for (let index = 0; index < tokens.count; index++) {
    const piece = tokens.text.slice(tokens.starts[index], tokens.ends[index]);
    const unit = index > 0 && /^\d/.test(pieces.at(-1)!) && /^(kg|months|days|years|ppm|%|°C)$/.test(piece);
    // A unit stays on the line of its number.
    if (unit) pieces.push(`${pieces.pop()} ${piece}`);
    else pieces.push(piece);
  }
  const gaps = fc.constantFrom(
    ' ',
    '\n',
    '\n\n',
    '\t',
    ' // c\n',
    '\n// own\n',
    ' /* c */ ',
    '\n/* two\nlines */\n',
  );
  return fc
    .array(gaps, { minLength: pieces.length, maxLength: pieces.length })
    .map((spaces) => pieces.map((piece, index) => piece + spaces[index]).join(''));
}

describe('a file without faults', () => {
  const examples = [
    [RECORD_EXAMPLE, 'change'],
    [RULES_EXAMPLE, 'rules'],
  ] as const;
  for (const [example, language] of examples) {
    it(`means the same after formatting (${language})`, () => {
      fc.assert(
        fc.property(respaced(example, language), (text) => {
          const before = parse(text, language);
          const once = format(text, language);
          const after = parse(once, language);
          assert.deepEqual(before.faults, []);
          assert.deepEqual(after.faults, []);
          assert.deepEqual(meaningOf(after), meaningOf(before));
          assert.equal(format(once, language), once);
          assert.equal(once.split('// c').length, text.split('// c').length);
        }),
        { numRuns: 20 },
      );
    });
  }
});

const word = fc
  .tuple(fc.constantFrom('a', 'stage', 'product.dosage-form', 'status', 'C-1'), fc.nat({ max: 99_999_999 }))
  .map(([name, number]) => `${name}-${number}`);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((names) => names.join(','));
const quoted = fc.integer({ min: 1, max: 120 }).map((length) => `"${'t'.repeat(length)}"`);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    word,
    fc.tuple(word, words).map(([left, right]) => `${left} not in(${right})`),
    fc.tuple(word, words).map(([left, right]) => `f(${left},${right})<=2 working days`),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('expression'), { minLength: 2, maxLength: 5 }))
      .map(([link, operands]) => operands.map((operand) => `(${operand})`).join(link)),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `not (${a}) and x or (${b}) or not (${c})`),
  ),
}));
const scope = fc
  .tuple(
    fc.constantFrom('', ' direct', ' of steps', ' downstream', ' product'),
    fc.constantFrom('', ' at destination'),
  )
  .map(([which, where]) => which + where);
const longRules = fc
  .tuple(quoted, expression, expression, words, quoted, scope)
  .map(
    ([title, condition, when, names, cite, scoped]) =>
      `rule r ${title} { on add site of step, any edit when ${condition} report PAS instead of ${names} when ${when} once assess process${scoped} when ${when} perform task ${cite} when x cite ${cite}, ${cite} dossier ${names} }`,
  );
const longRecords = fc
  .tuple(quoted, words, words, quoted, quoted)
  .map(
    ([title, names, others, because, text]) =>
      `change A ${title} { x: ${others}, status modify ${names} at ${others} { p: 50 kg, ${text} -> 60 kg,${text} } transfer ${names} from A to B unaffected ${names}, new process of P at S because ${because} evidence ${others} file ${names} as PAS evidence D for ${others} in S expect PAS for N by eu/r }`,
  );

describe('what is longer than a line', () => {
  for (const [texts, language] of [
    [longRules, 'rules'],
    [longRecords, 'change'],
  ] as const) {
    it(`is broken where it means the same (${language})`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const before = parse(text, language);
          const once = format(text, language);
          const after = parse(once, language);
          assert.deepEqual(before.faults, []);
          assert.deepEqual(after.faults, []);
          assert.deepEqual(meaningOf(after), meaningOf(before));
          assert.equal(format(once, language), once);
          // Only a text, and a condition deep inside others, may go beyond.
          const tooLong = once.split('\n').filter((line) => line.length > 100 && !/"|^ {48}/.test(line));
          assert.deepEqual(tooLong, []);
        }),
        { numRuns: 50 },
      );
    });
  }
});

describe('pathological texts', () => {
  const seeds: Record<string, string> = {
    'open braces': '{',
    'open parentheses': '(',
    changes: 'change ',
    quotes: '"',
    'text blocks': '"""\n',
    'escaped text blocks': '"""\n\\',
    comments: '/* ',
    'lone surrogates': '\ud800',
    'one word': 'a',
    'one number': '1',
    dots: '.',
    'modify blocks': 'modify A { ',
    nots: 'not ',
    commas: 'a, ',
    fields: 'a: ',
    headers: 'change a {\n"""\n',
  };
  const starts = { nothing: '', record: 'change A "t" { modify B { x: ', rule: 'rule r "t" { when f(' };
  for (const [name, seed] of Object.entries(seeds)) {
    it(`take time in proportion to their length: ${name}`, () => {
      for (const start of Object.values(starts)) {
        for (const language of ['change', 'rules'] as const) {
          const small = timeOf(start + seed.repeat(4_000 / seed.length), language);
          const large = timeOf(start + seed.repeat(32_000 / seed.length), language);
          // Eight times the length: a quadratic algorithm takes 64 times as long, a slow timer may triple anything.
          assert.ok(large < Math.max(small, 2) * 32, `${name}: ${small} ms, then ${large} ms`);
        }
      }
    });
  }

  it('of a megabyte parse', () => {
    for (const seed of ['"', 'modify A { ']) {
      const text = `rule r "t" { when ${seed.repeat(1_000_000 / seed.length)}`;
      assert.equal(textOf(parse(text, 'rules')), text);
    }
  });

  it('are too deeply nested once', () => {
    const { faults } = parse(`rule r "t" { when ${'('.repeat(5_000)}\n cite "x" }`, 'rules');
    assert.deepEqual(
      faults.map((fault) => fault.message),
      ['this condition is too deeply nested: split it into conditions of their own'],
    );
  });
});

function timeOf(text: string, language: Language): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    parse(text, language);
    return performance.now() - start;
  });
  return Math.min(...times);
}
