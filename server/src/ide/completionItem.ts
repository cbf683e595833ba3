/** What completion answers with, and how a list is gathered: matched, ranked and cut off. */
import type { Range, Span } from '../base/span.js';
import type { ParsedFile } from '../workspace/parsed.js';

export type CompletionKind =
  | 'keyword'
  | 'field'
  | 'snippet'
  /** A whole line that answers something owed. */
  | 'line'
  | 'entity'
  | 'attribute'
  | 'category'
  | 'condition'
  | 'fact'
  | 'function'
  | 'rule'
  | 'word'
  | 'date'
  | 'document'
  | 'value';

/** One choice, cheap to make: what it means is asked for by its `data` (see `resolveCompletion`). */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words behind the label. */
  readonly detail?: string;
  /** What to put in the place of `range`; with `${1:…}` and `$0` where `format` is `snippet`. */
  readonly insert: string;
  readonly format: 'plain' | 'snippet';
  /** What is replaced: the word under the cursor, or nothing. On one line. */
  readonly range: Range;
  /** Items stand in the order of this. */
  readonly sort: string;
  /** What the typed word is matched against, where it isn't the label. */
  readonly filter?: string;
  /** The likeliest of all. */
  readonly preferred?: true;
  /** What documentation is made from; survives being written as JSON. */
  readonly data?: CompletionData;
}

/** What a choice is about: a topic, a name, and (of attributes, say) what it belongs to. */
export interface CompletionData {
  readonly topic:
    | 'statement'
    | 'field'
    | 'rules-word'
    | 'entity'
    | 'kind'
    | 'attribute'
    | 'category'
    | 'condition'
    | 'question'
    | 'fact'
    | 'rule'
    | 'pack'
    | 'obligation'
    | 'record'
    | 'code'
    | 'config';
  readonly name: string;
  readonly of?: string;
}

export interface CompletionList {
  readonly items: readonly Completion[];
  /** There are more that match: ask again when another letter is typed. */
  readonly isIncomplete: boolean;
}

/** A choice before it has a place in the list. */
export interface Choice {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string | undefined;
  /** The label where it is left out. */
  readonly insert?: string | undefined;
  readonly format?: 'snippet' | undefined;
  readonly filter?: string | undefined;
  readonly preferred?: boolean | undefined;
  readonly data?: CompletionData | undefined;
}

export const MOST_ITEMS = 200;

/** The word under the cursor, which a choice takes the place of. */
export interface TypedWord {
  /** What is typed before the cursor, without an opening quote. */
  readonly prefix: string;
  readonly span: Span;
  /** The cursor stands in a text. */
  readonly inQuotes: boolean;
}

/** Gathers choices, group after group; within a group in the order of adding. */
export class CompletionBuilder {
  readonly #items: Completion[] = [];
  readonly #labels = new Set<string>();
  readonly #range: Range;
  readonly #letters: string;
  #more = false;

  constructor(
    file: ParsedFile,
    readonly typed: TypedWord,
  ) {
    this.#range = file.rangeOf(typed.span);
    this.#letters = typed.prefix.toLowerCase();
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Whether a choice that matches was turned away because the list is full. */
  get isFull(): boolean {
    return this.#more;
  }

  /** Adds a choice that matches what is typed; a smaller `group` stands higher up. A label is taken once. */
  add(group: number, choice: Choice): void {
    const matched = choice.filter ?? choice.label;
    if (this.#labels.has(choice.label) || !this.matches(matched)) return;
    if (this.#items.length >= MOST_ITEMS) {
      this.#more = true;
      return;
    }
    this.#labels.add(choice.label);
    const quote = this.typed.inQuotes && !matched.startsWith('"') ? '"' : '';
    const filter = quote === '' ? choice.filter : `${quote}${matched}`;
    this.#items.push({
      label: choice.label,
      kind: choice.kind,
      ...(choice.detail === undefined ? {} : { detail: choice.detail }),
      insert: choice.insert ?? choice.label,
      format: choice.format ?? 'plain',
      range: this.#range,
      sort: `${two(group)}${String(this.#items.length).padStart(4, '0')}`,
      ...(filter === undefined ? {} : { filter }),
      ...(choice.preferred === true ? { preferred: true } : {}),
      ...(choice.data === undefined ? {} : { data: choice.data }),
    });
  }

  words(group: number, words: Iterable<string>, detail?: string): void {
    for (const label of words) this.add(group, { label, kind: 'word', detail });
  }

  /** Whether the letters typed occur in a text in their order: as editors match. */
  matches(text: string): boolean {
    const letters = this.#letters;
    if (letters === '') return true;
    const lower = text.toLowerCase();
    let at = -1;
    for (const letter of letters) {
      at = lower.indexOf(letter, at + 1);
      if (at < 0) return false;
    }
    return true;
  }

  list(): CompletionList {
    const items = [...this.#items].sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, isIncomplete: this.#more };
  }
}

export const NO_COMPLETIONS: CompletionList = { items: [], isIncomplete: false };

/** A text as a snippet has it: `$`, `}` and `\` mean themselves. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function two(group: number): string {
  return String(group).padStart(2, '0');
}
