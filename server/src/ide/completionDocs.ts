/** What a choice of completion means, in Markdown; asked for only when the choice is looked at. */

import { CODES, type Code } from '../checks/codes.js';
import { pageOf } from '../checks/pages.js';
import { packsFor } from '../impact/case.js';
import { resolvePath as resolveModelPath } from '../model/path.js';
import { FIELDS } from '../model/record.js';
import type { Kind } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import { SCHEMA, SECTIONS } from '../registry/schema.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import { resolvePath as resolveFactPath } from '../rules/factPath.js';
import type { Snapshot } from '../workspace/workspace.js';
import { CONFIG_KEYS } from './completionConfig.js';
import type { CompletionData } from './completionItem.js';
import { RULES_WORDS } from './completionRulesWords.js';
import { STATEMENTS } from './completionWords.js';
import { entityHover } from './hoverEntity.js';
import { answerHover } from './hoverImpact.js';
import { bold, code, paragraphs, plain } from './hoverMarkdown.js';
import { categoryHover, conditionHover, factHover, packHover, ruleHover } from './hoverRule.js';

/** The documentation of a choice, by its `data`; null where there is no more to say than the choice itself does. */
export function resolveCompletion(snapshot: Snapshot, data: CompletionData): string | null {
  const { world } = snapshot;
  const { registry, rules } = world;
  const { topic, name } = data;
  switch (topic) {
    case 'statement': {
      if (name === 'change') return CHANGE;
      const statement = STATEMENTS.find(({ word }) => word === name);
      return statement
        ? paragraphs(plain(statement.meaning), `For example: ${code(statement.example)}`)
        : null;
    }
    case 'rules-word': {
      const word = RULES_WORDS.find((one) => one.word === name && one.where === data.of);
      return word ? paragraphs(plain(word.meaning), `For example: ${code(word.example)}`) : null;
    }
    case 'field': {
      const field = FIELDS.find((one) => one.name === name);
      return field ? plain(field.description) : null;
    }
    case 'entity': {
      const entity = registry.get(name);
      return entity ? entityHover(entity, world) : null;
    }
    case 'kind':
      return kindWords(name);
    case 'attribute':
      return attributeWords(snapshot, name, data.of ?? '');
    case 'category': {
      const filing = registry.get(data.of ?? '');
      const governing = filing && packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'));
      const packs = governing ?? [...rules.packs.values()].filter(({ id }) => !data.of || id === data.of);
      return categoryHover(name, packs);
    }
    case 'condition':
    case 'question': {
      const condition = rules.conditions.get(name);
      if (condition) return conditionHover(condition);
      const protocol = registry.get(name);
      return protocol ? entityHover(protocol, world) : null;
    }
    case 'fact':
      return factHover(name, attributeOfFact(name));
    case 'rule': {
      const rule = rules.rules.get(name);
      return rule ? ruleHover(rule, rules) : null;
    }
    case 'pack': {
      const pack = rules.packs.get(name);
      return pack ? packHover(pack, rules) : null;
    }
    case 'obligation': {
      const record = world.record(name.slice(0, name.indexOf(':')));
      const obligation = record && snapshot.analysisOf(record).obligations.find(({ id }) => id === name);
      return obligation ? answerHover([obligation], world) : null;
    }
    case 'record': {
      const record = world.record(name);
      return record
        ? paragraphs(
            `${bold(record.id)} ${plain(record.title ?? '')}`,
            plain([record.status, record.file].filter((part) => part !== null).join(', ')),
          )
        : null;
    }
    case 'code':
      return Object.hasOwn(CODES, name) ? pageOf(name as Code) : null;
    case 'config': {
      const key = CONFIG_KEYS.find((one) => one.key === name);
      return key ? plain(key.meaning) : null;
    }
  }
}

const CHANGE =
  'A change record: what is proposed (edits), what it takes (answers), and who owns it. Entail works out what the edits entail and holds the answers against it.';

/** A kind of entity, the section that holds it, or a kind of validation. */
function kindWords(name: string): string | null {
  const kind = SECTIONS.get(name) ?? (Object.hasOwn(SCHEMA, name) ? (name as Kind) : undefined);
  if (kind) return paragraphs(bold(SCHEMA[kind].section), plain(SCHEMA[kind].description));
  return (VALIDATION_KINDS as readonly string[]).includes(name)
    ? plain(`A kind of validation: ${name.replaceAll('-', ' ')}.`)
    : null;
}

/** An attribute of a kind (`of` is the kind), or a path of an entity (`of` is its ID). */
function attributeWords({ world }: Snapshot, name: string, of: string): string | null {
  const entity = world.registry.get(of);
  const kind = entity?.kind ?? (Object.hasOwn(SCHEMA, of) ? (of as Kind) : undefined);
  if (!kind) return null;
  const attributes = SCHEMA[kind].attributes;
  const [head = ''] = name.split('.');
  if (Object.hasOwn(attributes, head))
    return paragraphs(`${bold(head)} of ${plain(SCHEMA[kind].title)}`, plain(attributes[head]!.description));
  const path = entity ? resolveModelPath(entity, name) : null;
  if (!path) return null;
  const detail = path.detail === null ? '' : `, its ${path.detail}`;
  return plain(`The ${path.group} ${path.name} of ${of}${detail}.`);
}

function attributeOfFact(path: string): string {
  const resolution = resolveFactPath(path);
  if (!resolution.found) return '';
  const last = path.slice(path.lastIndexOf('.') + 1);
  for (const { attributes } of Object.values(SCHEMA))
    if (Object.hasOwn(attributes, last)) return plain(attributes[last]!.description);
  return '';
}
