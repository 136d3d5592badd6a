import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema, refuse } from './json-schema.js';

/** How many alternatives several lists of them may make together. */
const mostAlternatives = 256;

/** A schema without `$ref`, `allOf`, `oneOf` and `const`, which are written with the rest. */
export type PlainSchema = Omit<JsonSchema, '$ref' | 'allOf' | 'oneOf' | 'const'>;

/** What each keyword of both schemas allows together. Those that are not here cannot be combined. */
const rules: { readonly [Keyword in keyof PlainSchema]-?: Combine<Keyword> | undefined } = {
  type: (one, other) => commonTypes([one].flat(), [other].flat()),
  enum: commonValues,
  anyOf: (one, other) => {
    if (one.length * other.length > mostAlternatives) throw refuse('combines too many alternatives');
    return one.flatMap((each) => other.map((with_) => ({ allOf: [each, with_] })));
  },
  properties: (one, other) => {
    const both = new Map<string, unknown>(Object.entries(one));
    for (const [name, schema] of Object.entries(other)) {
      both.set(name, both.has(name) ? { allOf: [both.get(name), schema] } : schema);
    }
    return Object.fromEntries(both);
  },
  required: (one, other) => [...new Set([...one, ...other])],
  additionalProperties: undefined,
  items: (one, other) => ({ allOf: [one, other] }),
  prefixItems: undefined,
  minItems: Math.max,
  maxItems: Math.min,
  minLength: Math.max,
  maxLength: Math.min,
  minimum: Math.max,
  exclusiveMinimum: Math.max,
};

type Combine<Keyword extends keyof PlainSchema> = (
  one: NonNullable<PlainSchema[Keyword]>,
  other: NonNullable<PlainSchema[Keyword]>,
) => PlainSchema[Keyword];

/**
 * A schema that allows what all of several do.
 *
 * @throws {NnError} `invalid_argument` naming the keyword that cannot be combined exactly.
 */
export function combineSchemas(schemas: readonly PlainSchema[]): PlainSchema {
  return schemas.reduce(combineTwo, {});
}

function combineTwo(one: PlainSchema, other: PlainSchema): PlainSchema {
  checkTogether(one, other);
  checkTogether(other, one);
  const both: Record<string, unknown> = { ...one };
  for (const keyword of Object.keys(other) as (keyof PlainSchema)[]) {
    const [before, after] = [one[keyword], other[keyword]];
    const rule = rules[keyword] as ((one: unknown, other: unknown) => unknown) | undefined;
    if (before === undefined || isDeepStrictEqual(before, after)) both[keyword] = after;
    else if (rule === undefined) throw refuse(`combines several "${keyword}"`);
    else both[keyword] = rule(before, after);
  }
  return both;
}

/** Some keywords speak of what other ones beside them leave. */
function checkTogether(one: PlainSchema, other: PlainSchema): void {
  const isDescribed = (name: string) => Object.hasOwn(one.properties ?? {}, name);
  if (one.additionalProperties !== undefined && !Object.keys(other.properties ?? {}).every(isDescribed)) {
    throw refuse('combines "additionalProperties" with properties of another schema');
  }
  if (one.prefixItems !== undefined && other.items !== undefined && one.items === undefined) {
    throw refuse('combines "prefixItems" with "items" of another schema');
  }
}

/** Values that are in both lists. */
export function commonValues(one: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  return one.filter((value) => other.some((each) => isDeepStrictEqual(each, value)));
}

/** Types that both lists allow: an integer is a number too. */
export function commonTypes(one: readonly string[], other: readonly string[]): readonly string[] {
  const covers = (types: readonly string[], type: string) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  return [...one.filter((type) => covers(other, type)), ...other.filter((type) => covers(one, type))].filter(
    (type, index, all) => all.indexOf(type) === index,
  );
}

/** A schema without what only people read. */
export function assertionsOf(schema: JsonSchema): PlainSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => Object.hasOwn(rules, keyword)));
}
