import type { Range } from '../base/span.js';
import { SCHEMA } from '../registry/schema.js';
import { factNamed } from '../rules/facts.js';
import { FIELD_NAMES, Kind, type Language, RESERVED } from '../syntax/kinds.js';
import { lex } from '../syntax/lexer.js';
import { quoteText } from '../syntax/texts.js';
import { type Tokens, tokenAt } from '../syntax/tree.js';
import type { Snapshot } from '../workspace/workspace.js';
import { declarationsOf } from './definition.js';
import { type FileEdit, fileEdit, type TextChange } from './edits.js';
import {
  type Name,
  nameAt,
  type Occurrence,
  occurrences,
  registryFor,
  shippedPaths,
  shortNameOf,
} from './names.js';

/** Why something can't be renamed, in words for whoever asked. */
export interface Refusal {
  readonly kind: 'refused';
  readonly message: string;
}

/** What would be renamed: exactly the name, and what to offer in its place. */
export interface Renamable {
  readonly kind: 'renamable';
  readonly range: Range;
  readonly placeholder: string;
}

export interface Renaming {
  readonly kind: 'edits';
  /** Sorted by path and place; they don't overlap. */
  readonly edits: readonly FileEdit[];
}

/**
 * Whether what stands at an offset can be renamed: an entity, a record, or a rule or condition of the
 * workspace's own packs. Null where no name stands.
 */
export function prepareRename(snapshot: Snapshot, path: string, offset: number): Renamable | Refusal | null {
  const name = nameAt(snapshot, path, offset);
  if (!name) return null;
  const message = obstacleOf(snapshot, name);
  if (message !== null) return refused(message);
  return { kind: 'renamable', range: behindPrefix(snapshot, name), placeholder: shortOf(snapshot, name) };
}

/**
 * The edits that rename what stands at an offset everywhere: in records, in the registry (its quotes stay), in
 * the workspace's packs and in entail.jsonc. Refused for a name that is none, or that something else has.
 */
export function rename(
  snapshot: Snapshot,
  path: string,
  offset: number,
  newName: string,
): Renaming | Refusal {
  const name = nameAt(snapshot, path, offset);
  if (!name) return refused('Nothing that could be renamed stands here.');
  const written = newName.trim();
  const message =
    obstacleOf(snapshot, name) ?? faultOfName(name, written) ?? clashOf(snapshot, name, written);
  if (message !== null) return refused(message);
  if (written === shortOf(snapshot, name)) return { kind: 'edits', edits: [] };
  const found = occurrences(snapshot, name);
  const shared = found.find((place) => meansOthersToo(snapshot, name, place));
  if (shared) {
    const line = `${shared.path}, line ${shared.range.start.line + 1}`;
    return refused(
      `\`${shared.text}\` in ${line} means the ${name.kind} of that name in several packs. Write \`${name.id}\` there first, so that it is clear what is to be renamed.`,
    );
  }
  return { kind: 'edits', edits: found.map((place) => editOf(snapshot, name, place, written)) };
}

const RENAMABLE: ReadonlySet<Name['kind']> = new Set(['entity', 'record', 'rule', 'condition']);

const NOT_RENAMABLE: Readonly<Partial<Record<Name['kind'], string>>> = {
  pack: 'A pack is named after its files, which a rename of the word would leave behind: rename the files, then the packs.',
  category:
    'A category is the authority’s word. Change it in the pack that declares it, and where it is used.',
  'validation-kind':
    'The kinds of validation are fixed words of Entail: another one can be chosen, but none renamed.',
  task: 'A task is named by the rule that asks for it: change it there and in the records that answer it.',
  fact: 'Facts are fixed words of Entail: another one can be chosen, but none renamed.',
  code: 'The codes of findings are fixed words of Entail: another one can be chosen, but none renamed.',
};

function obstacleOf(snapshot: Snapshot, name: Name): string | null {
  if (!RENAMABLE.has(name.kind)) return NOT_RENAMABLE[name.kind] ?? `A ${name.kind} can't be renamed.`;
  if (name.ids.length > 1)
    return `\`${name.text}\` means the ${name.kind} of that name in ${name.ids.length} packs (${name.ids.join(', ')}). Write one of them in full to rename it.`;
  const declarations = declarationsOf(snapshot, name);
  if (declarations.length === 0)
    return `Nothing is named \`${name.id}\`, so there is nothing to rename: mend the word, or create what it should name.`;
  const shipped = new Set(shippedPaths(snapshot));
  const overridden = name.kind === 'rule' && snapshot.world.rules.rules.get(name.id)?.overrides;
  if (overridden)
    return `\`${name.id}\` takes the place of a rule that comes with Entail, which it does by its name alone. Renamed, it would be another rule.`;
  if (declarations.some(({ path }) => shipped.has(path)))
    return `\`${name.id}\` comes with Entail and can't be renamed. A company's own packs can.`;
  return null;
}

const PARTS = /^[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*$/u;

function faultOfName(name: Name, written: string): string | null {
  if (written === '')
    return 'A name is needed: letters and digits, with single `-`, `_`, `.` or `/` between them.';
  if (!PARTS.test(written))
    return `\`${written}\` is no name: use letters and digits, with single \`-\`, \`_\`, \`.\` or \`/\` between them, such as \`SITE-B2\`.`;
  if (name.kind === 'entity') {
    if (/^null$/i.test(written))
      return `\`${written}\` means nothing at all in the registry: choose another name.`;
    return Object.hasOwn(SCHEMA, written)
      ? `\`${written}\` is the word for a kind of entity: choose another name.`
      : null;
  }
  if (name.kind === 'record') return null;
  if (written.includes('/'))
    return `What stands before a \`/\` is the pack; write the name of the ${name.kind} alone, such as \`${written.slice(written.lastIndexOf('/') + 1)}\`.`;
  const isSection = name.kind === 'rule' && isSectionNumber(written);
  if (!isSection && (needsQuotes(written, 'rules') || needsQuotes(written, 'change'))) {
    const orSection = name.kind === 'rule' ? ' (or write a section number, such as `314.70`)' : '';
    return `\`${written}\` can't name a ${name.kind}: begin with a letter${orSection}, and use no word of the language.`;
  }
  if (name.kind === 'condition' && factNamed(written)?.kind === 'fact')
    return `\`${written}\` is a fact already: give the condition another name.`;
  return null;
}

function clashOf(snapshot: Snapshot, name: Name, written: string): string | null {
  if (written === shortOf(snapshot, name)) return null;
  const { rules } = snapshot.world;
  if (name.kind === 'entity') {
    const registry = registryFor(snapshot, name.path);
    const other = registry.get(written);
    if (other)
      return `\`${written}\` is the ID of a ${SCHEMA[other.kind].title} already (${other.file}): choose another, or remove that one first.`;
    const isProtocol = registry.get(name.id)?.kind === 'protocol';
    return isProtocol && rules.conditionsNamed(written).length > 0
      ? `A condition is named \`${written}\` already, so \`confirm ${written}\` would mean that: choose another name.`
      : null;
  }
  const full = name.kind === 'record' ? written : `${packOf(name.id, shortOf(snapshot, name))}/${written}`;
  const [other] = declarationsOf(snapshot, { ...name, id: full, ids: [full] });
  return other
    ? `There is a ${name.kind} \`${full}\` already (${other.path}, line ${other.selectionRange.start.line + 1}): choose another name.`
    : null;
}

/** A bare name in a record, which would go on meaning only the others after the rename. */
function meansOthersToo(snapshot: Snapshot, name: Name, place: Occurrence): boolean {
  if (name.kind !== 'rule' && name.kind !== 'condition') return false;
  return (nameAt(snapshot, place.path, place.span.start)?.ids.length ?? 1) > 1;
}

function editOf(snapshot: Snapshot, name: Name, place: Occurrence, written: string): FileEdit {
  const { path, span, text } = place;
  const file = snapshot.file(path)!;
  if (file.kind !== 'changes' && file.kind !== 'rules')
    return fileEdit(snapshot, path, { span, newText: written });
  const short = shortOf(snapshot, name);
  const prefix = text.slice(0, text.length - short.length);
  const newText =
    prefix === '' && isTaken(snapshot, name, place, written)
      ? `${packOf(name.id, short)}/${written}`
      : prefix + written;
  const language = file.kind === 'changes' ? 'change' : 'rules';
  // Rules are named by sections, which need no quotes.
  const isQuoted = (word: string): boolean =>
    needsQuotes(word, language) && !(name.kind === 'rule' && isSectionNumber(word));
  return fileEdit(snapshot, path, inTokens(file.tree.tokens, { span, newText }, isQuoted));
}

/** Whether a bare name would mean what another pack has under the new name too. */
function isTaken(snapshot: Snapshot, name: Name, place: Occurrence, written: string): boolean {
  if (place.role === 'declaration') return false;
  const { rules } = snapshot.world;
  const file = snapshot.file(place.path);
  if (name.kind === 'condition') return file?.kind === 'changes' && rules.conditionsNamed(written).length > 0;
  return name.kind === 'rule' && file?.kind === 'changes' && rules.rulesNamed(written).length > 0;
}

/** A name that has to be quoted in the language gets its quotes, around the whole word of which it is part. */
function inTokens(tokens: Tokens, change: TextChange, isQuoted: (word: string) => boolean): TextChange {
  const { span, newText } = change;
  const token = tokenAt(tokens, span.start + 1) ?? tokenAt(tokens, span.start);
  if (token === null || isText(tokens.kinds[token]!)) return change;
  const word = { start: tokens.starts[token]!, end: tokens.ends[token]! };
  const whole = tokens.text.slice(word.start, span.start) + newText + tokens.text.slice(span.end, word.end);
  return isQuoted(whole) ? { span: word, newText: quoteText(whole) } : change;
}

function isText(kind: number): boolean {
  return kind === Kind.Text || kind === Kind.TextBlock || kind === Kind.UnclosedText;
}

function needsQuotes(word: string, language: Language): boolean {
  const { tokens } = lex(word);
  const kind = tokens.kinds[0] ?? Kind.End;
  const isWhole = tokens.count === 1 && tokens.ends[0] === word.length;
  if (!isWhole || RESERVED[language].has(kind) || FIELD_NAMES[language].has(word)) return true;
  return kind < Kind.Word;
}

/** `314.70.b`: what names rules, and nothing else, without quotes. */
function isSectionNumber(word: string): boolean {
  const { tokens } = lex(word);
  return tokens.count === 1 && tokens.ends[0] === word.length && tokens.kinds[0] === Kind.Section;
}

function shortOf(snapshot: Snapshot, name: Name): string {
  return shortNameOf(snapshot.world.rules, name.kind, name.id);
}

function packOf(id: string, short: string): string {
  return id.slice(0, id.length - short.length - 1);
}

/** Of a name that is written with its pack, what stands behind it. */
function behindPrefix(snapshot: Snapshot, name: Name): Range {
  const prefix = name.text.length - shortOf(snapshot, name).length;
  const file = snapshot.file(name.path);
  if (prefix <= 0 || !file) return name.range;
  return file.rangeOf({ start: name.span.start + prefix, end: name.span.end });
}

function refused(message: string): Refusal {
  return { kind: 'refused', message };
}
