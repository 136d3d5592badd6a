import { NnError } from '@wasmedge-plugins/wasi-nn';
import { jsonRules, literal } from './json-rules.js';
import { checkKeywords, type JsonSchema, refuse } from './json-schema.js';

/** How deep schemas may be nested, and what a grammar may have at most: a guest writes them. */
const bounds = { depth: 32, rules: 2000, repetitions: 1000 };

/**
 * The grammar, in llama.cpp's form, of the JSON texts that a schema allows.
 *
 * @throws {NnError} `invalid_argument` for what is not JSON, is no schema, or has a keyword that no grammar can express.
 */
export function schemaToGrammar(json: string): string {
  let schema: unknown;
  try {
    schema = JSON.parse(json);
  } catch (cause) {
    throw new NnError('invalid_argument', 'The JSON schema is not valid JSON.', { cause });
  }
  return new SchemaGrammar(schema).text();
}

/** The rules of one schema, each written once. */
class SchemaGrammar {
  readonly #whole: unknown;
  readonly #rules = new Map<string, string>(Object.entries(jsonRules));
  readonly #references = new Map<string, string>();
  #count = 0;

  constructor(schema: unknown) {
    this.#whole = schema;
    this.#rules.set('root', `ws ${this.#expression(schema, 0)}`);
  }

  text(): string {
    return [...this.#rules].map(([name, rule]) => `${name} ::= ${rule}`).join('\n');
  }

  /** What a schema allows, as a part of a rule. */
  #expression(given: unknown, depth: number): string {
    if (depth > bounds.depth) throw refuse(`is nested deeper than ${bounds.depth} levels`);
    if (given === true) return 'value';
    const schema = checkKeywords(given);
    if (schema.$ref !== undefined) return this.#reference(schema.$ref, depth);
    if (schema.const !== undefined) return constant(schema.const);
    if (schema.enum !== undefined) return alternatives(schema.enum.map(constant));
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) {
      return alternatives(
        choices.map((each) => this.#expression({ ...rest(schema), ...object(each) }, depth + 1)),
      );
    }
    if (schema.allOf !== undefined) {
      return this.#expression(merged([rest(schema), ...schema.allOf.map((each) => object(each))]), depth + 1);
    }
    return alternatives(typesOf(schema).map((type) => this.#typed(type, schema, depth)));
  }

  #typed(type: string, schema: JsonSchema, depth: number): string {
    switch (type) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, depth);
      case 'string':
        return this.#string(schema);
      case 'number':
      case 'integer':
        return numberRule(type, schema);
      case 'boolean':
      case 'null':
      case 'value':
        return type;
      default:
        throw refuse(`has the unknown type ${JSON.stringify(type)}`);
    }
  }

  #object({ properties, required = [], additionalProperties }: JsonSchema, depth: number): string {
    const names = Object.keys(properties ?? {});
    const others =
      properties === undefined ? (additionalProperties ?? true) : (additionalProperties ?? false);
    const missing = required.filter((name) => !names.includes(name));
    // What is required and not described may have any value.
    const all = [...names, ...missing];
    const pair = others === false ? undefined : this.#pair(others, depth);
    const further = pair === undefined ? '' : this.#rule(`("," ws ${pair})*`);
    // From the last property to the first: what may follow when none, or one, was written before.
    let first = pair === undefined ? '""' : `(${pair} ${further})?`;
    let next = further || '""';
    for (const name of all.reverse()) {
      const value = this.#rule(this.#expression(properties?.[name] ?? true, depth + 1));
      const own = `${literal(JSON.stringify(name))} ":" ws ${value}`;
      const [before, after] = [this.#rule(first), this.#rule(next)];
      first = required.includes(name) ? `${own} ${after}` : `${own} ${after} | ${before}`;
      next = required.includes(name) ? `"," ws ${own} ${after}` : `("," ws ${own})? ${after}`;
    }
    return `"{" ws ${this.#rule(first)} "}" ws`;
  }

  #pair(schema: unknown, depth: number): string {
    return this.#rule(`string ":" ws ${this.#rule(this.#expression(schema, depth + 1))}`);
  }

  #array({ items = true, prefixItems = [], minItems = 0, maxItems }: JsonSchema, depth: number): string {
    const fixed = prefixItems.map((each) => this.#rule(this.#expression(each, depth + 1)));
    if (fixed.length > 0) {
      if (minItems > fixed.length) throw refuse('has minItems beyond its prefixItems');
      return `"[" ws ${fixed.join(' "," ws ')} "]" ws`;
    }
    const item = this.#rule(items === false ? '""' : this.#expression(items, depth + 1));
    if (maxItems === 0 || items === false) return '"[" ws "]" ws';
    const [least, most] = [bounded('minItems', minItems), maxItems && bounded('maxItems', maxItems)];
    if (most !== undefined && most < least) throw refuse('has maxItems below minItems');
    const more = `("," ws ${item}){${Math.max(0, least - 1)},${most === undefined ? '' : most - 1}}`;
    return least === 0 ? `"[" ws (${item} ${more})? "]" ws` : `"[" ws ${item} ${more} "]" ws`;
  }

  #string({ minLength = 0, maxLength }: JsonSchema): string {
    if (minLength === 0 && maxLength === undefined) return 'string';
    const [least, most] = [
      bounded('minLength', minLength),
      maxLength === undefined ? '' : bounded('maxLength', maxLength),
    ];
    return `"\\"" char{${least},${most}} "\\"" ws`;
  }

  /** A part of the whole schema, which may refer to itself. */
  #reference(pointer: string, depth: number): string {
    const known = this.#references.get(pointer);
    if (known !== undefined) return known;
    if (!pointer.startsWith('#')) throw refuse(`refers to ${JSON.stringify(pointer)}, outside of itself`);
    const name = this.#name();
    this.#references.set(pointer, name);
    this.#rules.set(name, this.#expression(this.#find(pointer), depth + 1));
    return name;
  }

  #find(pointer: string): unknown {
    let found: unknown = this.#whole;
    for (const step of pointer.slice(1).split('/').slice(1)) {
      const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
      const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
      if (!isThere) throw refuse(`refers to ${JSON.stringify(pointer)}, which it does not have`);
      found = (found as Readonly<Record<string, unknown>>)[key];
    }
    return found;
  }

  /** A rule of its own, so that what is used twice is written once. */
  #rule(expression: string): string {
    if (/^[a-z][a-z0-9-]*$/.test(expression)) return expression;
    const name = this.#name();
    this.#rules.set(name, expression);
    return name;
  }

  #name(): string {
    if (this.#count >= bounds.rules) throw refuse(`needs more than ${bounds.rules} rules`);
    return `r${++this.#count}`;
  }
}

function alternatives(expressions: readonly string[]): string {
  if (expressions.length === 0) throw refuse('allows nothing');
  return expressions.length === 1 ? (expressions[0] as string) : `(${expressions.join(' | ')})`;
}

function constant(value: unknown): string {
  return `${literal(JSON.stringify(value))} ws`;
}

/** Types that are named, or that the keywords speak of. */
function typesOf({ type, ...schema }: JsonSchema): readonly string[] {
  if (type !== undefined) return [type].flat();
  if (schema.properties !== undefined || schema.additionalProperties !== undefined || schema.required) {
    return ['object'];
  }
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  if (schema.minItems !== undefined || schema.maxItems !== undefined) return ['array'];
  if (schema.minLength !== undefined || schema.maxLength !== undefined) return ['string'];
  if (schema.minimum !== undefined || schema.exclusiveMinimum !== undefined) return ['number'];
  return ['value'];
}

/** Numbers from 0, or above it; no grammar of reasonable size expresses other bounds. */
function numberRule(type: 'number' | 'integer', { minimum, exclusiveMinimum }: JsonSchema): string {
  if ((minimum ?? 0) !== 0 || (exclusiveMinimum ?? 0) !== 0) {
    if (type === 'integer' && minimum === 1 && exclusiveMinimum === undefined) return 'positive';
    throw refuse('has a bound of numbers other than 0');
  }
  if (exclusiveMinimum !== undefined) return type === 'integer' ? 'positive' : 'unsigned';
  if (minimum !== undefined) return type === 'integer' ? 'natural' : 'unsigned';
  return type;
}

function bounded(keyword: string, count: number): number {
  if (Number.isInteger(count) && count >= 0 && count <= bounds.repetitions) return count;
  throw refuse(`has ${keyword} ${count}; it must be a whole number from 0 to ${bounds.repetitions}`);
}

/** A schema without what combines others. */
function rest({ anyOf, oneOf, allOf, ...others }: JsonSchema): JsonSchema {
  return others;
}

function object(schema: unknown): JsonSchema {
  return schema === true ? {} : checkKeywords(schema);
}

/** Several schemas that all hold: those of objects are put together. */
function merged(schemas: readonly JsonSchema[]): JsonSchema {
  const properties = Object.assign({}, ...schemas.map((each) => each.properties));
  const required = schemas.flatMap((each) => each.required ?? []);
  return {
    ...Object.assign({}, ...schemas),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}
