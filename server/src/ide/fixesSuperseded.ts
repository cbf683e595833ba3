/** Quick fixes for a rule that is named and no longer in force: the rule that took its place. */
import { isInForce, packsFor } from '../impact/case.js';
import { textAt } from '../registry/registry.js';
import { packsUsedBy } from '../rules/lookup.js';
import type { Pack, Rule } from '../rules/rule.js';
import type { ExpectNode } from '../syntax/nodes.js';
import { spanOf } from '../syntax/tree.js';
import type { ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { fileEdit } from './edits.js';
import { type Fix, recordAt } from './fixesScene.js';
import { nameAt } from './names.js';

/**
 * What took the place of the rule that is named at an offset or by the expectation there, where that one is not in force on any day on which
 * the record's filings are judged (in a rule pack: today), or not there at all, and its successor is. An entry of
 * an old list may have become several: which one holds is the author's to say.
 */
export function* useSuccessor(snapshot: Snapshot, file: ParsedFile, offset: number): Iterable<Fix> {
  const expected = expectationAt(file, offset);
  const at = expected && expected.kind !== 'expect-duty' && expected.rule ? expected.rule : null;
  const start = at && file.kind === 'changes' ? spanOf(file.tokens, at).start : offset;
  const name = nameAt(snapshot, file.source.path, start);
  if (name?.kind !== 'rule' || name.role === 'declaration') return;
  const { rules } = snapshot.world;
  const times = timesAt(snapshot, file, name.span.start);
  const holds = (rule: Rule | undefined): boolean =>
    rule !== undefined &&
    times.some(
      ({ packs, day }) =>
        isInForce(rule, day) && packs.some((pack) => isOfPack(snapshot, rule, pack) && isInForce(pack, day)),
    );
  if (name.ids.some((id) => holds(rules.rules.get(id)))) return;
  const successors = [...new Set(name.ids.flatMap((id) => rules.successorsOf(id)))].filter(holds);
  for (const { name: fullName, shortName } of successors) {
    const newText = name.text.includes('/') || rules.rulesNamed(shortName).length > 1 ? fullName : shortName;
    yield {
      title: `Use ${newText}, which took the place of ${name.text}`,
      rank: successors.length === 1 ? 'preferred' : 'other',
      edits: [fileEdit(snapshot, file.source.path, { span: name.span, newText })],
    };
  }
}

/** By which packs, and on which day, it is judged. */
interface Time {
  readonly packs: readonly Pack[];
  readonly day: number;
}

function timesAt(snapshot: Snapshot, file: ParsedFile, offset: number): readonly Time[] {
  const { world } = snapshot;
  const all = [...world.rules.packs.values()];
  const today = { packs: all, day: world.asOf };
  const record = file.kind === 'changes' ? recordAt(file, offset) : null;
  if (!record) return [today];
  const filings = snapshot.analysisOf(record).obligations.filter(({ kind }) => kind === 'filing');
  const expected = expectationAt(file, offset);
  if (expected?.kind === 'expect-category') {
    const filing = world.registry.get(expected.filing?.text ?? '');
    const day = filings.find(({ target }) => target === filing?.id)?.judgedOn ?? world.asOf;
    return filing
      ? [{ packs: packsFor(world, textAt(filing, 'market'), textAt(filing, 'type')), day }]
      : [today];
  }
  // Other expectations are of all that the record files.
  const times = filings.flatMap(({ judgedOn }) => (judgedOn === null ? [] : [{ packs: all, day: judgedOn }]));
  return times.length > 0 ? times : [today];
}

function expectationAt(file: ParsedFile, offset: number): ExpectNode | null {
  if (file.kind !== 'changes') return null;
  const holds = (expect: ExpectNode): boolean => {
    const { start, end } = spanOf(file.tokens, expect);
    return start <= offset && offset <= end;
  };
  return recordAt(file, offset)?.expects.find(holds) ?? null;
}

function isOfPack({ world }: Snapshot, rule: Rule, pack: Pack): boolean {
  return packsUsedBy(world.rules.packs, pack.id).includes(rule.pack);
}
