/**
 * The catalogue of facts: every name that an expression of a rule may use, with its type and its meaning.
 * Type check, evaluation, `explain`, hovers and the generated page all read it from here.
 */
import { RELATIONS } from '../model/relations.js';
import type { Kind } from '../registry/entity.js';
import { KINDS, SCHEMA } from '../registry/schema.js';
import { EXCIPIENT_FUNCTIONS, MARKETS, STAGES } from '../registry/vocabulary.js';

/** What a fact can be compared with. */
export type FactType =
  | { readonly type: 'boolean' }
  | { readonly type: 'word'; readonly closed: boolean; readonly words: readonly string[] }
  /** An entity, compared by its ID; null kinds is any. */
  | { readonly type: 'entity'; readonly kinds: readonly Kind[] | null }
  /** A number or quantity; a null dimension is any. */
  | { readonly type: 'amount'; readonly dimension: string | null }
  | { readonly type: 'date' }
  | { readonly type: 'text' }
  /** Whatever a record may write: amounts, ranges, words, references. */
  | { readonly type: 'value' }
  /** A group of attributes, which can't be compared as a whole. */
  | { readonly type: 'group'; readonly attributes: readonly string[] };

export interface Fact {
  readonly name: string;
  readonly kind: 'fact' | 'function';
  /** In words, for the page and hovers. */
  readonly typeName: string;
  readonly meaning: string;
  readonly example: string;
  readonly type: FactType;
  /** Of functions: what stands between the brackets, in order. */
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly type: FactType;
}

export const ACTIONS = ['add', 'remove', 'replace', 'modify'] as const;
export const DIRECTIONS = ['tightened', 'relaxed', 'increased', 'decreased', 'added', 'removed'] as const;
const DETAILS = ['limit', 'method', 'frequency', 'share', 'function', 'value', 'critical', 'at'] as const;

const BOOLEAN: FactType = { type: 'boolean' };
const VALUE: FactType = { type: 'value' };
const NUMBER: FactType = { type: 'amount', dimension: 'number' };
const QUANTITY: FactType = { type: 'amount', dimension: null };
const ACTIVITY: FactType = { type: 'word', closed: false, words: [] };
const entity = (...kinds: readonly Kind[]): FactType => ({ type: 'entity', kinds });
const closed = (words: readonly string[]): FactType => ({ type: 'word', closed: true, words });
const open = (words: readonly string[]): FactType => ({ type: 'word', closed: false, words });

/** Every name by which an edit's attribute may be called, so that a bare one is taken for a word. */
const ATTRIBUTE_WORDS = [
  ...new Set([
    ...KINDS.flatMap((kind) => Object.keys(SCHEMA[kind].attributes)),
    ...RELATIONS.map((relation) => relation.attribute),
  ]),
].sort();

const fact = (name: string, type: FactType, typeName: string, meaning: string, example: string): Fact => ({
  name,
  kind: 'fact',
  type,
  typeName,
  meaning,
  example,
  parameters: [],
});

const call = (
  name: string,
  parameters: readonly Parameter[],
  type: FactType,
  meaning: string,
  example: string,
): Fact => ({
  name,
  kind: 'function',
  type,
  typeName: type.type === 'boolean' ? 'yes or no' : 'number or quantity',
  meaning,
  example,
  parameters,
});

const SITE: Parameter = { name: 'site', type: entity('site') };
const ACTIVITY_PARAMETER: Parameter = { name: 'activity', type: ACTIVITY };

/** Every fact and function, in the order in which the page lists them. */
export const FACTS: readonly Fact[] = [
  fact('action', closed(ACTIONS), 'add, remove, replace or modify', 'What the edit does.', 'action = add'),
  fact('subject', { type: 'entity', kinds: null }, 'entity', 'What the edit changes.', 'subject.critical'),
  fact(
    'current',
    VALUE,
    'entity or value',
    'What the edit takes out: the part removed or replaced, or the left value of a line; none for an addition.',
    'current.campus = proposed.campus',
  ),
  fact(
    'proposed',
    VALUE,
    'entity or value',
    'What the edit puts in: the part added, or the right value of a line; none for a removal.',
    'proposed.principle = current.principle',
  ),
  fact(
    'attribute',
    open(ATTRIBUTE_WORDS),
    'word',
    'The attribute of the subject that changes, as a filing registers it: sites, batch-size, assay.',
    'attribute = shelf-life',
  ),
  fact(
    'detail',
    open(DETAILS),
    'word',
    'What changes inside a test, parameter or component: limit, method, share, function.',
    'detail = method',
  ),
  fact(
    'direction',
    closed(DIRECTIONS),
    'tightened, relaxed, increased, decreased, added or removed',
    'How a value moves: a range or limit is tightened if the proposed one lies inside the current one, else relaxed (a shifted one too); an amount is increased or decreased; a list to which something comes, or from which something goes, is added to or removed from.',
    'direction = tightened',
  ),
  fact(
    'component',
    VALUE,
    'component of a material',
    'The component that the edit adds, removes or changes; its share and function by path.',
    'component.function = filler',
  ),
  fact(
    'parameter',
    VALUE,
    'parameter of a step',
    'The process parameter that the edit changes; its attributes by path.',
    'parameter.critical',
  ),
  fact(
    'test',
    VALUE,
    'test of a specification',
    'The test that the edit adds, removes or changes; its attributes by path.',
    'test = assay',
  ),
  fact(
    'registered',
    BOOLEAN,
    'yes or no',
    'The filing registers what the edit changes. Every report is guarded by it already.',
    'not registered',
  ),
  fact(
    'restricted',
    BOOLEAN,
    'yes or no',
    'The registry marks what the edit changes as in the restricted part of a master file that the filing refers to.',
    'not restricted',
  ),
  fact(
    'validated',
    BOOLEAN,
    'yes or no',
    'The proposed value lies inside the range of a current process validation of the subject at each site concerned; for a site put in: the subject has a current process validation there.',
    'not validated',
  ),
  fact(
    'stage',
    closed(STAGES),
    'stage of a material',
    'The stage of the material that the edit is about, or that the step makes or tests.',
    'stage = drug-product',
  ),
  fact('product', entity('product'), 'product', 'The product that the edit reaches.', 'product.sterile'),
  fact(
    'filing',
    entity('filing'),
    'filing',
    'The filing for which the rule is judged.',
    'filing.procedure = CP',
  ),
  fact('market', closed(MARKETS), 'market', 'The market of the filing, or else of the pack.', 'market = EU'),
  call(
    'ratio',
    [
      { name: 'a', type: QUANTITY },
      { name: 'b', type: QUANTITY },
    ],
    NUMBER,
    'How many times the second goes into the first, across units.',
    'ratio(proposed, filing.bio-batch) <= 10',
  ),
  call(
    'difference',
    [
      { name: 'a', type: QUANTITY },
      { name: 'b', type: QUANTITY },
    ],
    QUANTITY,
    'The first less the second, in the unit of the first; none counts as nothing.',
    'difference(proposed, current) <= 5 %',
  ),
  call(
    'total',
    [{ name: 'x', type: QUANTITY }],
    QUANTITY,
    'The sum of the absolute values of x over all edits of the record of the same subject and sort.',
    'total(difference(proposed, current)) <= 5 %',
  ),
  call(
    'share',
    [{ name: 'function', type: closed(EXCIPIENT_FUNCTIONS) }],
    QUANTITY,
    'The share in the subject, as proposed, of all components that have the function.',
    'share(lubricant) <= 1 %',
  ),
  call(
    'inspected',
    [SITE, ACTIVITY_PARAMETER, { name: 'period', type: { type: 'amount', dimension: 'time' } }],
    BOOLEAN,
    'An authority that the pack accepts inspected the activity at the site within the period, acceptably, and none has since found it unacceptable. A pack that names no authorities accepts all.',
    'inspected(proposed, subject.activity, 2 years)',
  ),
  call(
    'authorised',
    [SITE, ACTIVITY_PARAMETER],
    BOOLEAN,
    'An authorisation of the site by an authority that the pack accepts holds for the activity on the day.',
    'authorised(proposed, subject.activity)',
  ),
  call(
    'capable',
    [SITE, ACTIVITY_PARAMETER],
    BOOLEAN,
    'The activity is among those of the site.',
    'capable(proposed, subject.activity)',
  ),
  call(
    'contained',
    [SITE, { name: 'product', type: entity('product') }],
    BOOLEAN,
    'The containment band of the site is at least that of the product.',
    'contained(proposed, product)',
  ),
  call(
    'reaches',
    [{ name: 'kind', type: closed([...KINDS, ...STAGES]) }],
    BOOLEAN,
    'The edit reaches an entity of the kind, or a material of the stage.',
    'reaches(drug-substance)',
  ),
];

const BY_NAME: ReadonlyMap<string, Fact> = new Map(FACTS.map((entry) => [entry.name, entry]));

/** The fact or function of a name; undefined where there is none. */
export function factNamed(name: string): Fact | undefined {
  return BY_NAME.get(name);
}

/** The names of facts, or of functions. */
export function factNames(kind: Fact['kind']): readonly string[] {
  return FACTS.filter((entry) => entry.kind === kind).map((entry) => entry.name);
}
