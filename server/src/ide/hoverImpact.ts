import { formatDate } from '../base/date.js';
import { filingWords, targetWords } from '../checks/words.js';
import type { Analysis } from '../impact/analyse.js';
import { AGREED_CATEGORY, NOT_REGISTERED } from '../impact/filings.js';
import type { Obligation, Reason, State } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { Edit } from '../model/edit.js';
import { isEvidence } from '../model/record.js';
import { type CategorySpan, datesOf, packOf, spanFor, spanWords } from './hoverDates.js';
import { bold, bullets, code, paragraphs, plain, table } from './hoverMarkdown.js';
import { clockWords } from './hoverRule.js';

/** What some edits of a record entail: a row for each filing and rule, then the duties; one edit or a whole `modify`. */
export function editsHover(edits: readonly Edit[], analysis: Analysis, world: World): string {
  const keys = new Set(edits.map(({ key }) => key));
  const title = `${edits.map(({ key }) => code(key)).join(', ')} ${edits.length > 1 ? 'entail' : 'entails'}`;
  if (isEvidence(analysis.record))
    return paragraphs(
      title,
      `The record is ${plain(analysis.record.status ?? '')}: it is evidence of what was decided, and nothing is worked out anew.`,
    );
  const owed = obligationsOf(analysis, keys);
  if (owed.length === 0)
    return paragraphs(title, 'Nothing: it reaches no filing, and no rule asks anything for it.');
  const filings = owed.filter(({ kind }) => kind === 'filing');
  const duties = owed.filter(({ kind }) => kind !== 'filing');
  return paragraphs(
    title,
    table(
      ['Market', 'Filing', 'Category', 'Rule', 'Citation', 'Basis', 'Implementation'],
      filings.flatMap((filing) => filingRows(filing, keys, analysis, world)),
    ),
    ...filings.filter(isOpen).map(openLines),
    bullets([...duties].sort((a, b) => URGENCY[a.state] - URGENCY[b.state]).map(dutyLine), MOST_DUTIES),
  );
}

/** What an answer meets: each obligation with its state and why it is owed. */
export function answerHover(obligations: readonly Obligation[], world: World): string {
  return paragraphs(
    ...obligations.slice(0, MOST_ANSWERED).map((obligation) => {
      const { lowest, highest } = obligation.category ?? { lowest: null, highest: null };
      const owed = obligation.category ? `, owed: ${plain(spanWords({ lowest, highest }))}` : '';
      const why = obligation.because.slice(0, MOST_REASONS).map((reason) => reasonLine(reason, world));
      const more = obligation.because.length - MOST_REASONS;
      return paragraphs(
        `${bold(STATE_WORDS[obligation.state])}: ${dutyWords(obligation)}${owed}`,
        obligation.shortfall === null ? '' : SHORTFALLS[obligation.shortfall],
        bullets(more > 0 ? [...why, `and ${more} more reasons`] : why, MOST_REASONS + 1),
        openLines(obligation),
      );
    }),
    obligations.length > MOST_ANSWERED ? `And ${obligations.length - MOST_ANSWERED} more.` : '',
  );
}

/** The obligations that some edits of a record give rise to. */
export function obligationsOf(analysis: Analysis, keys: ReadonlySet<string>): readonly Obligation[] {
  const reached = new Set(
    analysis.traced
      .filter(({ edit }) => keys.has(edit.key))
      .flatMap(({ reach }) => reach.filings.map(({ id }) => id)),
  );
  return analysis.obligations.filter(
    ({ kind, target, because }) =>
      because.some(({ edit }) => keys.has(edit)) || (kind === 'filing' && reached.has(target)),
  );
}

/** `✓ met` and so on: never by a sign or a colour alone. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  met: '✓ met',
  unmet: '✗ unmet',
  insufficient: '✗ insufficient',
  waived: '✓ waived',
  open: '? open',
};

/** What is still to be done comes first: a long list is cut at its end. */
const URGENCY: Readonly<Record<State, number>> = { unmet: 0, insufficient: 1, open: 2, met: 3, waived: 4 };
const MOST_DUTIES = 15;
const MOST_ANSWERED = 6;
const MOST_REASONS = 5;

const SHORTFALLS = {
  category: 'What is declared is lower than what is owed.',
  site: 'What is declared is at another site than what is owed.',
  time: 'What is declared comes too late.',
} as const;

function filingRows(
  filing: Obligation,
  keys: ReadonlySet<string>,
  analysis: Analysis,
  world: World,
): readonly (readonly string[])[] {
  const span = spanFor(filing, keys, analysis, world);
  const owesNothing = span.highest === 'none';
  const state = owesNothing ? '' : ` ${STATE_WORDS[filing.state]}`;
  const head = [plain(filing.market ?? '–'), `${code(filing.target)}${state}`, plain(spanWords(span))];
  const dates = implementationWords(filing, span, analysis, world);
  const reasons = distinctRules(filing.because.filter(({ edit }) => keys.has(edit)));
  if (reasons.length === 0) return [[...head, openWords(filing), '–', '–', dates]];
  return reasons.map((reason, index) => [
    ...(index === 0 ? head : ['', '', '']),
    ...ruleCells(reason, world),
    index === 0 ? dates : '',
  ]);
}

function distinctRules(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter((reason, index) => reasons.findIndex(({ rule }) => rule === reason.rule) === index);
}

function ruleCells(reason: Reason, world: World): readonly string[] {
  const cite = reason.cite.length > 0 ? plain(reason.cite.join('; ')) : '–';
  if (reason.rule === NOT_REGISTERED) return ['not registered', cite, '–'];
  if (reason.rule === AGREED_CATEGORY) return ['agreed with the authority', cite, '–'];
  const title = world.rules.rules.get(reason.rule)?.title;
  const named = `${code(reason.rule)}${title === undefined ? '' : ` ${plain(title)}`}`;
  return [reason.certain ? named : `${named} (may apply)`, cite, plain(reason.basis)];
}

function implementationWords(
  filing: Obligation,
  span: CategorySpan,
  analysis: Analysis,
  world: World,
): string {
  const dates = datesOf(filing, analysis, world);
  if (dates?.earliest != null && !dates.awaitsApproval)
    return `from ${formatDate(dates.earliest)}${dates.isProvisional ? UNLESS_HIGHER : ''}`;
  if (dates?.awaitsApproval) return 'after approval, which the record does not hold yet';
  const category = span.highest;
  const pack = category === null ? undefined : packOf(filing, category, world);
  if (category === null || !pack) return '–';
  const words = clockWords(pack, category);
  return plain(span.lowest === span.highest ? words : `${category}: ${words}`);
}

/** What is added to a day that an open question may still move. */
export const UNLESS_HIGHER = ', unless a higher category is owed';

/** Why nothing can be said of a filing for certain: what has to be answered or added to the registry. */
function openWords(obligation: Obligation): string {
  if (obligation.questions.length > 0)
    return `open: ${code(obligation.questions[0]!.condition)} is not answered`;
  const [fact] = obligation.facts;
  if (fact) return `open: the registry does not say ${code(fact.attribute)} of ${code(fact.entity)}`;
  return 'no rule pack is in force';
}

/** Whether an answer or a fact can still move the category, and what is declared is not enough whatever it says. */
function isOpen({ category, state }: Obligation): boolean {
  return state !== 'met' && category?.lowest !== category?.highest;
}

function openLines(obligation: Obligation): string {
  return bullets(
    [
      ...obligation.questions.map(
        ({ condition, for: about, text }) => `Open: ${plain(text)} (${code(condition)} for ${code(about)})`,
      ),
      ...obligation.facts.map(
        ({ entity, attribute }) => `Not in the registry: ${code(attribute)} of ${code(entity)}`,
      ),
    ],
    6,
  );
}

function dutyLine(obligation: Obligation): string {
  const rules = [...new Set(obligation.because.map(({ rule }) => rule))];
  const more = rules.length > 1 ? ` and ${rules.length - 1} more` : '';
  const why = rules.length > 0 ? ` (${code(rules[0]!)}${more})` : '';
  return `${STATE_WORDS[obligation.state]}: ${dutyWords(obligation)}${why}`;
}

function dutyWords(obligation: Obligation): string {
  switch (obligation.kind) {
    case 'filing':
      return `file ${plain(filingWords(obligation))}`;
    case 'revalidation':
      return `revalidate ${plain(targetWords(obligation))}`;
    case 'assessment':
      return `assess ${plain(targetWords(obligation))}`;
    case 'notification':
      return `notify ${plain(obligation.target)}`;
    case 'approval':
      return `approval of ${plain(obligation.target)}`;
    case 'task':
      return `perform ${plain(obligation.target)}: ${plain(obligation.text)}`;
  }
}

function reasonLine(reason: Reason, world: World): string {
  const [rule, cite, basis] = ruleCells(reason, world);
  const path = reason.path.length > 1 ? `, by way of ${plain(reason.path.join(' → '))}` : '';
  return `${rule}, for ${code(reason.edit)}${path}${cite === '–' ? '' : `; ${cite}`}${basis === '–' ? '' : ` (${basis})`}`;
}
