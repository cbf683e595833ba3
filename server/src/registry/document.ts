import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, parseAllDocuments } from 'yaml';
import type { RegistryNode } from './entity.js';
import { blockContent, endOfFlow, type TreeBuilder, UNSUPPORTED, withoutLastBreak } from './tree.js';

/** A fault as `yaml` reports it: offsets in the text that was read. */
export interface DocumentFault {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads what may be faulty YAML and keeps what can be kept. `source` stands at `offset` in the builder's
 * text. Slow (some 0.6 MB/s), so meant for the one passage that is broken.
 *
 * Aliases are never expanded, so a text of n characters gives at most n nodes.
 *
 * @returns the root (null where there is none) and the faults in the order of their places.
 */
export function readDocument(
  builder: TreeBuilder,
  source: string,
  offset: number,
): { readonly root: RegistryNode | null; readonly faults: readonly DocumentFault[] } {
  const documents = parseAllDocuments(source, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    strict: true,
  });
  const read: readonly Document.Parsed[] = Array.isArray(documents) ? documents : [];
  const first = read[0];
  if (!first) return { root: null, faults: [] };
  const faults = first.errors
    .map((error) => ({ code: error.code as string, start: error.pos[0], end: error.pos[1] }))
    .sort((a, b) => a.start - b.start);
  const reader = new DocumentReader(builder, source, offset);
  const root = first.contents && !isNothing(first.contents) ? reader.node(first.contents) : null;
  if (read.length > 1 && faults.length === 0) {
    const start = source.indexOf('---', reader.end);
    if (start >= 0) builder.fault(offset + start, offset + start + 3, UNSUPPORTED.document);
  }
  return { root, faults };
}

function isNothing(node: ParsedNode): boolean {
  return isScalar(node) && node.range[0] === node.range[1] && !node.tag && !node.anchor;
}

class DocumentReader {
  /** Where the last thing read ends in `source`, its closing quote or bracket included. */
  end = 0;

  constructor(
    readonly builder: TreeBuilder,
    readonly source: string,
    readonly offset: number,
  ) {}

  node(node: ParsedNode | null): RegistryNode {
    if (node === null) return this.builder.nothing(this.offset + this.end);
    const [start, end] = node.range;
    if (isAlias(node)) {
      this.builder.repeatedFault(
        'alias',
        this.offset + start,
        this.offset + end,
        UNSUPPORTED.alias(node.source),
      );
      this.end = end;
      return this.builder.unreadable(this.offset + end);
    }
    this.#properties(node);
    if (isMap(node)) {
      const at = this.builder.place(this.offset + start, this.offset + start);
      const map = this.builder.map(at);
      this.end = start + (node.flow ? 1 : 0);
      for (const { key, value } of node.items) {
        if (!isScalar(key)) {
          this.#oddKey(key as ParsedNode | null, value as ParsedNode | null);
          continue;
        }
        this.#properties(key as ParsedNode);
        const { from, to, text, outer } = this.#scalarParts(key as ParsedNode);
        const keyAt = this.builder.place(this.offset + from, this.offset + to);
        this.end = outer;
        if (text === '<<' && key.type === 'PLAIN') {
          this.builder.fault(this.offset + from, this.offset + to, UNSUPPORTED.merge);
          this.#quietly(() => this.node(value as ParsedNode | null));
          continue;
        }
        if (text === '') this.builder.fault(this.offset + from, this.offset + to, UNSUPPORTED.emptyKey);
        this.builder.add(map, text, { keyAt, value: this.node(value as ParsedNode | null) });
      }
      this.#close(at, node.flow);
      return map;
    }
    if (isSeq(node)) {
      const at = this.builder.place(this.offset + start, this.offset + start);
      this.end = start + (node.flow ? 1 : 0);
      const items = node.items.map((item) => this.node(item as ParsedNode));
      this.#close(at, node.flow);
      return this.builder.list(at, items);
    }
    if (isNothing(node) || (node.range[0] === node.range[1] && node.type === 'PLAIN'))
      return this.builder.nothing(this.offset + this.end);
    const { from, to, text, outer } = this.#scalarParts(node);
    this.end = outer;
    return this.builder.scalar(
      this.offset + from,
      this.offset + to,
      text,
      node.type === 'PLAIN' ? 'plain' : 'quoted',
    );
  }

  #scalarParts(node: ParsedNode): { from: number; to: number; text: string; outer: number } {
    const [start, end] = node.range;
    if (!isScalar(node) || start === end) return { from: this.end, to: this.end, text: '', outer: this.end };
    const text = String(node.source ?? node.value ?? '');
    switch (node.type) {
      case 'QUOTE_DOUBLE':
      case 'QUOTE_SINGLE': {
        const closed = end > start + 1 && this.source[end - 1] === this.source[start];
        return { from: start + 1, to: closed ? end - 1 : end, text, outer: end };
      }
      case 'BLOCK_LITERAL':
      case 'BLOCK_FOLDED': {
        const header = this.source.indexOf('\n', start);
        const content = blockContent(this.source, header < 0 || header > end ? end : header, end);
        return { from: content.start, to: content.end, text: withoutLastBreak(text), outer: content.end };
      }
      default:
        return { from: start, to: end, text, outer: end };
    }
  }

  #close(at: number, flow: boolean | undefined): void {
    if (flow) this.end = endOfFlow(this.source, this.end);
    this.builder.close(at, this.offset + this.end);
  }

  #oddKey(key: ParsedNode | null, value: ParsedNode | null): void {
    const start = key ? key.range[0] : this.end;
    if (key === null) {
      this.builder.fault(this.offset + start, this.offset + start, UNSUPPORTED.emptyKey);
    } else {
      this.#quietly(() => this.node(key));
      this.builder.fault(this.offset + start, this.offset + this.end, UNSUPPORTED.key);
    }
    this.#quietly(() => this.node(value));
  }

  #quietly(read: () => void): void {
    const problems = this.builder.problems.length;
    const duplicates = this.builder.duplicates.length;
    read();
    this.builder.problems.length = problems;
    this.builder.duplicates.length = duplicates;
  }

  #properties(node: ParsedNode): void {
    if (isAlias(node)) return;
    const before = node.range[0];
    if (node.anchor) {
      const start = this.source.lastIndexOf(`&${node.anchor}`, before);
      const end = start + node.anchor.length + 1;
      if (start >= 0) {
        const message = UNSUPPORTED.anchor(node.anchor);
        this.builder.repeatedFault('anchor', this.offset + start, this.offset + end, message);
        this.end = Math.max(this.end, end);
      }
    }
    const written = this.source.slice(this.end, before).match(/(?<![^\s,[{:-])![^\s,[\]{}]*/);
    if (written?.index !== undefined) this.#tag(this.end + written.index, written[0]);
  }

  #tag(start: number, tag: string): void {
    const end = start + tag.length;
    this.builder.fault(this.offset + start, this.offset + end, UNSUPPORTED.tag(tag));
    this.end = Math.max(this.end, end);
  }
}
