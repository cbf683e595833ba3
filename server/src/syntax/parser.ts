import type { Language } from './kinds.js';
import type { ChangeFile, RulesFile } from './nodes.js';
import { RecordParser } from './records.js';
import { RulesParser } from './rules.js';
import type { Tree } from './tree.js';

export type { Language } from './kinds.js';

/** Parses change records. Never throws; whatever is wrong is in `faults`, in source order. */
export function parseChange(text: string): Tree<ChangeFile> {
  const parser = new RecordParser(text);
  const root = parser.file();
  return { text, tokens: parser.tokens, root, faults: parser.sortedFaults() };
}

/** Parses rule packs. Never throws; whatever is wrong is in `faults`, in source order. */
export function parseRules(text: string): Tree<RulesFile> {
  const parser = new RulesParser(text);
  const root = parser.file();
  return { text, tokens: parser.tokens, root, faults: parser.sortedFaults() };
}

export function parse(text: string, language: Language): Tree {
  return language === 'change' ? parseChange(text) : parseRules(text);
}
