import type { Kind } from './entity.js';
import {
  ACTIVITIES,
  CONTACTS,
  CONTAINMENT_BANDS,
  COUNTRIES,
  DOSAGE_FORMS,
  ENTITY_STATUSES,
  EQUIPMENT_CLASSES,
  EQUIPMENT_PRINCIPLES,
  EXCIPIENT_FUNCTIONS,
  FILING_STATUSES,
  FILING_TYPES,
  GAMP_CATEGORIES,
  INSPECTION_OUTCOMES,
  MARKETS,
  METHOD_GRADES,
  MODALITIES,
  ORGANISATION_ROLES,
  PACKAGING_KINDS,
  PHASES,
  PROCEDURES,
  REGULATORY_AUTHORITIES,
  RELEASES,
  RESTRICTED_PARTS,
  ROUTES,
  STAGES,
  STERILISATIONS,
  SYSTEM_KINDS,
  TECHNIQUES,
  UTILITY_KINDS,
  VALIDATION_KINDS,
  VALIDATION_STATUSES,
} from './vocabulary.js';

/** What may stand under a key. */
export type AttributeType =
  | { readonly type: 'text' }
  | { readonly type: 'boolean' }
  | { readonly type: 'date' }
  /** Anything that may stand to the right of a colon in a record; `duration` asks for a time. */
  | { readonly type: 'value'; readonly dimension?: 'duration' }
  /** `closed`: no other word may stand here. `open`: the words are suggestions, near misses are warned about. */
  | { readonly type: 'word'; readonly vocabulary: 'closed' | 'open'; readonly words: readonly string[] }
  | RefType
  /** A lone scalar is accepted where a list is meant. */
  | { readonly type: 'list'; readonly of: AttributeType }
  | MapType
  | RecordType;

export interface RefType {
  readonly type: 'ref';
  /** The kinds that may be named here; null is any kind. */
  readonly kinds: readonly Kind[] | null;
}

/** Keys that the author chooses (parameters, tests, sites, components). */
export interface MapType {
  readonly type: 'map';
  /** `name` is any word; otherwise a word of a vocabulary or the ID of an entity. */
  readonly keys:
    | 'name'
    | RefType
    | { readonly type: 'word'; readonly vocabulary: 'closed'; readonly words: readonly string[] };
  readonly of: AttributeType;
  /** A plain list of the keys is accepted too. */
  readonly keysAlone?: 'accepted';
}

/** Keys that the schema names. */
export interface RecordType {
  readonly type: 'record';
  readonly attributes: Attributes;
  /** The attribute for which anything that is no map stands (`assay: 95.0..102.0 %` for its `limit`). */
  readonly shorthand?: string;
  /** Keys besides the named ones are the author's own, of this type. */
  readonly others?: AttributeType;
}

export interface AttributeSchema {
  readonly type: AttributeType;
  /** One line of plain English; hovers, pages and JSON Schemas show it. */
  readonly description: string;
  readonly required?: true;
  /**
   * What a missing key means where it isn't unknown: a mark for something rare, which whoever keeps the
   * registry writes when it is so.
   */
  readonly absentMeans?: string;
}

export type Attributes = Readonly<Record<string, AttributeSchema>>;

export interface KindSchema {
  /** The top-level key under which the entities of this kind stand. */
  readonly section: string;
  /** What one entity is called in messages. */
  readonly title: string;
  readonly description: string;
  readonly attributes: Attributes;
}

const TEXT: AttributeType = { type: 'text' };
const BOOLEAN: AttributeType = { type: 'boolean' };
const DATE: AttributeType = { type: 'date' };
const VALUE: AttributeType = { type: 'value' };
const DURATION: AttributeType = { type: 'value', dimension: 'duration' };
const closed = (words: readonly string[]) => ({ type: 'word', vocabulary: 'closed', words }) as const;
const open = (words: readonly string[]) => ({ type: 'word', vocabulary: 'open', words }) as const;
const ref = (...kinds: readonly Kind[]): RefType => ({ type: 'ref', kinds });
const ANY_ENTITY: RefType = { type: 'ref', kinds: null };
const list = (of: AttributeType): AttributeType => ({ type: 'list', of });
const record = (attributes: Attributes, rest: Omit<RecordType, 'type' | 'attributes'> = {}): RecordType => ({
  type: 'record',
  attributes: onlyOwn(attributes),
  ...rest,
});
/** A table to look an author's words up in: `constructor` and its kin, which every object inherits, are none of its keys. */
const onlyOwn = <T extends object>(table: T): T => Object.assign(Object.create(null), table);
const map = (keys: MapType['keys'], of: AttributeType): MapType => ({ type: 'map', keys, of });
const is = (type: AttributeType, description: string): AttributeSchema => ({ type, description });
const needs = (type: AttributeType, description: string): AttributeSchema => ({
  type,
  description,
  required: true,
});

const NAME = is(TEXT, 'What people call it.');
/** Of everything but validations and filings, which have a status of their own. */
const STATUS = is(
  closed(ENTITY_STATUSES),
  'proposed (a change may put it in), current (the default) or retired (history).',
);
const COMMON: Attributes = { name: NAME, status: STATUS };

const parameter = record(
  {
    value: is(VALUE, 'The value or range that is in use.'),
    critical: is(BOOLEAN, 'A critical process parameter: its variability affects quality.'),
    method: is(list(ref('method')), 'The analytical method, where the parameter is an in-process control.'),
    at: is(map(ref('site'), VALUE), 'The value at a site, where it differs from the others.'),
  },
  { shorthand: 'value' },
);

const test = record(
  {
    name: NAME,
    limit: is(VALUE, 'The acceptance criterion: `95.0..102.0 %`, `NMT 0.2 %`, `NLT 98.0 %`, or a text.'),
    method: is(list(ref('method')), 'The analytical method, or the methods of which any may be used.'),
    frequency: is(VALUE, 'How often it is done, where not on every batch: `skip-lot`, `periodic`.'),
    at: is(map(ref('site'), VALUE), 'The limit at a site, where it differs from the others.'),
  },
  { shorthand: 'limit' },
);

const component = record(
  {
    share: is(VALUE, 'How much of the whole it is: `4.2 %`, `10 mg`.'),
    function: is(closed(EXCIPIENT_FUNCTIONS), 'What it does in the formulation.'),
  },
  { shorthand: 'share' },
);

const REPORT = is(TEXT, 'The category agreed with the authority for a change of this; it decides.');

const registeredAttribute = record(
  {
    value: is(list(VALUE), 'The value as registered.'),
    limit: is(VALUE, 'The acceptance criterion as registered.'),
    method: is(list(ref('method')), 'The analytical method as registered.'),
    report: REPORT,
  },
  { shorthand: 'value' },
);

const registeredEntity = record(
  {
    report: REPORT,
    part: is(
      closed(RESTRICTED_PARTS),
      'Stands in the restricted part of a DMF or ASMF, seen by its holder only.',
    ),
  },
  { others: registeredAttribute },
);

const inspection = record({
  authority: is(open(REGULATORY_AUTHORITIES), 'Who inspected.'),
  date: is(DATE, 'The last day of the inspection.'),
  outcome: is(closed(INSPECTION_OUTCOMES), 'acceptable, unacceptable or pending.'),
  activities: is(list(open(ACTIVITIES)), 'What was inspected.'),
});

const authorisation = record({
  authority: is(open(REGULATORY_AUTHORITIES), 'Who authorised.'),
  activities: is(list(open(ACTIVITIES)), 'What the site is authorised to do.'),
  until: is(DATE, 'The last day on which it holds.'),
});

const commitment = record({
  id: needs(TEXT, 'The name of the commitment.'),
  covers: is(list(ANY_ENTITY), 'What the commitment is about.'),
  due: is(DATE, 'When it must be met.'),
});

/** Every kind of entity, with every attribute; the single source of validation, JSON Schema, hovers and facts. */
export const SCHEMA: Readonly<Record<Kind, KindSchema>> = withOwnAttributes({
  organisation: {
    section: 'organisations',
    title: 'organisation',
    description: 'A company: a sponsor, a contract manufacturer, a laboratory, the holder of a filing.',
    attributes: {
      ...COMMON,
      role: is(list(open(ORGANISATION_ROLES)), 'What part it plays.'),
    },
  },
  site: {
    section: 'sites',
    title: 'site',
    description: 'A place at which steps are carried out: a plant, a building, a suite, a laboratory.',
    attributes: {
      ...COMMON,
      organisation: is(ref('organisation'), 'Who runs it.'),
      country: is(closed(COUNTRIES), 'ISO 3166 code of the country (`IN`).'),
      campus: is(TEXT, 'The larger premises of which it is a part; two suites of one campus share it.'),
      address: is(TEXT, 'The postal address, as in the filings.'),
      activities: is(list(open(ACTIVITIES)), 'What it may do; where present, the list is complete.'),
      containment: is(open(CONTAINMENT_BANDS), 'The highest occupational exposure band it can handle.'),
      inspections: is(list(inspection), 'Inspections by the authorities.'),
      authorisations: is(list(authorisation), 'Manufacturing authorisations and GMP certificates.'),
      lead: is(
        map(closed(VALIDATION_KINDS), DURATION),
        'How long a validation takes here (`process: 4..6 months`).',
      ),
      order: is(list(TEXT), 'What comes before what here: `equipment-qualification before process`.'),
    },
  },
  product: {
    section: 'products',
    title: 'product',
    description: 'A medicinal product, as filings name it.',
    attributes: {
      ...COMMON,
      modality: is(closed(MODALITIES), 'What kind of active substance it has.'),
      'dosage-form': is(open(DOSAGE_FORMS), 'The pharmaceutical form.'),
      route: is(list(open(ROUTES)), 'The route or routes of administration.'),
      sterile: is(BOOLEAN, 'It must be sterile.'),
      release: is(closed(RELEASES), 'Immediate or modified release of the active substance.'),
      'atc-code': is(TEXT, 'Its code in the classification of the WHO (`A10BJ02`).'),
      phase: is(open(PHASES), 'How far its development has come.'),
      containment: is(
        open(CONTAINMENT_BANDS),
        'The occupational exposure band that its active substance asks for.',
      ),
    },
  },
  material: {
    section: 'materials',
    title: 'material',
    description: 'What steps consume and produce, from a starting material to the packed product.',
    attributes: {
      ...COMMON,
      stage: is(closed(STAGES), 'Where in the process it stands.'),
      product: is(list(ref('product')), 'The product or products that it belongs to.'),
      suppliers: is(list(ref('supplier')), 'Approved suppliers.'),
      specification: is(list(ref('specification')), 'What it is tested against.'),
      'shelf-life': is(DURATION, 'How long it may be used or sold (`24 months`).'),
      'retest-period': is(DURATION, 'How long it may be used before it is tested again.'),
      storage: is(VALUE, 'The storage condition (`2..8 °C`).'),
      packaging: is(list(ref('packaging')), 'What it is packed in.'),
      composition: is(map(ref('material'), component), 'Its components, each with its share and function.'),
      source: is(
        TEXT,
        'Where it comes from: the origin of a cell bank, a vector, an animal or plant material.',
      ),
      imprint: is(TEXT, 'What is imprinted, embossed or engraved on it.'),
      shape: is(TEXT, 'The shape of the dosage form: `round`, `oblong`.'),
      size: is(VALUE, 'The dimensions of the dosage form: `8 mm`, or a text.'),
      sterilisation: is(open(STERILISATIONS), 'How it is sterilised.'),
    },
  },
  step: {
    section: 'steps',
    title: 'step',
    description:
      'Something that is done to materials: making, testing, releasing, packing, shipping or collecting.',
    attributes: {
      ...COMMON,
      activity: is(open(ACTIVITIES), 'What is done; a site must be capable of it.'),
      sites: is(list(ref('site')), 'Where it is done.'),
      consumes: is(list(ref('material', 'packaging')), 'What goes in.'),
      produces: is(list(ref('material')), 'What comes out; nothing for testing, release and shipping.'),
      product: is(list(ref('product')), 'The product or products that it belongs to.'),
      equipment: is(list(ref('equipment')), 'What it is done with.'),
      critical: is(BOOLEAN, 'A critical step.'),
      parameters: is(map('name', parameter), 'Batch size, times, temperatures and the like.'),
    },
  },
  equipment: {
    section: 'equipment',
    title: 'piece of equipment',
    description: 'A machine or instrument that steps use.',
    attributes: {
      ...COMMON,
      site: is(ref('site'), 'Where it stands.'),
      class: is(open(EQUIPMENT_CLASSES), 'What kind of equipment it is.'),
      principle: is(open(EQUIPMENT_PRINCIPLES), 'How it works (the operating principle of SUPAC).'),
      capacity: is(VALUE, 'How much it holds or makes (`400 L`).'),
      shared: is(BOOLEAN, 'Used for more than one product.'),
      utilities: is(list(ref('utility')), 'What it is fed with.'),
      systems: is(list(ref('system')), 'The computerised systems that control it or keep its data.'),
      cleaning: is(
        record({
          agent: is(TEXT, 'The cleaning agent.'),
          procedure: is(TEXT, 'The cleaning procedure.'),
        }),
        'How it is cleaned.',
      ),
    },
  },
  utility: {
    section: 'utilities',
    title: 'utility',
    description: 'Water, gases, air and rooms that serve equipment.',
    attributes: {
      ...COMMON,
      site: is(ref('site'), 'Where it stands.'),
      kind: is(open(UTILITY_KINDS), 'What it supplies.'),
    },
  },
  system: {
    section: 'systems',
    title: 'computerised system',
    description: 'A computerised system under GMP.',
    attributes: {
      ...COMMON,
      site: is(list(ref('site')), 'Where it is used.'),
      kind: is(open(SYSTEM_KINDS), 'What it does.'),
      gamp: is(closed(GAMP_CATEGORIES), 'Its GAMP 5 software category.'),
    },
  },
  supplier: {
    section: 'suppliers',
    title: 'supplier',
    description: 'Who supplies a material or packaging.',
    attributes: {
      ...COMMON,
      country: is(closed(COUNTRIES), 'ISO 3166 code of the country (`CN`).'),
      'qualified-until': is(DATE, 'The last day on which its qualification holds.'),
    },
  },
  packaging: {
    section: 'packaging',
    title: 'packaging component',
    description: 'A container, a closure, a device or another component of the packaging.',
    attributes: {
      ...COMMON,
      kind: is(open(PACKAGING_KINDS), 'What it is.'),
      contact: is(closed(CONTACTS), 'Whether it touches the product.'),
      material: is(TEXT, 'What it is made of.'),
      shape: is(TEXT, 'Its shape.'),
      size: is(VALUE, 'Its size (`10 mL`).'),
      sterilisation: is(open(STERILISATIONS), 'How it is sterilised.'),
      suppliers: is(list(ref('supplier')), 'Approved suppliers.'),
      specification: is(list(ref('specification')), 'What it is tested against.'),
    },
  },
  method: {
    section: 'methods',
    title: 'method',
    description: 'An analytical method.',
    attributes: {
      ...COMMON,
      technique: is(open(TECHNIQUES), 'The analytical technique.'),
      grade: is(open(METHOD_GRADES), 'What it is used for.'),
    },
  },
  specification: {
    section: 'specifications',
    title: 'specification',
    description: 'The tests that a material must pass, with their limits and methods.',
    attributes: {
      ...COMMON,
      tests: is(map('name', test), 'Each test with its limit and its method.'),
    },
  },
  validation: {
    section: 'validations',
    title: 'validation',
    description: 'A validation, qualification or study: what it covers, where, and for how long it holds.',
    attributes: {
      name: NAME,
      kind: needs(closed(VALIDATION_KINDS), 'What kind of validation it is.'),
      covers: is(list(ANY_ENTITY), 'The steps, equipment, methods, materials or products that it is about.'),
      site: is(ref('site'), 'Where it holds.'),
      status: is(closed(VALIDATION_STATUSES), 'current, planned, in-progress, expired or withdrawn.'),
      completed: is(DATE, 'The day on which it was approved.'),
      due: is(DATE, 'The day by which it must be done again.'),
      ranges: is(map('name', VALUE), 'The validated range of each parameter.'),
    },
  },
  filing: {
    section: 'filings',
    title: 'filing',
    description: 'An application, authorisation or master file with an authority.',
    attributes: {
      name: NAME,
      market: needs(closed(MARKETS), 'ISO 3166 code of the country, `EU`, or `WHO`.'),
      type: is(open(FILING_TYPES), 'What kind of filing it is; rule packs say for which they hold.'),
      product: is(list(ref('product')), 'The product or products that it is for.'),
      material: is(list(ref('material')), 'The material that a DMF, ASMF or CEP is about.'),
      holder: is(ref('organisation'), 'Who holds it.'),
      status: is(closed(FILING_STATUSES), 'planned, pending, approved or withdrawn.'),
      approved: is(DATE, 'The day of the first approval.'),
      references: is(list(ref('filing')), 'The DMFs, ASMFs and CEPs that it refers to.'),
      authorised: is(list(ref('organisation')), 'Who may refer to this DMF or ASMF.'),
      procedure: is(closed(PROCEDURES), 'CP, MRP, DCP or NP.'),
      'bio-batch': is(VALUE, 'The size of the batch of the pivotal clinical or bioequivalence study.'),
      'data-validity-assessment': {
        type: BOOLEAN,
        description: 'The application is under a data validity assessment. Without the key it is not.',
        absentMeans: 'false',
      },
      commitments: is(list(commitment), 'What was promised to the authority.'),
      registers: is(
        { type: 'map', keys: ANY_ENTITY, of: registeredEntity, keysAlone: 'accepted' },
        'Established conditions, registered particulars, approved matters: IDs, each with the attributes registered (none: all).',
      ),
    },
  },
  protocol: {
    section: 'protocols',
    title: 'protocol',
    description: 'An approved comparability protocol or post-approval change management protocol.',
    attributes: {
      ...COMMON,
      filing: is(list(ref('filing')), 'The filing in which it was approved.'),
      covers: is(
        list(TEXT),
        'The changes that it covers: `replace site of LRG-S5`, `modify parameter of step`.',
      ),
      report: is(TEXT, 'The category in which they are reported while its criteria are met.'),
    },
  },
  agreement: {
    section: 'agreements',
    title: 'quality agreement',
    description: 'Who must be told of, and who approves, changes at a site.',
    attributes: {
      ...COMMON,
      between: is(list(ref('organisation')), 'The parties.'),
      sites: is(list(ref('site')), 'The sites that it is about.'),
      notify: is(DURATION, 'How long beforehand the parties are notified (`90 days`).'),
      approves: is(list(TEXT), 'The changes that the parties approve: `replace site of step`.'),
    },
  },
});

function withOwnAttributes(schema: Record<Kind, KindSchema>): Readonly<Record<Kind, KindSchema>> {
  const kinds = Object.entries(schema).map(([kind, one]) => [
    kind,
    { ...one, attributes: onlyOwn(one.attributes) },
  ]);
  return Object.fromEntries(kinds);
}

/** The kinds in the order of the schema. */
export const KINDS = Object.keys(SCHEMA) as readonly Kind[];

/** The kind of the entities under a top-level key of a registry file. */
export const SECTIONS: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [SCHEMA[kind].section, kind]));

/** A key of the author's own, which nothing checks. */
export function isExtensionKey(key: string): boolean {
  return key.startsWith('x-');
}

/** What an entity of a kind is called in a sentence: `a site`, `an organisation`. */
export function oneOf(kind: Kind): string {
  const { title } = SCHEMA[kind];
  return `${/^[aeio]/.test(title) ? 'an' : 'a'} ${title}`;
}
