import { findNodeAtOffset, type Node as JsonNode, parseTree } from 'jsonc-parser';
import type { Range, Span } from '../base/span.js';
import type { RegistryNode } from '../registry/entity.js';
import { nodesAt, spanOf, tokenAt } from '../syntax/tree.js';
import type { ParsedChanges, ParsedFile, ParsedRegistry, ParsedRules } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { trimmed } from './definition.js';
import { nameAt } from './names.js';

/**
 * What to select around an offset, the smallest first, each inside the next: the name, the word with its quotes,
 * the value, the statement, the record, the file.
 */
export function selectionRanges(snapshot: Snapshot, path: string, offset: number): readonly Range[] {
  const file = snapshot.file(path);
  if (!file) return [];
  const name = nameAt(snapshot, path, offset);
  const whole = { start: 0, end: file.source.text.length };
  const spans = [...(name ? [name.span] : []), ...spansAt(file, offset), whole];
  const nested: Span[] = [];
  for (const span of spans.sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const last = nested.at(-1);
    const holds = !last || (span.start <= last.start && last.end <= span.end);
    const isLarger = !last || span.end - span.start > last.end - last.start;
    if (holds && isLarger && span.start <= offset && offset <= span.end) nested.push(span);
  }
  return nested.map((span) => file.rangeOf(span));
}

function spansAt(file: ParsedFile, offset: number): readonly Span[] {
  switch (file.kind) {
    case 'changes':
    case 'rules':
      return inTree(file, offset);
    case 'registry':
      return inRegistry(file, offset);
    default:
      return inJson(file.source.text, offset);
  }
}

function inTree({ tree }: ParsedChanges | ParsedRules, offset: number): readonly Span[] {
  const { tokens } = tree;
  const token = tokenAt(tokens, offset);
  const word = token === null ? [] : [{ start: tokens.starts[token]!, end: tokens.ends[token]! }];
  if (tokens.count === 0) return word;
  return [...word, ...nodesAt(tree, offset).map((node) => spanOf(tokens, node))];
}

function inRegistry(file: ParsedRegistry, offset: number): readonly Span[] {
  const { starts, ends, entities } = file.registry;
  const { text } = file.source;
  const spans: Span[] = [];
  const span = (from: number, to: number): Span => trimmed(text, { start: starts[from]!, end: ends[to]! });
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const visit = (node: RegistryNode): void => {
    if (node.type === 'map') {
      for (const { keyAt, value } of node.entries.values()) {
        const entry = { start: starts[keyAt]!, end: Math.max(ends[keyAt]!, span(value.at, value.at).end) };
        if (!holds(entry)) continue;
        spans.push(entry, span(keyAt, keyAt), span(value.at, value.at));
        visit(value);
      }
    } else if (node.type === 'list')
      for (const item of node.items) {
        if (!holds(span(item.at, item.at))) continue;
        spans.push(span(item.at, item.at));
        visit(item);
      }
  };
  for (const entity of entities) {
    const whole = {
      start: starts[entity.at]!,
      end: Math.max(ends[entity.at]!, span(entity.node.at, entity.node.at).end),
    };
    if (!holds(whole)) continue;
    spans.push(whole, span(entity.at, entity.at), span(entity.node.at, entity.node.at));
    visit(entity.node);
  }
  return spans;
}

function inJson(text: string, offset: number): readonly Span[] {
  // A very deep text is no configuration, and would only exhaust the reader's stack.
  const root = /(?:[[{]\s*){100}/.test(text) ? undefined : parseTree(text);
  const spans: Span[] = [];
  for (
    let node: JsonNode | undefined = root && findNodeAtOffset(root, offset, true);
    node;
    node = node.parent
  )
    spans.push({ start: node.offset, end: node.offset + node.length });
  return spans;
}
