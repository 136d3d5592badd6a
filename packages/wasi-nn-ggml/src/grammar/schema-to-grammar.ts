import { NnError } from '@wasmedge-plugins/wasi-nn';
import type { PlainSchema } from './combine-schemas.js';
import { jsonRules, literal } from './json-rules.js';
import { checkKeywords, isRemark, isTable, refuse } from './json-schema.js';
import { otherTexts } from './other-texts.js';
import { SchemaFlattener } from './schema-flattener.js';

/** How deep schemas may be nested, and what a grammar may have at most: a guest writes them. */
const bounds = { depth: 32, rules: 2000, repetitions: 1000, length: 256 * 1024 };

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
  try {
    return new SchemaGrammar(schema).text();
  } catch (error) {
    // A constant can be nested as deep as the text is long.
    if (error instanceof RangeError) throw refuse('is nested too deeply');
    throw error;
  }
}

/** The rules of one schema, each written once. */
class SchemaGrammar {
  readonly #whole: unknown;
  readonly #rules = new Map<string, string>(Object.entries(jsonRules));
  readonly #references = new Map<string, string>();
  #count = 0;
  #length = 0;
  readonly #flattener = new SchemaFlattener((pointer) => this.#find(pointer));

  constructor(schema: unknown) {
    this.#whole = schema;
    this.#write('root', `ws ${this.#expression(schema, 0)}`);
  }

  text(): string {
    return [...this.#rules].map(([name, rule]) => `${name} ::= ${rule}`).join('\n');
  }

  /** What a schema allows, as a part of a rule. */
  #expression(given: unknown, depth: number): string {
    const expression = this.#possible(given, depth);
    if (expression === undefined) throw refuse('allows nothing');
    return expression;
  }

  /** The same; `undefined` where it allows nothing. */
  #possible(given: unknown, depth: number): string | undefined {
    if (depth > bounds.depth) throw refuse(`is nested deeper than ${bounds.depth} levels`);
    const pointer = referenceOnly(given);
    if (pointer !== undefined) return this.#reference(pointer, depth);
    const { anyOf, ...schema } = this.#flattener.flat(given);
    if (schema.enum !== undefined && anyOf === undefined) return constants(schema);
    if (anyOf !== undefined) {
      const isAlone = Object.keys(schema).length === 0;
      return alternatives(
        anyOf.map((each) => this.#possible(isAlone ? each : { allOf: [schema, each] }, depth + 1)),
      );
    }
    return alternatives(typesOf(schema).map((type) => this.#typed(type, schema, depth)));
  }

  #typed(type: string, schema: PlainSchema, depth: number): string {
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
      case anyType:
        return 'value';
      default:
        return type;
    }
  }

  #object(
    { properties = {}, required = [], additionalProperties: others }: PlainSchema,
    depth: number,
  ): string {
    const names = Object.keys(properties);
    const missing = required.filter((name) => !names.includes(name));
    if (missing.length > 0 && others === false) {
      throw refuse(`requires ${JSON.stringify(missing[0])}, which its additionalProperties do not allow`);
    }
    const all = [...names, ...missing];
    const isClosed = others === false || (others === undefined && names.length > 0);
    const pair = isClosed ? undefined : this.#pair(others ?? true, all, depth);
    const further = pair === undefined ? '' : this.#rule(`("," ws ${pair})*`);
    // From the last property to the first: what may follow when none, or one, was written before.
    let first = pair === undefined ? '""' : `(${pair} ${further})?`;
    let next = further || '""';
    for (const name of all.reverse()) {
      const described = Object.hasOwn(properties, name) ? properties[name] : (others ?? true);
      const value = this.#rule(this.#expression(described, depth + 1));
      const own = `${literal(JSON.stringify(name))} ":" ws ${value}`;
      const [before, after] = [this.#rule(first), this.#rule(next)];
      first = required.includes(name) ? `${own} ${after}` : `${own} ${after} | ${before}`;
      next = required.includes(name) ? `"," ws ${own} ${after}` : `("," ws ${own})? ${after}`;
    }
    return `"{" ws ${this.#rule(first)} "}" ws`;
  }

  /** A property with any name but those that are described. */
  #pair(schema: unknown, described: readonly string[], depth: number): string {
    const value = this.#rule(this.#expression(schema, depth + 1));
    if (described.length === 0) return this.#rule(`string ":" ws ${value}`);
    const name = otherTexts(described, (rule) => this.#rule(rule));
    return this.#rule(`"\\"" ${name} "\\"" ws ":" ws ${value}`);
  }

  #array({ items = true, prefixItems = [], minItems = 0, maxItems }: PlainSchema, depth: number): string {
    const fixed = prefixItems.map((each) => this.#rule(this.#expression(each, depth + 1)));
    if (fixed.length > 0) {
      if (minItems > fixed.length) throw refuse('has minItems beyond its prefixItems');
      if (maxItems !== undefined && maxItems < fixed.length)
        throw refuse('has maxItems below its prefixItems');
      return `"[" ws ${fixed.join(' "," ws ')} "]" ws`;
    }
    const item = this.#rule(items === false ? '""' : this.#expression(items, depth + 1));
    if (maxItems === 0 || items === false) return '"[" ws "]" ws';
    const [least, most] = [bounded('minItems', minItems), maxItems && bounded('maxItems', maxItems)];
    if (most !== undefined && most < least) throw refuse('has maxItems below minItems');
    const more = `("," ws ${item}){${Math.max(0, least - 1)},${most === undefined ? '' : most - 1}}`;
    return least === 0 ? `"[" ws (${item} ${more})? "]" ws` : `"[" ws ${item} ${more} "]" ws`;
  }

  #string({ minLength = 0, maxLength }: PlainSchema): string {
    if (minLength === 0 && maxLength === undefined) return 'string';
    const [least, most] = [
      bounded('minLength', minLength),
      maxLength === undefined ? '' : bounded('maxLength', maxLength),
    ];
    if (typeof most === 'number' && most < least) throw refuse('has maxLength below minLength');
    return `"\\"" char{${least},${most}} "\\"" ws`;
  }

  /** A part of the whole schema, which may refer to itself. */
  #reference(pointer: string, depth: number): string {
    const known = this.#references.get(pointer);
    if (known !== undefined) return known;
    const target = this.#find(pointer);
    const name = this.#name();
    this.#references.set(pointer, name);
    this.#write(name, this.#expression(target, depth + 1));
    return name;
  }

  #find(pointer: string): unknown {
    if (!/^#(\/|$)/.test(pointer)) {
      throw refuse(`refers to ${JSON.stringify(pointer)}; a reference must be "#", or begin with "#/"`);
    }
    let found: unknown = this.#whole;
    for (const step of decoded(pointer).slice(1).split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
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
    this.#write(name, expression);
    return name;
  }

  #write(name: string, expression: string): void {
    this.#rules.set(name, expression);
    this.#length += expression.length;
    if (this.#length > bounds.length) throw tooLong();
  }

  #name(): string {
    if (this.#count >= bounds.rules) throw refuse(`needs more than ${bounds.rules} rules`);
    return `r${++this.#count}`;
  }
}

/** The pointer of a schema that is a reference and nothing else: it becomes a rule, which may refer to itself. */
function referenceOnly(schema: unknown): string | undefined {
  const { $ref, ...rest } = schema === true ? {} : checkKeywords(schema);
  return Object.keys(rest).every(isRemark) ? $ref : undefined;
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    throw refuse(`has the reference ${JSON.stringify(pointer)}, in which a % must be written as %25`);
  }
}

function alternatives(expressions: readonly (string | undefined)[]): string | undefined {
  const possible = expressions.filter((each) => each !== undefined);
  if (possible.reduce((length, { length: own }) => length + own, 0) > bounds.length) throw tooLong();
  return possible.length > 1 ? `(${possible.join(' | ')})` : possible[0];
}

function tooLong() {
  return refuse(`needs a grammar of more than ${bounds.length} characters`);
}

/** Values of which the types beside them leave some. */
function constants({ enum: values = [], type, ...others }: PlainSchema): string | undefined {
  const [other] = Object.keys(others);
  if (other !== undefined) throw refuse(`combines "enum" or "const" with "${other}"`);
  const types = type === undefined ? undefined : checkTypes([type].flat());
  const left = values.filter((value) => types === undefined || types.some((each) => isOfType(value, each)));
  return alternatives(left.map((value) => `${literal(JSON.stringify(value))} ws`));
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'object' ? isTable(value) : typeof value === type;
}

const anyType = 'any';
const knownTypes = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

function checkTypes(types: readonly string[]): readonly string[] {
  const unknown = types.find((type) => !knownTypes.includes(type));
  if (unknown !== undefined) throw refuse(`has the unknown type ${JSON.stringify(unknown)}`);
  return types;
}

/** Types that are named, or that the keywords speak of. */
function typesOf({ type, ...schema }: PlainSchema): readonly string[] {
  if (type !== undefined) return checkTypes([type].flat());
  if (schema.properties !== undefined || schema.additionalProperties !== undefined || schema.required) {
    return ['object'];
  }
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  if (schema.minItems !== undefined || schema.maxItems !== undefined) return ['array'];
  if (schema.minLength !== undefined || schema.maxLength !== undefined) return ['string'];
  if (schema.minimum !== undefined || schema.exclusiveMinimum !== undefined) return ['number'];
  return [anyType];
}

/** Numbers from 0, or above it; no grammar of reasonable size expresses other bounds. */
function numberRule(type: 'number' | 'integer', { minimum, exclusiveMinimum }: PlainSchema): string {
  if (type === 'integer' && minimum === 1 && (exclusiveMinimum ?? 0) === 0) return 'positive';
  if ((minimum ?? 0) !== 0 || (exclusiveMinimum ?? 0) !== 0)
    throw refuse('has a bound of numbers other than 0');
  if (exclusiveMinimum !== undefined) return type === 'integer' ? 'positive' : 'positivenumber';
  if (minimum !== undefined) return type === 'integer' ? 'natural' : 'unsigned';
  return type;
}

function bounded(keyword: string, count: number): number {
  if (Number.isInteger(count) && count >= 0 && count <= bounds.repetitions) return count;
  throw refuse(`has ${keyword} ${count}; it must be a whole number from 0 to ${bounds.repetitions}`);
}
