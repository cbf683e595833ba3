/**
 * What the registry holds: entities read from YAML, every key and value with its place.
 *
 * A place (`at`) is an ordinal into the file's table of spans (`RegistryFile.starts`, `ends`), not an
 * offset, so that an entity stays equal to itself while the text around it moves.
 */
export type Kind =
  | 'organisation'
  | 'site'
  | 'product'
  | 'material'
  | 'step'
  | 'equipment'
  | 'utility'
  | 'system'
  | 'supplier'
  | 'packaging'
  | 'method'
  | 'specification'
  | 'validation'
  | 'filing'
  | 'protocol'
  | 'agreement';

export type RegistryNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly type: 'scalar';
  readonly at: number;
  /** The source text without quotes: `95.0` keeps its zero, `007` is text. Empty for a null. */
  readonly text: string;
  /** Written without quotes. */
  readonly plain: boolean;
}

export interface ListNode {
  readonly type: 'list';
  readonly at: number;
  readonly items: readonly RegistryNode[];
}

export interface MapNode {
  readonly type: 'map';
  readonly at: number;
  /** In source order; the first of two equal keys wins (and the second is a problem). */
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  /** The place of the key. */
  readonly keyAt: number;
  readonly value: RegistryNode;
}

export interface Entity {
  readonly id: string;
  readonly kind: Kind;
  /** Path of the file, relative to the workspace, with `/`. */
  readonly file: string;
  /** The place of the ID. */
  readonly at: number;
  readonly node: MapNode;
}

/** Something wrong in one registry file, at a place of it. */
export interface RegistryProblem {
  readonly code: 'syntax' | 'registry/schema' | 'registry/duplicate-id' | 'registry/unknown-reference';
  readonly at: number;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
  /** What to write in its place. */
  readonly replacement?: string;
  /** The other place that the message speaks of (the first of two equal IDs). */
  readonly related?: { readonly file: string; readonly at: number };
}

export interface RegistryFile {
  readonly file: string;
  readonly entities: readonly Entity[];
  readonly problems: readonly RegistryProblem[];
  /** Span table: `at` -> offsets in the file's text. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}
