/**
 * What is left of an expression once everything known has been put in: true, false, or a formula over the
 * open atoms, each a question that nobody has answered or a fact that the registry doesn't hold.
 *
 * Building through `and`, `or` and `not` keeps a formula free of constants, so `true` and `false` are
 * decided and everything else is open (Kleene's strong logic, with the atoms remembered).
 */
export type Formula = boolean | Open;

type Open =
  | Atom
  | { readonly op: 'and' | 'or'; readonly of: readonly Open[] }
  | { readonly op: 'not'; readonly of: Open };

/** A question to an author, or a fact to be added to the registry. */
export interface Atom {
  readonly op: 'atom';
  /** Two atoms with one key are the same unknown. */
  readonly key: string;
  /**
   * Where the unknown is which of several values an attribute has: atoms of one `variable` exclude each
   * other (`product.release = immediate`, `= modified`), each true for its own `value`.
   */
  readonly variable?: string;
  readonly value?: string;
  readonly questions: readonly Question[];
  readonly facts: readonly MissingFact[];
}

export interface Question {
  /** `PACK/NAME`, or the ID of a protocol. */
  readonly condition: string;
  /** What the answer would be about: the part put in or out, or `SUBJECT.PATH`. */
  readonly for: string;
  readonly text: string;
}

export interface MissingFact {
  readonly entity: string;
  readonly attribute: string;
}

export function and(operands: Iterable<Formula>): Formula {
  return join('and', operands);
}

export function or(operands: Iterable<Formula>): Formula {
  return join('or', operands);
}

export function not(operand: Formula): Formula {
  if (typeof operand === 'boolean') return !operand;
  return operand.op === 'not' ? operand.of : { op: 'not', of: operand };
}

function join(op: 'and' | 'or', operands: Iterable<Formula>): Formula {
  const absorbing = op === 'or';
  const open: Open[] = [];
  for (const operand of operands) {
    if (operand === absorbing) return absorbing;
    if (typeof operand === 'boolean') continue;
    if (operand.op === op) open.push(...operand.of);
    else open.push(operand);
  }
  if (open.length === 0) return !absorbing;
  return open.length === 1 ? open[0]! : { op, of: open };
}

/** What is known of the atoms on one branch: decided keys, and decided variables with their value. */
export class Assignment {
  readonly #truths: ReadonlyMap<string, boolean>;
  readonly #values: ReadonlyMap<string, string>;

  private constructor(truths: ReadonlyMap<string, boolean>, values: ReadonlyMap<string, string>) {
    this.#truths = truths;
    this.#values = values;
  }

  static readonly empty = new Assignment(new Map(), new Map());

  with(atom: Atom, truth: boolean): Assignment {
    const truths = new Map(this.#truths).set(atom.key, truth);
    const chosen = truth && atom.variable !== undefined && atom.value !== undefined;
    return new Assignment(
      truths,
      chosen ? new Map(this.#values).set(atom.variable!, atom.value!) : this.#values,
    );
  }

  truthOf(atom: Atom): boolean | undefined {
    const own = this.#truths.get(atom.key);
    if (own !== undefined || atom.variable === undefined) return own;
    const chosen = this.#values.get(atom.variable);
    return chosen === undefined ? undefined : chosen === atom.value;
  }
}

/** The formula once an assignment is put in. */
export function substitute(formula: Formula, assignment: Assignment): Formula {
  if (typeof formula === 'boolean') return formula;
  switch (formula.op) {
    case 'atom':
      return assignment.truthOf(formula) ?? formula;
    case 'not':
      return not(substitute(formula.of, assignment));
    default:
      return join(
        formula.op,
        formula.of.map((operand) => substitute(operand, assignment)),
      );
  }
}

/** Every atom of a formula, each once, in the order of its text. */
export function atomsOf(formula: Formula, into: Map<string, Atom> = new Map()): Map<string, Atom> {
  if (typeof formula === 'boolean') return into;
  if (formula.op === 'atom') {
    if (!into.has(formula.key)) into.set(formula.key, formula);
  } else if (formula.op === 'not') atomsOf(formula.of, into);
  else for (const operand of formula.of) atomsOf(operand, into);
  return into;
}

/** Whether every unknown occurs in a formula once, and of each attribute only one value: then it can be made true, and false. */
export function isReadOnce(formula: Formula): boolean {
  const seen = new Set<string>();
  const visit = (part: Formula): boolean => {
    if (typeof part === 'boolean') return true;
    if (part.op === 'not') return visit(part.of);
    if (part.op !== 'atom') return part.of.every(visit);
    const unknown = part.variable ?? part.key;
    return !seen.has(unknown) && seen.add(unknown) !== undefined;
  };
  return visit(formula);
}

/** Whether a formula is true where every unknown is false; all of them may be, the values of one attribute too. */
export function isTrueDenied(formula: Formula): boolean {
  if (typeof formula === 'boolean') return formula;
  switch (formula.op) {
    case 'atom':
      return false;
    case 'not':
      return !isTrueDenied(formula.of);
    case 'and':
      return formula.of.every(isTrueDenied);
    case 'or':
      return formula.of.some(isTrueDenied);
  }
}
