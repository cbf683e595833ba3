/**
 * The kinds of tokens. Every kind from `Word` on is a word; a word of the grammar has a kind of its own and is
 * still a word where the grammar asks for none. 0 lies beyond the last token.
 */
export const Kind = {
  End: 0,
  Unknown: 1,
  Text: 2,
  TextBlock: 3,
  /** A text whose closing delimiter is missing; it ends with its opening line. */
  UnclosedText: 4,
  Date: 5,
  /** Shaped like a date, but there is no such day. */
  BadDate: 6,
  Number: 7,
  /** Digits, then parts of `.` and letters or digits: a section number, or a number with its unit stuck to it. */
  Section: 8,
  /** `°C` and the like: a unit that doesn't begin with a letter. */
  Unit: 9,
  Percent: 10,
  OpenBrace: 11,
  CloseBrace: 12,
  OpenParen: 13,
  CloseParen: 14,
  Colon: 15,
  Comma: 16,
  Arrow: 17,
  Range: 18,
  Equal: 19,
  NotEqual: 20,
  Less: 21,
  LessEqual: 22,
  Greater: 23,
  GreaterEqual: 24,
  Word: 32,
  None: 33,
  NotMoreThan: 34,
  NotLessThan: 35,
  Change: 36,
  Modify: 37,
  Add: 38,
  Remove: 39,
  Replace: 40,
  Transfer: 41,
  Revalidate: 42,
  Unaffected: 43,
  File: 44,
  Implement: 45,
  Notify: 46,
  Approval: 47,
  Perform: 48,
  Confirm: 49,
  Deny: 50,
  Expect: 51,
  At: 52,
  To: 53,
  From: 54,
  With: 55,
  In: 56,
  By: 57,
  Done: 58,
  Protocol: 59,
  As: 60,
  On: 61,
  For: 62,
  Because: 63,
  Evidence: 64,
  New: 65,
  Of: 66,
  Assess: 67,
  No: 68,
  Pack: 69,
  Condition: 70,
  Rule: 71,
  Categories: 72,
  Clock: 73,
  Lead: 74,
  Order: 75,
  Before: 76,
  Default: 77,
  Cite: 78,
  When: 79,
  Report: 80,
  Instead: 81,
  Otherwise: 82,
  Once: 83,
  Dossier: 84,
  Document: 85,
  Basis: 86,
  And: 87,
  Or: 88,
  Not: 89,
} as const;

export type TokenKind = (typeof Kind)[keyof typeof Kind];

/** The words of the grammar, as they are written, with their kinds. */
export const KEYWORDS: ReadonlyMap<string, TokenKind> = new Map(
  Object.entries(Kind)
    .filter(([, kind]) => kind > Kind.Word)
    .map(([name, kind]) => {
      if (kind === Kind.NotMoreThan) return ['NMT', kind];
      if (kind === Kind.NotLessThan) return ['NLT', kind];
      return [name.toLowerCase(), kind];
    }),
);

/** The statements of a change record: each begins with its word. */
export const RECORD_STATEMENTS: ReadonlySet<number> = new Set([
  Kind.Modify,
  Kind.Add,
  Kind.Remove,
  Kind.Replace,
  Kind.Transfer,
  Kind.Revalidate,
  Kind.Unaffected,
  Kind.File,
  Kind.Implement,
  Kind.Notify,
  Kind.Approval,
  Kind.Perform,
  Kind.Confirm,
  Kind.Deny,
  Kind.Expect,
]);

/** The statements of packs, conditions and rules. */
export const RULES_STATEMENTS: ReadonlySet<number> = new Set([
  Kind.Clock,
  Kind.Lead,
  Kind.Order,
  Kind.Default,
  Kind.Cite,
  Kind.On,
  Kind.When,
  Kind.Report,
  Kind.Revalidate,
  Kind.Assess,
  Kind.Perform,
  Kind.Notify,
  Kind.Dossier,
  Kind.Document,
  Kind.Basis,
]);

/** What may stand at the top of a file: a lost closing delimiter never reaches past one of these. */
export const HEADERS: ReadonlySet<number> = new Set([Kind.Change, Kind.Pack, Kind.Condition, Kind.Rule]);

const RECORD_WORDS: ReadonlySet<number> = new Set([
  ...RECORD_STATEMENTS,
  Kind.None,
  Kind.NotMoreThan,
  Kind.NotLessThan,
  Kind.Change,
  Kind.At,
  Kind.To,
  Kind.From,
  Kind.With,
  Kind.In,
  Kind.By,
  Kind.Done,
  Kind.Protocol,
  Kind.As,
  Kind.On,
  Kind.For,
  Kind.Because,
  Kind.Evidence,
  Kind.New,
  Kind.Of,
  Kind.Assess,
  Kind.No,
]);

const RULES_WORDS: ReadonlySet<number> = new Set([
  ...RULES_STATEMENTS,
  Kind.None,
  Kind.NotMoreThan,
  Kind.NotLessThan,
  Kind.Pack,
  Kind.Condition,
  Kind.Rule,
  Kind.Categories,
  Kind.At,
  Kind.In,
  Kind.Of,
  Kind.Before,
  Kind.Instead,
  Kind.Otherwise,
  Kind.Once,
  Kind.And,
  Kind.Or,
  Kind.Not,
]);

/** The words that can't be a name in a language unless they are quoted. */
export const RESERVED = { change: RECORD_WORDS, rules: RULES_WORDS } as const;

export type Language = keyof typeof RESERVED;

/** Whether a word without quotes is one of the language; where one stands for a name the parser has said so. */
export function isReserved(
  word: { readonly text: string; readonly quoted: boolean },
  language: Language,
): boolean {
  return !word.quoted && RESERVED[language].has(KEYWORDS.get(word.text) ?? Kind.Word);
}

/**
 * The fields that records and packs are known to have. Checks warn about others; one of these at the start of a line
 * is no name, even where its colon is lost.
 */
export const FIELD_NAMES: Readonly<Record<Language, ReadonlySet<string>>> = {
  change: new Set([
    'status',
    'raised',
    'implement',
    'owner',
    'origin',
    'reason',
    'class',
    'after',
    'parent',
    'until',
    'urgency',
  ]),
  rules: new Set([
    'market',
    'filings',
    'source',
    'in-force',
    'until',
    'accepts',
    'categories',
    'uses',
    'supersedes',
  ]),
};
