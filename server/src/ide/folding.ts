import type { Span } from '../base/span.js';
import type { RegistryNode } from '../registry/entity.js';
import { Kind } from '../syntax/kinds.js';
import type { Node } from '../syntax/nodes.js';
import { childrenOf, spanOf, type Tree } from '../syntax/tree.js';
import type { ParsedFile, ParsedRegistry } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { trimmed } from './definition.js';
import { documentSymbols } from './symbols.js';

/** Lines that can be folded into their first; counted from zero, both included. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'comment' | 'region';
}

/**
 * What of a file can be folded: records, blocks and long statements, texts of several lines, comments, packs with
 * their rules, sections and entities of the registry. Sorted, at most one for each first line.
 */
export function foldingRanges(snapshot: Snapshot, path: string): readonly FoldingRange[] {
  const file = snapshot.file(path);
  if (!file) return [];
  const found = new Folds(file);
  if (file.kind === 'changes' || file.kind === 'rules') found.tree(file.tree);
  if (file.kind === 'registry') {
    for (const section of documentSymbols(snapshot, path))
      found.lines(section.range.start.line, section.range.end.line, 'region');
    found.registry(file);
  }
  return found.sorted();
}

class Folds {
  readonly #byStart = new Map<number, FoldingRange>();

  constructor(readonly file: ParsedFile) {}

  /** Of two that begin on one line the longer is kept: an editor can show only one. */
  lines(startLine: number, endLine: number, kind: FoldingRange['kind']): void {
    if (endLine <= startLine) return;
    const known = this.#byStart.get(startLine);
    if (!known || known.endLine < endLine) this.#byStart.set(startLine, { startLine, endLine, kind });
  }

  tree({ tokens, root }: Tree): void {
    this.#node(tokens, root, root);
    for (let index = 0; index < tokens.count; index++) {
      if (tokens.kinds[index] === Kind.TextBlock)
        this.#span({ start: tokens.starts[index]!, end: tokens.ends[index]! }, 'region');
    }
    if (root.kind === 'rules-file') this.#packs(root.items, tokens);
    let end = 0;
    for (let index = 0; index <= tokens.count; index++) {
      const next = index < tokens.count ? tokens.starts[index]! : tokens.text.length;
      this.#comments(tokens.text, end, next);
      end = index < tokens.count ? tokens.ends[index]! : next;
    }
  }

  registry(file: ParsedRegistry): void {
    const { starts, ends, entities } = file.registry;
    const node = (start: number, value: RegistryNode): void => {
      this.#span(trimmed(file.source.text, { start, end: Math.max(start, ends[value.at]!) }), 'region');
      if (value.type === 'map')
        for (const { keyAt, value: inner } of value.entries.values()) node(starts[keyAt]!, inner);
      if (value.type === 'list') for (const item of value.items) node(starts[item.at]!, item);
    };
    for (const entity of entities) node(starts[entity.at]!, entity.node);
    this.#hashComments(file.source.text);
  }

  sorted(): readonly FoldingRange[] {
    return [...this.#byStart.values()].sort((a, b) => a.startLine - b.startLine);
  }

  #node(tokens: Tree['tokens'], node: Node, root: Node): void {
    if (node !== root) this.#span(spanOf(tokens, node), 'region');
    for (const child of childrenOf(node)) this.#node(tokens, child, root);
  }

  /** A pack folds with all that belongs to it. */
  #packs(items: readonly (Node & { readonly kind: string })[], tokens: Tree['tokens']): void {
    for (const [index, item] of items.entries()) {
      if (item.kind !== 'pack') continue;
      const own = items.findIndex((other, at) => at > index && other.kind === 'pack');
      const last = items[own < 0 ? items.length - 1 : own - 1]!;
      this.#span({ start: spanOf(tokens, item).start, end: spanOf(tokens, last).end }, 'region');
    }
  }

  #span(span: Span, kind: FoldingRange['kind']): void {
    const { start, end } = this.file.rangeOf(span);
    this.lines(start.line, end.line, kind);
  }

  /** Block comments of several lines, and lines of `//` that follow one another. */
  #comments(text: string, from: number, to: number): void {
    const gap = text.slice(from, to);
    if (!gap.includes('/')) return;
    for (const match of gap.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*(?:\r?\n[ \t]*\/\/[^\r\n]*)*/g))
      this.#span({ start: from + match.index, end: from + match.index + match[0].length }, 'comment');
  }

  #hashComments(text: string): void {
    for (const match of text.matchAll(/^[ \t]*#[^\r\n]*(?:\r?\n[ \t]*#[^\r\n]*)+/gm))
      this.#span({ start: match.index, end: match.index + match[0].length }, 'comment');
  }
}
