import { LineIndex } from '../base/lineIndex.js';
import type { Range, Span } from '../base/span.js';
import { type ChangeRecord, recordsOf, type Status } from '../model/record.js';
import type { RegistryFile } from '../registry/entity.js';
import { readRegistry } from '../registry/read.js';
import { validateFile } from '../registry/validate.js';
import type { ChangeFile, Node, RulesFile } from '../syntax/nodes.js';
import { parseChange, parseRules } from '../syntax/parser.js';
import type { SyntaxFault } from '../syntax/tree.js';
import { spanOf, type Tokens, type Tree } from '../syntax/tree.js';
import type { SourceFile } from './workspace.js';

/** What is kept of a file, made anew only when its text changes. */
export type ParsedFile = ParsedChanges | ParsedRules | ParsedRegistry | PlainFile;

interface Located {
  readonly source: SourceFile;
  rangeOf(span: Span): Range;
}

/**
 * A file of records. Its records are the same objects as long as its text is the same; the tree and what of the
 * records stands in it can be let go of, and are made anew from the text when they are asked for again.
 */
export interface ParsedChanges extends Located {
  readonly kind: 'changes';
  readonly records: readonly ChangeRecord[];
  readonly faults: readonly SyntaxFault[];
  readonly tokens: Tokens;
  readonly tree: Tree<ChangeFile>;
  /** Lets go of the tree: nodes that were taken from it are no longer those of the file. */
  release(): void;
}

export interface ParsedRules extends Located {
  readonly kind: 'rules';
  readonly tree: Tree<RulesFile>;
}

export interface ParsedRegistry extends Located {
  readonly kind: 'registry';
  readonly registry: RegistryFile;
  /** The same object as long as everything that the file goes on saying stands in the same lines and columns. */
  readonly layout: object;
}

/** A file that could not be read, or that is neither records, rules nor registry. */
export interface PlainFile extends Located {
  readonly kind: 'plain';
}

/**
 * Parses a file by its ending. Never throws: what is wrong is in what it returns.
 *
 * @param onParsed is told whenever a file of records has a tree again, so that not all of them are kept.
 */
export function parseFile(
  source: SourceFile,
  onParsed: (file: ParsedChanges) => void = () => {},
): ParsedFile {
  const located = new LocatedFile(source);
  if (source.fault !== undefined) return located.with({ kind: 'plain' });
  if (source.path.endsWith('.change')) return new ChangesFile(located, onParsed);
  if (source.path.endsWith('.rules')) return located.with({ kind: 'rules', tree: parseRules(source.text) });
  if (/\.ya?ml$/.test(source.path)) {
    const read = readRegistry(source.path, source.text);
    const registry = { ...read, problems: [...read.problems, ...validateFile(read)] };
    return located.with({ kind: 'registry', registry, layout: {} });
  }
  return located.with({ kind: 'plain' });
}

/** The range of a node of a file with tokens; the start of the file for a node of an empty one. */
export function rangeOfNode(file: ParsedChanges | ParsedRules, node: Node): Range {
  const tokens = file.kind === 'changes' ? file.tokens : file.tree.tokens;
  return file.rangeOf(tokens.count === 0 ? { start: 0, end: 0 } : spanOf(tokens, node));
}

/** What changes whenever something in a file may stand in another line or column. */
export function layoutOf(file: ParsedFile | undefined): object | undefined {
  return file?.kind === 'registry' ? file.layout : file;
}

class ChangesFile implements ParsedChanges {
  readonly kind = 'changes';
  readonly faults: readonly SyntaxFault[];
  readonly records: readonly ChangeRecord[];
  #parsed: { readonly tree: Tree<ChangeFile>; readonly records: readonly ChangeRecord[] } | null = null;

  readonly source: SourceFile;
  /** Several findings stand at one edit, and share its range. */
  readonly #ranges = new Map<string, Range>();

  constructor(
    readonly located: LocatedFile,
    readonly onParsed: (file: ParsedChanges) => void,
  ) {
    this.source = located.source;
    const { tree, records } = this.#parse();
    this.faults = tree.faults;
    this.records = records.map(
      (record, index) => new HeldRecord(record, () => this.#parse().records[index]!),
    );
  }

  get tree(): Tree<ChangeFile> {
    return this.#parse().tree;
  }

  get tokens(): Tokens {
    return this.tree.tokens;
  }

  rangeOf = (span: Span): Range => {
    const key = `${span.start} ${span.end}`;
    let range = this.#ranges.get(key);
    if (!range) this.#ranges.set(key, (range = this.located.rangeOf(span)));
    return range;
  };

  release(): void {
    this.#parsed = null;
    this.#ranges.clear();
    this.located.release();
  }

  #parse() {
    if (!this.#parsed) {
      const tree = parseChange(this.source.text);
      this.#parsed = { tree, records: recordsOf(this.source.path, tree) };
      this.onParsed(this);
    }
    return this.#parsed;
  }
}

/** A record that has what fits in a few words at hand, and the rest from the tree of its file. */
class HeldRecord implements ChangeRecord {
  readonly id: string;
  readonly title: string | null;
  readonly file: string;
  readonly first: number;
  readonly status: Status | null;
  readonly raised: number | null;
  readonly implement: number | null;
  readonly until: number | null;
  readonly after: string | null;
  readonly parent: string | null;
  readonly class: string | null;
  readonly urgency: string | null;
  readonly hasExpectations: boolean;

  constructor(
    record: ChangeRecord,
    readonly whole: () => ChangeRecord,
  ) {
    this.id = record.id;
    this.title = record.title;
    this.file = record.file;
    this.first = record.first;
    this.status = record.status;
    this.raised = record.raised;
    this.implement = record.implement;
    this.until = record.until;
    this.after = record.after;
    this.parent = record.parent;
    this.class = record.class;
    this.urgency = record.urgency;
    this.hasExpectations = record.hasExpectations;
  }

  get node(): ChangeRecord['node'] {
    return this.whole().node;
  }

  get fields(): ChangeRecord['fields'] {
    return this.whole().fields;
  }

  get repeats(): ChangeRecord['repeats'] {
    return this.whole().repeats;
  }

  get edits(): ChangeRecord['edits'] {
    return this.whole().edits;
  }

  get answers(): ChangeRecord['answers'] {
    return this.whole().answers;
  }

  get expects(): ChangeRecord['expects'] {
    return this.whole().expects;
  }
}

class LocatedFile implements Located {
  #lines: LineIndex | null = null;

  constructor(readonly source: SourceFile) {}

  /** The line index is made when a place is first asked for: most files of a large workspace have no finding. */
  rangeOf = (span: Span): Range => {
    this.#lines ??= new LineIndex(this.source.text);
    return this.#lines.rangeOf(span);
  };

  /** Lets go of the line index; it is made again when a place is asked for. */
  release(): void {
    this.#lines = null;
  }

  with<T extends object>(rest: T): T & Located {
    return { source: this.source, rangeOf: this.rangeOf, ...rest };
  }
}
