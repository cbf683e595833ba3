/** Completion in the expressions of rules: facts, functions, conditions, and the words that the left side can be. */
import { resolvePath, type Scope } from '../rules/factPath.js';
import { FACTS, type FactType, factNamed } from '../rules/facts.js';
import { Kind } from '../syntax/kinds.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { CompletionBuilder } from './completionItem.js';
import type { RulesWord } from './completionRulesWords.js';
import { wordAt } from './completionStatement.js';
import type { Place } from './completionTyped.js';

/** What completion in a rule pack is made from. */
export interface RulesScene {
  readonly snapshot: Snapshot;
  readonly builder: CompletionBuilder;
  readonly place: Place;
  readonly pack: string;
  readonly where: RulesWord['where'];
  /** What the subject and the parts can be, as the triggers of the rule say. */
  readonly scope: Scope;
}

const COMPARISONS: ReadonlySet<number> = new Set([
  Kind.Equal,
  Kind.NotEqual,
  Kind.Less,
  Kind.LessEqual,
  Kind.Greater,
  Kind.GreaterEqual,
]);

const BEFORE_OPERAND: ReadonlySet<number> = new Set([
  Kind.When,
  Kind.Default,
  Kind.And,
  Kind.Or,
  Kind.Not,
  Kind.OpenParen,
]);

/** Adds what may follow in an expression begun by `when` or `default`; returns whether it may end here. */
export function addExpression(scene: RulesScene, start: number): boolean {
  const { builder, place, scope } = scene;
  const { tokens, before } = place;
  const last = tokens.kinds[before - 1]!;
  const bracket = openBracket(scene, start);
  const isInCall = bracket > start && tokens.kinds[bracket - 1] === Kind.Word;
  const isInList = bracket > start && tokens.kinds[bracket - 1] === Kind.In;
  if (COMPARISONS.has(last)) {
    addRight(scene, typeOf(wordAt(tokens, before - 2), scope));
    return false;
  }
  if (isInList && (last === Kind.OpenParen || last === Kind.Comma)) {
    const not = tokens.kinds[bracket - 2] === Kind.Not ? 1 : 0;
    addRight(scene, typeOf(wordAt(tokens, bracket - 2 - not), scope));
    return false;
  }
  if (isInCall && (last === Kind.OpenParen || last === Kind.Comma)) {
    let index = 0;
    for (let at = bracket + 1; at < before; at++) if (tokens.kinds[at] === Kind.Comma) index++;
    addRight(scene, factNamed(wordAt(tokens, bracket - 1))?.parameters[index]?.type ?? null);
    return false;
  }
  if (BEFORE_OPERAND.has(last)) {
    addOperands(scene);
    if (last !== Kind.Not) builder.add(6, { label: 'not', kind: 'keyword', insert: 'not ' });
    return false;
  }
  if (last === Kind.In) {
    builder.add(0, { label: '(', kind: 'snippet', insert: '($1)$0', format: 'snippet' });
    return false;
  }
  const type = typeOf(wordAt(tokens, before - 1), scope);
  if (type && type.type !== 'boolean')
    for (const [label, insert] of [
      ['=', '= '],
      ['!=', '!= '],
      ['in', 'in ($1)$0'],
      ['not in', 'not in ($1)$0'],
    ] as const)
      builder.add(10, {
        label,
        kind: 'keyword',
        insert,
        format: label.endsWith('in') ? 'snippet' : undefined,
      });
  for (const word of ['and', 'or']) builder.add(11, { label: word, kind: 'keyword', insert: `${word} ` });
  return bracket <= start;
}

/** The innermost bracket that is still open, or `start` where none is. */
function openBracket({ place: { tokens, before } }: RulesScene, start: number): number {
  let depth = 0;
  for (let at = before - 1; at > start; at--) {
    if (tokens.kinds[at] === Kind.CloseParen) depth++;
    else if (tokens.kinds[at] === Kind.OpenParen && depth-- === 0) return at;
  }
  return start;
}

function typeOf(path: string, scope: Scope): FactType | null {
  const resolution = resolvePath(path, scope);
  return resolution.found ? resolution.type : null;
}

/** The words that the left side can be, before facts of any sort. */
function addRight(scene: RulesScene, type: FactType | null): void {
  const { builder, snapshot } = scene;
  if (type?.type === 'word') builder.words(0, type.words);
  if (type?.type === 'boolean') builder.words(0, ['true', 'false']);
  if (type?.type === 'value') builder.words(5, ['none']);
  if (type?.type === 'word' && type.words.length === 0) {
    const { rules } = snapshot.world;
    if (rules.packs.size > 0) addAttributes(scene, 'subject', 1);
  }
  addOperands(scene);
}

/** Facts, functions and conditions; behind a dot, the attributes of what stands before it. */
function addOperands(scene: RulesScene): void {
  const { builder, snapshot, pack } = scene;
  const { prefix } = builder.typed;
  const dot = prefix.lastIndexOf('.');
  if (dot > 0 && factNamed(prefix.slice(0, prefix.indexOf('.')))) {
    addAttributes(scene, prefix.slice(0, dot), 0);
    return;
  }
  for (const fact of FACTS) {
    const isCall = fact.kind === 'function';
    const parameters = fact.parameters.map(({ name }, index) => `\${${index + 1}:${name}}`).join(', ');
    builder.add(isCall ? 3 : 2, {
      label: fact.name,
      kind: isCall ? 'function' : 'fact',
      detail: fact.meaning,
      insert: isCall ? `${fact.name}(${parameters})` : fact.name,
      format: isCall ? 'snippet' : undefined,
      data: { topic: 'fact', name: fact.name },
    });
  }
  // Defaults name no conditions.
  if (scene.where === 'condition') return;
  for (const condition of snapshot.world.rules.conditions.values()) {
    const isOwn = snapshot.world.rules.resolveCondition(condition.shortName, pack) === condition;
    builder.add(isOwn ? 4 : 5, {
      label: isOwn ? condition.shortName : condition.name,
      kind: 'condition',
      detail: condition.question,
      data: { topic: 'condition', name: condition.name },
    });
    if (builder.isFull) return;
  }
}

function addAttributes({ builder, scope }: RulesScene, of: string, group: number): void {
  const resolution = resolvePath(`${of}.?`, scope);
  if (resolution.found || resolution.fact === null) return;
  for (const name of resolution.candidates) {
    const label = `${of}.${name}`;
    builder.add(group, { label, kind: 'attribute', data: { topic: 'fact', name: label } });
  }
}
