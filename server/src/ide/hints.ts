import type { Position, Span } from '../base/span.js';
import type { Analysis } from '../impact/analyse.js';
import type { Obligation } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import { type ChangeRecord, isEvidence, placeOf } from '../model/record.js';
import { textAt } from '../registry/registry.js';
import type { Node, Statement, TargetNode, Word } from '../syntax/nodes.js';
import { spanOf } from '../syntax/tree.js';
import type { Snapshot } from '../workspace/workspace.js';
import { spanFor, spanWords } from './hoverDates.js';
import { obligationsOf } from './hoverImpact.js';
import { ratioMark } from './hoverValue.js';
import { type View, viewOf } from './hoverWorld.js';

/** A few words set into the text behind something. Plain text: an editor shows it as it is. */
export interface Hint {
  readonly position: Position;
  readonly label: string;
  /** `name`: what an ID is called; `category`: what the rules come to; `ratio`: how the proposed value compares. */
  readonly kind: 'name' | 'category' | 'ratio';
}

/** The hints of a stretch of a file of change records, in the order of the text; none for other files. */
export function hints(snapshot: Snapshot, path: string, span: Span): readonly Hint[] {
  const file = snapshot.file(path);
  if (file?.kind !== 'changes') return [];
  const view = viewOf(snapshot, path);
  const found: { readonly offset: number; readonly label: string; readonly kind: Hint['kind'] }[] = [];
  const overlaps = (node: Node): boolean => {
    const own = spanOf(file.tokens, node);
    return own.end >= span.start && own.start <= span.end;
  };
  const put = (node: Node, kind: Hint['kind'], label: string | null): void => {
    const offset = spanOf(file.tokens, node).end;
    if (label !== null && offset >= span.start && offset <= span.end) found.push({ offset, label, kind });
  };
  for (const record of file.records) {
    if (!overlaps(record.node)) continue;
    const hinted = new RecordHints(record, view, put);
    for (const statement of record.node.statements) if (overlaps(statement)) hinted.statement(statement);
  }
  return found
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, label, kind }) => ({
      position: file.rangeOf({ start: offset, end: offset }).start,
      label,
      kind,
    }));
}

const LONGEST_NAME = 40;
const MOST_FILINGS = 3;

class RecordHints {
  #analysis: Analysis | null = null;

  constructor(
    readonly record: ChangeRecord,
    readonly view: View,
    readonly put: (node: Node, kind: Hint['kind'], label: string | null) => void,
  ) {}

  get world(): World {
    return this.view.world;
  }

  /** Asked for when a hint first needs it. */
  get analysis(): Analysis {
    return (this.#analysis ??= this.view.analysisOf(this.record));
  }

  statement(statement: Statement): void {
    switch (statement.kind) {
      case 'modify':
        this.#names([...statement.subjects, ...statement.sites]);
        for (const line of statement.lines) {
          const [current] = line.current;
          const [proposed] = line.proposed;
          if (current && proposed) this.put(proposed, 'ratio', ratioMark(current.value, proposed.value));
          this.put(line, 'category', this.#categories(line));
        }
        return;
      case 'add':
      case 'remove':
        this.#names([...statement.parts, ...statement.subjects]);
        this.put(statement, 'category', this.#categories(statement));
        return;
      case 'replace':
        this.#names([statement.out, statement.in, ...statement.subjects]);
        this.put(statement, 'category', this.#categories(statement));
        return;
      case 'transfer':
        this.#names([...statement.subjects, statement.from, statement.to]);
        this.put(statement, 'category', this.#categories(statement));
        return;
      case 'revalidate':
        this.#names([...targetNames([statement.target]), statement.site]);
        return;
      case 'unaffected':
        this.#names([...targetNames(statement.targets), statement.site]);
        return;
      case 'file':
        if (statement.category) this.put(statement.category, 'category', this.#owed(statement));
        return;
      case 'notify':
        this.#names(statement.parties);
        return;
      case 'approval':
        this.#names(statement.by);
        return;
    }
  }

  /** What people call the things that are named, where they have another name than their ID. */
  #names(words: readonly (Word | null)[]): void {
    for (const word of words) {
      const entity = word && this.world.registry.get(word.text);
      const name = entity ? textAt(entity, 'name') : undefined;
      if (!word || name === undefined || name === word.text) continue;
      this.put(word, 'name', name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).trimEnd()}…` : name);
    }
  }

  /** `NDA-1 PAS, MAA-1 II`: the category that an edit brings about for each filing. */
  #categories(node: Node): string | null {
    if (isEvidence(this.record)) return null;
    const { first, last } = placeOf(this.record, node);
    const { analysis } = this;
    const keys = new Set(
      analysis.edits
        .filter(({ place }) => place.first <= last && first <= place.last && place.last === last)
        .map(({ key }) => key),
    );
    const filings = obligationsOf(analysis, keys).filter(({ kind }) => kind === 'filing');
    if (filings.length === 0) return null;
    const named = filings
      .slice(0, MOST_FILINGS)
      .map((filing) => `${filing.target} ${spanWords(spanFor(filing, keys, analysis, this.world))}`);
    return [...named, ...(filings.length > MOST_FILINGS ? [`+${filings.length - MOST_FILINGS}`] : [])].join(
      ', ',
    );
  }

  /** What is owed where a `file` line declares something else. */
  #owed(statement: Statement & { readonly kind: 'file' }): string | null {
    if (isEvidence(this.record) || statement.scope.length > 0) return null;
    const other = this.analysis.obligations.filter(
      (one) =>
        one.kind === 'filing' &&
        statement.filings.some(({ text }) => text === one.target) &&
        differs(one, statement.category?.text ?? ''),
    );
    const labels = [...new Set(other.map((one) => `owed: ${spanWords(one.category!)}`))];
    return labels.length === 0 ? null : labels.join(', ');
  }
}

function differs({ category }: Obligation, declared: string): boolean {
  return category?.highest != null && category.highest !== declared;
}

function targetNames(targets: readonly (TargetNode | null)[]): readonly (Word | null)[] {
  return targets.map((target) => target?.ref ?? null);
}
