import {
  COLLECTION_STYLE_FLOW,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_PLAIN,
  SCALAR_STYLE_SINGLE_QUOTED,
  type ScalarEvent,
} from 'js-yaml';
import type { RegistryNode } from './entity.js';
import { blockContent, endOfFlow, type TreeBuilder, UNSUPPORTED, withoutLastBreak } from './tree.js';

/** Nesting beyond this is refused; the deepest thing that the schema knows stands at eight. */
export const DEEPEST = 64;

/**
 * Reads well-formed YAML by events, at some ten times the speed of composing a document. `source` stands
 * at `offset` in the builder's text.
 *
 * @returns the root, or null where there is nothing but comments.
 * @throws YAMLException where the text is not well-formed; nothing has been built then.
 */
export function readEvents(builder: TreeBuilder, source: string, offset: number): RegistryNode | null {
  const events = parseEvents(source, { maxDepth: DEEPEST });
  return new EventReader(builder, source, offset, events).documents();
}

class EventReader {
  #next = 0;
  /** Where the last thing read ends in `source`, its closing quote or bracket included. */
  #end = 0;

  constructor(
    readonly builder: TreeBuilder,
    readonly source: string,
    readonly offset: number,
    readonly events: readonly Event[],
  ) {}

  documents(): RegistryNode | null {
    let root: RegistryNode | null = null;
    while (this.#next < this.events.length) {
      const event = this.events[this.#next++]!;
      if (event.type !== EVENT_ID.DOCUMENT) continue;
      if (this.#next > 1) {
        const start = this.source.indexOf('---', this.#end);
        this.builder.fault(this.offset + start, this.offset + start + 3, UNSUPPORTED.document);
        // Of a second document only its first fault matters: everything in it has to move.
        return root;
      }
      if (this.events[this.#next]?.type !== EVENT_ID.POP) root = this.#node();
    }
    return root;
  }

  #node(): RegistryNode {
    const event = this.events[this.#next++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        this.#properties(event);
        return this.#scalar(event);
      case EVENT_ID.MAPPING: {
        this.#properties(event);
        const at = this.builder.place(this.offset + event.start, this.offset + event.start);
        const map = this.builder.map(at);
        this.#end = event.start + (event.style === COLLECTION_STYLE_FLOW ? 1 : 0);
        while (this.events[this.#next]!.type !== EVENT_ID.POP) {
          const key = this.events[this.#next++]!;
          if (key.type !== EVENT_ID.SCALAR) {
            this.#next--;
            this.#oddKey();
            continue;
          }
          this.#properties(key);
          const start = key.valueStart < 0 ? this.#end : key.valueStart;
          const end = key.valueStart < 0 ? this.#end : key.valueEnd;
          const keyAt = this.builder.place(this.offset + start, this.offset + end);
          this.#end = outerEnd(key, end);
          const text = getScalarValue(this.source, key);
          if (text === '<<' && key.style === SCALAR_STYLE_PLAIN) {
            this.builder.fault(this.offset + start, this.offset + end, UNSUPPORTED.merge);
            this.#quietly(() => this.#node());
            continue;
          }
          if (text === '') this.builder.fault(this.offset + start, this.offset + end, UNSUPPORTED.emptyKey);
          this.builder.add(map, text, { keyAt, value: this.#node() });
        }
        this.#next++;
        this.#close(at, event.style);
        return map;
      }
      case EVENT_ID.SEQUENCE: {
        this.#properties(event);
        const at = this.builder.place(this.offset + event.start, this.offset + event.start);
        const items: RegistryNode[] = [];
        this.#end = event.start + (event.style === COLLECTION_STYLE_FLOW ? 1 : 0);
        while (this.events[this.#next]!.type !== EVENT_ID.POP) items.push(this.#node());
        this.#next++;
        this.#close(at, event.style);
        return this.builder.list(at, items);
      }
      case EVENT_ID.ALIAS: {
        const name = this.source.slice(event.anchorStart, event.anchorEnd);
        this.#end = event.anchorEnd;
        this.builder.repeatedFault(
          'alias',
          this.offset + event.anchorStart - 1,
          this.offset + event.anchorEnd,
          UNSUPPORTED.alias(name),
        );
        return this.builder.unreadable(this.offset + event.anchorEnd);
      }
      default:
        return this.builder.nothing(this.offset + this.#end);
    }
  }

  #scalar(event: ScalarEvent): RegistryNode {
    if (event.valueStart < 0) return this.builder.nothing(this.offset + this.#end);
    const { valueStart, valueEnd, style } = event;
    if (isBlock(event)) {
      const { start, end } = blockContent(this.source, valueStart, valueEnd);
      this.#end = end;
      const text = withoutLastBreak(getScalarValue(this.source, event));
      return this.builder.scalar(this.offset + start, this.offset + end, text, 'quoted');
    }
    this.#end = outerEnd(event, valueEnd);
    const text = event.fast ? this.source.slice(valueStart, valueEnd) : getScalarValue(this.source, event);
    return this.builder.scalar(
      this.offset + valueStart,
      this.offset + valueEnd,
      text,
      style === SCALAR_STYLE_PLAIN ? 'plain' : 'quoted',
    );
  }

  #close(at: number, style: number): void {
    if (style === COLLECTION_STYLE_FLOW) this.#end = endOfFlow(this.source, this.#end);
    this.builder.close(at, this.offset + this.#end);
  }

  /** A list, map or alias where a key is meant: said once, then it and its value are passed over. */
  #oddKey(): void {
    const event = this.events[this.#next]!;
    const start =
      event.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : 'start' in event ? event.start : this.#end;
    this.#quietly(() => this.#node());
    this.builder.fault(this.offset + start, this.offset + this.#end, UNSUPPORTED.key);
    this.#quietly(() => this.#node());
  }

  /** Passes over what has been complained about as a whole. */
  #quietly(read: () => void): void {
    const problems = this.builder.problems.length;
    const duplicates = this.builder.duplicates.length;
    read();
    this.builder.problems.length = problems;
    this.builder.duplicates.length = duplicates;
  }

  #properties(event: {
    readonly anchorStart: number;
    readonly anchorEnd: number;
    readonly tagStart: number;
    readonly tagEnd: number;
  }): void {
    const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
    if (anchorStart >= 0) {
      const name = this.source.slice(anchorStart, anchorEnd);
      this.builder.repeatedFault(
        'anchor',
        this.offset + anchorStart - 1,
        this.offset + anchorEnd,
        UNSUPPORTED.anchor(name),
      );
      this.#end = anchorEnd;
    }
    if (tagStart >= 0) {
      const tag = this.source.slice(tagStart, tagEnd);
      this.builder.fault(this.offset + tagStart, this.offset + tagEnd, UNSUPPORTED.tag(tag));
      this.#end = Math.max(this.#end, tagEnd);
    }
  }
}

function outerEnd(event: ScalarEvent, end: number): number {
  const quoted = event.style === SCALAR_STYLE_SINGLE_QUOTED || event.style === SCALAR_STYLE_DOUBLE_QUOTED;
  return quoted ? end + 1 : end;
}

function isBlock(event: ScalarEvent): boolean {
  return event.style > SCALAR_STYLE_DOUBLE_QUOTED;
}
