// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets mark their places so.
/** Completion in rule packs: what may stand at the cursor, read from the tokens before it. */
import { formatDate } from '../base/date.js';
import type { Kind as EntityKind } from '../registry/entity.js';
import { KINDS, SCHEMA } from '../registry/schema.js';
import { FILING_TYPES, MARKETS, REGULATORY_AUTHORITIES, VALIDATION_KINDS } from '../registry/vocabulary.js';
import { ACTIONS } from '../rules/facts.js';
import { packsUsedBy } from '../rules/lookup.js';
import type { Pack } from '../rules/rule.js';
import { partWords } from '../rules/trigger.js';
import { SCOPES_IN_WORDS } from '../rules/words.js';
import { Kind } from '../syntax/kinds.js';
import type { ParsedRules } from '../workspace/parsed.js';
import { knownNames, type Snapshot } from '../workspace/workspace.js';
import { addExpression, type RulesScene } from './completionExpression.js';
import { CompletionBuilder, type CompletionList, NO_COMPLETIONS } from './completionItem.js';
import {
  isClosed,
  itemBefore,
  lastOf,
  openingBrace,
  packAt,
  scopeAt,
  statementBefore,
  wordsPresent,
} from './completionRulesPlace.js';
import { RULES_WORDS, type RulesWord } from './completionRulesWords.js';
import { wordAt } from './completionStatement.js';
import { placeAt } from './completionTyped.js';

export function rulesCompletions(snapshot: Snapshot, file: ParsedRules, offset: number): CompletionList {
  const place = placeAt(file.tree.tokens, offset);
  // Texts are prose in rule packs: titles, citations, documents.
  if (!place || place.typed.inQuotes) return NO_COMPLETIONS;
  const builder = new CompletionBuilder(file, place.typed);
  const { tokens, before } = place;
  const item = itemBefore(tokens, before);
  if (item < 0 || isClosed(tokens, item, before)) {
    if (place.isLineStart) addWords(builder, 'file', new Set());
    return builder.list();
  }
  const open = openingBrace(tokens, item, before);
  if (open < 0) return NO_COMPLETIONS;
  const where =
    tokens.kinds[item] === Kind.Pack ? 'pack' : tokens.kinds[item] === Kind.Rule ? 'rule' : 'condition';
  const scene: RulesScene = {
    snapshot,
    builder,
    place,
    pack: packAt(file, item),
    where,
    scope: scopeAt(file, item),
  };
  const start = statementBefore(tokens, open, before, where);
  const isComplete = start < 0 || addStatement(scene, start);
  if (isComplete && place.isLineStart) addWords(builder, where, wordsPresent(tokens, open, place));
  return builder.list();
}

const GROUP_OF_STATEMENTS = 20;

function addWords(builder: CompletionBuilder, where: RulesWord['where'], present: ReadonlySet<string>): void {
  for (const { word, meaning, snippet, where: place } of RULES_WORDS) {
    if (place !== where || (present.has(word) && ONLY_ONCE.has(word))) continue;
    builder.add(GROUP_OF_STATEMENTS, {
      label: word,
      kind: word.endsWith(':') ? 'field' : 'keyword',
      detail: meaning,
      insert: snippet,
      format: 'snippet',
      data: { topic: 'rules-word', name: word, of: where },
    });
  }
}

const ONLY_ONCE: ReadonlySet<string> = new Set([
  'market:',
  'filings:',
  'source:',
  'in-force:',
  'until:',
  'accepts:',
  'uses:',
  'otherwise:',
  'supersedes:',
  'categories:',
  'default',
  'on',
  'when',
  'basis',
]);

/** Adds what may follow in a statement; returns whether a further statement may begin here. */
function addStatement(scene: RulesScene, start: number): boolean {
  const { builder, place, snapshot } = scene;
  const { tokens, before } = place;
  const last = tokens.kinds[before - 1]!;
  const isFirst = before === start + 1;
  const isLinked = last === Kind.Comma;
  if (tokens.kinds[start + 1] === Kind.Colon && start + 1 < before && tokens.kinds[start] !== Kind.Categories)
    return addFieldValues(scene, wordAt(tokens, start), last);
  const clauseWhen = lastOf(tokens, start, before, Kind.When);
  if (clauseWhen >= 0 || tokens.kinds[start] === Kind.Default)
    return addExpression(scene, Math.max(clauseWhen, start));
  const follow = (...words: readonly string[]): void => {
    for (const word of words) builder.add(10, { label: word, kind: 'keyword', insert: `${word} ` });
  };
  switch (tokens.kinds[start]) {
    case Kind.On:
      return addTrigger(scene, start);
    case Kind.Report: {
      if (isFirst) addCategories(scene, 0);
      else if (
        tokens.kinds[before - 1] === Kind.Of ||
        (isLinked && lastOf(tokens, start, before, Kind.Instead) >= 0)
      )
        addRules(scene);
      else if (last === Kind.Instead) follow('of');
      else {
        follow('instead of', 'when', 'otherwise', 'once');
        return true;
      }
      return false;
    }
    case Kind.Revalidate:
    case Kind.Assess:
      if (isFirst) builder.words(0, VALIDATION_KINDS, 'kind of validation');
      else if (last === Kind.At) builder.words(0, ['destination']);
      else if (last === Kind.Of) builder.words(0, ['steps']);
      else {
        if (before === start + 2)
          for (const [word, detail] of Object.entries(SCOPES_IN_WORDS))
            builder.add(10, { label: word, kind: 'keyword', detail, insert: `${word} ` });
        if (lastOf(tokens, start, before, Kind.At) < 0) follow('at destination');
        follow('when');
        return true;
      }
      return false;
    case Kind.Perform: {
      if (!isFirst) {
        follow('when');
        return before > start + 2;
      }
      for (const rule of snapshot.world.rules.rules.values())
        for (const { id, text } of rule.tasks)
          builder.add(0, { label: id, kind: 'word', detail: text, insert: `${id} ${JSON.stringify(text)}` });
      return false;
    }
    case Kind.Notify:
      if (isFirst) builder.words(0, ['holder', 'authorised', 'sponsor', 'customer']);
      else follow('when');
      return !isFirst;
    case Kind.Basis:
      if (isFirst) {
        builder.add(0, { label: 'official', kind: 'word', detail: "the regulation's own text was read" });
        builder.add(0, { label: 'secondary', kind: 'word', detail: 'a transcription or summary was read' });
        builder.add(0, {
          label: 'recalled',
          kind: 'word',
          detail: 'neither was read: check before relying on it',
        });
      }
      return !isFirst;
    case Kind.Dossier: {
      if (isFirst || isLinked)
        builder.words(0, new Set([...snapshot.world.rules.rules.values()].flatMap(({ dossier }) => dossier)));
      return !isFirst && !isLinked;
    }
    case Kind.Lead:
      if (scene.where === 'pack' && isFirst)
        for (const kind of VALIDATION_KINDS)
          builder.add(0, { label: kind, kind: 'word', insert: `${kind}: ` });
      return !isFirst && last !== Kind.Colon;
    case Kind.Order:
      if (isFirst || last === Kind.Before) builder.words(0, VALIDATION_KINDS);
      else if (before === start + 2) follow('before');
      return before >= start + 4;
    case Kind.Clock:
      return addClock(scene, start);
    case Kind.Categories:
      return before > start + 2 && last !== Kind.Less;
    default:
      return !isFirst && !isLinked;
  }
}

function addFieldValues({ builder, snapshot, pack }: RulesScene, field: string, last: number): boolean {
  if (last !== Kind.Colon && last !== Kind.Comma) return true;
  const { rules, asOf } = snapshot.world;
  switch (field) {
    case 'market':
      builder.words(0, ['US', 'EU', 'GB', 'CH', 'CA', 'JP', 'CN', 'AU', ...MARKETS]);
      break;
    case 'filings':
      builder.words(0, FILING_TYPES);
      break;
    case 'accepts':
      builder.words(0, REGULATORY_AUTHORITIES);
      break;
    case 'uses':
      for (const { id, title } of rules.packs.values())
        if (id !== pack)
          builder.add(0, { label: id, kind: 'word', detail: title, data: { topic: 'pack', name: id } });
      break;
    case 'in-force':
    case 'until':
      builder.add(0, { label: formatDate(asOf), kind: 'date', detail: 'today' });
      break;
    case 'otherwise':
      for (const rule of rules.rulesOf(pack))
        builder.add(0, {
          label: rule.shortName,
          kind: 'rule',
          detail: rule.title,
          data: { topic: 'rule', name: rule.name },
        });
      break;
    case 'supersedes':
      for (const rule of rules.rules.values())
        if (rule.pack !== pack)
          builder.add(0, {
            label: rule.name,
            kind: 'rule',
            detail: rule.title,
            data: { topic: 'rule', name: rule.name },
          });
  }
  return false;
}

/** `ACTION PART of KIND`, one after the other with commas between. */
function addTrigger({ builder, place, snapshot }: RulesScene, start: number): boolean {
  const { tokens, before, after } = place;
  let first = start + 1;
  for (let at = start + 1; at < before; at++) if (tokens.kinds[at] === Kind.Comma) first = at + 1;
  const written = before - first;
  const action = ACTIONS.find((one) => written > 0 && one === wordAt(tokens, first));
  const known = knownNames(snapshot.world.registry);
  if (written === 0) {
    for (const one of ACTIONS) builder.add(0, { label: one, kind: 'keyword', insert: `${one} ` });
    builder.add(0, { label: 'any edit', kind: 'keyword', detail: 'whatever changes' });
    return false;
  }
  if (action === undefined) return true;
  if (written === 1) {
    // The kind behind the cursor, where the trigger is there already, settles which parts there are.
    const ahead =
      tokens.kinds[after] === Kind.Of ? KINDS.find((kind) => kind === wordAt(tokens, after + 1)) : undefined;
    const kinds = new Map<string, EntityKind[]>();
    for (const kind of ahead ? [ahead] : KINDS)
      for (const part of partWords(action, kind, known)) kinds.set(part, [...(kinds.get(part) ?? []), kind]);
    for (const [part, of] of [...kinds].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const whole = !ahead && of.length === 1 ? `${part} of ${of[0]}` : part;
      builder.add(0, { label: part, kind: 'attribute', detail: `of ${of.join(', ')}`, insert: whole });
    }
    return false;
  }
  if (tokens.kinds[before - 1] === Kind.Of) {
    const part = wordAt(tokens, first + 1);
    for (const kind of KINDS)
      if (partWords(action, kind, known).has(part))
        builder.add(0, {
          label: kind,
          kind: 'word',
          detail: SCHEMA[kind].description,
          data: { topic: 'kind', name: kind },
        });
    return false;
  }
  if (written === 2) {
    builder.add(0, { label: 'of', kind: 'keyword', insert: 'of ' });
    return false;
  }
  return true;
}

const CLOCK_STEPS: readonly (readonly [string, string, string])[] = [
  ['approval', 'only after approval', 'approval'],
  ['on-receipt', 'once the authority has it', 'on-receipt'],
  ['afterwards', 'at any time, filed afterwards', 'afterwards'],
  ['wait', 'not before so long after submission or approval', 'wait ${1:30 days}'],
  ['typical', 'what authorities usually take', 'typical ${1:4 months}'],
  ['within', 'filed within so long', 'within ${1:60 days}'],
  ['judged', 'by the rules of which day', 'judged on ${1|submission,implementation|}'],
];

function addClock(scene: RulesScene, start: number): boolean {
  const { builder, place } = scene;
  const { tokens, before } = place;
  const last = tokens.kinds[before - 1]!;
  if (before === start + 1) {
    for (const category of categoriesOf(scene))
      builder.add(0, { label: category, kind: 'category', insert: `${category}: ` });
    return false;
  }
  if (last === Kind.Colon || last === Kind.Comma) {
    for (const [label, detail, insert] of CLOCK_STEPS)
      builder.add(0, { label, kind: 'word', detail, insert, format: 'snippet' });
    return false;
  }
  if (last === Kind.On) builder.words(0, ['submission', 'implementation']);
  else if (last === Kind.Of) builder.words(0, ['anniversary']);
  return last !== Kind.On && last !== Kind.Of;
}

function addCategories(scene: RulesScene, group: number): void {
  for (const label of categoriesOf(scene))
    scene.builder.add(group, {
      label,
      kind: 'category',
      data: { topic: 'category', name: label, of: scene.pack },
    });
}

/** The categories of the pack, or of the packs that use it; the highest first. */
function categoriesOf({ snapshot, pack }: RulesScene): readonly string[] {
  const packs = [...snapshot.world.rules.packs.values()];
  const own = packs.filter(({ id }) => id === pack);
  const using = packs.filter((one) => packsUsedBy(snapshot.world.rules.packs, one.id).includes(pack));
  const categories = (list: readonly Pack[]): string[] =>
    list.flatMap((one) => [...one.categories].reverse()).filter((name) => name !== 'none');
  return [...new Set([...categories(own), ...categories(using)])];
}

/** Rules of the pack by their short names, then those of other packs in full. */
function addRules({ builder, snapshot, pack }: RulesScene): void {
  const { rules } = snapshot.world;
  for (const rule of rules.rulesOf(pack))
    builder.add(0, {
      label: rule.shortName,
      kind: 'rule',
      detail: rule.title,
      filter: `${rule.shortName} ${rule.title}`,
      data: { topic: 'rule', name: rule.name },
    });
  for (const rule of rules.rules.values()) {
    if (rule.pack === pack) continue;
    builder.add(1, {
      label: rule.name,
      kind: 'rule',
      detail: rule.title,
      filter: `${rule.name} ${rule.title}`,
      data: { topic: 'rule', name: rule.name },
    });
    if (builder.isFull) return;
  }
}
