import { LineIndex } from '../base/lineIndex.js';
import type { Range, Span } from '../base/span.js';
import { type ChangeRecord, recordsOf } from '../model/record.js';
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

export interface ParsedChanges extends Located {
  readonly kind: 'changes';
  readonly records: readonly ChangeRecord[];
  readonly faults: readonly SyntaxFault[];
  readonly tokens: Tokens;
  readonly tree: Tree<ChangeFile>;
}

export interface ParsedRules extends Located {
  readonly kind: 'rules';
  readonly tree: Tree<RulesFile>;
}

export interface ParsedRegistry extends Located {
  readonly kind: 'registry';
  readonly registry: RegistryFile;
}

/** A file that could not be read, or that is neither records, rules nor registry. */
export interface PlainFile extends Located {
  readonly kind: 'plain';
}

/** Parses a file by its ending. Never throws: what is wrong is in what it returns. */
export function parseFile(source: SourceFile): ParsedFile {
  const located = new LocatedFile(source);
  if (source.fault !== undefined) return located.with({ kind: 'plain' });
  if (source.path.endsWith('.change')) {
    const tree = parseChange(source.text);
    return located.with({
      kind: 'changes',
      records: recordsOf(source.path, tree),
      faults: tree.faults,
      tokens: tree.tokens,
      tree,
    });
  }
  if (source.path.endsWith('.rules')) return located.with({ kind: 'rules', tree: parseRules(source.text) });
  if (/\.ya?ml$/.test(source.path)) {
    const read = readRegistry(source.path, source.text);
    const registry = { ...read, problems: [...read.problems, ...validateFile(read)] };
    return located.with({ kind: 'registry', registry });
  }
  return located.with({ kind: 'plain' });
}

/** The range of a node of a file with tokens; the start of the file for a node of an empty one. */
export function rangeOfNode(file: ParsedChanges | ParsedRules, node: Node): Range {
  const tokens = file.kind === 'changes' ? file.tokens : file.tree.tokens;
  return file.rangeOf(tokens.count === 0 ? { start: 0, end: 0 } : spanOf(tokens, node));
}

class LocatedFile implements Located {
  #lines: LineIndex | null = null;

  constructor(readonly source: SourceFile) {}

  /** The line index is made when a place is first asked for: most files of a large workspace have no finding. */
  rangeOf = (span: Span): Range => {
    this.#lines ??= new LineIndex(this.source.text);
    return this.#lines.rangeOf(span);
  };

  with<T extends object>(rest: T): T & Located {
    return { source: this.source, rangeOf: this.rangeOf, ...rest };
  }
}
