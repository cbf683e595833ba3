/** Names in a record that are no entities of the registry: records, categories, conditions and rules. */
import { nearest } from '../../../base/nearest.js';
import type { Analysis } from '../../../impact/analyse.js';
import { packsFor } from '../../../impact/case.js';
import type { World } from '../../../impact/world.js';
import { type ChangeRecord, isEvidence, placeOf } from '../../../model/record.js';
import { textAt } from '../../../registry/registry.js';
import type { Node, Word } from '../../../syntax/nodes.js';
import type { Draft, ReportDraft } from '../../check.js';
import { nearestCategory } from '../../words.js';

/** `after` and `parent` name other records. */
export function recordNameProblems({ record }: Analysis, report: ReportDraft, world: World): void {
  if (isEvidence(record)) return;
  for (const field of ['after', 'parent']) {
    const [first, ...others] = (record.fields.get(field)?.values ?? []).filter(
      ({ value }) => value.kind !== 'none',
    );
    if (!first) continue;
    for (const value of [first, ...others]) {
      if (value.value.text === record.id)
        report(
          draft(
            record,
            value,
            `A record can't be its own \`${field}\`. Name another record, or take the field out.`,
          ),
        );
      else if (!world.record(value.value.text)) {
        report(
          draft(
            record,
            value,
            `There is no change record ${value.value.text}. \`${field}\` names the number of another record.`,
          ),
        );
      }
    }
    for (const value of others)
      if (value.value.text !== record.id && world.record(value.value.text))
        report(
          draft(
            record,
            value,
            `\`${field}\` names one record, and only ${first.value.text} is read. Take ${value.value.text} out.`,
          ),
        );
  }
  const circle = circleOf(record, world);
  if (circle.length > 1) {
    report(
      draft(
        record,
        record.fields.get('after')!.values[0]!,
        `${circle.slice(0, -1).join(', ')} and ${circle.at(-1)} come after each other, so none of them comes first. ` +
          'Take `after` out of the one that is carried out first.',
      ),
    );
  }
}

/** The records that come after one another in a circle with this one, this one first; empty where there is none. */
function circleOf(record: ChangeRecord, world: World): readonly string[] {
  const ids: string[] = [];
  for (let next: ChangeRecord | undefined = record; next && !ids.includes(next.id); ) {
    ids.push(next.id);
    if (next.after === record.id) return ids;
    next = next.after === null ? undefined : world.record(next.after);
  }
  return [];
}

/** A category that no pack for the filing's market has. */
export function categoryProblems({ record }: Analysis, report: ReportDraft, world: World): void {
  if (isEvidence(record)) return;
  for (const answer of record.answers) {
    if (answer.kind !== 'file' || !answer.category) continue;
    for (const word of answer.filings) {
      const categories = categoriesOf(word.text, world);
      if (categories.length === 0 || categories.includes(answer.category.text)) continue;
      report(
        unknown(
          record,
          answer.category,
          `a category of ${word.text}`,
          categories.filter((category) => category !== 'none'),
          nearestCategory,
        ),
      );
      break;
    }
  }
}

/** The categories that the packs for a filing's market have, lowest first; empty where there are none. */
export function categoriesOf(id: string, world: World): readonly string[] {
  const filing = world.registry.get(id);
  if (filing?.kind !== 'filing') return [];
  const packs = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'));
  return [...new Set(packs.flatMap((pack) => pack.categories))];
}

/** A condition that no pack has, nor is it the ID of a protocol. */
export function conditionProblems({ record }: Analysis, report: ReportDraft, world: World): void {
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
      report(unknown(record, word, 'a question that a rule asks', [...names, ...protocols]));
    }
  }
}

/** A rule that no pack has, in an `expect` line. */
export function ruleNameProblems({ record }: Analysis, report: ReportDraft, world: World): void {
  if (isEvidence(record)) return;
  for (const expect of record.expects) {
    const rule = expect.kind === 'expect-duty' ? null : expect.rule;
    if (
      !rule ||
      world.rules.rulesNamed(rule.text).length > 0 ||
      rule.text === 'not-registered' ||
      rule.text === 'agreed-category'
    )
      continue;
    const successors = world.rules.successorsOf(rule.text).map(({ name }) => `\`${name}\``);
    if (successors.length === 0) report(unknown(record, rule, 'a rule', [...world.rules.rules.keys()]));
    // The name most like an old code may well be that of another provision.
    else
      report(
        draft(
          record,
          rule,
          `\`${rule.text}\` is not a rule of these packs. ${successors.join(' or ')} took its place.`,
        ),
      );
  }
}

function unknown(
  record: Analysis['record'],
  word: Word,
  what: string,
  candidates: readonly string[],
  nearestOf: (word: string, candidates: readonly string[]) => string | null = nearest,
): Draft {
  const near = nearestOf(word.text, candidates);
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
