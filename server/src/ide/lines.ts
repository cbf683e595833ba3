/** The lines of a record that answer what it owes: completion offers them, quick fixes write them. */
import { addQuantity, formatDate } from '../base/date.js';
import { targetSyntax } from '../checks/words.js';
import { packsFor } from '../impact/case.js';
import { judgedOnImplementation } from '../impact/clock.js';
import type { Obligation } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { textAt } from '../registry/registry.js';
import type { Question } from '../rules/formula.js';
import type { Pack } from '../rules/rule.js';
import { KEYWORDS } from '../syntax/kinds.js';
import type { Snapshot } from '../workspace/workspace.js';

/** What stands where the author has grounds to give. */
export const GROUNDS_TO_FILL_IN = '…';

/**
 * The lines that answer an obligation, without indentation: each answers it alone, the first is the one that
 * needs no judgement. Empty where no line can (a filing that no pack governs). Dates are those that the
 * record's own dates and the clocks settle; without them the line has none.
 */
export function linesFor(obligation: Obligation, snapshot: Snapshot): string[] {
  const { world } = snapshot;
  const record = world.record(obligation.id.slice(0, obligation.id.indexOf(':')));
  const by = dated('by', record?.implement ?? null);
  switch (obligation.kind) {
    case 'filing': {
      // The highest is enough whatever the answers to open questions are.
      const category = obligation.category?.highest ?? null;
      if (category === null || category === 'none') return [];
      const on = dated('on', submissionDay(obligation, category, record, world));
      return [`file ${nameInRecord(obligation.target)} as ${nameInRecord(category)}${on}`];
    }
    case 'revalidation':
      return [`revalidate ${targetSyntax(obligation, world)}${by}`];
    case 'assessment': {
      const target = targetSyntax(obligation, world);
      return [
        `revalidate ${target}${by}`,
        `unaffected ${target} because ${JSON.stringify(GROUNDS_TO_FILL_IN)}`,
      ];
    }
    case 'notification':
      return [`notify ${nameInRecord(obligation.target)}${dated('on', world.asOf)}`];
    case 'approval':
      return [`approval ${nameInRecord(obligation.target)}${dated('on', record?.implement ?? null)}`];
    case 'task':
      return [`perform ${nameInRecord(obligation.target)}${by}`];
  }
}

/** The two lines that answer a question: `confirm …`, then `deny …`, with grounds to fill in. */
export function linesForQuestion(question: Question, snapshot: Snapshot): readonly [string, string] {
  const name = conditionName(question.condition, snapshot.world);
  const rest = `${nameInRecord(name)} for ${nameInRecord(question.for)} because ${JSON.stringify(GROUNDS_TO_FILL_IN)}`;
  return [`confirm ${rest}`, `deny ${rest}`];
}

/** A condition's short name where no other pack has one of that name, else its full name. */
export function conditionName(condition: string, world: World): string {
  const short = world.rules.conditions.get(condition)?.shortName;
  return short !== undefined && world.rules.conditionsNamed(short).length === 1 ? short : condition;
}

/** A name as a record writes it: in quotes where it is no plain identifier, or a word of the grammar. */
export function nameInRecord(name: string): string {
  return IDENTIFIER.test(name) && !KEYWORDS.has(name) ? name : JSON.stringify(name);
}

const IDENTIFIER = /^\p{L}[\p{L}\p{N}]*(?:[-_./][\p{L}\p{N}]+)*$/u;

function dated(word: string, day: number | null): string {
  return day === null ? '' : ` ${word} ${formatDate(day)}`;
}

/**
 * The last day on which a submission leaves the category's clock time to run before the implementation, but not
 * before today; null where the record has no implementation date.
 */
function submissionDay(
  obligation: Obligation,
  category: string,
  record: ChangeRecord | undefined,
  world: World,
): number | null {
  const implement = record?.implement ?? null;
  const filing = world.registry.get(obligation.target);
  if (implement === null || !filing) return null;
  const pack = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type')).find((one) =>
    one.clocks.has(category),
  );
  if (!pack || judgedOnImplementation(pack, category)) return implement;
  return Math.max(implement - daysBefore(pack, category, implement), Math.min(world.asOf, implement));
}

/** How many days the clock asks for, or authorities typically take, between submission and implementation. */
function daysBefore(pack: Pack, category: string, implement: number): number {
  const lengths = (pack.clocks.get(category) ?? []).map((step) => {
    if (step.step !== 'wait' && step.step !== 'typical') return 0;
    const { value } = step;
    const amount =
      value.kind === 'amount' ? value.amount : value.kind === 'interval' ? value.high?.amount : undefined;
    const end = amount ? addQuantity(implement, amount) : null;
    return end === null ? 0 : end - implement;
  });
  return Math.max(0, ...lengths);
}
