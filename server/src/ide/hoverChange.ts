import { formatDate } from '../base/date.js';
import type { Value } from '../base/value.js';
import { filingWords } from '../checks/words.js';
import type { Analysis } from '../impact/analyse.js';
import { packsFor } from '../impact/case.js';
import { resolvePath } from '../model/path.js';
import { type ChangeRecord, isEvidence, placeOf } from '../model/record.js';
import { textAt } from '../registry/registry.js';
import { SCHEMA } from '../registry/schema.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import type { Pack } from '../rules/rule.js';
import type { Node, Statement, Word } from '../syntax/nodes.js';
import { nodesAt, spanOf, tokenAt } from '../syntax/tree.js';
import { type ParsedChanges, rangeOfNode } from '../workspace/parsed.js';
import type { Hover } from './hover.js';
import { conditionInRecord, protocolInRecord } from './hoverCondition.js';
import { datesOf } from './hoverDates.js';
import { entityHover } from './hoverEntity.js';
import { answerHover, editsHover, UNLESS_HIGHER } from './hoverImpact.js';
import { bold, bullets, code, paragraphs, plain } from './hoverMarkdown.js';
import { categoryHover, conditionHover, ruleHover, taskHover } from './hoverRule.js';
import { valueHover } from './hoverValue.js';
import { fieldHover, keywordHover, statusHover, vocabularyHover } from './hoverWords.js';
import type { View } from './hoverWorld.js';

/** What the thing at an offset of a change record is and entails. */
export function hoverInChange(view: View, file: ParsedChanges, offset: number): Hover | null {
  const token = tokenAt(file.tokens, offset);
  if (token === null) return null;
  const nodes = nodesAt(file.tree, offset);
  const recordNode = nodes[1];
  if (!recordNode) return null;
  const record = file.records.find(({ first }) => first === recordNode.first);
  if (!record) return null;
  return new RecordHover(view, file, record, nodes, token).hover();
}

/** One look at one place of one record. */
class RecordHover {
  readonly #inner: Node;

  constructor(
    readonly view: View,
    readonly file: ParsedChanges,
    readonly record: ChangeRecord,
    readonly nodes: readonly Node[],
    readonly token: number,
  ) {
    this.#inner = nodes.at(-1)!;
  }

  get world() {
    return this.view.world;
  }

  get analysis(): Analysis {
    return this.view.analysisOf(this.record);
  }

  hover(): Hover | null {
    const statement = this.nodes[2] as Statement | Word | undefined;
    if (!statement || statement === this.record.node.id || statement === this.record.node.title)
      return this.#about(
        this.#recordWords(this.record),
        this.#inner === this.record.node ? null : this.#inner,
      );
    return this.#statement(statement as Statement);
  }

  #statement(statement: Statement): Hover | null {
    const own = this.#wordIn(statement);
    if (own !== undefined) return own;
    switch (statement.kind) {
      case 'field':
        return this.#field(statement);
      case 'modify':
      case 'add':
      case 'remove':
      case 'replace':
      case 'transfer':
        return this.#edits(statement);
      case 'expect-category':
      case 'expect-no':
      case 'expect-duty':
        return this.#keyword();
      default:
        return this.#answer(statement);
    }
  }

  /** The name under the cursor, by the part that it plays; undefined where the cursor is on no name. */
  #wordIn(statement: Statement): Hover | null | undefined {
    const word = this.#inner as Word;
    switch (statement.kind) {
      case 'field':
        return undefined;
      case 'modify':
        return this.#entityIf([...statement.subjects, ...statement.sites], word);
      case 'add':
      case 'remove':
        return this.#entityIf([...statement.parts, ...statement.subjects], word);
      case 'replace':
        return this.#entityIf([statement.out, statement.in, ...statement.subjects], word);
      case 'transfer':
        return this.#entityIf([...statement.subjects, statement.from, statement.to], word);
      case 'revalidate':
        return this.#targetWord(statement.target, word) ?? this.#entityIf([statement.site], word);
      case 'unaffected': {
        for (const target of statement.targets) {
          const found = this.#targetWord(target, word);
          if (found !== undefined) return found;
        }
        return this.#entityIf([statement.site], word);
      }
      case 'file':
        if (word === statement.category) return this.#category(word, statement.filings);
        return this.#entityIf([...statement.filings, ...statement.scope], word);
      case 'implement':
        return this.#entityIf(statement.filings, word);
      case 'notify':
        return this.#entityIf(statement.parties, word);
      case 'approval':
        return this.#entityIf(statement.by, word);
      case 'perform':
        return word === statement.task
          ? this.#about(taskHover(word.text, this.world.rules), word)
          : undefined;
      case 'confirm':
      case 'deny':
        if (statement.conditions.includes(word)) return this.#condition(word);
        return this.#entityIf(statement.scope, word);
      case 'expect-category':
        if (word === statement.category)
          return this.#category(word, statement.filing ? [statement.filing] : []);
        if (word === statement.rule) return this.#rule(word);
        return this.#entityIf([statement.filing], word);
      case 'expect-no':
        return word === statement.rule ? this.#rule(word) : undefined;
      case 'expect-duty':
        return this.#targetWord(statement.target, word);
    }
  }

  #entityIf(words: readonly (Word | null)[], word: Word): Hover | null | undefined {
    return words.includes(word) ? this.#name(word.text, word) : undefined;
  }

  /** An entity, or an edit of the record by its key. */
  #name(text: string, node: Node): Hover | null {
    const entity = this.world.registry.get(text);
    if (entity) return this.#about(entityHover(entity, this.world), node);
    const edits = this.analysis.edits.filter(({ key }) => key === text || key.split('@')[0] === text);
    if (edits.length > 0) return this.#about(editsHover(edits, this.analysis, this.world), node);
    return null;
  }

  #targetWord(
    target: { readonly newKind: Word | null; readonly ref: Word | null } | null,
    word: Word,
  ): Hover | null | undefined {
    if (!target) return undefined;
    if (word === target.newKind) {
      const known = VALIDATION_KINDS.some((kind) => kind === word.text);
      return known ? this.#about(vocabularyHover(word.text, 'kind of validation'), word) : null;
    }
    return this.#entityIf([target.ref], word);
  }

  #field(field: Statement & { readonly kind: 'field' }): Hover | null {
    if (this.#inner === field.name) return this.#about(fieldHover(field.name.text, 'change'), field.name);
    const value = field.values.find((one) => one === this.#inner);
    if (!value) return null;
    if (field.name.text === 'status') return this.#about(statusHover(value.value.text), value);
    if (field.name.text === 'after' || field.name.text === 'parent') {
      const other = this.world.record(value.value.text);
      return other ? this.#about(this.#recordWords(other), value) : null;
    }
    return this.#value(value.value, value, null);
  }

  #edits(statement: Statement & Node): Hover | null {
    const line =
      statement.kind === 'modify' ? statement.lines.find((one) => this.nodes.includes(one)) : undefined;
    if (line) {
      const current = line.current.length === 1 ? line.current[0]!.value : null;
      const proposed = line.proposed.length === 1 ? line.proposed[0]!.value : null;
      const both = current && proposed ? { current, proposed } : null;
      const value = [...line.current, ...line.proposed].find((one) => one === this.#inner);
      if (value) {
        const said = this.#value(value.value, value, both);
        if (said) return said;
      }
      if (this.#inner === line.path && statement.kind === 'modify')
        return this.#about(
          paragraphs(this.#pathWords(line.path.text, statement.subjects), this.#owed(line)),
          line.path,
        );
      return this.#about(this.#owed(line), line);
    }
    return this.#about(paragraphs(this.#owed(statement), this.#keywordWords()), this.#tokenNode());
  }

  #owed(node: Node): string {
    const { first, last } = placeOf(this.record, node);
    const { analysis } = this;
    const edits = analysis.edits.filter(({ place }) => place.first <= last && first <= place.last);
    return edits.length === 0 ? '' : editsHover(edits, analysis, this.world);
  }

  #pathWords(path: string, subjects: readonly Word[]): string {
    const subject = subjects
      .map(({ text }) => this.world.registry.get(text))
      .find((one) => one !== undefined);
    const resolved = subject && resolvePath(subject, path);
    if (!subject || !resolved) return '';
    const kind = SCHEMA[subject.kind];
    const description =
      resolved.group === 'attribute' ? (kind.attributes[resolved.name]?.description ?? '') : '';
    const called = resolved.group === 'attribute' ? 'attribute' : resolved.group;
    return `${bold(resolved.text)} (${called} of ${code(subject.id)}) ${description}`.trimEnd();
  }

  #answer(statement: Statement & Node): Hover | null {
    const { first, last } = placeOf(this.record, statement);
    const met = this.analysis.obligations.filter(
      ({ answer }) => answer !== null && answer.first === first && answer.last === last,
    );
    const speaksOf = statement.kind === 'file' || statement.kind === 'implement' ? statement.filings : [];
    const filings = this.analysis.obligations.filter(
      ({ kind, target }) => kind === 'filing' && speaksOf.some(({ text }) => text === target),
    );
    const obligations = [...met, ...filings.filter((one) => !met.includes(one))];
    const conditions = statement.kind === 'confirm' || statement.kind === 'deny' ? statement.conditions : [];
    const isUnused = this.analysis.unused.some(
      (answer) => placeOf(this.record, answer).first === first && !isEvidence(this.record),
    );
    return this.#about(
      paragraphs(
        isUnused ? 'It answers nothing that the record owes.' : '',
        answerHover(obligations, this.world),
        ...obligations.filter(({ kind }) => kind === 'filing').map((one) => this.#datesWords(one)),
        ...conditions.map(({ text }) => this.#conditionWords(text)),
        this.#keywordWords(),
      ),
      this.#tokenNode(),
    );
  }

  #datesWords(filing: Analysis['obligations'][number]): string {
    const dates = datesOf(filing, this.analysis, this.world);
    if (!dates) return '';
    if (dates.awaitsApproval)
      return `${plain(filingWords(filing))}: may be implemented after approval, which the record does not hold yet.`;
    return dates.earliest === null
      ? ''
      : `${plain(filingWords(filing))}: may be implemented from ${formatDate(dates.earliest)}${dates.isProvisional ? UNLESS_HIGHER : ''}.`;
  }

  #category(word: Word, filings: readonly Word[]): Hover | null {
    return this.#about(categoryHover(word.text, this.#packsOf(filings)), word);
  }

  #packsOf(filings: readonly Word[]): readonly Pack[] {
    const { registry, rules } = this.world;
    const named = filings.flatMap(({ text }) => {
      const filing = registry.get(text);
      return filing ? packsFor(this.world, textAt(filing, 'market'), textAt(filing, 'type')) : [];
    });
    return named.length > 0 ? [...new Set(named)] : [...rules.packs.values()];
  }

  #rule(word: Word): Hover | null {
    const rules = this.world.rules.rulesNamed(word.text).slice(0, 3);
    return this.#about(paragraphs(...rules.map((rule) => ruleHover(rule, this.world.rules))), word);
  }

  #condition(word: Word): Hover | null {
    return this.#about(this.#conditionWords(word.text), word);
  }

  #conditionWords(name: string): string {
    const protocol = this.world.registry.get(name);
    if (protocol?.kind === 'protocol')
      return paragraphs(entityHover(protocol, this.world), protocolInRecord(name, this.record));
    return paragraphs(
      ...this.world.rules
        .conditionsNamed(name)
        .map((condition) =>
          paragraphs(conditionHover(condition), conditionInRecord(condition, this.analysis, this.world)),
        ),
    );
  }

  #value(value: Value, node: Node, line: { current: Value; proposed: Value } | null): Hover | null {
    if (value.kind === 'id' || value.kind === 'text') return this.#name(value.text, node);
    if (value.kind === 'none') return this.#keyword();
    return this.#about(valueHover(value, line), node);
  }

  #recordWords(record: ChangeRecord): string {
    const title = record.title === null ? '' : ` “${plain(record.title)}”`;
    const head = `${bold(record.id === '' ? 'A change without a name' : record.id)}${title} (change${record.status === null ? '' : `, ${record.status}`})`;
    if (isEvidence(record)) return head;
    const { reached, obligations, edits } = this.view.analysisOf(record);
    const list = (name: string, found: readonly { readonly id: string }[]): readonly string[] =>
      found.length === 0
        ? []
        : [
            `${name}: ${found
              .slice(0, 8)
              .map(({ id }) => code(id))
              .join(', ')}${found.length > 8 ? ' …' : ''}`,
          ];
    const states = new Map<string, number>();
    for (const { state } of obligations) states.set(state, (states.get(state) ?? 0) + 1);
    const counts = [...states].map(([state, count]) => `${count} ${state}`).sort();
    return paragraphs(
      head,
      bullets([
        ...list('Sites', reached.sites),
        ...list('Products', reached.products),
        ...list('Filings', reached.filings),
        ...list('Validations', reached.validations),
        `${edits.length} ${edits.length === 1 ? 'edit' : 'edits'}; duties: ${counts.join(', ') || 'none'}`,
      ]),
    );
  }

  #keyword(): Hover | null {
    return this.#about(this.#keywordWords(), this.#tokenNode());
  }

  #keywordWords(): string {
    const { start, end } = spanOf(this.file.tokens, this.#tokenNode());
    return keywordHover(this.file.source.text.slice(start, end), 'change') ?? '';
  }

  #tokenNode(): Node {
    return { first: this.token, last: this.token };
  }

  #about(markdown: string | null, node: Node | null): Hover | null {
    if (markdown === null || markdown === '') return null;
    return { range: rangeOfNode(this.file, node ?? this.#tokenNode()), markdown };
  }
}
