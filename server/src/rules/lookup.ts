/** What rule packs are read from and into, and how names in them are looked up. */
import type { RulesFile } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Condition, Pack, Rule } from './rule.js';

/** One rules file as it was parsed; its syntax faults are in the tree. */
export interface RulesSource {
  /** Path, relative to the workspace (or to the shipped packs), with `/`. */
  readonly file: string;
  readonly tree: Tree<RulesFile>;
  /** Part of Entail; a workspace's rule of the same full name overrides one of these. */
  readonly shipped: boolean;
}

/** What the packs hold, with names resolved: the base of a `RuleSet`. */
export interface Compiled {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly conditions: ReadonlyMap<string, Condition>;
}

/** A pack and all that it uses, directly or not, itself first; a circle of packs ends where it began. */
export function packsUsedBy(
  packs: ReadonlyMap<string, { readonly uses: readonly string[] }>,
  pack: string,
): readonly string[] {
  const found = new Set([pack]);
  for (const id of found) for (const used of packs.get(id)?.uses ?? []) found.add(used);
  return [...found];
}

/** Finds what a full or bare name means in a pack. */
export function resolveIn<T extends { readonly name: string; readonly shortName: string }>(
  byName: ReadonlyMap<string, T>,
  packs: ReadonlyMap<string, { readonly uses: readonly string[] }>,
  name: string,
  pack: string,
): T | undefined {
  for (const id of packsUsedBy(packs, pack)) {
    const own = byName.get(`${id}/${name}`);
    if (own) return own;
  }
  const full = byName.get(name);
  if (full) return full;
  let only: T | undefined;
  for (const candidate of byName.values()) {
    if (candidate.shortName !== name) continue;
    if (only) return undefined;
    only = candidate;
  }
  return only;
}
