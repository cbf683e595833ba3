import { YAMLException } from 'js-yaml';
import { readDocument } from './document.js';
import type { MapEntry, MapNode, RegistryNode } from './entity.js';
import { readEvents } from './events.js';
import { explain } from './faults.js';
import { missingSpace, quote, type TreeBuilder, UNSUPPORTED } from './tree.js';

/** A passage longer than this that can't be cut at its lines is given up, for the tolerant reader is slow. */
const LONGEST_PASSAGE = 100_000;

/** Every level reads its passage again, so there is an end to it; nothing in a registry lies deeper. */
const DEEPEST_CUT = 8;

/**
 * Reads a file that is not well-formed: the text is cut at its lines into the entries of the outermost
 * map, each entry read by itself, and a broken one cut again, so that a fault costs the value in which it
 * stands and hides nothing else. What can't be cut (a flow collection, a list) goes to the tolerant reader.
 *
 * @param failure what the reader by events said of the whole.
 */
export function readBroken(builder: TreeBuilder, failure: YAMLException): RegistryNode | null {
  return new Recovery(builder, withoutTabs(builder)).root(failure);
}

/** The complaint of a reader by events, or the error itself where it is no complaint. */
export function asComplaint(error: unknown): YAMLException {
  if (error instanceof YAMLException) return error;
  throw error;
}

type OpenMap = MapNode & { readonly entries: Map<string, MapEntry> };

interface Piece {
  /** Offsets of the piece, from its key to the start of the next piece. */
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Behind the colon. */
  readonly valueStart: number;
  readonly fault: 'missing-space' | 'missing-colon' | null;
}

class Recovery {
  constructor(
    readonly builder: TreeBuilder,
    readonly text: string,
  ) {}

  root(failure: YAMLException): RegistryNode | null {
    const bom = this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
    const root = this.#block(bom, this.text.length) ?? this.#passage(bom, this.text.length, failure);
    if (this.builder.problems.length === 0) this.#explain(0, this.text.length, 0, failure);
    return root;
  }

  /** The map whose entries begin at the lines of a passage, or null where it can't be cut so. */
  #block(start: number, end: number): OpenMap | null {
    if (this.#depth >= DEEPEST_CUT) return null;
    const pieces = this.#cut(start, end);
    if (!pieces) return null;
    const map = this.builder.map(this.builder.place(pieces[0]!.start, end));
    this.#depth++;
    for (const piece of pieces) this.#entry(map, piece);
    this.#depth--;
    return map;
  }

  #entry(map: OpenMap, piece: Piece): void {
    const { builder } = this;
    if (piece.fault === null) {
      try {
        const read = readEvents(builder, this.text.slice(piece.start, piece.end), piece.start);
        if (read?.type === 'map') {
          for (const [key, entry] of read.entries) builder.add(map, key, entry);
          return;
        }
      } catch (error) {
        this.#brokenEntry(map, piece, asComplaint(error));
        return;
      }
    }
    const value = this.text.slice(piece.valueStart, piece.end).trim();
    if (piece.fault === 'missing-space') {
      builder.fault(piece.keyStart, piece.valueStart + value.length, missingSpace(piece.key, value));
    } else if (piece.fault === 'missing-colon') {
      builder.fault(piece.keyStart, piece.keyEnd, `A colon is missing: ${quote(`${piece.key}:`)}.`);
    }
    const keyAt = builder.place(piece.keyStart, piece.keyEnd);
    if (piece.fault === 'missing-space') {
      const text = builder.scalar(piece.valueStart, piece.valueStart + value.length, value, 'plain');
      builder.add(map, piece.key, { keyAt, value: text });
    } else {
      const inner = value === '' ? null : this.#value(piece.valueStart, piece.end);
      builder.add(map, piece.key, { keyAt, value: inner ?? builder.unreadable(piece.keyEnd) });
    }
  }

  #value(start: number, end: number): RegistryNode | null {
    try {
      return readEvents(this.builder, this.text.slice(start, end), start);
    } catch (error) {
      return this.#block(start, end) ?? this.#passage(start, end, asComplaint(error));
    }
  }

  #brokenEntry(map: OpenMap, piece: Piece, failure: YAMLException): void {
    const { builder } = this;
    const keyAt = builder.place(piece.keyStart, piece.keyEnd);
    const eol = this.text.indexOf('\n', piece.valueStart);
    const lineEnd = eol < 0 || eol > piece.end ? piece.end : eol;
    const inline = this.text.slice(piece.valueStart, lineEnd).replace(/(^|\s)#.*$/, '');
    const written = inline.trim();
    const before = builder.problems.length;
    let value: RegistryNode | null = null;
    if (written === '') {
      value = this.#block(lineEnd, piece.end) ?? this.#passage(lineEnd, piece.end, failure);
    } else if (written.startsWith('{') || written.startsWith('[')) {
      value = this.#passage(piece.valueStart, piece.end, failure);
    } else if (this.text.slice(lineEnd, piece.end).trim() === '') {
      // What the author wrote is what they meant, but for the quotes or the space that YAML asks for.
      const at = piece.valueStart + inline.indexOf(written);
      const quote = /^["']/.test(written) ? 1 : 0;
      value = builder.scalar(at + quote, at + written.length, unquoted(written), 'plain');
    }
    if (builder.problems.length === before) this.#explain(piece.start, piece.end, piece.start, failure);
    builder.add(map, piece.key, { keyAt, value: value ?? builder.unreadable(piece.keyEnd) });
  }

  /** What the tolerant reader makes of a passage, with its first fault. */
  #passage(start: number, end: number, failure: YAMLException): RegistryNode | null {
    if (this.builder.hasEnough || end - start > LONGEST_PASSAGE || /nesting exceeded/.test(failure.reason))
      return null;
    try {
      const { root, faults } = readDocument(this.builder, this.text.slice(start, end), start);
      const first = faults[0];
      if (first) {
        const position = start + first.start;
        // With its key before it the passage shows how its value begins.
        const from = this.text.lastIndexOf('\n', start - 1) + 1;
        this.#report({ from, to: end, position, reason: failure.reason });
      }
      return root;
    } catch (error) {
      // The tolerant reader recurses over what it reads, and so may run out of stack.
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  #explain(from: number, to: number, offset: number, failure: YAMLException): void {
    const position = offset + (failure.mark?.position ?? 0);
    this.#report({ from, to, position, reason: failure.reason });
  }

  #report(where: { from: number; to: number; position: number; reason: string }): void {
    const fault = explain({ text: this.text, ...where });
    this.builder.fault(fault.start, fault.end, fault.message, fault.replacement);
  }

  /** Cuts a passage at the lines on which an entry of its map begins. */
  #cut(start: number, end: number): readonly Piece[] | null {
    const pieces: Piece[] = [];
    let base = -1;
    // A line indented with tabs among lines indented with spaces belongs to the line above, as it looks.
    let tabbed = false;
    let lineStart = start;
    while (lineStart < end) {
      const eol = this.text.indexOf('\n', lineStart);
      const next = eol < 0 || eol >= end ? end : eol + 1;
      const line = this.text.slice(lineStart, next).trimEnd();
      const indent = line.length - line.trimStart().length;
      const content = line.slice(indent);
      if (content !== '' && content[0] !== '#' && !(base < 0 && content[0] === '%')) {
        if (content === '---' || content === '...') {
          if (pieces.length > 0 && content === '---' && !this.#secondDocument) {
            this.#secondDocument = true;
            this.builder.fault(lineStart, lineStart + 3, UNSUPPORTED.document);
          }
        } else if (
          base < 0 ||
          (indent <= base && !/^[\]}]/.test(content) && tabbed === this.#tabbed(lineStart))
        ) {
          const piece = pieceAt(content, lineStart + indent, next);
          if (!piece && base < 0) return null;
          if (base < 0) {
            base = indent;
            tabbed = this.#tabbed(lineStart);
          }
          if (piece) {
            closeLast(pieces, lineStart);
            pieces.push({ ...piece, end });
          }
        }
      }
      lineStart = next;
    }
    return pieces.length > 0 ? pieces : null;
  }

  #secondDocument = false;
  #depth = 0;

  #tabbed(lineStart: number): boolean {
    return /^ *\t/.test(this.builder.text.slice(lineStart, lineStart + 40));
  }
}

function unquoted(written: string): string {
  const quote = written[0];
  if (quote !== '"' && quote !== "'") return written;
  return written.length > 1 && written.endsWith(quote) ? written.slice(1, -1) : written.slice(1);
}

const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s"'#{}[\],&*!|>%@`?-][^:#]*?))\s*:(?=\s|$)/;
const KEY_WITHOUT_SPACE = /^([A-Za-z][\w.-]*):(?!\/\/)([^\s:].*)$/;
const KEY_WITHOUT_COLON = /^([A-Za-z][\w.-]*)(?:\s+#.*)?$/;

function pieceAt(content: string, start: number, end: number): Piece | null {
  const whole = content.match(KEY);
  if (whole) {
    const quoted = whole[3] === undefined ? 1 : 0;
    const key = whole[1] ?? whole[2] ?? whole[3]!;
    const keyStart = start + quoted;
    const keyEnd = keyStart + key.length;
    return { start, end, key, keyStart, keyEnd, valueStart: start + whole[0].length, fault: null };
  }
  const noSpace = content.match(KEY_WITHOUT_SPACE);
  const match = noSpace ?? content.match(KEY_WITHOUT_COLON);
  if (!match) return null;
  const key = match[1]!;
  const keyEnd = start + key.length;
  return noSpace
    ? { start, end, key, keyStart: start, keyEnd, valueStart: keyEnd + 1, fault: 'missing-space' }
    : {
        start,
        end,
        key,
        keyStart: start,
        keyEnd,
        valueStart: start + content.length,
        fault: 'missing-colon',
      };
}

function closeLast(pieces: Piece[], end: number): void {
  const last = pieces.pop();
  if (last) pieces.push({ ...last, end });
}

/** The text with every tab of an indentation as one space, so that offsets stay; the first is complained about. */
function withoutTabs(builder: TreeBuilder): string {
  const indentation = /^[ ]*\t[ \t]*(?=[^\s#])/gm;
  const first = indentation.exec(builder.text);
  if (!first) return builder.text;
  let lines = 0;
  const clean = builder.text.replace(indentation, (tabs) => {
    lines++;
    return ' '.repeat(tabs.length);
  });
  const more = lines === 1 ? '' : ` (${lines} lines of this file)`;
  builder.tabbedAt = builder.starts.length;
  builder.fault(
    first.index,
    first.index + first[0].length,
    `This line is indented with a tab, and YAML allows spaces only: use two spaces for each level${more}.`,
  );
  return clean;
}
