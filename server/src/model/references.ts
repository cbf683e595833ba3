import { nearest } from '../base/nearest.js';
import type { Kind } from '../registry/entity.js';
import type { Registry } from '../registry/registry.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import { isReserved } from '../syntax/kinds.js';
import type { AnswerNode, ExpectNode, TargetNode, Word } from '../syntax/nodes.js';
import { type Edit, namesOfEdit } from './edit.js';
import { nearestOfKinds, unknownName } from './lowering.js';
import { aKind, either, type ModelProblem } from './problem.js';
import { type ChangeRecord, placeOf } from './record.js';

/**
 * Names in answers and `expect` lines that the registry doesn't hold, or holds as something else. Names of
 * conditions, rules, tasks and records belong to other checks; documents are never resolved. `edits` are
 * the record's own: `for R` may name one by its key.
 */
export function referenceProblems(
  record: ChangeRecord,
  registry: Registry,
  edits: readonly Edit[],
): ModelProblem[] {
  const references = new References(record, registry, edits);
  for (const answer of record.answers) references.answer(answer);
  for (const expect of record.expects) references.expect(expect);
  return references.problems;
}

class References {
  readonly problems: ModelProblem[] = [];
  /** Made when the first scope asks: most records have none. */
  #namesOfEdits: ReadonlySet<string> | null = null;

  constructor(
    readonly record: ChangeRecord,
    readonly registry: Registry,
    readonly edits: readonly Edit[],
  ) {}

  get #names(): ReadonlySet<string> {
    this.#namesOfEdits ??= new Set(this.edits.flatMap(namesOfEdit));
    return this.#namesOfEdits;
  }

  answer(node: AnswerNode): void {
    switch (node.kind) {
      case 'revalidate':
        this.#target(node.target);
        this.#ofKinds(node.site, ['site'], 'after `at`');
        break;
      case 'unaffected':
        for (const target of node.targets) this.#target(target);
        this.#ofKinds(node.site, ['site'], 'after `at`');
        break;
      case 'file':
        for (const filing of node.filings) this.#ofKinds(filing, ['filing'], 'after `file`');
        this.#scope(node.scope);
        break;
      case 'implement':
        for (const filing of node.filings) this.#ofKinds(filing, ['filing'], 'after `implement`');
        break;
      case 'notify':
        for (const party of node.parties) this.#ofKinds(party, ['organisation'], 'after `notify`');
        break;
      case 'approval':
        for (const by of node.by) this.#ofKinds(by, ['filing', 'organisation'], 'after `approval`');
        break;
      case 'confirm':
      case 'deny':
        this.#scope(node.scope);
        break;
      case 'perform':
        break;
    }
  }

  expect(node: ExpectNode): void {
    if (node.kind === 'expect-category') this.#ofKinds(node.filing, ['filing'], 'after `for`');
    if (node.kind === 'expect-duty') this.#target(node.target);
  }

  #target(target: TargetNode | null): void {
    if (!target) return;
    const { newKind, ref } = target;
    if (!newKind) {
      this.#ofKinds(ref, ['validation'], 'here (or `new KIND of SUBJECT`)');
      return;
    }
    if (!VALIDATION_KINDS.some((kind) => kind === newKind.text)) {
      const near = nearest(newKind.text, VALIDATION_KINDS);
      const hint = near ? `did you mean ${near}?` : `write one of ${VALIDATION_KINDS.join(', ')}`;
      this.#report(newKind, `${newKind.text} is no kind of validation; ${hint}`, near);
    }
    if (ref && !this.registry.get(ref.text)) this.#report(ref, ...unknownName(this.registry, ref.text, null));
  }

  #scope(words: readonly Word[]): void {
    for (const word of words) {
      if (this.#names.has(word.text) || this.registry.get(word.text)) continue;
      if (this.record.parent !== null && this.#mayNameEdit(word.text)) continue;
      const near = nearest(word.text, [...this.#names, ...this.registry.ids()]);
      const hint = near ? `did you mean ${near}?` : 'name an entity or an edit of this record';
      this.#report(word, `nothing in the registry or among the edits is named ${word.text}; ${hint}`, near);
    }
  }

  /** A part answers for the edits of its parent, which only the analysis knows: here it is enough that the subject is there. */
  #mayNameEdit(name: string): boolean {
    return [...name.matchAll(/[.:]/g)].some(({ index }) => this.registry.get(name.slice(0, index)));
  }

  #ofKinds(word: Word | null, kinds: readonly Kind[], where: string): void {
    if (!word) return;
    const entity = this.registry.get(word.text);
    if (!entity && isReserved(word, 'change')) return;
    if (!entity) this.#report(word, ...unknownName(this.registry, word.text, kinds));
    else if (!kinds.includes(entity.kind)) {
      const message = `${word.text} is ${aKind(entity.kind)}; expected ${either(kinds.map(aKind))} ${where}`;
      this.#report(word, message, nearestOfKinds(this.registry, word.text, kinds));
    }
  }

  #report(word: Word, message: string, replacement: string | null): void {
    const problem = { code: 'record/unknown-reference', place: placeOf(this.record, word), message } as const;
    this.problems.push(replacement ? { ...problem, replacement } : problem);
  }
}
