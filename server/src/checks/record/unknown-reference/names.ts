/** Names in a record that are no entities of the registry: records, categories, conditions and rules. */
import { nearest } from '../../../base/nearest.js';
import type { Analysis } from '../../../impact/analyse.js';
import { packsFor } from '../../../impact/judge.js';
import type { World } from '../../../impact/world.js';
import { isEvidence, placeOf } from '../../../model/record.js';
import { textAt } from '../../../registry/registry.js';
import type { Node, Word } from '../../../syntax/nodes.js';
import type { Draft } from '../../check.js';

/** `after` and `parent` name other records. */
export function* recordNameProblems({ record }: Analysis, world: World): Iterable<Draft> {
  if (isEvidence(record)) return;
  for (const field of ['after', 'parent']) {
    const value = record.fields.get(field)?.values[0];
    if (!value || value.value.kind === 'none') continue;
    if (value.value.text === record.id)
      yield draft(
        record,
        value,
        `A record can't be its own \`${field}\`. Name another record, or take the field out.`,
      );
    else if (!world.record(value.value.text)) {
      yield draft(
        record,
        value,
        `There is no change record ${value.value.text}. \`${field}\` names the number of another record.`,
      );
    }
  }
}

/** A category that no pack for the filing's market has. */
export function* categoryProblems({ record }: Analysis, world: World): Iterable<Draft> {
  if (isEvidence(record)) return;
  for (const answer of record.answers) {
    if (answer.kind !== 'file' || !answer.category) continue;
    for (const word of answer.filings) {
      const filing = world.registry.get(word.text);
      if (filing?.kind !== 'filing') continue;
      const packs = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'));
      const categories = [...new Set(packs.flatMap((pack) => pack.categories))];
      if (categories.length === 0 || categories.includes(answer.category.text)) continue;
      yield unknown(
        record,
        answer.category,
        `a category of ${word.text}`,
        categories.filter((category) => category !== 'none'),
      );
      break;
    }
  }
}

/** A condition that no pack has, nor is it the ID of a protocol. */
export function* conditionProblems({ record }: Analysis, world: World): Iterable<Draft> {
  if (isEvidence(record)) return;
  for (const answer of record.answers) {
    if (answer.kind !== 'confirm' && answer.kind !== 'deny') continue;
    for (const word of answer.conditions) {
      const isKnown =
        world.rules.conditionsNamed(word.text).length > 0 ||
        world.registry.get(word.text)?.kind === 'protocol';
      if (isKnown) continue;
      const names = [...world.rules.conditions.values()].flatMap((condition) => [
        condition.shortName,
        condition.name,
      ]);
      const protocols = world.registry.all('protocol').map((protocol) => protocol.id);
      yield unknown(record, word, 'a question that a rule asks', [...names, ...protocols]);
    }
  }
}

/** A rule that no pack has, in an `expect` line. */
export function* ruleNameProblems({ record }: Analysis, world: World): Iterable<Draft> {
  for (const expect of record.expects) {
    const rule = expect.kind === 'expect-duty' ? null : expect.rule;
    if (
      !rule ||
      world.rules.rulesNamed(rule.text).length > 0 ||
      rule.text === 'not-registered' ||
      rule.text === 'agreed-category'
    )
      continue;
    yield unknown(record, rule, 'a rule', [...world.rules.rules.keys()]);
  }
}

function unknown(record: Analysis['record'], word: Word, what: string, candidates: readonly string[]): Draft {
  const near = nearest(word.text, candidates);
  const short = candidates.length > 0 && candidates.length <= 8 ? ` Known are ${candidates.join(', ')}.` : '';
  const hint = near === null ? short : ` Did you mean \`${near}\`?`;
  return {
    ...draft(record, word, `\`${word.text}\` is not ${what}.${hint}`),
    ...(near === null ? {} : { replacement: near }),
  };
}

function draft(record: Analysis['record'], node: Node, message: string): Draft {
  return { anchor: { in: 'record', record, place: placeOf(record, node) }, message };
}
