import type { Llama } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithLibrary } from '../__fixtures__/describe-with-library.js';
import { checkGrammar } from './check-grammar.js';
import { schemaToGrammar } from './schema-to-grammar.js';

/** What the library does not declare: whether a grammar allows a text, as llama.cpp sees it. */
interface Testing {
  _testText(text: string): boolean;
}

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
/** Each definition refers twice to the next. */
function doubling(count: number) {
  const next = (index: number) => ({ $ref: `#/$defs/d${index + 1}` });
  const entries = Array.from({ length: count }, (_, index) => [
    `d${index}`,
    { allOf: [next(index), next(index)] },
  ]);
  return { $defs: { ...Object.fromEntries(entries), [`d${count}`]: true }, allOf: [{ $ref: '#/$defs/d0' }] };
}
const $defs = { A: object({ a: { const: 1 } }, { required: ['a'] }), anything: true };

await describeWithLibrary(() => {
  let llama: Llama;
  beforeAll(async () => {
    const { getLlama } = await import('node-llama-cpp');
    const quiet = { skipDownload: true, progressLogs: false, logger: () => {} } as const;
    llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, ...quiet });
  }, 60_000);
  afterAll(() => llama.dispose());

  // What JSON Schema 2020-12 says is valid and not.
  it.each<[schema: object, valid: readonly string[], invalid: readonly string[]]>([
    [
      object(
        { a: { type: 'integer' } },
        { required: ['a'], anyOf: [object({ b: { type: 'null' } }, { required: ['b'] })] },
      ),
      ['{"a":5,"b":null}'],
      ['{"b":null}', '{"a":5}'],
    ],
    [
      { $defs, allOf: [{ $ref: '#/$defs/A' }, { properties: { b: { const: 2 } }, required: ['b'] }] },
      ['{"a":1,"b":2}'],
      ['{"a":1}', '{"b":2}', '{"a":1,"b":3}'],
    ],
    [
      { $defs, $ref: '#/$defs/A', properties: { b: { const: 2 } } },
      ['{"a":1}', '{"a":1,"b":2}'],
      ['{"b":2}', '{"a":1,"b":3}'],
    ],
    [{ allOf: [{ enum: [1, 2, { a: 1 }] }, { enum: [{ a: 1 }, 2, 3] }] }, ['2', '{"a":1}'], ['1', '3']],
    [{ oneOf: [{ const: 1 }, { type: 'string' }] }, ['1', '"x"'], ['2', 'null']],
    [{ oneOf: [{ enum: ['a', null] }, { type: 'number' }] }, ['"a"', 'null', '5'], ['"b"']],
    [{ type: ['string', 'null'], enum: [5, 'x', null] }, ['"x"', 'null'], ['5']],
    [{ type: 'integer', anyOf: [{ const: 1 }, { const: 'x' }] }, ['1'], ['"x"']],
    [{ allOf: [{ type: 'number' }, { type: ['integer', 'string'] }] }, ['5'], ['5.5', '"x"']],
    [
      {
        type: 'array',
        allOf: [
          { minItems: 1, items: { type: 'integer' } },
          { maxItems: 2, minItems: 0 },
        ],
      },
      ['[1]', '[1,2]'],
      ['[]', '[1,2,3]', '["x"]'],
    ],
    [
      object({ a: { type: 'integer' }, abc: { type: 'null' } }, { additionalProperties: { type: 'string' } }),
      ['{"a":1}', '{"a":1,"b":"x"}', '{"ab":"x"}', '{"abcd":"x","":"y"}', '{}'],
      ['{"a":"x"}', '{"a":1,"a":"x"}', '{"abc":"x"}', '{"\\u0061":"x"}', '{"b":1}'],
    ],
    [
      { type: 'object', required: ['a'], additionalProperties: { type: 'integer' } },
      ['{"a":1}', '{"a":1,"b":2}'],
      ['{"a":"x"}', '{"b":1}'],
    ],
    [
      object(
        { ']': { type: 'null' }, '^-\\': { type: 'null' } },
        { additionalProperties: { type: 'integer' } },
      ),
      ['{"]":null}', '{"^":1}'],
      ['{"]":1}'],
    ],
    [{ type: 'string', minLength: 2 }, ['"ab"', '"\\u00e9x"'], ['"a"', '"\\ud83d\\ude00"']],
    [{ type: 'number', exclusiveMinimum: 0 }, ['0.5', '7', '10.25'], ['0', '0.0', '0e1', '1e-999', '-1']],
    [{ type: 'integer', minimum: 1, exclusiveMinimum: 0 }, ['1', '20'], ['0', '-1']],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, ['"x"', '5'], ['null']],
    [
      {
        oneOf: [
          object({ kind: { const: 'a' } }, { required: ['kind'] }),
          object({ kind: { const: 'b' }, b: { type: 'null' } }, { required: ['kind'] }),
        ],
      },
      ['{"kind":"a"}', '{"kind":"b","b":null}'],
      ['{"kind":"a","b":null}'],
    ],
    [
      object({ next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } }, { required: ['next'] }),
      ['{"next":{"next":null}}'],
      ['{"next":{}}'],
    ],
    [{ $defs, $ref: '#/%24defs/anything' }, ['[1,{"a":null}]'], ['[1']],
    [{ prefixItems: [{ const: 1 }, { const: 2 }], maxItems: 2 }, ['[1,2]'], ['[1,2,3]', '[2,1]']],
  ])('is what %j allows', async (schema, valid, invalid) => {
    const grammar = await llama.createGrammar({ grammar: schemaToGrammar(JSON.stringify(schema)) });
    const allows = (text: string) => (grammar as unknown as Testing)._testText(text);
    expect(valid.filter((text) => !allows(text))).toEqual([]);
    expect(invalid.filter(allows)).toEqual([]);
  });
});

it.each<[schema: string, message: RegExp]>([
  ['{"$ref":"#/%"}', /% must be written as %25/],
  ['{"$ref":"#A"}', /a reference must be/],
  ['{"$ref":"other.json"}', /a reference must be/],
  ['{"type":"string","const":5}', /allows nothing/],
  ['{"allOf":[{"enum":[1,2]},{"enum":[3]}]}', /allows nothing/],
  ['{"allOf":[{"type":"string"},{"type":"null"}]}', /allows nothing/],
  ['{"enum":["a"],"minLength":2}', /"enum" or "const" with "minLength"/],
  ['{"prefixItems":[{"const":3},{"const":3}],"maxItems":1}', /maxItems below its prefixItems/],
  ['{"minLength":3,"maxLength":2}', /maxLength below minLength/],
  ['{"oneOf":[{"type":"integer"},{"type":"number"}]}', /oneOf.*anyOf/],
  ['{"required":["a","a"]}', /wrong value for the keyword "required"/],
  ['{"oneOf":[{"type":"object"},{"type":"object"}]}', /oneOf.*anyOf/],
  ['{"type":"value"}', /unknown type "value"/],
  ['{"type":"any"}', /unknown type "any"/],
  ['{"required":["a"],"additionalProperties":false}', /requires "a"/],
  [
    '{"allOf":[{"additionalProperties":{}},{"properties":{"a":{}}}]}',
    /"additionalProperties" with properties/,
  ],
  ['{"allOf":[{"prefixItems":[{}]},{"items":{"type":"null"}}]}', /"prefixItems" with "items"/],
  ['{"allOf":[{"prefixItems":[{}]},{"prefixItems":[{"type":"null"}]}]}', /several "prefixItems"/],
  ['{"allOf":[{"$ref":"#"}]}', /refers to itself/],
  [JSON.stringify(doubling(14)), /more than 5000 parts/],
  [
    JSON.stringify({
      anyOf: Array(60).fill({ $ref: '#/$defs/a', title: '' }),
      $defs: { a: { enum: ['x'.repeat(9000)] } },
      type: 'string',
    }),
    /more than 262144 characters/,
  ],
  [`{"const":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, /nested too deeply/],
])('refuses schema %#', (schema, message) => {
  expect(() => schemaToGrammar(schema)).toThrow(message);
  expect(() => schemaToGrammar(schema)).toThrow(expect.objectContaining({ errnoName: 'invalid_argument' }));
});

it.each<[schema: object, message: RegExp]>([
  [
    { enum: Array.from({ length: 10_000 }, (_, index) => index) },
    /JSON schema allows more than 2000 ways.*"enum"/,
  ],
  [{ $ref: '#' }, /JSON schema has a part that is a reference to itself/],
])('refuses %.40j in the words of schemas', (schema, message) => {
  expect(() => checkGrammar(schemaToGrammar(JSON.stringify(schema)), true)).toThrow(message);
});
