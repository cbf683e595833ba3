/** Completion in entail.jsonc: keys, packs, finding codes, severities, validation kinds and sites. */
import { getLocation } from 'jsonc-parser';
import { CODES } from '../checks/codes.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import type { ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import {
  type Choice,
  CompletionBuilder,
  type CompletionList,
  escapeSnippet,
  NO_COMPLETIONS,
} from './completionItem.js';

export const CONFIG_KEYS: readonly {
  readonly key: string;
  readonly meaning: string;
  readonly value: string;
}[] = [
  { key: 'registry', meaning: "The registry's files, as patterns.", value: '["$0"]' },
  { key: 'changes', meaning: 'The files of change records, as patterns.', value: '["$0"]' },
  {
    key: 'packs',
    meaning:
      "The rule packs in force: those that come with Entail by their IDs, a company's own by their files.",
    value: '["$0"]',
  },
  { key: 'severity', meaning: 'How serious each finding is: error, warning, info or off.', value: '{ $0 }' },
  { key: 'lead', meaning: 'How long validations take, by kind; for the timeline only.', value: '{ $0 }' },
  {
    key: 'sites',
    meaning: 'What differs at a site: lead times, and what comes before what.',
    value: '{ $0 }',
  },
];

const SITE_KEYS: readonly (readonly [string, string, string])[] = [
  ['lead', 'How long validations take at this site.', '{ $0 }'],
  ['order', 'Pairs of validation kinds: the first is done before the second.', '[["$1", "$2"]]'],
];

const SEVERITIES: readonly (readonly [string, string])[] = [
  ['error', 'the check fails'],
  ['warning', 'worth a look'],
  ['info', 'for information'],
  ['off', 'not reported'],
];

export function configCompletions(snapshot: Snapshot, file: ParsedFile, offset: number): CompletionList {
  const { text } = file.source;
  const location = getLocation(text, offset);
  const { path } = location;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  // Everything before the cursor on its line: whole texts and what stands between them, then a text that is open.
  const open = /^(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*("(?:[^"\\]|\\.)*)?(\/\/)?/.exec(line)!;
  if (open[2] !== undefined) return NO_COMPLETIONS;
  const inText = open[1] !== undefined;
  const bare = /[\w-]*$/.exec(line)![0];
  const start = offset - (open[1] ?? bare).length;
  const rest = inText ? /^[^"\r\n]*"/.exec(text.slice(offset, offset + 200)) : null;
  const end = offset + (rest?.[0].length ?? 0);
  const prefix = inText ? open[1]!.slice(1) : bare;
  const builder = new CompletionBuilder(file, { prefix, span: { start, end }, inQuotes: false });
  const add = (name: string, rest: Omit<Choice, 'label' | 'insert'>, value?: string): void => {
    // A key that has its value already is replaced alone.
    const hasColon = /^\s*:/.test(text.slice(end, end + 20));
    const whole = JSON.stringify(name);
    builder.add(0, {
      ...rest,
      label: name,
      insert: value === undefined || hasColon ? whole : `${escapeSnippet(whole)}: ${value}`,
      format: value === undefined || hasColon ? undefined : 'snippet',
      filter: inText ? `"${name}"` : name,
    });
  };
  const [section] = path;
  if (location.isAtPropertyKey) addKeys(snapshot, text, path, add);
  else if (section === 'packs') {
    const elsewhere = text.slice(0, start) + text.slice(end);
    for (const id of snapshot.shippedPacks) {
      if (elsewhere.includes(JSON.stringify(id))) continue;
      const pack = snapshot.world.rules.packs.get(id);
      add(id, { kind: 'word', detail: pack?.title, data: { topic: 'pack', name: id } });
    }
  } else if (section === 'severity') {
    for (const [word, says] of SEVERITIES) add(word, { kind: 'word', detail: says });
  } else if (section === 'sites' && path[2] === 'order') {
    for (const kind of VALIDATION_KINDS) add(kind, { kind: 'word' });
  }
  return builder.list();
}

type Add = (name: string, rest: Omit<Choice, 'label' | 'insert'>, value?: string) => void;

function addKeys(
  { world, config }: Snapshot,
  text: string,
  path: readonly (string | number)[],
  add: Add,
): void {
  const [section] = path;
  if (path.length <= 1) {
    for (const { key, meaning, value } of CONFIG_KEYS)
      if (!text.includes(`"${key}"`))
        add(key, { kind: 'field', detail: meaning, data: { topic: 'config', name: key } }, value);
  } else if (section === 'severity') {
    for (const [code, severity] of Object.entries(CODES)) {
      if (Object.hasOwn(config.severity, code)) continue;
      const detail = severity === 'status' ? 'by the status of the record' : severity;
      add(code, { kind: 'field', detail, data: { topic: 'code', name: code } }, '"$0"');
    }
  } else if (section === 'lead' || (section === 'sites' && path[2] === 'lead')) {
    for (const kind of VALIDATION_KINDS) add(kind, { kind: 'field' }, '"$0"');
  } else if (section === 'sites' && path.length === 2) {
    for (const { id } of world.registry.all('site'))
      add(id, { kind: 'entity', data: { topic: 'entity', name: id } }, '{ $0 }');
  } else if (section === 'sites' && path.length === 3) {
    for (const [key, meaning, value] of SITE_KEYS) add(key, { kind: 'field', detail: meaning }, value);
  }
}
