/** The words of our features as the numbers of the protocol. */
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver';
import type { CompletionKind } from '../ide/completion.js';
import type { HierarchyItem } from '../ide/hierarchy.js';
import type { SymbolKind as OutlineKind } from '../ide/symbols.js';

export const COMPLETION_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  field: CompletionItemKind.Field,
  snippet: CompletionItemKind.Snippet,
  line: CompletionItemKind.Event,
  entity: CompletionItemKind.Class,
  attribute: CompletionItemKind.Property,
  category: CompletionItemKind.EnumMember,
  condition: CompletionItemKind.Constant,
  fact: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  rule: CompletionItemKind.Interface,
  word: CompletionItemKind.Enum,
  date: CompletionItemKind.Unit,
  document: CompletionItemKind.File,
  value: CompletionItemKind.Value,
};

export const SYMBOL_KINDS: Readonly<Record<OutlineKind, SymbolKind>> = {
  record: SymbolKind.Struct,
  edit: SymbolKind.Event,
  answer: SymbolKind.Method,
  expectation: SymbolKind.Operator,
  pack: SymbolKind.Namespace,
  rule: SymbolKind.Interface,
  condition: SymbolKind.Boolean,
  section: SymbolKind.Module,
  entity: SymbolKind.Class,
  attribute: SymbolKind.Property,
};

export const HIERARCHY_KINDS: Readonly<Record<HierarchyItem['kind'], SymbolKind>> = {
  record: SymbolKind.Struct,
  edit: SymbolKind.Event,
  entity: SymbolKind.Class,
};
