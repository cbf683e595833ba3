import type { Span } from '../base/span.js';
import type { Entity } from '../registry/entity.js';
import type {
  AnswerNode,
  ClauseNode,
  EditNode,
  ExpectNode,
  ExprNode,
  Node,
  OperandNode,
  PackItem,
  RecordNode,
  RulesFile,
  Statement,
  TargetNode,
  ValueNode,
  Word,
} from '../syntax/nodes.js';
import { spanOf, type Tokens } from '../syntax/tree.js';
import type { ParsedFile } from '../workspace/parsed.js';
import { type Mention, type Role, type Sort, withoutQuotes } from './mention.js';
import { inConfiguration, inEntity } from './mentionsData.js';

/** Every name of a file, in no particular order. Linear in the file. */
export function* mentionsIn(file: ParsedFile): Generator<Mention> {
  switch (file.kind) {
    case 'changes':
      for (const record of file.tree.root.records) yield* new Reader(file.tokens).record(record);
      return;
    case 'rules':
      yield* new Reader(file.tree.tokens).rules(file.tree.root, 0, Number.POSITIVE_INFINITY);
      return;
    case 'registry':
      for (const entity of file.registry.entities) yield* inEntity(entity, file.registry, file.source.text);
      return;
    case 'plain':
      yield* inConfiguration(file);
  }
}

/** The names of the record, rule or entity in which an offset lies: so a cursor costs no whole file. */
export function* mentionsNear(file: ParsedFile, offset: number): Generator<Mention> {
  if (file.kind === 'changes') {
    const reader = new Reader(file.tokens);
    for (const record of file.tree.root.records)
      if (reader.holds(record, offset)) yield* reader.record(record);
  } else if (file.kind === 'rules') {
    yield* new Reader(file.tree.tokens).rules(file.tree.root, offset, offset);
  } else if (file.kind === 'registry') {
    const { entities, starts } = file.registry;
    const before = entities.filter((entity) => starts[entity.at]! <= offset);
    const entity = before.reduce<Entity | null>(
      (last, one) => (last && starts[last.at]! > starts[one.at]! ? last : one),
      null,
    );
    if (entity) yield* inEntity(entity, file.registry, file.source.text);
  } else yield* mentionsIn(file);
}

/** Exactly the name that a word is, without its quotes. */
export function spanOfWord(tokens: Tokens, word: Node): Span {
  const span = spanOf(tokens, word);
  return withoutQuotes(tokens.text, span);
}

class Reader {
  constructor(readonly tokens: Tokens) {}

  holds(node: Node, offset: number): boolean {
    const { start, end } = spanOf(this.tokens, node);
    return start <= offset && offset <= end;
  }

  *record(record: RecordNode): Generator<Mention> {
    yield* this.#word(record.id, 'record', 'declaration');
    const subjects = record.statements.flatMap((statement) =>
      'subjects' in statement ? statement.subjects.map(({ text }) => text) : [],
    );
    for (const statement of record.statements) yield* this.#statement(statement, subjects);
  }

  *#statement(statement: Statement, subjects: readonly string[]): Generator<Mention> {
    switch (statement.kind) {
      case 'field':
        if (statement.name.text === 'after' || statement.name.text === 'parent')
          for (const value of statement.values) yield* this.#value(value, { sort: 'record' });
        return;
      case 'modify':
      case 'add':
      case 'remove':
      case 'replace':
      case 'transfer':
        yield* this.#edit(statement);
        return;
      case 'expect-category':
      case 'expect-no':
      case 'expect-duty':
        yield* this.#expect(statement);
        return;
      default:
        yield* this.#answer(statement, subjects);
    }
  }

  *#edit(edit: EditNode): Generator<Mention> {
    yield* this.#words(edit.subjects, 'entity');
    switch (edit.kind) {
      case 'modify': {
        yield* this.#words(edit.sites, 'entity');
        const subjects = edit.subjects.map(({ text }) => text);
        for (const { path, current, proposed } of edit.lines) {
          yield* this.#path(path, subjects);
          const context = { sort: 'value', subjects, path: path.text } as const;
          for (const value of [...current, ...proposed]) yield* this.#value(value, context);
        }
        return;
      }
      case 'add':
      case 'remove':
        yield* this.#words(edit.parts, 'entity');
        return;
      case 'replace':
        yield* this.#word(edit.out, 'entity');
        yield* this.#word(edit.in, 'entity');
        return;
      case 'transfer':
        yield* this.#word(edit.from, 'entity');
        yield* this.#word(edit.to, 'entity');
    }
  }

  /** A component is named by its ID, with or without what of it is meant. */
  *#path(path: Word, subjects: readonly string[]): Generator<Mention> {
    const text = path.text.replace(/\.(?:share|function)$/, '');
    const { start } = spanOfWord(this.tokens, path);
    yield {
      sort: 'path',
      text,
      span: { start, end: start + text.length },
      role: 'reference',
      subjects,
      path: path.text,
    };
  }

  *#answer(answer: AnswerNode, subjects: readonly string[]): Generator<Mention> {
    switch (answer.kind) {
      case 'revalidate':
        yield* this.#target(answer.target);
        yield* this.#word(answer.site, 'entity');
        return;
      case 'unaffected':
        for (const target of answer.targets) yield* this.#target(target);
        yield* this.#word(answer.site, 'entity');
        return;
      case 'file':
        yield* this.#words(answer.filings, 'entity');
        yield* this.#category(
          answer.category,
          answer.filings.map(({ text }) => text),
        );
        yield* this.#scope(answer.scope, subjects);
        return;
      case 'implement':
        yield* this.#words(answer.filings, 'entity');
        return;
      case 'notify':
        yield* this.#words(answer.parties, 'entity');
        return;
      case 'approval':
        yield* this.#words(answer.by, 'entity');
        return;
      case 'perform':
        yield* this.#word(answer.task, 'task');
        return;
      case 'confirm':
      case 'deny':
        yield* this.#words(answer.conditions, 'answered');
        yield* this.#scope(answer.scope, subjects);
    }
  }

  *#expect(expect: ExpectNode): Generator<Mention> {
    if (expect.kind === 'expect-duty') {
      yield* this.#target(expect.target);
      return;
    }
    yield* this.#word(expect.rule, 'rule');
    if (expect.kind === 'expect-no') return;
    yield* this.#word(expect.filing, 'entity');
    yield* this.#category(expect.category, expect.filing ? [expect.filing.text] : []);
  }

  *#target(target: TargetNode | null): Generator<Mention> {
    if (!target) return;
    yield* this.#word(target.newKind, 'validation-kind');
    yield* this.#word(target.ref, 'entity');
  }

  /** After `for` stands an entity, or the key of an edit, which is made of entities (`STEP:SITE-A>SITE-B`). */
  *#scope(words: readonly Word[], subjects: readonly string[]): Generator<Mention> {
    for (const word of words) {
      const subject = subjects.find(
        (id) => word.text.startsWith(id) && /^[.:@]/.test(word.text.slice(id.length)),
      );
      if (subject === undefined) {
        yield* this.#word(word, 'entity');
        continue;
      }
      const { start } = spanOfWord(this.tokens, word);
      const part = (from: number, text: string): Mention => ({
        sort: 'entity',
        text,
        span: { start: start + from, end: start + from + text.length },
        role: 'reference',
      });
      yield part(0, subject);
      const rest = word.text.slice(subject.length);
      for (const match of rest.matchAll(/([:>@])([^:>@]+)/g))
        yield part(subject.length + match.index + 1, match[2]!);
    }
  }

  *#category(word: Word | null, filings: readonly string[]): Generator<Mention> {
    yield* this.#word(word, 'category', 'reference', filings.length > 0 ? { filings } : {});
  }

  /** The items of a rules file that touch a stretch of it; a rule belongs to the pack before it. */
  *rules(root: RulesFile, from: number, to: number): Generator<Mention> {
    let pack = '';
    for (const item of root.items) {
      if (item.kind === 'pack') pack = item.id?.text ?? '';
      const span = spanOf(this.tokens, item);
      if (span.start > to || span.end < from) continue;
      if (item.kind === 'pack') {
        yield* this.#word(item.id, 'pack', 'declaration');
        for (const part of item.items) yield* this.#packItem(part, pack);
      } else if (item.kind === 'condition') {
        yield* this.#word(item.name, 'condition', 'declaration', { pack });
        yield* this.#expression(item.fallback, pack);
      } else {
        yield* this.#word(item.name, 'rule', 'declaration', { pack });
        for (const { name, values } of item.fields)
          if (name.text === 'supersedes')
            for (const value of values) yield* this.#value(value, { sort: 'rule', pack });
        yield* this.#expression(item.when, pack);
        for (const clause of item.clauses) yield* this.#clause(clause, pack);
      }
    }
  }

  *#packItem(item: PackItem, pack: string): Generator<Mention> {
    switch (item.kind) {
      case 'field': {
        const sort = item.name.text === 'uses' ? 'pack' : item.name.text === 'otherwise' ? 'rule' : null;
        if (sort) for (const value of item.values) yield* this.#value(value, { sort, pack });
        return;
      }
      case 'categories':
        for (const name of item.names)
          yield* this.#word(name, 'category', name.text === 'none' ? 'reference' : 'declaration', { pack });
        return;
      case 'clock':
        yield* this.#word(item.category, 'category', 'reference', { pack });
        return;
      case 'lead':
        yield* this.#word(item.subject, 'validation-kind');
        return;
      case 'order':
        yield* this.#word(item.before, 'validation-kind');
        yield* this.#word(item.after, 'validation-kind');
    }
  }

  *#clause(clause: ClauseNode, pack: string): Generator<Mention> {
    switch (clause.kind) {
      case 'report':
        yield* this.#word(clause.category, 'category', 'reference', { pack });
        for (const name of clause.insteadOf) yield* this.#word(name, 'rule', 'reference', { pack });
        break;
      case 'duty':
        yield* this.#word(clause.validationKind, 'validation-kind');
        break;
      case 'perform-clause':
        yield* this.#word(clause.task, 'task', 'declaration');
        break;
      case 'notify-clause':
        break;
      default:
        return;
    }
    yield* this.#expression(clause.when, pack);
  }

  *#expression(expr: ExprNode | null, pack: string): Generator<Mention> {
    switch (expr?.kind) {
      case 'or':
      case 'and':
        for (const operand of expr.operands) yield* this.#expression(operand, pack);
        return;
      case 'not':
        yield* this.#expression(expr.operand, pack);
        return;
      case 'compare':
        yield* this.#operand(expr.left, pack);
        yield* this.#operand(expr.right, pack);
        return;
      case 'in':
        yield* this.#operand(expr.left, pack);
        for (const option of expr.options) yield* this.#operand(option, pack);
        return;
      case 'truth':
        yield* this.#operand(expr.operand, pack);
    }
  }

  *#operand(operand: OperandNode | null, pack: string): Generator<Mention> {
    if (operand?.kind === 'call') {
      yield* this.#word(operand.name, 'fact');
      for (const argument of operand.args) yield* this.#operand(argument, pack);
    } else if (operand?.kind === 'path') {
      const span = spanOfWord(this.tokens, operand);
      yield { sort: 'operand', text: operand.text, span, role: 'reference', pack };
    }
  }

  *#words(words: readonly Word[], sort: Sort): Generator<Mention> {
    for (const word of words) yield* this.#word(word, sort);
  }

  *#word(
    word: Word | null,
    sort: Sort,
    role: Role = 'reference',
    context: Pick<Mention, 'pack' | 'filings'> = {},
  ): Generator<Mention> {
    if (word && word.text !== '')
      yield { sort, text: word.text, span: spanOfWord(this.tokens, word), role, ...context };
  }

  *#value(node: ValueNode, context: Omit<Mention, 'text' | 'span' | 'role'>): Generator<Mention> {
    const { kind, text } = node.value;
    if ((kind !== 'id' && kind !== 'text') || text === '') return;
    const span = spanOfWord(this.tokens, node);
    // A text over several lines is decoded: it names nothing.
    if (span.end - span.start !== text.length) return;
    yield { ...context, text, span, role: 'reference' };
  }
}
