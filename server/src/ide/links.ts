import type { Range, Span } from '../base/span.js';
import type { AnswerNode, Node, RulesFile, Word } from '../syntax/nodes.js';
import { CONFIG_FILE } from '../workspace/config.js';
import type { ParsedChanges, ParsedFile, ParsedRules } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { spanOfWord } from './mentions.js';

/** A place that leads to a file of the workspace or to a page on the web. */
export interface DocumentLink {
  readonly range: Range;
  readonly target: { readonly path: string } | { readonly url: string };
  /** What a click opens. */
  readonly tooltip: string;
}

/** Tells whether a file exists, by its path relative to the workspace, with `/`. */
export type FileTest = (path: string) => boolean;

/**
 * The links of a file: evidence and protocols of a record that are files of the workspace (from its root, or
 * from the record's folder), addresses on the web, citations of the CFR, and packs that entail.jsonc names by
 * their file. `isFile` knows of files that are no part of the workspace's own, such as reports.
 */
export function documentLinks(
  snapshot: Snapshot,
  path: string,
  isFile: FileTest = (candidate) =>
    snapshot.file(candidate) !== undefined && snapshot.paths.includes(candidate),
): readonly DocumentLink[] {
  const file = snapshot.file(path);
  if (!file) return [];
  const links = [...addresses(file)];
  if (file.kind === 'changes') links.push(...documents(file, isFile));
  if (file.kind === 'rules') links.push(...citations(file));
  if (path === CONFIG_FILE) links.push(...packFiles(file, isFile));
  return links.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

function* addresses(file: ParsedFile): Generator<DocumentLink> {
  const { text } = file.source;
  if (!text.includes('://')) return;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s"'<>`\\{}|^]+/g)) {
    const url = match[0].replace(/[.,;:!?)\]]+$/, '');
    const span = { start: match.index, end: match.index + url.length };
    yield { range: file.rangeOf(span), target: { url }, tooltip: `Open ${url}` };
  }
}

function* documents(file: ParsedChanges, isFile: FileTest): Generator<DocumentLink> {
  for (const record of file.records) {
    for (const answer of record.answers) {
      for (const word of documentsOf(answer)) {
        const target = candidatesOf(file.source.path, word.text).find(isFile);
        if (target === undefined) continue;
        const range = file.rangeOf(spanOfWord(file.tokens, word));
        yield { range, target: { path: target }, tooltip: `Open ${target}` };
      }
    }
  }
}

function documentsOf(answer: AnswerNode): readonly Word[] {
  const evidence = 'grounds' in answer ? (answer.grounds?.evidence ?? []) : [];
  return answer.kind === 'revalidate' && answer.protocol ? [answer.protocol, ...evidence] : evidence;
}

/** The paths that a text may mean, from the root of the workspace and from the folder of the record. */
function candidatesOf(path: string, written: string): readonly string[] {
  if (written.includes('://')) return [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return [written, folder + written].flatMap((candidate) => insideWorkspace(candidate) ?? []);
}

/** A path without `.` and `..`; null where it leads out of the workspace. */
function insideWorkspace(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length > 0 ? parts.join('/') : null;
}

function* citations(file: ParsedRules): Generator<DocumentLink> {
  const { tokens, root } = file.tree;
  for (const literal of citedIn(root)) {
    const { start, end } = spanOfWord(tokens, literal);
    yield* ofTheCfr(file, { start, end });
  }
}

function* citedIn(root: RulesFile): Generator<Node> {
  for (const item of root.items) {
    if (item.kind === 'condition' && item.cite) yield item.cite;
    if (item.kind !== 'rule') continue;
    for (const clause of item.clauses) if (clause.kind === 'cite') yield* clause.citations;
  }
}

/** `21 CFR 314.70(b)(1)`: the electronic Code of Federal Regulations has an address for every section. */
function* ofTheCfr(file: ParsedRules, { start, end }: Span): Generator<DocumentLink> {
  const text = file.source.text.slice(start, end);
  for (const match of text.matchAll(/\b(\d+) CFR (?:§\s*)?(\d+\.\d+)(?:\([a-zA-Z0-9]+\))*/g)) {
    const url = `https://www.ecfr.gov/current/title-${match[1]}/section-${match[2]}`;
    const from = start + match.index;
    const range = file.rangeOf({ start: from, end: from + match[0].length });
    yield { range, target: { url }, tooltip: `Read ${match[1]} CFR ${match[2]} at ecfr.gov` };
  }
}

function* packFiles(file: ParsedFile, isFile: FileTest): Generator<DocumentLink> {
  for (const match of file.source.text.matchAll(/"([^"\\\n]+\.rules)"/g)) {
    const path = match[1]!;
    if (!isFile(path)) continue;
    const start = match.index + 1;
    const range = file.rangeOf({ start, end: start + path.length });
    yield { range, target: { path }, tooltip: `Open ${path}` };
  }
}
