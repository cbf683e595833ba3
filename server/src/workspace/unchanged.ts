import type { ChangeRecord } from '../model/record.js';
import { keepEntities } from './keptEntities.js';
import type { ParsedChanges, ParsedFile } from './parsed.js';

/**
 * Stands for what a record says. A record that is parsed anew and says the same, token for token, keeps the
 * one it had, so that what was derived from it can be kept although every offset in the file moved.
 */
export type Content = object;

const contents = new WeakMap<ChangeRecord, Content>();

/** The content of a record; two records of one file never share one at the same time. */
export function contentOf(record: ChangeRecord): Content {
  let content = contents.get(record);
  if (!content) contents.set(record, (content = {}));
  return content;
}

/**
 * The file as parsed from its new text, with what says the same as before recognised: records by their
 * content, the entities of the registry as the same objects.
 */
export function keepUnchanged(before: ParsedFile | undefined, after: ParsedFile): ParsedFile {
  if (before?.kind === 'changes' && after.kind === 'changes') keepContents(before, after);
  if (before?.kind === 'registry' && after.kind === 'registry') return keepEntities(before, after);
  return after;
}

function keepContents(before: ParsedChanges, after: ParsedChanges): void {
  const known = new Map<string, ChangeRecord[]>();
  for (const record of before.records) {
    const words = wordsOf(before, record);
    const list = known.get(words);
    if (list) list.push(record);
    else known.set(words, [record]);
  }
  for (const record of after.records) {
    const same = known.get(wordsOf(after, record))?.shift();
    if (same) contents.set(record, contentOf(same));
  }
}

/** The tokens of a record, with the ends of lines between them: a unit has to stand on its number's line. */
function wordsOf({ tokens }: ParsedChanges, { node }: ChangeRecord): string {
  const { text, starts, ends } = tokens;
  const words: string[] = [];
  for (let index = node.first; index <= node.last; index++) {
    const gap = index === node.first ? '' : text.slice(ends[index - 1], starts[index]);
    words.push(gap.includes('\n') ? '\n' : '\0', text.slice(starts[index], ends[index]));
  }
  return words.join('');
}
