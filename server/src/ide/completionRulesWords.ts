// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets mark their places so.
/** The words of rule packs: what each means and the shape it is written in. */
export interface RulesWord {
  readonly word: string;
  readonly meaning: string;
  readonly example: string;
  readonly snippet: string;
  readonly where: 'file' | 'pack' | 'condition' | 'rule';
}

export const RULES_WORDS: readonly RulesWord[] = [
  {
    word: 'pack',
    where: 'file',
    meaning: "A market's law on changes, or a body of duties that holds everywhere.",
    example: 'pack us-drugs "Changes to an approved NDA" { market: US }',
    snippet:
      'pack ${1:id} "${2:title}" {\n  market: ${3:US}\n  filings: ${4:NDA}\n  source: "${5:the regulation}"\n  categories: none < ${6:AR < PAS}\n  otherwise: ${7:rule}\n}\n$0',
  },
  {
    word: 'condition',
    where: 'file',
    meaning: 'A question that rules share; the registry or the record answers it.',
    example:
      'condition inspected "Was it inspected there?" { default inspected(proposed, subject.activity, 2 years) }',
    snippet: 'condition ${1:name} "${2:question}?" {\n  $0\n}',
  },
  {
    word: 'rule',
    where: 'file',
    meaning: 'What one provision asks for which edits, with its citation.',
    example:
      'rule site "Another site" { on replace site of step report PAS cite "21 CFR 314.70(b)" basis official }',
    snippet:
      'rule ${1:name} "${2:title}" {\n  on ${3:modify} ${4:part} of ${5:step}\n  ${6:report} $0\n  cite "${7:source}"\n  basis ${8|official,secondary,recalled|}\n}',
  },
  {
    word: 'market:',
    where: 'pack',
    meaning: 'The market: an ISO country code, or EU. A pack without one holds everywhere.',
    example: 'market: US',
    snippet: 'market: $0',
  },
  {
    word: 'filings:',
    where: 'pack',
    meaning: 'The types of filing that it governs.',
    example: 'filings: NDA, ANDA',
    snippet: 'filings: $0',
  },
  {
    word: 'source:',
    where: 'pack',
    meaning: 'What was read.',
    example: 'source: "21 CFR 314.70"',
    snippet: 'source: "$0"',
  },
  {
    word: 'in-force:',
    where: 'pack',
    meaning: 'The first day on which it is in force.',
    example: 'in-force: 2004-11-23',
    snippet: 'in-force: $0',
  },
  {
    word: 'until:',
    where: 'pack',
    meaning: 'The last day on which it is in force.',
    example: 'until: 2025-12-31',
    snippet: 'until: $0',
  },
  {
    word: 'accepts:',
    where: 'pack',
    meaning: 'The authorities whose inspections and authorisations count.',
    example: 'accepts: FDA, EMA',
    snippet: 'accepts: $0',
  },
  {
    word: 'uses:',
    where: 'pack',
    meaning: "Takes over another pack's rules and conditions under this one's market, filings and clocks.",
    example: 'uses: eu-2025',
    snippet: 'uses: $0',
  },
  {
    word: 'otherwise:',
    where: 'pack',
    meaning: 'The rule that decides where no other reports.',
    example: 'otherwise: 314.70.a',
    snippet: 'otherwise: $0',
  },
  {
    word: 'categories:',
    where: 'pack',
    meaning: 'The reporting categories, the lowest first.',
    example: 'categories: none < AR < PAS',
    snippet: 'categories: none < $0',
  },
  {
    word: 'clock',
    where: 'pack',
    meaning: 'When a change of a category may be implemented.',
    example: 'clock CBE-30: wait 30 days',
    snippet: 'clock $1: $0',
  },
  {
    word: 'lead',
    where: 'pack',
    meaning: 'How long a kind of validation typically takes; for the timeline only.',
    example: 'lead process: 3..9 months',
    snippet: 'lead $1: $0',
  },
  {
    word: 'order',
    where: 'pack',
    meaning: 'Which kind of validation comes before which.',
    example: 'order equipment-qualification before process',
    snippet: 'order $1 before $0',
  },
  {
    word: 'default',
    where: 'condition',
    meaning: 'How the registry answers the question, where it can.',
    example: 'default proposed.campus = current.campus',
    snippet: 'default $0',
  },
  {
    word: 'cite',
    where: 'condition',
    meaning: 'Where the question stands in the source.',
    example: 'cite "Annex, E.20"',
    snippet: 'cite "$1"$0',
  },
  {
    word: 'on',
    where: 'rule',
    meaning: 'Which edits set the rule off.',
    example: 'on replace site of step, add site of step',
    snippet: 'on $0',
  },
  {
    word: 'when',
    where: 'rule',
    meaning: 'What has to be so for the rule to hold.',
    example: 'when product.release = immediate and stage = drug-product',
    snippet: 'when $0',
  },
  {
    word: 'report',
    where: 'rule',
    meaning: 'The category in which the change is reported.',
    example: 'report CBE-0 instead of 314.70.b.2.i when direction = tightened',
    snippet: 'report $0',
  },
  {
    word: 'revalidate',
    where: 'rule',
    meaning: 'Which kind of validation must be repeated, or done for the first time.',
    example: 'revalidate process direct at destination',
    snippet: 'revalidate $0',
  },
  {
    word: 'assess',
    where: 'rule',
    meaning: 'Which kind of validation the record must speak of: repeated, or unaffected and why.',
    example: 'assess cleaning at destination',
    snippet: 'assess $0',
  },
  {
    word: 'perform',
    where: 'rule',
    meaning: 'A task that the change brings.',
    example: 'perform product-quality-review "next review shows that the change did what was meant"',
    snippet: 'perform ${1:task} "${2:what is to be done}"$0',
  },
  {
    word: 'notify',
    where: 'rule',
    meaning: 'Who is told: the holder, who is authorised to refer, the sponsor or the customer.',
    example: 'notify holder',
    snippet: 'notify $0',
  },
  {
    word: 'cite',
    where: 'rule',
    meaning: 'Where the rule stands in the source; every rule has a citation.',
    example: 'cite "21 CFR 314.70(b)(1)"',
    snippet: 'cite "$1"$0',
  },
  {
    word: 'dossier',
    where: 'rule',
    meaning: 'The sections of the dossier that change.',
    example: 'dossier 3.2.S.2.1, 3.2.P.3.1',
    snippet: 'dossier $0',
  },
  {
    word: 'document',
    where: 'rule',
    meaning: 'A document that goes with the filing.',
    example: 'document "comparative batch data"',
    snippet: 'document "$1"$0',
  },
  {
    word: 'lead',
    where: 'rule',
    meaning: 'How long what the rule asks for typically takes.',
    example: 'lead 3..9 months',
    snippet: 'lead $0',
  },
  {
    word: 'basis',
    where: 'rule',
    meaning: "What was read: the regulation's own text, a transcription or summary, or nothing.",
    example: 'basis official',
    snippet: 'basis $0',
  },
  {
    word: 'in-force:',
    where: 'rule',
    meaning: 'The first day on which the rule is in force.',
    example: 'in-force: 2026-01-15',
    snippet: 'in-force: $0',
  },
  {
    word: 'until:',
    where: 'rule',
    meaning: 'The last day on which the rule is in force.',
    example: 'until: 2025-12-31',
    snippet: 'until: $0',
  },
  {
    word: 'supersedes:',
    where: 'rule',
    meaning: 'The rules of another pack whose place it took: a record that still names one is led here.',
    example: 'supersedes: eu-2013/B.II.d.1.a',
    snippet: 'supersedes: $0',
  },
];
