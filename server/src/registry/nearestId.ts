import { editDistance, nearest } from '../base/nearest.js';
import type { Kind } from './entity.js';
import type { Registry } from './registry.js';

/** A thousand wrong names have one cause, and the first few with a proposal show it. */
const MOST_SEARCHES = 20;

/** The most edits at which `nearest` still sees a likeness. */
const MOST_EDITS = 3;

/**
 * Finds the known ID that a wrong one most likely means. Comparing with thousands of IDs takes
 * milliseconds, so most are ruled out by the characters they are made of, answers are remembered, and
 * after the first searches no more are made.
 */
export class NearestId {
  readonly #answers = new Map<string, string | null>();
  readonly #known = new Map<string, { readonly ids: readonly string[]; readonly masks: Uint32Array }>();
  #searches = 0;

  constructor(readonly registry: Registry) {}

  /** @param kinds the kinds that are meant; null is any. */
  find(id: string, kinds: readonly Kind[] | null): string | null {
    const group = kinds?.join() ?? '';
    const question = `${group} ${id}`;
    const known = this.#answers.get(question);
    if (known !== undefined) return known;
    if (this.#searches++ >= MOST_SEARCHES) return null;
    const answer = this.#search(id, group, kinds);
    this.#answers.set(question, answer);
    return answer;
  }

  #search(id: string, group: string, kinds: readonly Kind[] | null): string | null {
    const { ids, masks } = this.#idsOf(group, kinds);
    const mask = maskOf(id);
    const likely: string[] = [];
    let limit = MOST_EDITS;
    ids.forEach((other, index) => {
      if (other === id || Math.abs(other.length - id.length) > limit) return;
      // An edit takes at most one character away and brings at most one in.
      if (bitsOf(masks[index]! ^ mask) > 2 * limit) return;
      const distance = distanceOf(id, other, limit);
      if (distance > limit) return;
      limit = Math.max(1, distance);
      likely.push(other);
    });
    return nearest(id, likely);
  }

  #idsOf(group: string, kinds: readonly Kind[] | null) {
    const cached = this.#known.get(group);
    if (cached) return cached;
    const ids = kinds
      ? kinds.flatMap((kind) => this.registry.all(kind).map((entity) => entity.id))
      : [...this.registry.ids()];
    const entry = { ids, masks: Uint32Array.from(ids, maskOf) };
    this.#known.set(group, entry);
    return entry;
  }
}

/** The edit distance, case apart; IDs mostly begin and end alike, and what is alike costs nothing. */
function distanceOf(one: string, other: string, limit: number): number {
  const a = one.toLowerCase();
  const b = other.toLowerCase();
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a.charCodeAt(head) === b.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < shorter - head && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail))
    tail++;
  return editDistance(a.slice(head, a.length - tail), b.slice(head, b.length - tail), limit);
}

/** Which characters a word has, case apart, folded into 32 bits. */
function maskOf(word: string): number {
  let mask = 0;
  for (const ch of word.toLowerCase()) mask |= 1 << (ch.codePointAt(0)! & 31);
  return mask >>> 0;
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
