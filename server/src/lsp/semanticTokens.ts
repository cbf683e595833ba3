import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';

/** The semantic tokens that each document shows, so that only the difference has to be sent. */
export class ShownTokens {
  readonly #shown = new Map<string, { readonly resultId: string; readonly data: readonly number[] }>();
  #count = 0;

  full(uri: string, data: number[]): SemanticTokens {
    const resultId = String(++this.#count);
    this.#shown.set(uri, { resultId, data });
    return { resultId, data };
  }

  /** The difference to an earlier result, or everything where that is not the last one. */
  delta(uri: string, previous: string, data: number[]): SemanticTokens | SemanticTokensDelta {
    const before = this.#shown.get(uri);
    const { resultId } = this.full(uri, data);
    if (before?.resultId !== previous) return { resultId: resultId!, data };
    return { resultId: resultId!, edits: editsBetween(before.data, data) };
  }

  forget(uri: string): void {
    this.#shown.delete(uri);
  }
}

/** One edit from the first number that differs to the last. */
function editsBetween(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const deleteCount = before.length - start - tail;
  const data = after.slice(start, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
