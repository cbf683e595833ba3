/** Expressions in plain words, for `explain`, hovers and pages. */
import type { CompareOp, ExprNode, OperandNode, ScopeWord } from '../syntax/nodes.js';
import { operandText } from './check.js';
import { resolvePath, rootOf } from './factPath.js';
import { type FactType, factNamed } from './facts.js';
import type { Condition, Trigger } from './rule.js';

/** An expression in plain words: `the product's release is immediate and the stage is drug-product`. */
export function inWords(
  expr: ExprNode,
  conditions: (name: string) => Condition | undefined = () => undefined,
): string {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return expr.operands
        .map((operand) => {
          const words = inWords(operand, conditions);
          return operand.kind === 'or' || operand.kind === 'and' ? `(${words})` : words;
        })
        .join(` ${expr.kind} `);
    case 'not':
      return expr.operand ? negated(expr.operand, conditions) : 'not …';
    case 'compare': {
      const answer = answerOf(expr.op, expr.right);
      if (answer && expr.left) return truthInWords(expr.left, answer, conditions);
      return `${operandInWords(expr.left)} ${VERBS[expr.op]} ${valueInWords(expr.left, expr.right)}`;
    }
    case 'in': {
      const options = expr.options.map((option) => valueInWords(expr.left, option));
      return `${operandInWords(expr.left)} ${expr.negated ? 'is none of' : 'is one of'} ${options.join(', ')}`;
    }
    case 'truth':
      return truthInWords(expr.operand, 'yes', conditions);
  }
}

/** A trigger in plain words: `a site of a step is replaced`. */
export function triggerInWords(trigger: Trigger): string {
  if (trigger.action === null) return 'anything is changed';
  return `${withArticle(trigger.part ?? '')} of ${withArticle(trigger.subject ?? '')} is ${PAST[trigger.action]}`;
}

/** Which validations a duty is about, in plain words. */
export const SCOPES_IN_WORDS: Readonly<Record<ScopeWord, string>> = {
  direct: 'of what is changed',
  'of steps': 'of what is changed, else of the steps behind it',
  downstream: 'of what lies downstream',
  product: 'of the product',
};

const PAST = { add: 'added', remove: 'removed', replace: 'replaced', modify: 'modified' } as const;

const VERBS: Readonly<Record<CompareOp, string>> = {
  '=': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
};

/** What a bare fact is called in a sentence. */
const NAMES: Readonly<Record<string, string>> = {
  action: 'the action',
  subject: 'what is changed',
  current: 'the current one',
  proposed: 'the proposed one',
  attribute: 'the attribute that changes',
  detail: 'the detail that changes',
  direction: 'the change',
  component: 'the component',
  parameter: 'the parameter',
  test: 'the test',
  stage: 'the stage',
  product: 'the product',
  filing: 'the filing',
  market: 'the market',
};

/** `= true` and its kin say no more than the yes or no itself. */
function answerOf(op: CompareOp, right: OperandNode | null): 'yes' | 'no' | null {
  const word = right?.kind === 'path' ? right.text : right?.kind === 'literal' ? right.value.text : '';
  if ((word !== 'true' && word !== 'false') || (op !== '=' && op !== '!=')) return null;
  return (word === 'true') === (op === '=') ? 'yes' : 'no';
}

function negated(expr: ExprNode, conditions: (name: string) => Condition | undefined): string {
  if (expr.kind === 'truth') return truthInWords(expr.operand, 'no', conditions);
  if (expr.kind === 'in') return inWords({ ...expr, negated: !expr.negated }, conditions);
  if (expr.kind === 'compare' && (expr.op === '=' || expr.op === '!='))
    return inWords({ ...expr, op: expr.op === '=' ? '!=' : '=' }, conditions);
  const words = inWords(expr, conditions);
  return `it is not so that ${expr.kind === 'and' || expr.kind === 'or' ? `(${words})` : words}`;
}

function truthInWords(
  operand: OperandNode,
  answer: 'yes' | 'no',
  conditions: (name: string) => Condition | undefined,
): string {
  const not = answer === 'yes' ? '' : 'not ';
  if (operand.kind === 'call') return callInWords(operand, answer);
  if (operand.kind === 'literal') return `${not}${operandText(operand)}`;
  if (operand.text === 'registered')
    return answer === 'yes' ? 'the filing registers it' : 'the filing does not register it';
  if (operand.text === 'restricted') return `it is ${not}in the restricted part of a master file`;
  if (operand.text === 'validated') return `the proposed value is ${not}validated`;
  const condition = conditions(operand.text);
  if (condition) return `${answer} to “${condition.question}”`;
  const dot = operand.text.lastIndexOf('.');
  if (dot < 0) return `${not}${operand.text}`;
  return `${owner(operand.text.slice(0, dot))} is ${not}${spaced(operand.text.slice(dot + 1))}`;
}

function callInWords(call: OperandNode & { readonly kind: 'call' }, answer: 'yes' | 'no'): string {
  const [a = '…', b = '…', c = '…'] = call.args.map((argument) => operandInWords(argument));
  const is = answer === 'yes' ? 'is' : 'is not';
  const was = answer === 'yes' ? 'was' : 'was not';
  switch (call.name.text) {
    case 'inspected':
      return `${a} ${was} inspected for ${b}, acceptably, within ${c}`;
    case 'authorised':
      return `${a} ${is} authorised for ${b}`;
    case 'capable':
      return `${a} ${is} capable of ${b}`;
    case 'contained':
      return `${a} ${answer === 'yes' ? 'contains' : 'does not contain'} ${b} well enough`;
    case 'reaches':
      return `the change ${answer === 'yes' ? 'reaches' : 'does not reach'} a ${wordOf(call.args[0])}`;
    default:
      return `${answer === 'yes' ? '' : 'not '}${operandText(call)}`;
  }
}

function operandInWords(operand: OperandNode | null | undefined): string {
  if (!operand) return '…';
  if (operand.kind === 'literal') return operandText(operand);
  if (operand.kind === 'path') {
    if (factNamed(rootOf(operand.text))?.kind !== 'fact') return operand.text;
    return owner(operand.text);
  }
  const [a = '…', b = '…'] = operand.args.map((argument) => operandInWords(argument));
  switch (operand.name.text) {
    case 'ratio':
      return `the ratio of ${a} to ${b}`;
    case 'difference':
      return `the difference between ${a} and ${b}`;
    case 'total':
      return `the total, over all such edits, of ${a}`;
    case 'share':
      return `the share of everything that is a ${wordOf(operand.args[0])}`;
    default:
      return operandText(operand);
  }
}

/** A word on the right is itself, a fact is described. */
function valueInWords(left: OperandNode | null, right: OperandNode | null): string {
  if (right?.kind !== 'path' || !left) return operandInWords(right);
  return isWordOf(typeOf(left), right.text) ? right.text : operandInWords(right);
}

function typeOf(operand: OperandNode): FactType | undefined {
  if (operand.kind === 'call') return factNamed(operand.name.text)?.type;
  if (operand.kind === 'literal') return undefined;
  const resolution = resolvePath(operand.text);
  return resolution.found ? resolution.type : undefined;
}

function isWordOf(type: FactType | undefined, word: string): boolean {
  return type?.type === 'word' && type.words.includes(word);
}

/** `product.dosage-form` is the product's dosage form, `subject.activity` the activity of what is changed. */
function owner(path: string): string {
  const [root = '', ...rest] = path.split('.');
  const start = Object.hasOwn(NAMES, root) ? NAMES[root]! : root;
  if (root === 'product' || root === 'filing')
    return rest.reduce((words, attribute) => `${words}'s ${spaced(attribute)}`, start);
  return rest.reduce((words, attribute) => `the ${spaced(attribute)} of ${words}`, start);
}

function wordOf(operand: OperandNode | undefined): string {
  return operand ? spaced(operandText(operand)) : '…';
}

function withArticle(word: string): string {
  if (word === '') return '…';
  if (word === 'equipment' || word === 'packaging') return word;
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${spaced(word)}`;
}

function spaced(word: string): string {
  return word.replaceAll('-', ' ');
}
