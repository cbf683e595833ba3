import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExprNode } from '../syntax/nodes.js';
import { evaluate } from './evaluate.js';
import { Assignment, atomsOf, type Formula, substitute } from './formula.js';
import { compileText, contextOf, evaluateText, expressionOf } from './testContext.js';

const REGISTRY = `
sites: { A: { campus: X }, B: {} }
products: { P: { sterile: true } }
materials: { M: { stage: drug-product, product: P } }
steps: { S: { sites: [A], produces: [M], critical: false, activity: blending } }
`;
const MOVE = { registry: REGISTRY, change: 'transfer S from A to B' };

const RULES = compileText(`
  pack p "p" { accepts: FDA }
  condition inspected "Was it inspected?" { default inspected(proposed, subject.activity, 2 years) }
  condition sterile "Is it sterile?" { default product.sterile }
  condition novel "Is it novel?" {}
`);

function questions(formula: Formula): unknown {
  return [...atomsOf(formula).values()].map(({ key, questions, facts }) => ({ key, questions, facts }));
}

describe('conditions', () => {
  const evaluated = (expression: string, answers: Record<string, boolean | 'contradictory'> = {}): Formula =>
    evaluateText(expression, { ...MOVE, rules: RULES, answers });

  it('are answered by their default where the registry can', () => {
    assert.equal(evaluated('sterile'), true);
    assert.equal(evaluated('not p/sterile'), false);
  });

  it('are answered by the record where it says otherwise', () => {
    assert.equal(evaluated('sterile', { 'p/sterile': false }), false);
    assert.equal(evaluated('novel', { 'p/novel': true }), true);
  });

  it('are open where nobody can tell: a question, and what the default misses', () => {
    assert.deepEqual(questions(evaluated('inspected')), [
      {
        key: 'p/inspected|S:A>B',
        questions: [{ condition: 'p/inspected', for: 'B', text: 'Was it inspected?' }],
        facts: [{ entity: 'B', attribute: 'inspections' }],
      },
    ]);
  });

  it('stay open while two answers contradict each other, whatever the default says', () => {
    assert.deepEqual(questions(evaluated('sterile', { 'p/sterile': 'contradictory' })), [
      {
        key: 'p/sterile|S:A>B',
        questions: [{ condition: 'p/sterile', for: 'B', text: 'Is it sterile?' }],
        facts: [],
      },
    ]);
  });

  it('ask about `SUBJECT.PATH` where nothing is put in or taken out', () => {
    const formula = evaluateText('novel', {
      registry: REGISTRY,
      change: 'modify S at A { batch-size: none -> 5 kg }',
      rules: RULES,
    });
    assert.deepEqual(
      [...atomsOf(formula).values()].map((atom) => [atom.key, atom.questions[0]!.for]),
      [['p/novel|S.batch-size@A', 'S.batch-size']],
    );
  });
});

describe('missing facts', () => {
  const keys = (expression: string): readonly string[] => [...atomsOf(evaluateText(expression, MOVE)).keys()];

  it('are one unknown for one comparison, however it is written', () => {
    assert.deepEqual(keys('product.release = immediate or product.release != immediate'), [
      'P.release = immediate',
    ]);
    assert.deepEqual(keys('B.x = 1 or proposed.campus = current.campus').slice(-1), ['B.campus = X']);
    assert.deepEqual(keys('current.campus = proposed.campus'), ['B.campus = X']);
    assert.deepEqual(keys('subject.x-size < 5 kg or subject.x-size >= 5 kg'), ['S.x-size < 5 kg']);
    assert.deepEqual(keys('product.sterile = true'), []);
  });

  it('exclude each other where one attribute has one of several words', () => {
    const formula = evaluateText('product.release in (immediate, modified)', MOVE);
    assert.deepEqual(
      [...atomsOf(formula).values()].map(({ variable, value }) => [variable, value]),
      [
        ['P.release', 'immediate'],
        ['P.release', 'modified'],
      ],
    );
  });

  it('of a yes or no are the atom itself', () => {
    const registry = REGISTRY.replace('sterile: true', '');
    const formula = evaluateText('product.sterile = false', { ...MOVE, registry });
    assert.deepEqual([...atomsOf(formula).keys()], ['P.sterile']);
    assert.equal(substitute(formula, Assignment.empty.with([...atomsOf(formula).values()][0]!, true)), false);
  });

  it('of other shapes name no variable', () => {
    const formula = evaluateText('product.route = oral', MOVE);
    assert.equal([...atomsOf(formula).values()][0]!.variable, undefined);
  });
});

describe('what was reported as a fault', () => {
  it('stays open, and is never taken for false', () => {
    for (const faulty of [
      'proposed.capcity > 5 L',
      'product.sterlie',
      'product.sterile = "yes"',
      'stage = drug-prodct',
      'direction in (tightened, loosened)',
      'ratio(proposed) > 2',
      'action',
      'nosuch',
      'nofunc(proposed)',
      'folly',
    ]) {
      const rules = compileText(`
        pack p "p" { }
        condition folly "Is it?" { default product.sterlie }
        rule r "r" { on replace site of step when ${faulty} perform t "t" when not (${faulty}) cite "x" basis official }
      `);
      assert.notDeepEqual(rules.problems, [], faulty);
      const rule = rules.rules.get('p/r')!;
      for (const expression of [rule.when, rule.tasks[0]!.when]) {
        const formula = evaluate(expression, contextOf({ ...MOVE, rules }), rules, 'p');
        assert.notEqual(typeof formula, 'boolean', faulty);
      }
    }
  });
});

describe('evaluation', () => {
  it('of nothing is true', () => {
    assert.equal(evaluate(null, contextOf({ ...MOVE, rules: RULES }), RULES, 'p'), true);
  });

  it('of quantities of two dimensions is false', () => {
    assert.equal(evaluateText('5 kg < 3 months', MOVE), false);
  });

  it('of ranges holds only if it holds for all that is inside them', () => {
    for (const [expression, expected] of [
      ['20..25 °C < 26 °C', true],
      ['20..25 °C < 25 °C', false],
      ['20..25 °C <= 25 °C', true],
      ['20..25 °C > 20 °C', false],
    ] as const)
      assert.equal(evaluateText(expression, MOVE), expected, expression);
  });

  it('agrees with the plain three values of Kleene', () => {
    const leaves: Readonly<Record<string, boolean | null>> = {
      'product.sterile': true,
      'subject.critical': false,
      'stage = drug-product': true,
      'stage = intermediate': false,
      'product.release = immediate': null,
      'product.release = modified': null,
      'proposed.campus = current.campus': null,
      novel: null,
    };
    const expressions = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(...Object.keys(leaves)),
        tie('expression').map((operand) => `not (${operand})`),
        fc
          .tuple(tie('expression'), fc.constantFrom('and', 'or'), tie('expression'))
          .map(([left, op, right]) => `(${left}) ${op} (${right})`),
      ),
    })).expression;
    const context = contextOf({ ...MOVE, rules: RULES });
    fc.assert(
      fc.property(expressions, (text) => {
        const expression = expressionOf(text);
        const formula = evaluate(expression, context, RULES, 'p');
        const plain = kleene(expression, (leaf) => leaves[leaf] ?? null, text);
        // What plain Kleene decides is decided; it knows nothing of atoms, so the formula may not decide more.
        assert.equal(typeof formula === 'boolean' ? formula : null, plain);
      }),
      { numRuns: 300 },
    );
  });
});

/** Three values read straight off the tree; leaves by their place in the text of the test. */
function kleene(expr: ExprNode, leaf: (text: string) => boolean | null, text: string): boolean | null {
  switch (expr.kind) {
    case 'and':
    case 'or': {
      const absorbing = expr.kind === 'or';
      const values = expr.operands.map((operand) => kleene(operand, leaf, text));
      if (values.includes(absorbing)) return absorbing;
      return values.includes(null) ? null : !absorbing;
    }
    case 'not': {
      const value = kleene(expr.operand!, leaf, text);
      return value === null ? null : !value;
    }
    default:
      return leaf(textOf(expr));
  }
}

function textOf(expr: ExprNode): string {
  if (expr.kind === 'truth' && expr.operand.kind === 'path') return expr.operand.text;
  if (expr.kind === 'compare' && expr.left?.kind === 'path' && expr.right?.kind === 'path')
    return `${expr.left.text} ${expr.op} ${expr.right.text}`;
  throw new Error(expr.kind);
}
