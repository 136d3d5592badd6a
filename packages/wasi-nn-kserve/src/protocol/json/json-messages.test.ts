import { describe, expect, test, vi } from 'vitest';
import { typeInputs } from '../../__fixtures__/type-inputs.js';
import type { DataType } from '../data-type.js';
import { MalformedMessage } from '../malformed.js';
import { readErrorText, readModelMetadata, readServerMetadata } from './control-messages.js';
import { readInferResponse } from './infer-response.js';
import { JsonReader } from './json-reader.js';
import { tensorFromJson, tensorToJson } from './tensor-values.js';

const none: ReadonlySet<string> = new Set();

function readAnswer(text: string | Buffer, jsonBytes?: number, maxTensorBytes = 1000) {
  const body = Buffer.from(text);
  return readInferResponse({ body, jsonBytes: jsonBytes ?? body.byteLength, shared: none, maxTensorBytes });
}

const output = (dataType: string, shape: string, data: string) =>
  `{"outputs":[{"name":"y","datatype":"${dataType}","shape":${shape},"data":${data}}]}`;

describe('tensors as JSON', () => {
  const expected: Partial<Record<DataType, string>> = {
    BOOL: '[true,false]',
    UINT64: '[1,18446744073709551615]',
    INT64: '[-9223372036854775808,9007199254740993]',
    FP32: '[0.10000000149011612,-3.4028234663852886e+38]',
    FP64: '[0.1,-1.7976931348623157e+308]',
    BYTES: '["","é\\"\\n"]',
  };

  test.each(typeInputs.filter(({ dataType }) => dataType !== 'FP16' && dataType !== 'BF16'))(
    '$dataType there and back',
    ({ dataType, data }) => {
      const text = tensorToJson(dataType, data as Uint8Array);
      if (expected[dataType] !== undefined) expect(text).toBe(expected[dataType]);
      const back = tensorFromJson(new JsonReader(Buffer.from(text)), dataType, 2, 1000);
      expect(back).toEqual(Buffer.from(data as Uint8Array));
    },
  );

  test.each([
    ['INT64', '[1.0, 1e3]', new BigInt64Array([1n, 1000n])],
    ['FP32', '[[1], [0.5]]', new Float32Array([1, 0.5])],
    ['FP64', '[-0.0, 1E-2]', new Float64Array([-0, 0.01])],
    ['BOOL', '[1, 0]', new Uint8Array([1, 0])],
  ] as const)('%s as servers may write it: %s', (dataType, text, elements) => {
    const data = tensorFromJson(new JsonReader(Buffer.from(text)), dataType, 2, 1000);
    expect(data).toEqual(Buffer.from(elements.buffer));
  });
});

describe('answers that do not fit', () => {
  test.each([
    ['a number beyond the type', output('INT8', '[1]', '[128]'), 'has an element 128, which is not INT8'],
    ['64 bits are exact', output('INT64', '[1]', '[9223372036854775808]'), 'is not INT64'],
    ['a fraction', output('INT32', '[1]', '[1.5]'), 'is not INT32'],
    ['a number beyond FP32', output('FP32', '[1]', '[1e39]'), 'is not FP32'],
    ['null for NaN', output('FP32', '[1]', '[null]'), 'null, which servers write for NaN'],
    ['NaN', output('FP32', '[1]', '[NaN]'), 'not the expected JSON'],
    ['a text for a number', output('FP32', '[1]', '["1"]'), 'has a text for an element'],
    ['too few', output('FP32', '[3]', '[1,2]'), 'should have 3 elements, but 2 came'],
    ['too many', output('FP32', '[1]', '[1,2]'), 'has more than 1 elements'],
    ['far too many announced', output('FP32', '[1000000000]', '[1]'), 'which cannot have come'],
    ['a negative dimension', output('FP32', '[-1]', '[]'), 'dimension of -1'],
    ['FP16', output('FP16', '[1]', '[1]'), 'FP16, which JSON cannot have'],
    ['no data', '{"outputs":[{"name":"y","datatype":"FP32","shape":[1]}]}', 'has no data'],
    [
      'binary data that did not come',
      '{"outputs":[{"name":"y","datatype":"FP32","shape":[1],"parameters":{"binary_data_size":4}}]}',
      'should have 4 bytes, which did not come',
    ],
    ['no object', '[]', 'not the expected JSON at byte 0'],
    ['more behind it', '{} {}', 'not the expected JSON at byte 3'],
    ['a comma too many', '{"id":"1",}', 'not the expected JSON at byte 10'],
    ['a text without an end', '{"id":"1', 'not the expected JSON'],
    ['a bad escape', '{"id":"\\x"}', 'not the expected JSON'],
    ['a control character in a text', '{"id":"\n"}', 'not the expected JSON'],
    ['a number with a leading zero', '{"x":01}', 'not the expected JSON'],
    ['deep nesting', `{"x":${'['.repeat(100_000)}`, 'nested deeper than 80 levels'],
  ])('%s', (_, text, words) => {
    expect(() => readAnswer(text)).toThrow(MalformedMessage);
    expect(() => readAnswer(text)).toThrow(words);
  });

  test('bytes behind the JSON that belong to no output', () => {
    const json = output('FP32', '[1]', '[1]');
    expect(() => readAnswer(`${json}abcd`, json.length)).toThrow('4 bytes that belong to no output');
  });

  test('tensors are bounded by what the caller takes', () => {
    expect(() => readAnswer(output('INT64', '[3]', '[1,2,3]'), undefined, 23)).toThrow('cannot have come');
    expect(readAnswer(output('INT64', '[3]', '[1,2,3]'), undefined, 24).outputs).toHaveLength(1);
  });
});

describe('what is asked besides inferences', () => {
  test('is bounded', () => {
    const inputs = (count: number) => Buffer.from(`{"inputs":[${Array(count).fill('{}').join(',')}]}`);
    expect(() => readModelMetadata(inputs(4097))).toThrow('more than 4096 inputs');
    const extensions = Buffer.from(`{"extensions":[${Array(4097).fill('"x"').join(',')}]}`);
    expect(() => readServerMetadata(extensions)).toThrow('more than 4096 extensions');
    const name = Buffer.from(JSON.stringify({ name: 'x'.repeat(65_537) }));
    expect(() => readServerMetadata(name)).toThrow('65537 bytes; at most 65536');
  });

  test('may lack everything', () => {
    const empty = { name: '', versions: [], platform: '', inputs: [], outputs: [] };
    expect(readModelMetadata(Buffer.from('{"versions":null,"more":{"a":[1,true]}}'))).toEqual(empty);
    expect(readErrorText(Buffer.from('<html>'))).toBeUndefined();
    expect(readErrorText(Buffer.from('{"error":"no"}'))).toBe('no');
  });
});

test.each([
  ...[
    '0',
    '-0',
    '10',
    '1.5',
    '1e3',
    '1E+3',
    '-1.25e-3',
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '1e+',
    '+1',
    '1-2',
    '--1',
  ],
  ...[
    '""',
    '"a"',
    '"\\""',
    '"\\u00E9"',
    '"\\uD800"',
    '"é"',
    '"\\x"',
    '"\\u00g0"',
    '"\\u00"',
    '"\n"',
    '"',
    '"\\',
  ],
  ...['[1,2]', '[1,]', '{"a":[]}', '{"a"}', 'true', 'nul'],
])('goes over %s as strictly as it is read', (text) => {
  const reader = new JsonReader(Buffer.from(text));
  const skip = () => {
    reader.skip();
    reader.end();
  };
  let isJson = true;
  try {
    JSON.parse(text);
  } catch {
    isJson = false;
  }
  if (isJson) expect(skip).not.toThrow();
  else expect(skip).toThrow(MalformedMessage);
});

test('goes over no text that is not UTF-8', () => {
  expect(() => new JsonReader(Buffer.of(0x22, 0xff, 0x22)).skip()).toThrow('not UTF-8');
});

test('makes no text of what it goes over', () => {
  const values = Array.from({ length: 1000 }, () => '1.5,"a","\\n"').join();
  const bytes = Buffer.from(`[${values}]`);
  const spies = (['toString', 'latin1Slice', 'utf8Slice'] as const).map((name) =>
    vi.spyOn(Buffer.prototype as unknown as Record<string, () => string>, name),
  );
  new JsonReader(bytes).skip();
  const calls = spies.map((spy) => spy.mock.calls.length);
  for (const spy of spies) spy.mockRestore();
  expect(calls).toEqual([0, 0, 0]);
});
