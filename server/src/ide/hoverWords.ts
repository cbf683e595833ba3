/** One line for each word of the grammar, field and status: what it is for, with an example where that says it best. */
import { FIELDS } from '../model/record.js';
import type { Language } from '../syntax/kinds.js';
import { bold, code, paragraphs, plain } from './hoverMarkdown.js';

/** A word of the grammar of records or of rules; null for any other word. */
export function keywordHover(word: string, language: Language): string | null {
  const words = language === 'change' ? CHANGE_WORDS : RULES_WORDS;
  const meaning = Object.hasOwn(words, word) ? words[word as keyof typeof words] : undefined;
  return meaning === undefined ? null : `${bold(word)}: ${meaning}`;
}

/** The field of a record or of a pack. */
export function fieldHover(name: string, language: Language): string | null {
  if (language === 'change') {
    const field = FIELDS.find((one) => one.name === name);
    if (field) return `${bold(name)} (field): ${field.description}`;
    return name.startsWith('x-')
      ? `${bold(name)} (field): a field of your own; Entail does not read it.`
      : null;
  }
  const meaning = Object.hasOwn(PACK_FIELDS, name)
    ? PACK_FIELDS[name as keyof typeof PACK_FIELDS]
    : undefined;
  return meaning === undefined ? null : `${bold(name)} (field): ${meaning}`;
}

/** A status of a record. */
export function statusHover(status: string): string | null {
  const meaning = Object.hasOwn(STATUSES, status) ? STATUSES[status as keyof typeof STATUSES] : undefined;
  return meaning === undefined ? null : `${bold(status)} (status): ${meaning}`;
}

/** A word of one of the closed lists, with what the list is of. */
export function vocabularyHover(word: string, listOf: string): string {
  return paragraphs(`${code(word)} (${plain(listOf)})`);
}

const STATUSES = {
  draft: 'being written. What it owes is shown as information.',
  assessing: 'its impact is being worked out. What it owes is a warning.',
  approved: 'decided, not yet put in place. From here on what it owes and does not declare is an error.',
  implementing: 'being put in place. The registry may show the old values or the new ones.',
  verifying: 'in place, its effect being checked. The registry may show the old values or the new ones.',
  closed: 'done. It is evidence: nothing is worked out anew.',
  rejected: 'turned down. It is evidence: nothing is worked out anew.',
  cancelled: 'given up. It is evidence: nothing is worked out anew.',
} as const;

const SHARED_WORDS = {
  none: 'not there. `none -> 24 months` adds something, `24 months -> none` takes it away.',
  NMT: 'not more than: `NMT 0.2 %` is `<= 0.2 %`.',
  NLT: 'not less than: `NLT 98.0 %` is `>= 98.0 %`.',
} as const;

const CHANGE_WORDS = {
  ...SHARED_WORDS,
  change: 'begins a change record: `change CC-2026-014 "What is changed" { … }`.',
  modify: 'changes values of something: each line says what, the value now and the value proposed.',
  add: 'puts something in: `add SUP-1 to MATERIAL-1`.',
  remove: 'takes something out: `remove SUP-1 from MATERIAL-1`.',
  replace: 'puts one thing in the place of another: `replace EQ-1 with EQ-2 in STEP-1`.',
  transfer: 'moves steps from one site to another: `transfer STEP-1 from SITE-A to SITE-B`.',
  revalidate: 'says that a validation will be done again, or a new one done.',
  unaffected: 'says that validations are not touched by the change; it needs grounds.',
  file: 'says under which category the change is filed: `file NDA-1 as PAS on 2027-06-15`.',
  implement: 'says from which day the change is in place under a filing.',
  notify: 'says that a partner is told, and on which day.',
  approval: 'records the approval of an authority or a partner, with its day.',
  perform: 'says that a task is done: `perform stability-commitment by 2027-12-31`.',
  confirm: 'answers a condition with yes; it needs grounds.',
  deny: 'answers a condition with no; it needs grounds.',
  expect: 'an assertion that is checked: what the rules must come to for this record.',
  at: 'names the site that is meant.',
  to: 'names what something is added or moved to.',
  from: 'names what something is taken from, or the first batch.',
  with: 'names what takes the place.',
  in: 'names the subject, or the submission that carries the filing.',
  by: 'gives the day until which it will be done, or the rule that is meant.',
  done: 'gives the day on which it was done.',
  protocol: 'names the protocol or document under which it is done.',
  as: 'gives the reporting category.',
  on: 'gives the day.',
  for: 'limits an answer to certain edits, parts, products or filings.',
  because: 'gives the grounds in words.',
  evidence: 'names the documents that show it.',
  new: 'a validation that does not exist yet: `new cleaning of EQ-1`.',
  of: 'names what it is about.',
  assess: 'expects that a validation is to be assessed.',
  no: 'expects that a rule does not hold.',
} as const;

const RULES_WORDS = {
  ...SHARED_WORDS,
  pack: 'begins a rule pack: its market, filings, source and categories. The rules after it belong to it.',
  condition: 'a question that many rules share: answered by `default`, else by the record.',
  rule: 'begins a rule: what sets it off, what it asks, and the citation.',
  categories: 'the reporting categories of the market, the lowest first: `none < AR < PAS`.',
  clock: 'when a change of a category may be implemented.',
  lead: 'how long it typically takes; for the time line only, never a duty.',
  order: 'what comes before what; for the time line only.',
  before: 'what stands before it comes first.',
  default: 'how the registry answers the condition, where it can.',
  cite: 'where the source says so.',
  on: 'what sets the rule off: an action, a part and a kind (`replace site of step`).',
  when: 'under which circumstances it holds.',
  report: 'the category under which the change is reported.',
  instead: 'the rules whose reports this one takes the place of while it holds.',
  otherwise: 'holds where none of the other reports of the rule does.',
  once: 'one item for a filing, however many edits match.',
  revalidate: 'asks that validations of a kind are done again.',
  assess: 'asks whether validations of a kind are touched.',
  perform: 'asks for a task.',
  notify: 'asks that someone is told: holder, authorised, sponsor or customer.',
  dossier: 'the sections of the dossier that change.',
  document: 'a document that goes with the filing.',
  basis: 'how the rule is known: official, secondary or recalled.',
  and: 'both hold.',
  or: 'at least one holds.',
  not: 'it does not hold.',
  in: 'is one of those in the brackets.',
  of: 'names the kind, or the rules meant.',
  at: '`at destination`: at the site that the edit puts in.',
} as const;

const PACK_FIELDS = {
  market: 'the market whose filings it governs: a country code or EU.',
  filings: 'the types of filing that it governs.',
  source: 'the regulation or guideline that it writes out.',
  'in-force': 'the first day on which it holds.',
  until: 'the last day on which it holds.',
  accepts: 'the authorities whose inspections and authorisations count.',
  otherwise: 'the rule that decides where no other reports.',
  uses: 'the pack whose rules and conditions it takes over.',
  supersedes: 'the rules of another pack whose place it took.',
} as const;
