import assert from 'node:assert/strict';
import type { RegistryFile } from './entity.js';
import { readRegistry } from './read.js';
import { textAt, textsAt } from './registry.js';

/** What is said of a text: `source | message` for each problem, in the order of finding. */
function said(text: string): readonly string[] {
  const file = readRegistry('r.yaml', text);
  return file.problems.map(({ at, message }) => `${text.slice(file.starts[at], file.ends[at])} | ${message}`);
}

function ids(file: RegistryFile): readonly string[] {
  return file.entities.map(({ id }) => id);
}

/** A site `A` with the given lines, between two sites that have nothing wrong with them. */
function between(lines: string): string {
  return `sites:\n  FIRST: { country: IN }\n  A:\n    campus: here\n${lines}\n    country: US\n  LAST: { country: CH }\n`;
}

describe('registry: traps of YAML', () => {
  const traps: readonly (readonly [name: string, lines: string, said: string])[] = [
    [
      '`>=` in front of a limit',
      '    x-limit: >= 98.0 %',
      '>= 98.0 % | `>= 98.0 %` can\'t stand here without quotes, because `>` begins a block of text in YAML: write `NLT 98.0 %`, or put it in quotes: `">= 98.0 %"`.',
    ],
    [
      '`>=` inside braces',
      '    x-limit: { assay: >= 98.0 %, x: 1 }',
      '>= 98.0 % | `>= 98.0 %` can\'t stand here without quotes, because `>` begins a block of text in YAML: write `NLT 98.0 %`, or put it in quotes: `">= 98.0 %"`.',
    ],
    [
      '`>` in front of a limit',
      '    x-limit: > 98.0 %',
      '> 98.0 % | `> 98.0 %` can\'t stand here without quotes, because `>` begins a block of text in YAML: write it in quotes: `"> 98.0 %"`.',
    ],
    [
      'no space after the colon',
      '    name:Foo',
      'name:Foo | `name:Foo` needs a space after the colon: `name: Foo`.',
    ],
    [
      'no space after the colon inside braces',
      '    x-a: { name:Foo }',
      'name:Foo | `name:Foo` needs a space after the colon: `name: Foo`.',
    ],
    ['no colon', '    name', 'name | A colon is missing: `name:`.'],
    ['an `@`', '    name: @foo', '@foo | A value can\'t begin with `@` unless it is in quotes: "@foo".'],
    [
      'a backtick',
      '    name: `foo',
      '`foo | A value can\'t begin with a backtick unless it is in quotes: "`foo".',
    ],
    ['a `%`', '    name: %foo', '%foo | A value can\'t begin with `%` unless it is in quotes: "%foo".'],
    [
      'a colon inside a text',
      '    name: suite: four',
      'suite: four | A text with a colon and a space in it needs quotes: `"suite: four"`.',
    ],
    ['a text that isn’t closed', '    name: "foo', '"foo | This text isn\'t closed: add `"` at its end.'],
    ['a list that isn’t closed', '    activities: [a, b', "[a, b | `[` isn't closed: add `]` where it ends."],
    ['a map that isn’t closed', '    x-a: {a: b', "{a: b | `{` isn't closed: add `}` where it ends."],
    [
      'something behind a closing quote',
      '    name: "a" b',
      ' b | Nothing may follow a closing quote: put the whole value in quotes.',
    ],
    [
      'something behind a closing bracket',
      '    activities: [a] b',
      ' b | Nothing may follow the closing `]`: write it on a line of its own, or inside.',
    ],
    [
      'two commas',
      '    activities: [a,, b]',
      ', | Nothing stands before this comma: remove it, or write what is missing.',
    ],
    [
      'a backslash',
      '    name: "a\\qb"',
      '\\q | `\\q` means nothing between double quotes: write the backslash twice, or use single quotes.',
    ],
    [
      'a line too far in',
      '      name: foo',
      'name: foo | This line is indented differently from its neighbours: the keys of one entry stand in one column, and what belongs to a key stands further in.',
    ],
    [
      'a line not far enough in',
      '   name: foo',
      'name: foo | This line is indented differently from its neighbours: the keys of one entry stand in one column, and what belongs to a key stands further in.',
    ],
    [
      'an anchor',
      '    name: &n foo',
      "&n | `&n` names a value to be repeated elsewhere, which a registry doesn't support: remove it, and write the value out wherever it is meant.",
    ],
    [
      'an alias',
      '    name: *n',
      "*n | `*n` repeats a value from elsewhere, which a registry doesn't support: write the value out here. If a text is meant, put it in quotes.",
    ],
    [
      'a merge key',
      '    <<: { name: foo }',
      "<< | `<<` merges another entry in, which a registry doesn't support: write the attributes out here.",
    ],
    [
      'a tag',
      '    name: !!js/function "x"',
      "!!js/function | `!!js/function` is a YAML tag, which a registry doesn't support: remove it. If a text is meant, put it in quotes.",
    ],
    [
      'a key that stands twice',
      '    name: a\n    name: b',
      'name | `name` stands twice in this entry: here and on line 5. Keep one of them, and put what belongs together under it.',
    ],
    [
      'a key that is a list',
      '    ? [a]\n    : b',
      '[a] | A key must be a word; this one is a list or a map.',
    ],
  ];

  for (const [name, lines, expected] of traps) {
    it(`${name}: one message, and nothing else is lost`, () => {
      const text = between(lines);
      assert.deepEqual(said(text), [expected]);
      const file = readRegistry('r.yaml', text);
      assert.deepEqual(ids(file), ['FIRST', 'A', 'LAST']);
      assert.equal(textAt(file.entities[2]!, 'country'), 'CH');
    });
  }

  it('what is meant is kept where it can be told', () => {
    const text = between('    x-limit: >= 98.0 %\n    name:Foo\n    address: @x');
    const [, site] = readRegistry('r.yaml', text).entities;
    assert.equal(textAt(site!, 'x-limit'), '>= 98.0 %');
    assert.equal(textAt(site!, 'name'), 'Foo');
    assert.equal(textAt(site!, 'address'), '@x');
    assert.equal(textAt(site!, 'country'), 'US');
    assert.equal(said(text).length, 3);
  });

  it('tabs are said once', () => {
    const text = 'sites:\n\tA:\n\t\tcountry: IN\n\tB:\n\t\tcountry: US\n';
    assert.deepEqual(said(text), [
      '\t | This line is indented with a tab, and YAML allows spaces only: use two spaces for each level (4 lines of this file).',
    ]);
    assert.deepEqual(ids(readRegistry('r.yaml', text)), ['A', 'B']);
  });

  it('these are no traps', () => {
    for (const value of [
      '<= 0.2 %',
      '007',
      '95.0',
      '2026-01-01',
      'NMT 0.2 %',
      '-20 °C',
      '20..25 °C',
      'a:b',
      'http://x',
    ]) {
      assert.deepEqual(said(`sites:\n  A:\n    x-v: ${value}\n`), [], value);
      assert.deepEqual(said(`sites:\n  A: { x-v: ${value} }\n`), [], value);
    }
  });

  it('a bomb of aliases costs nothing', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `  L${i + 1}: &l${i + 1} { x-a: [${Array(9).fill(`*l${i}`).join(', ')}] }`,
    );
    const text = `sites:\n  L0: &l0 { name: x }\n${levels.join('\n')}\n`;
    const file = readRegistry('r.yaml', text);
    assert.equal(file.entities.length, 31);
    assert.deepEqual(
      file.problems.map(({ message }) => message),
      [
        "`&l0` names a value to be repeated elsewhere, which a registry doesn't support: remove it, and write the value out wherever it is meant. (And 30 more anchors in this file.)",
        "`*l0` repeats a value from elsewhere, which a registry doesn't support: write the value out here. If a text is meant, put it in quotes. (And 269 more aliases in this file.)",
      ],
    );
    assert.ok(file.starts.length < 2_000);
    assert.equal(readRegistry('r.yaml', `${text}  BAD: @\n`).entities.length, 32);
  });

  it('a tab is complained about once, and not again as a line out of its column', () => {
    for (const [text, expected] of [
      ['sites:\n  A:\n    country: IN\n\tB: {}\n', ''],
      ['sites:\n  A:\n\tcountry: IN\n\tcampus: x\n  B: {}\n', ' (2 lines of this file)'],
      ['sites:\n  A:\n    country: IN\n\t\tcampus: x\n', ''],
      ['sites:\n  A: {\n\tcountry: IN,\n\tcampus: "x" }\n', ' (2 lines of this file)'],
      ['sites:\n  A:\n    activities:\n\t- x\n\t- y\n', ' (2 lines of this file)'],
    ] as const)
      assert.deepEqual(
        readRegistry('r.yaml', text).problems.map(({ message }) => message),
        [
          `This line is indented with a tab, and YAML allows spaces only: use two spaces for each level${expected}.`,
        ],
        text,
      );
    assert.deepEqual(said('sites:\n\tA:\n\t\tcountry: IN\n\t\tcampus: "x\n').length, 2);
  });

  it('nesting has an end', () => {
    const message =
      'This is nested more than 64 levels deep, which nothing in a registry needs: check the brackets and the indentation.';
    for (const bracket of ['[', '{']) {
      const text = `sites:\n  A: { country: IN }\n  B: ${bracket.repeat(100_000)}\n`;
      const file = readRegistry('r.yaml', text);
      assert.deepEqual(ids(file), ['A', 'B']);
      assert.deepEqual(
        file.problems.map((problem) => problem.message),
        [message],
      );
    }
  });

  it('nothing throws', () => {
    for (const text of [
      '',
      '\uFEFF',
      '---',
      '...',
      '%',
      '@',
      '\0',
      '? ',
      ': ',
      '- ',
      '"',
      "'",
      '[',
      '{',
      '&',
      '*',
      '!',
      '\t',
      '\uD800',
      '|',
      '>',
      '#',
      '%YAML 9',
      'a: b: c',
      '\r',
      '{}{}',
      '- - -\n -',
    ]) {
      readRegistry('r.yaml', text);
      readRegistry('r.yaml', `sites:\n  A:\n    name: ${text}\n${text}`);
    }
  });
});

describe('registry: sections and entities', () => {
  it('an unknown section gets the nearest', () => {
    assert.deepEqual(said('site:\n  A: {}\n'), [
      'site | `site` is no section of a registry. Did you mean `sites`?',
    ]);
    assert.deepEqual(said('x-mine: 1\nsites:\n'), []);
  });

  it('a list at the top, a text at the top, a list of entities', () => {
    assert.match(said('- a\n')[0]!, /begins with sections such as `sites:`.* this one is a list\.$/);
    assert.match(said('hello\n')[0]!, /this one is a text\.$/);
    assert.match(said('sites:\n  - A\n')[0]!, /^sites \| The entries of `sites` are written `ID:`/);
    assert.match(said('sites: A\n')[0]!, /^A \| Under `sites` stand entries/);
    assert.deepEqual(said('# nothing yet\n'), []);
  });

  it('an entity without attributes is kept, and remarked upon', () => {
    const file = readRegistry('r.yaml', 'sites:\n  A:\n  B: {}\n  C: yes\n');
    assert.deepEqual(ids(file), ['A', 'B', 'C']);
    assert.deepEqual(
      file.problems.map(({ severity, message }) => [severity, message]),
      [
        ['warning', 'Nothing is said of the site `A`: write its attributes, or `A: {}` where that is meant.'],
        [
          undefined,
          'The site `C` needs attributes: `C: { name: … }`, or one on each line below it, indented further.',
        ],
      ],
    );
  });

  it('a section that stands twice is read twice', () => {
    const text = 'sites:\n  A: {}\nsteps:\n  S: {}\nsites:\n  B: {}\n';
    assert.deepEqual(said(text), [
      'sites | `sites` stands twice in this file: here and on line 1. Keep one of them, and put what belongs together under it.',
    ]);
    assert.deepEqual(ids(readRegistry('r.yaml', text)), ['A', 'S', 'B']);
  });

  it('an ID that stands twice in its section is two entities', () => {
    const file = readRegistry('r.yaml', 'sites:\n  A: { name: x }\n  A: { name: y }\n');
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      file.entities.map((entity) => textAt(entity, 'name')),
      ['x', 'y'],
    );
  });

  it('a second document is refused', () => {
    const file = readRegistry('r.yaml', 'sites:\n  A: {}\n---\nsites:\n  B: {}\n');
    assert.deepEqual(ids(file), ['A']);
    assert.match(file.problems[0]!.message, /^`---` begins a second document\./);
  });

  it('line ends, a byte order mark and comments are as they are', () => {
    const text =
      '\uFEFF# export\r\nsites: # all of them\r\n  A:\r\n    activities:\r\n      - a # first\r\n      - b\r\n';
    const file = readRegistry('r.yaml', text);
    assert.deepEqual(file.problems, []);
    const site = file.entities[0]!;
    assert.deepEqual(textsAt(site, 'activities'), ['a', 'b']);
    assert.equal(text.slice(file.starts[site.at], file.ends[site.at]), 'A');
  });
});

describe('registry: what would take long elsewhere', () => {
  const lines = 2_000;
  const texts: Readonly<Record<string, string>> = {
    'a fault behind a long line': `sites: {${'A: { name: x }, '.repeat(lines)}@ }`,
    'a fault in every entity': 'sites:\n'.concat('  A: "x\n'.repeat(lines)),
    'one key over and over': `sites:\n  A:\n${'    name: x\n'.repeat(lines)}`,
    'nothing but sections': 'a: {}\n'.repeat(lines),
    'tabs throughout': '\tA:\n'.repeat(lines),
    'deep indentation': Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}k:`)
      .join('\n')
      .concat(' @'),
    'an endless key': 'x'.repeat(lines * 10).concat(': @'),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`${name}: some messages, short ones, and soon`, () => {
      const { problems } = readRegistry('r.yaml', text);
      assert.ok(problems.length > 0 && problems.length <= 200);
      assert.ok(problems.every(({ message }) => message.length < 500));
    }).timeout(2_000);
  }
});
