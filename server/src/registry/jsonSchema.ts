import { type Attributes, type AttributeType, KINDS, SCHEMA } from './schema.js';

/** As much of JSON Schema (draft-07) as is generated here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const DRAFT = 'http://json-schema.org/draft-07/schema#';
/** Every key may stand with nothing behind it: that says as much as leaving it out. */
const NULL: JsonSchema = { type: 'null' };
const EXTENSIONS = { '^x-': {} };

/**
 * The JSON Schema of registry files, for editors that know nothing of Entail. It allows what `validate`
 * finds no fault with; what JSON Schema cannot say (units, days of a month, references) stays with us.
 */
export function registryJsonSchema(): JsonSchema {
  return {
    $schema: DRAFT,
    title: 'Entail registry',
    description:
      'The manufacturing network as it is: sites, steps, materials, validations, filings and the rest.',
    type: ['object', 'null'],
    properties: Object.fromEntries(
      KINDS.map((kind) => [
        SCHEMA[kind].section,
        {
          description: SCHEMA[kind].description,
          type: ['object', 'null'],
          patternProperties: EXTENSIONS,
          additionalProperties: { $ref: `#/definitions/${kind}` },
        },
      ]),
    ),
    patternProperties: EXTENSIONS,
    additionalProperties: false,
    definitions: Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        { description: SCHEMA[kind].description, ...objectOf(SCHEMA[kind].attributes) },
      ]),
    ),
  };
}

function objectOf(attributes: Attributes, others?: AttributeType): JsonSchema {
  const required = Object.keys(attributes).filter((key) => attributes[key]!.required);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(attributes).map(([key, { type, description }]) => [
        key,
        { description, ...schemaOf(type) },
      ]),
    ),
    ...(required.length > 0 ? { required } : {}),
    patternProperties: EXTENSIONS,
    additionalProperties: others ? schemaOf(others) : false,
  };
}

function schemaOf(type: AttributeType): JsonSchema {
  switch (type.type) {
    case 'text':
    case 'value':
    case 'ref':
      return { type: ['string', 'number', 'boolean', 'null'] };
    case 'boolean':
      return { enum: [true, false, 'true', 'false', null] };
    case 'date':
      return {
        anyOf: [{ type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' }, NULL],
      };
    case 'word': {
      // YAML reads the bare word `4` as a number.
      const numbers = type.words.filter((word) => /^[1-9][0-9]*$/.test(word)).map(Number);
      const known = { enum: [...type.words, ...numbers, null] };
      return type.vocabulary === 'closed'
        ? known
        : { anyOf: [known, { type: ['string', 'number', 'boolean'] }] };
    }
    case 'list': {
      const item = schemaOf(type.of);
      return { anyOf: [{ type: 'array', items: item }, item] };
    }
    case 'map': {
      const words = typeof type.keys === 'object' && type.keys.type === 'word' ? type.keys.words : null;
      const map = {
        type: 'object',
        ...(words ? { propertyNames: { anyOf: [{ enum: words }, { pattern: '^x-' }] } } : {}),
        patternProperties: EXTENSIONS,
        additionalProperties: schemaOf(type.of),
      };
      const keys = { type: ['string', 'number'] };
      return type.keysAlone
        ? { anyOf: [map, { type: 'array', items: keys }, keys, NULL] }
        : { anyOf: [map, NULL] };
    }
    case 'record': {
      const record = objectOf(type.attributes, type.others);
      return type.shorthand
        ? { anyOf: [record, schemaOf(type.attributes[type.shorthand]!.type)] }
        : { anyOf: [record, NULL] };
    }
  }
}

/** The JSON Schema of the configuration, `entail.jsonc`. */
export function configurationJsonSchema(): JsonSchema {
  const globs = (description: string, example: string): JsonSchema => ({
    description,
    type: 'array',
    items: { type: 'string', minLength: 1 },
    examples: [[example]],
  });
  const lead = {
    description:
      'How long validations take, by kind: `{ "process": "4..6 months" }`. Stands in place of what the rule packs say.',
    type: 'object',
    propertyNames: { enum: kindsOfValidation() },
    additionalProperties: { type: 'string', minLength: 1 },
  };
  const order = {
    description: 'What is done before what: `[["equipment-qualification", "process"]]`.',
    type: 'array',
    items: {
      type: 'array',
      items: { enum: kindsOfValidation() },
      minItems: 2,
      maxItems: 2,
    },
  };
  return {
    $schema: DRAFT,
    title: 'Entail configuration',
    description: 'Which files make up the workspace, which rules hold, and how strict the checks are.',
    type: 'object',
    properties: {
      $schema: { description: 'Where this schema stands; for editors.', type: 'string' },
      registry: globs('Files of the registry, relative to this file.', 'registry/**/*.yaml'),
      changes: globs('Change records, relative to this file.', 'changes/**/*.change'),
      packs: globs(
        'Rule packs: the ID of a shipped pack, or files of your own, relative to this file.',
        'rules/**/*.rules',
      ),
      severity: {
        description: 'How severe a finding is, by its code: `{ "filing/over-reported": "off" }`.',
        type: 'object',
        additionalProperties: { enum: ['error', 'warning', 'info', 'off'] },
      },
      lead,
      sites: {
        description: 'What differs at one site, by its ID.',
        type: 'object',
        additionalProperties: { type: 'object', properties: { lead, order }, additionalProperties: false },
      },
    },
    additionalProperties: false,
  };
}

function kindsOfValidation(): readonly string[] {
  const kind = SCHEMA.validation.attributes.kind?.type;
  return kind?.type === 'word' ? kind.words : [];
}
