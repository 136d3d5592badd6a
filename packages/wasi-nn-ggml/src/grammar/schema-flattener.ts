import {
  assertionsOf,
  combineSchemas,
  commonTypes,
  commonValues,
  type PlainSchema,
} from './combine-schemas.js';
import { checkKeywords, refuse, typeOf } from './json-schema.js';

/** Parts of a schema that are looked at: each reference can double them. */
const mostParts = 5000;

/** What is left of a schema once references and combinations are written out. */
export class SchemaFlattener {
  readonly #find: (pointer: string) => unknown;
  #count = 0;

  constructor(find: (pointer: string) => unknown) {
    this.#find = find;
  }

  /** @throws {NnError} `invalid_argument` for what cannot be combined, or refers to itself without end. */
  flat(given: unknown, depth = 0): PlainSchema {
    if (depth > 32) throw refuse('refers to itself, or is nested, more than 32 levels deep');
    if (++this.#count > mostParts)
      throw refuse(`has more than ${mostParts} parts when its references are written out`);
    if (given === true) return {};
    const { $ref, allOf = [], oneOf, const: value, ...rest } = checkKeywords(given);
    const parts: PlainSchema[] = $ref === undefined ? [] : [this.flat(this.#find($ref), depth + 1)];
    parts.push(assertionsOf(rest));
    if (value !== undefined) parts.push({ enum: [value] });
    if (oneOf !== undefined) parts.push({ anyOf: this.#exclusive(oneOf, depth) });
    parts.push(...allOf.map((each) => this.flat(each, depth + 1)));
    return combineSchemas(parts);
  }

  /** Alternatives of which only one can hold. */
  #exclusive(choices: readonly unknown[], depth: number): readonly unknown[] {
    const plain = choices.map((each) => this.flat(each, depth + 1));
    const areExclusive = plain.every((one, index) =>
      plain.slice(index + 1).every((other) => this.#areDisjoint(one, other, depth)),
    );
    if (!areExclusive) throw refuse('has alternatives of "oneOf" that may hold together; write "anyOf"');
    return choices;
  }

  #areDisjoint(one: PlainSchema, other: PlainSchema, depth: number): boolean {
    if (one.enum !== undefined && other.enum !== undefined) {
      return commonValues(one.enum, other.enum).length === 0;
    }
    const [types, others] = [possibleTypes(one), possibleTypes(other)];
    if (types !== undefined && others !== undefined && commonTypes(types, others).length === 0) return true;
    const isObject = (schema: PlainSchema) => schema.type === 'object';
    if (!isObject(one) || !isObject(other)) return false;
    return (one.required ?? []).some((name) => {
      const [mine, theirs] = [one.properties?.[name], other.properties?.[name]];
      if (!other.required?.includes(name) || mine === undefined || theirs === undefined) return false;
      return this.#areDisjoint(this.flat(mine, depth + 1), this.flat(theirs, depth + 1), depth + 1);
    });
  }
}

/** The types that a schema allows, of which it says something. */
function possibleTypes({ type, enum: values }: PlainSchema): readonly string[] | undefined {
  if (values !== undefined) return values.map(typeOf);
  return type === undefined ? undefined : [type].flat();
}
