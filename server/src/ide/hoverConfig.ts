import { getLocation } from 'jsonc-parser';
import { CODES, type Code } from '../checks/codes.js';
import { pageOf } from '../checks/pages.js';
import type { PlainFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { Hover } from './hover.js';
import { entityHover } from './hoverEntity.js';
import { bold, paragraphs } from './hoverMarkdown.js';
import { packHover } from './hoverRule.js';
import { vocabularyHover } from './hoverWords.js';

/** What a key, finding code, pack or site of entail.jsonc means. */
export function hoverInConfig(snapshot: Snapshot, file: PlainFile, offset: number): Hover | null {
  const { path, previousNode } = getLocation(file.source.text, offset);
  if (previousNode?.type !== 'string' && previousNode?.type !== 'property') return null;
  const start = previousNode.offset;
  const end = start + previousNode.length;
  if (offset < start || offset > end) return null;
  const markdown = wordsFor(snapshot, path.map(String), String(previousNode.value));
  return markdown === null ? null : { range: file.rangeOf({ start, end }), markdown };
}

const KEYS: Readonly<Record<string, string>> = {
  registry: 'the files that hold the registry, as globs: `"registry/**/*.yaml"`.',
  changes: 'the files that hold change records, as globs: `"**/*.change"`.',
  packs: 'the rule packs in use: IDs of those that come with Entail, and globs of your own `.rules` files.',
  severity: 'how grave each finding is: `error`, `warning`, `info`, or `off`.',
  lead: 'how long each kind of validation takes, for the time line only: `"process": "6 months"`.',
  sites: 'what differs at a site: its lead times and the order of its validations.',
};

const SEVERITIES: ReadonlySet<string> = new Set(['error', 'warning', 'info', 'off']);

function wordsFor({ world }: Snapshot, path: readonly string[], word: string): string | null {
  const [top = '', second = ''] = path;
  if (path.length === 1 && word === top)
    return Object.hasOwn(KEYS, word) ? `${bold(word)}: ${KEYS[word]}` : null;
  if (top === 'severity') {
    if (word === second && Object.hasOwn(CODES, word)) return codeHover(word as Code);
    return SEVERITIES.has(word) ? vocabularyHover(word, 'severity') : null;
  }
  if (top === 'packs') {
    const pack = world.rules.packs.get(word);
    return pack ? packHover(pack, world.rules) : null;
  }
  if (top === 'sites' && word === second) {
    const site = world.registry.get(word);
    return site ? entityHover(site, world) : null;
  }
  return null;
}

/** The page of a code as far as its examples, which are too long for a hover. */
function codeHover(code: Code): string {
  const severity = CODES[code] === 'status' ? "by the record's status" : CODES[code];
  const [, ...rest] = pageOf(code).split('\n');
  const end = rest.findIndex((line) => line.startsWith('## Wrong') || line.startsWith('```'));
  const words = (end < 0 ? rest : rest.slice(0, end))
    .map((line) => (line.startsWith('## ') ? `**${line.slice(3)}**` : line))
    .join('\n')
    .trim();
  return paragraphs(`${bold(code)} (finding, severity: ${severity})`, words);
}
