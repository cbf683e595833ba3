/** Quick fixes for what a record owes: the missing line, the other category, the answer to a question. */
import { formatDate } from '../base/date.js';
import { awaitsApproval, earliestFor } from '../checks/clocks.js';
import { targetSyntax } from '../checks/words.js';
import { Answers } from '../impact/answers.js';
import { implementationDay } from '../impact/filingDates.js';
import type { Obligation } from '../impact/obligation.js';
import type { FileNode } from '../syntax/nodes.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { TextChange } from './edits.js';
import { addFact } from './fixesRegistry.js';
import { answerOf, type Fix, type RecordScene, recordFix, type Scene } from './fixesScene.js';
import { linesFor, linesForQuestion, nameInRecord } from './lines.js';

/** The line that is missing, in each of its forms; then what settles the points that it hangs on. */
export function* addMissingLine(scene: Scene): Iterable<Fix> {
  const { at, snapshot } = scene;
  if (!at?.obligation) return;
  const { obligation } = at;
  const wrong = obligation.kind === 'filing' ? wholeFileLine(at) : null;
  if (wrong) yield* fileAs(snapshot, at, wrong, obligation.category?.highest ?? null, 'preferred');
  else {
    // A choice between repeating a validation and giving grounds is the author's to make.
    const isChoice = obligation.kind === 'assessment';
    for (const [index, line] of linesFor(obligation, snapshot).entries()) {
      const rank = index === 0 && !isChoice && obligation.state === 'unmet' ? 'preferred' : 'other';
      yield* recordFix(snapshot, at, `Add \`${line}\``, rank, at.text.addAnswers([line]));
    }
  }
  yield* settleOpenPoints(scene);
}

/** `confirm` or `deny` for each question, and a place for each fact that the registry doesn't hold. */
export function* settleOpenPoints({ at, snapshot }: Scene): Iterable<Fix> {
  if (!at?.obligation) return;
  for (const question of at.obligation.questions)
    for (const line of linesForQuestion(question, snapshot))
      yield* recordFix(snapshot, at, `Add \`${line}\``, 'other', at.text.addAnswers([line]));
  for (const { entity: id, attribute } of at.obligation.facts) {
    const entity = snapshot.world.registry.get(id);
    if (entity) yield* addFact(snapshot, entity, attribute);
  }
}

/** A filing that hangs on an open point: settle it, or file in the category that is enough whatever comes out. */
export function* settleFiling(scene: Scene): Iterable<Fix> {
  const { at, snapshot } = scene;
  const answer = at && answerOf(at);
  yield* settleOpenPoints(scene);
  if (!at?.obligation) return;
  if (answer?.kind === 'file')
    yield* fileAs(snapshot, at, answer, at.obligation.category?.highest ?? null, 'other');
  else if (!at.obligation.answer)
    for (const line of linesFor(at.obligation, snapshot))
      yield* recordFix(snapshot, at, `Add \`${line}\``, 'other', at.text.addAnswers([line]));
}

/** The category that is asked for in the place of one that is too low. */
export function* raiseCategory(scene: Scene): Iterable<Fix> {
  const { at, snapshot } = scene;
  const answer = at && answerOf(at);
  if (answer?.kind !== 'file') return;
  const { lowest, highest } = at!.obligation?.category ?? { lowest: null, highest: null };
  yield* fileAs(snapshot, at!, answer, highest, 'preferred');
  if (lowest !== highest) {
    yield* fileAs(snapshot, at!, answer, lowest, 'other');
    yield* settleOpenPoints(scene);
  }
}

/** What is asked in the place of more than that. Never preferred: to file more is the author's right. */
export function* lowerCategory({ at, snapshot }: Scene): Iterable<Fix> {
  const answer = at && answerOf(at);
  if (answer?.kind !== 'file') return;
  const highest = at!.obligation?.category?.highest ?? null;
  if (highest !== 'none') {
    yield* fileAs(snapshot, at!, answer, highest, 'other');
    return;
  }
  const target = at!.obligation!.target;
  const change = answer.filings.length > 1 ? withoutFiling(at!, answer, target) : at!.text.remove(answer);
  yield* recordFix(snapshot, at!, `Don't file ${target}: nothing is asked of it`, 'other', [change]);
}

/** The site at which a validation is owed, on the line that means another. */
export function* correctSite({ at, snapshot }: Scene): Iterable<Fix> {
  const corrected = at && siteCorrection(at, snapshot);
  if (corrected)
    yield* recordFix(snapshot, at!, `Write \`${corrected.words}\``, 'preferred', [corrected.change]);
}

/** What to write, and where, so that the line of a revalidation means the site at which it is owed. */
export function siteCorrection(
  at: RecordScene,
  snapshot: Snapshot,
): { readonly words: string; readonly change: TextChange } | null {
  const answer = answerOf(at);
  if (answer?.kind !== 'revalidate' || !answer.target || !at.obligation) return null;
  const words = targetSyntax(at.obligation, snapshot.world);
  const last = answer.site?.last ?? answer.target.last;
  // Between the target and its site other tails may stand; then each is mended on its own.
  if (answer.site === null || answer.site.first === answer.target.last + 2)
    return { words, change: at.text.replace({ first: answer.target.first, last }, words) };
  if (at.obligation.site === null) return null;
  const site = nameInRecord(at.obligation.site);
  return { words: `at ${site}`, change: at.text.replace(answer.site, site) };
}

/** An implementation before its time: the approval that is missing, or the first day that is allowed. */
export function* mendTimeline({ at, snapshot }: Scene): Iterable<Fix> {
  if (!at?.obligation) return;
  const { obligation, record } = at;
  if (obligation.kind !== 'filing') {
    yield* bringForward(snapshot, at);
    return;
  }
  const answers = new Answers(record, []);
  const { world } = snapshot;
  const earliest = earliestFor(obligation, answers, world);
  const day = implementationDay(answers, obligation.target);
  if (earliest !== null && day !== null && day < earliest) {
    const own = answers
      .of('implement')
      .find((answer) => answer.on && answer.filings.some(({ text }) => text === obligation.target));
    const value = own?.on ?? record.fields.get('implement')?.values[0];
    const date = formatDate(earliest);
    if (value)
      yield* recordFix(snapshot, at, `Implement on ${date}, the first day that is allowed`, 'other', [
        at.text.replace(value, date),
      ]);
  } else if (awaitsApproval(obligation, answers, world)) {
    const line = `approval ${nameInRecord(obligation.target)} on ${formatDate(day ?? world.asOf)}`;
    yield* recordFix(snapshot, at, `Add \`${line}\``, 'other', at.text.addAnswers([line]));
  }
}

/** The line that declares the filing for all edits, though in a category that is none. */
function wholeFileLine({ record, obligation }: RecordScene): FileNode | null {
  const lines = record.answers.filter(
    (answer): answer is FileNode =>
      answer.kind === 'file' &&
      answer.scope.length === 0 &&
      answer.filings.some(({ text }) => text === obligation!.target),
  );
  return lines[0] ?? null;
}

function fileAs(
  snapshot: Snapshot,
  at: RecordScene,
  answer: FileNode,
  category: string | null,
  rank: Fix['rank'],
): readonly Fix[] {
  const { target } = at.obligation as Obligation;
  if (category === null || category === 'none' || answer.category?.text === category) return [];
  return recordFix(snapshot, at, `File ${target} as ${category}`, rank, refile(at, answer, target, category));
}

/** The category of one filing; where the line speaks of several, this one gets a line of its own. */
export function refile(
  { text }: Pick<RecordScene, 'text'>,
  answer: FileNode,
  target: string,
  category: string,
): readonly TextChange[] | null {
  const written = nameInRecord(category);
  const lastFiling = answer.filings.at(-1);
  if (!lastFiling) return null;
  if (answer.filings.length === 1) {
    if (answer.category) return [text.replace(answer.category, written)];
    return [text.append(lastFiling, `as ${written}`)];
  }
  const behind = (answer.category ?? lastFiling).last + 1;
  const tail = behind <= answer.last ? ` ${text.textOf({ first: behind, last: answer.last })}` : '';
  const own = `file ${nameInRecord(target)} as ${written}${tail}`;
  const added = text.addAnswers([own]);
  return added && [withoutFiling({ text }, answer, target), ...added];
}

/** Takes one of several filings, and the comma beside it, out of its line. */
function withoutFiling({ text }: Pick<RecordScene, 'text'>, answer: FileNode, target: string): TextChange {
  const kept = answer.filings.filter((word) => word.text !== target).map((word) => text.textOf(word));
  const list = { first: answer.filings[0]!.first, last: answer.filings.at(-1)!.last };
  return text.replace(list, kept.join(', '));
}

/** A plan that ends after the implementation, brought forward to it. */
function* bringForward(snapshot: Snapshot, at: RecordScene): Iterable<Fix> {
  const answer = answerOf(at);
  const { implement } = at.record;
  if (implement === null || (answer?.kind !== 'revalidate' && answer?.kind !== 'perform')) return;
  const { by, done } = answer;
  if (!by || done || by.day <= implement) return;
  const date = formatDate(implement);
  yield* recordFix(snapshot, at, `Bring it forward to ${date}`, 'other', [at.text.replace(by, date)]);
}
