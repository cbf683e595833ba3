import type { Span } from '../base/span.js';
import type { World } from '../impact/world.js';
import type { Entity } from '../registry/entity.js';
import { statusOf, textAt } from '../registry/registry.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import type {
  ChangeFile,
  Node,
  RecordNode,
  Statement,
  TargetNode,
  ValueNode,
  Word,
} from '../syntax/nodes.js';
import { spanOf, type Tree } from '../syntax/tree.js';
import type { TokenModifier, TokenType } from './tokens.js';

export interface Paint {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** What the tree says of single tokens, by their index; the others are as their kind says. */
export type Painted = ReadonlyMap<number, Paint>;

/** Says what each name of the records in a stretch is: an entity, a category, a condition, a field. */
export function paintChange(tree: Tree<ChangeFile>, asked: Span, world: World): Painted {
  const painter = new ChangePainter(world);
  for (const record of tree.root.records) {
    const span = spanOf(tree.tokens, record);
    if (span.end > asked.start && span.start < asked.end) painter.record(record);
  }
  return painter.painted;
}

/** What an entity is marked with: a change may put in what is proposed, and should no longer name what is gone. */
export function entityModifiers(entity: Entity): readonly TokenModifier[] {
  if (entity.kind === 'validation' || entity.kind === 'filing') {
    const status = textAt(entity, 'status');
    if (status === 'planned' || status === 'pending') return ['proposed'];
    return status === 'withdrawn' || status === 'expired' ? ['deprecated'] : [];
  }
  const status = statusOf(entity);
  if (status === 'proposed') return ['proposed'];
  return status === 'retired' ? ['deprecated', 'retired'] : [];
}

class ChangePainter {
  readonly painted = new Map<number, Paint>();
  /** The record's own names for its edits, which `for` may use. */
  #editSubjects: ReadonlySet<string> = new Set();

  constructor(readonly world: World) {}

  record(record: RecordNode): void {
    this.#paint(record.id, 'struct', ['declaration']);
    this.#editSubjects = new Set(
      record.statements.flatMap((statement) =>
        'subjects' in statement ? statement.subjects.map(({ text }) => text) : [],
      ),
    );
    for (const statement of record.statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'field':
        this.#paint(statement.name, 'property');
        for (const value of statement.values) this.#fieldValue(statement.name.text, value);
        return;
      case 'modify':
        this.#entities([...statement.subjects, ...statement.sites]);
        for (const line of statement.lines) {
          this.#paint(line.path, 'property');
          for (const value of [...line.current, ...line.proposed]) this.#value(value);
        }
        return;
      case 'add':
      case 'remove':
        this.#entities([...statement.parts, ...statement.subjects]);
        return;
      case 'replace':
        this.#entities([statement.out, statement.in, ...statement.subjects]);
        return;
      case 'transfer':
        this.#entities([...statement.subjects, statement.from, statement.to]);
        return;
      case 'revalidate':
        this.#target(statement.target);
        this.#entities([statement.site]);
        this.#paint(statement.protocol, 'string');
        break;
      case 'unaffected':
        for (const target of statement.targets) this.#target(target);
        this.#entities([statement.site]);
        break;
      case 'file':
        this.#entities(statement.filings);
        this.#paint(statement.category, 'enumMember', this.#categoryMark(statement.category));
        this.#scope(statement.scope);
        this.#paint(statement.submission, 'string');
        break;
      case 'implement':
        this.#entities(statement.filings);
        return;
      case 'notify':
        this.#entities(statement.parties);
        break;
      case 'approval':
        this.#entities(statement.by);
        break;
      case 'perform':
        this.#paint(statement.task, 'enumMember');
        break;
      case 'confirm':
      case 'deny':
        for (const condition of statement.conditions) this.#condition(condition);
        this.#scope(statement.scope);
        break;
      case 'expect-category':
        this.#paint(statement.category, 'enumMember', this.#categoryMark(statement.category));
        this.#entities([statement.filing]);
        this.#rule(statement.rule);
        return;
      case 'expect-no':
        this.#rule(statement.rule);
        return;
      case 'expect-duty':
        this.#target(statement.target);
        return;
    }
    for (const document of statement.grounds?.evidence ?? []) this.#paint(document, 'string');
  }

  #fieldValue(field: string, value: ValueNode): void {
    if (value.value.kind === 'id' && (field === 'after' || field === 'parent'))
      this.#paint(value, 'struct', this.world.record(value.value.text) ? [] : ['unresolved']);
    else if (value.value.kind === 'id') this.#paint(value, 'enumMember');
    else this.#value(value);
  }

  /** A value spans several tokens where it has a unit or two ends, and its unit may be a plain word. */
  #value(node: ValueNode): void {
    const { value } = node;
    if (value.kind === 'id') {
      const entity = this.world.registry.get(value.text);
      if (entity) this.#entities([{ ...node, text: value.text, quoted: false }]);
      else this.#paint(node, 'enumMember');
    } else if (value.kind === 'amount') {
      for (let index = node.first; index <= node.last; index++)
        this.painted.set(index, { type: 'number', modifiers: [] });
    } else if (value.kind === 'interval') this.#paint({ first: node.last, last: node.last }, 'number');
  }

  #entities(words: readonly (Word | null)[]): void {
    for (const word of words) {
      const entity = word && this.world.registry.get(word.text);
      this.#paint(word, 'class', entity ? entityModifiers(entity) : ['unresolved']);
    }
  }

  #target(target: TargetNode | null): void {
    const newKind = target?.newKind ?? null;
    const isKnown = newKind === null || VALIDATION_KINDS.some((kind) => kind === newKind.text);
    this.#paint(newKind, 'enumMember', isKnown ? [] : ['unresolved']);
    this.#entities([target?.ref ?? null]);
  }

  #scope(words: readonly Word[]): void {
    for (const word of words) {
      const subject = word.text.split(/[.:@]/)[0]!;
      const isEdit = !this.world.registry.get(word.text) && this.#editSubjects.has(subject);
      if (isEdit) this.#paint(word, 'class');
      else this.#entities([word]);
    }
  }

  #condition(word: Word): void {
    const isKnown =
      this.world.rules.conditionsNamed(word.text).length > 0 ||
      this.world.registry.get(word.text)?.kind === 'protocol';
    this.#paint(word, 'macro', isKnown ? [] : ['unresolved']);
  }

  #rule(word: Word | null): void {
    const isKnown = word !== null && this.world.rules.rulesNamed(word.text).length > 0;
    this.#paint(word, 'interface', isKnown ? [] : ['unresolved']);
  }

  #categoryMark(word: Word | null): readonly TokenModifier[] {
    const isKnown = [...this.world.rules.packs.values()].some(({ categories }) =>
      categories.includes(word?.text ?? ''),
    );
    return isKnown ? [] : ['unresolved'];
  }

  #paint(node: Node | null, type: TokenType, modifiers: readonly TokenModifier[] = []): void {
    if (!node) return;
    for (let index = node.first; index <= node.last; index++) this.painted.set(index, { type, modifiers });
  }
}
