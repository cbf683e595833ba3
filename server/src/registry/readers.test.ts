import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDocument } from './document.js';
import type { RegistryNode } from './entity.js';
import { readEvents } from './events.js';
import { readRegistry } from './read.js';
import { TreeBuilder } from './tree.js';

/** A tree with its places resolved, so that trees of two readers compare. */
function plainly(builder: TreeBuilder, node: RegistryNode | null): unknown {
  if (node === null) return null;
  const span = [builder.starts[node.at], builder.ends[node.at]];
  if (node.type === 'scalar') return { text: node.text, plain: node.plain, span };
  if (node.type === 'list') return { items: node.items.map((item) => plainly(builder, item)), span };
  return {
    entries: [...node.entries].map(([key, { keyAt, value }]) => [
      key,
      [builder.starts[keyAt], builder.ends[keyAt]],
      plainly(builder, value),
    ]),
    span,
  };
}

function byEvents(text: string): unknown {
  const builder = new TreeBuilder(text);
  const tree = plainly(builder, readEvents(builder, text, 0));
  return { tree, problems: builder.problems.map(({ message }) => message).sort() };
}

function tolerantly(text: string): unknown {
  const builder = new TreeBuilder(text);
  const { root, faults } = readDocument(builder, text, 0);
  assert.deepEqual(faults, []);
  return { tree: plainly(builder, root), problems: builder.problems.map(({ message }) => message).sort() };
}

type Tree = string | readonly Tree[] | { readonly entries: readonly (readonly [string, Tree])[] };

const word = fc.constantFrom('name', 'A', 'LRG-S5', 'batch-size', 'x-a', '007', 'n1', 'ü', 'a b');
const scalar = fc.constantFrom(
  '50 kg',
  '95.0',
  '007',
  'true',
  'null',
  '~',
  '2026-01-01',
  'NMT 0.2 %',
  '20..25 °C',
  '-20 °C',
  '<= 0.2 %',
  'Fmoc-Leu-OH',
  'a:b',
  "it's",
  '"in quotes: # so"',
  '"tab\\tand \\u00e9"',
  "'single '' quotes'",
  '""',
  '&a anchored',
  '!t tagged',
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.array(fc.tuple(word, tie('tree')), { maxLength: 4 }).map((entries) => ({ entries })),
  ),
}));

/** Block style with comments and blank lines; flow style in what `flow` picks. */
function yamlOf(node: Tree, indent: string, flow: (depth: number) => boolean): string {
  if (typeof node === 'string') return ` ${node}`;
  if (Array.isArray(node)) {
    if (node.length === 0 || flow(indent.length)) return ` ${flowOf(node)}`;
    return (node as readonly Tree[])
      .map((item) => `\n${indent}-${typeof item === 'string' ? ` ${item}` : ` ${flowOf(item)}`} # c`)
      .join('');
  }
  const { entries } = node as { readonly entries: readonly (readonly [string, Tree])[] };
  if (entries.length === 0 || flow(indent.length)) return ` ${flowOf(node)}`;
  return entries
    .map(([key, value]) => `\n\n${indent}# about it\n${indent}${key}:${yamlOf(value, `${indent}  `, flow)}`)
    .join('');
}

function flowOf(node: Tree): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return `[ ${node.map(flowOf).join(', ')} ]`;
  const { entries } = node as { readonly entries: readonly (readonly [string, Tree])[] };
  return `{ ${entries.map(([key, value]) => `${key}: ${flowOf(value)}`).join(', ')} }`;
}

describe('registry: two readers', () => {
  it('build the same from what is well-formed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, tree), { minLength: 1, maxLength: 4 }),
        fc.nat(8),
        (entries, at) => {
          const text = `${yamlOf({ entries }, '', (depth) => depth >= at && depth > 0)}\n`;
          assert.deepEqual(tolerantly(text), byEvents(text), text);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('build the same from blocks of text and from other shapes', () => {
    for (const text of [
      'a: |\n  one\n  two\nb: >-\n  three\n  four\n\nc: plain\n  over lines\n',
      'a:\n- 1\n- 2\nb: [ 1, 2, ] # c\nc: { d: , e }\n',
      '"quoted": \'x\'\n? long\n: y\nempty:\n',
      '- a\n- - b\n  - c\n- d: e\n  f: g\n',
      'scalar\n',
      '# nothing\n',
      'a: *x\n<<: { b: c }\n? [k]\n: v\n',
    ]) {
      assert.deepEqual(tolerantly(text), byEvents(text), text);
    }
  });

  it('a fault in one entity leaves the others as they are', () => {
    const attributes = fc.array(fc.tuple(word, scalar), { minLength: 1, maxLength: 3 });
    const fault = fc.constantFrom(
      'x: @y',
      'x: >= 1',
      'x: "y',
      'x: [y',
      'x: {y',
      'x:y',
      'x: y: z',
      'x: "y" z',
      '- x',
      'x: ]',
    );
    fc.assert(
      fc.property(
        fc.array(attributes, { minLength: 1, maxLength: 5 }),
        fault,
        fc.nat(4),
        (sites, broken, at) => {
          const write = (isBroken: boolean) =>
            sites
              .map((pairs, index) => {
                const lines = pairs.map(([key, value]) => `\n    ${key}: ${value}`).join('');
                return `  S${index}:${lines}${isBroken && index === at % sites.length ? `\n    ${broken}` : ''}\n`;
              })
              .join('');
          const good = readRegistry('r.yaml', `sites:\n${write(false)}`);
          const bad = readRegistry('r.yaml', `sites:\n${write(true)}`);
          assert.ok(bad.problems.some(({ code }) => code === 'syntax'));
          assert.deepEqual(
            bad.entities.map(({ id }) => id),
            good.entities.map(({ id }) => id),
          );
          good.entities.forEach((entity, index) => {
            if (index === at % sites.length) return;
            assert.deepEqual(texts(bad.entities[index]!.node), texts(entity.node));
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('what is missing at the end of a text is not placed behind it', () => {
    for (const text of ['[?', '{?', '[ ? a', 'sites: [?', 'sites:\n  A: [?']) {
      const file = readRegistry('r.yaml', text);
      assert.ok(
        [...file.ends].every((end, at) => file.starts[at]! <= end && end <= text.length),
        text,
      );
    }
  });

  it('any text whatever is read without an exception', () => {
    const piece = fc.constantFrom(
      'sites',
      'A',
      ':',
      ' ',
      '\n',
      '\n  ',
      '\n    ',
      '-',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '>',
      '|',
      '@',
      '%',
      '&a',
      '*a',
      '!t',
      '#',
      '\t',
      ',',
      '?',
      '<<',
      '\r\n',
      'é',
      '---',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const file = readRegistry('r.yaml', text);
        for (const { at } of [...file.entities, ...file.problems]) {
          assert.ok(file.starts[at]! <= file.ends[at]! && file.ends[at]! <= text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function texts(node: RegistryNode): unknown {
  if (node.type === 'scalar') return node.text;
  if (node.type === 'list') return node.items.map(texts);
  return [...node.entries].map(([key, { value }]) => [key, texts(value)]);
}
