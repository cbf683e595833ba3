import { type Edit, namesOfEdit, type Place } from '../model/edit.js';
import { type ChangeRecord, placeOf } from '../model/record.js';
import type { ConditionAnswers } from '../rules/context.js';
import type { AnswerNode, ConditionAnswerNode, FileNode, Word } from '../syntax/nodes.js';

/** Two answers to one condition that cannot both be so. */
export interface Contradiction {
  readonly condition: string;
  readonly place: Place;
  readonly otherPlace: Place;
}

/** An answer that says the opposite of what the registry says of a condition. */
export interface Override {
  readonly condition: string;
  readonly answer: 'confirm' | 'deny';
  /** The key of the first edit for which it does. */
  readonly edit: string;
  readonly place: Place;
}

/**
 * The answers of a record, and of the records that name it as their parent. Each is marked as used once
 * something owed looks at it, so that those which answer nothing can be told.
 */
export class Answers implements ConditionAnswers {
  readonly contradictions: Contradiction[] = [];
  readonly overridden: Override[] = [];
  readonly #conditions: ConditionAnswerNode[] = [];
  readonly #byKind = new Map<AnswerNode['kind'], AnswerNode[]>();
  readonly #used = new Set<AnswerNode>();

  constructor(
    readonly record: ChangeRecord,
    children: readonly ChangeRecord[],
  ) {
    this.#take(record);
    for (const child of children) this.#take(child);
  }

  #take({ answers }: ChangeRecord): void {
    for (const answer of answers) {
      if (answer.kind === 'confirm' || answer.kind === 'deny') this.#conditions.push(answer);
      const list = this.#byKind.get(answer.kind);
      if (list) list.push(answer);
      else this.#byKind.set(answer.kind, [answer]);
    }
  }

  of<K extends AnswerNode['kind']>(kind: K): readonly Extract<AnswerNode, { kind: K }>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly Extract<AnswerNode, { kind: K }>[];
  }

  use(answer: AnswerNode): void {
    this.#used.add(answer);
  }

  isUsed(answer: AnswerNode): boolean {
    return this.#used.has(answer);
  }

  /** The record's own answers that nothing owed has looked at. */
  unused(): readonly AnswerNode[] {
    return this.record.answers.filter((answer) => !this.isUsed(answer));
  }

  /** Where an answer stands, or null for one of another record. */
  placeOf(answer: AnswerNode): Place | null {
    return this.record.answers.includes(answer) ? placeOf(this.record, answer) : null;
  }

  answer(
    condition: string,
    edit: Edit,
    product: string | null,
    filing: string | null,
  ): boolean | 'contradictory' | undefined {
    let found: ConditionAnswerNode | undefined;
    let contradictory = false;
    for (const answer of this.#conditions) {
      if (!answer.conditions.some((word) => isNameOf(word.text, condition))) continue;
      if (!inScope(answer.scope, edit, product, filing)) continue;
      this.use(answer);
      if (found && found.kind !== answer.kind) {
        contradictory = true;
        this.#contradict(condition, found, answer);
      }
      found ??= answer;
    }
    return contradictory ? 'contradictory' : found && found.kind === 'confirm';
  }

  overrides(condition: string, edit: Edit, product: string | null, filing: string | null): void {
    for (const answer of this.#conditions) {
      const isMeant = answer.conditions.some((word) => isNameOf(word.text, condition));
      const place = isMeant && inScope(answer.scope, edit, product, filing) ? this.placeOf(answer) : null;
      const isKnown = this.overridden.some(
        (known) => known.condition === condition && known.place.first === place?.first,
      );
      if (place && !isKnown) this.overridden.push({ condition, answer: answer.kind, edit: edit.key, place });
    }
  }

  #contradict(condition: string, one: ConditionAnswerNode, other: ConditionAnswerNode): void {
    const place = this.placeOf(other) ?? this.placeOf(one);
    const otherPlace = this.placeOf(one) ?? place;
    if (!place || !otherPlace) return;
    if (
      this.contradictions.some(
        (known) => known.place.first === place.first && known.otherPlace.first === otherPlace.first,
      )
    )
      return;
    this.contradictions.push({ condition, place, otherPlace });
  }
}

/** Whether `written` (`inspected`, `eu-2025/inspected`, `PACMP-3`) names the condition of that full name. */
export function isNameOf(written: string, fullName: string): boolean {
  if (!fullName.endsWith(written)) return false;
  const before = fullName.length - written.length;
  return before === 0 || fullName[before - 1] === '/';
}

/** Whether an answer's `for …` means an edit; without one it means every edit. */
export function inScope(
  scope: readonly Word[],
  edit: Edit,
  product: string | null,
  filing: string | null,
): boolean {
  if (scope.length === 0) return true;
  const names = namesOfEdit(edit);
  return scope.some(({ text }) => names.includes(text) || text === product || text === filing);
}

/** The file answers that speak of one filing. */
export function fileAnswersFor(answers: Answers, filing: string): readonly FileNode[] {
  return answers.of('file').filter((answer) => answer.filings.some((word) => word.text === filing));
}
