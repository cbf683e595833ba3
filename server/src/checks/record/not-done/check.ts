import type { World } from '../../../impact/world.js';
import { type ChangeRecord, placeOf } from '../../../model/record.js';
import { textAt } from '../../../registry/registry.js';
import type { Pack } from '../../../rules/rule.js';
import type { AnswerNode, FileNode } from '../../../syntax/nodes.js';
import type { Draft, RecordCheck } from '../../check.js';

/**
 * A closed record that holds a plan and no proof that it was carried out. Read from the record's own lines
 * alone, since nothing is recomputed for what is closed.
 */
export const recordNotDone: RecordCheck = {
  code: 'record/not-done',
  record({ record }, report, world) {
    if (record.status !== 'closed') return;
    const draft = (answer: AnswerNode, message: string): Draft => ({
      anchor: { in: 'record', record, place: placeOf(record, answer) },
      message,
    });
    for (const answer of record.answers) {
      if ((answer.kind === 'revalidate' || answer.kind === 'perform') && !answer.done) {
        report(
          draft(
            answer,
            `The record is closed and this line doesn't say when it was done. Add \`done DATE\`.`,
          ),
        );
      }
      if (answer.kind !== 'file') continue;
      for (const filing of answer.filings) {
        if (!needsApproval(world, filing.text, answer) || hasApproval(record, filing.text)) continue;
        report(
          draft(
            answer,
            `The record is closed and holds no approval for ${filing.text}, which ${answer.category!.text} needs. ` +
              `Add \`approval ${filing.text} on DATE\`.`,
          ),
        );
      }
    }
  },
};

function needsApproval(world: World, filing: string, answer: FileNode): boolean {
  const entity = world.registry.get(filing);
  const market = entity && textAt(entity, 'market');
  const clocks = [...world.rules.packs.values()]
    .filter((pack: Pack) => pack.market === market)
    .map((pack) => pack.clocks.get(answer.category?.text ?? '') ?? []);
  return clocks.some((clock) => clock.some((step) => step.step === 'approval'));
}

function hasApproval(record: ChangeRecord, filing: string): boolean {
  return record.answers.some(
    (answer) =>
      answer.kind === 'approval' && answer.on !== null && answer.by.some((word) => word.text === filing),
  );
}
