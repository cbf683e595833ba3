import type { Span } from '../base/span.js';
import type { Analysis } from '../impact/analyse.js';
import type { ShownRules } from '../impact/entailed.js';
import type { World } from '../impact/world.js';
import type { Place } from '../model/edit.js';
import type { ChangeRecord } from '../model/record.js';
import type { RegistryFile, RegistryProblem } from '../registry/entity.js';
import type { RuleLocation } from '../rules/rule.js';
import type { SyntaxFault } from '../syntax/tree.js';
import type { Code } from './codes.js';
import type { Severity } from './finding.js';

/** Where something stands, in the terms of its file, free of offsets wherever the file has a tree. */
export type Anchor =
  | { readonly in: 'record'; readonly record: ChangeRecord; readonly place: Place }
  | { readonly in: 'registry'; readonly file: string; readonly at: number }
  | { readonly in: 'rules'; readonly location: RuleLocation }
  | { readonly in: 'text'; readonly file: string; readonly span: Span };

/** A finding before its place is turned into lines and columns. */
export interface Draft {
  readonly anchor: Anchor;
  /** What is wrong, why it matters and what to do, in plain words. */
  readonly message: string;
  /** Where a check knows better than the catalogue (an unknown key is only a warning). */
  readonly severity?: Severity;
  readonly obligation?: string;
  readonly related?: readonly { readonly message: string; readonly anchor: Anchor }[];
  readonly replacement?: string;
}

/** A record whose ID another one has too, `first` in the order of files and places. */
export interface Twin {
  readonly record: ChangeRecord;
  readonly first: ChangeRecord;
}

/** What a check of the whole workspace sees. */
export interface Everything {
  readonly world: World;
  /** The records whose ID another one before them has, sorted by file and place. */
  readonly twins: readonly Twin[];
  readonly registryFiles: readonly RegistryFile[];
  /** Problems of references and IDs across the registry's files. */
  readonly registryProblems: readonly (RegistryProblem & { readonly file: string })[];
  readonly syntaxFaults: readonly (SyntaxFault & { readonly file: string })[];
  /** Files that could not be read, each with the reason in one sentence. */
  readonly unreadable: readonly { readonly file: string; readonly fault: string }[];
  /** Full names of the rules that belong to the workspace, not to Entail. */
  readonly ownRules: readonly string[];
  /** What the records with `expect` lines show of the rules: those of the workspace, and the examples beside its packs. */
  readonly shownRules: readonly ShownRules[];
  /** Whether the workspace could be expected to hold rules and records, and what it lacks. */
  readonly lacks: readonly ('rules' | 'records')[];
  /** The file to name when something is wrong with the workspace as a whole. */
  readonly configurationFile: string;
}

/**
 * A check of one record: all it reads is the record's analysis and the world. What it finds it reports, since most
 * checks find nothing in most records, and there are many of both.
 */
export interface RecordCheck {
  readonly code: Code;
  readonly record: (analysis: Analysis, report: ReportDraft, world: World) => void;
}

export type ReportDraft = (draft: Draft) => void;

/** A check of what only the whole workspace shows. */
export interface WorkspaceCheck {
  readonly code: Code;
  readonly workspace: (everything: Everything) => Iterable<Draft>;
}

export type Check = RecordCheck | WorkspaceCheck;
