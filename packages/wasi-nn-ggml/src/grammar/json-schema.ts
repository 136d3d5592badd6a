import { NnError } from '@wasmedge-plugins/wasi-nn';

/** The keywords of JSON schemas that a grammar can express. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly prefixItems?: readonly unknown[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const isList = (value: unknown) => Array.isArray(value);
/** Whether something is a JSON object. */
export const isTable = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isAnything = () => true;

const keywords: Readonly<Record<keyof JsonSchema, (value: unknown) => boolean>> = {
  type: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
  const: isAnything,
  enum: isList,
  anyOf: isList,
  oneOf: isList,
  allOf: isList,
  $ref: isText,
  properties: isTable,
  required: (value) => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length,
  additionalProperties: isAnything,
  items: isAnything,
  prefixItems: isList,
  minItems: isNumber,
  maxItems: isNumber,
  minLength: isNumber,
  maxLength: isNumber,
  minimum: isNumber,
  exclusiveMinimum: isNumber,
};

/** The type of a value, by its name in JSON Schema. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Keywords that say something to people, or hold parts that are referred to. */
const remarks = new Set(
  [
    '$schema $id $comment $defs $anchor definitions title description default examples format deprecated',
    'readOnly writeOnly contentMediaType contentEncoding',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a keyword says nothing of what is allowed. */
export function isRemark(keyword: string): boolean {
  return remarks.has(keyword);
}

/**
 * A schema whose keywords all can be expressed.
 *
 * @throws {NnError} `invalid_argument` for another one.
 */
export function checkKeywords(schema: unknown): JsonSchema {
  if (!isTable(schema)) throw refuse(`has ${JSON.stringify(schema) ?? 'nothing'} where a schema must be`);
  for (const [keyword, value] of Object.entries(schema as object)) {
    if (remarks.has(keyword)) continue;
    const isValid = Object.hasOwn(keywords, keyword) ? keywords[keyword as keyof JsonSchema] : undefined;
    if (isValid === undefined) throw refuse(`has the keyword "${keyword}", which no grammar can express`);
    if (!isValid(value)) throw refuse(`has a wrong value for the keyword "${keyword}"`);
  }
  return schema as JsonSchema;
}

/** The error for a schema that cannot be used. */
export function refuse(reason: string): NnError {
  return new NnError('invalid_argument', `The JSON schema ${reason}.`);
}
