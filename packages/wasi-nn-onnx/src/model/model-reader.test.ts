import { describe, expect, it } from 'vitest';
import { disguisedModels, modelBytes } from '../../conformance/models.js';
import { ModelReader } from './model-reader.js';

/** A field of a message in the wire format of Protocol Buffers. */
function field(number: number, content: number | Uint8Array): Buffer {
  const key = number * 8 + (typeof content === 'number' ? 0 : 2);
  return typeof content === 'number'
    ? Buffer.concat([varint(key), varint(content)])
    : Buffer.concat([varint(key), varint(content.byteLength), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

const filesOf = (model: Uint8Array) => new ModelReader(model).externalData();
const entry = (name: string) =>
  field(13, Buffer.concat([field(1, Buffer.from('location')), field(2, Buffer.from(name))]));
/** A tensor that lies in another file. */
const tensor = Buffer.concat([entry('weights'), field(14, 1)]);
const sparse = [field(1, tensor), field(2, tensor)];
const attributes = [
  field(5, tensor),
  field(10, tensor),
  ...sparse.flatMap((each) => [field(22, each), field(23, each)]),
];
const nodes = attributes.map((attribute) => field(5, attribute));
const graphs = [
  field(5, tensor),
  ...sparse.map((each) => field(15, each)),
  ...nodes.map((node) => field(1, node)),
];
const inner = graphs.flatMap((graph) => [field(6, graph), field(11, graph)]);
const graph = (content: Uint8Array) => field(7, content);
const empty = graph(Buffer.alloc(0));

// The numbers are those of onnx-ml.proto.
describe('tensors in other files are found', () => {
  it('among the constants of the main graph', () => {
    expect(filesOf(graph(field(5, tensor)))).toEqual({ files: ['weights'], others: [] });
  });

  it.each([
    ['in the main graph', graphs.slice(1).map(graph)],
    ['in a graph within it', inner.map((attribute) => graph(field(1, field(5, attribute))))],
    ['in a node of a function', nodes.map((node) => Buffer.concat([empty, field(25, field(7, node))]))],
    [
      'in the default of an attribute of a function',
      [...attributes, ...inner].map((attribute) => Buffer.concat([empty, field(25, field(11, attribute))])),
    ],
    [
      'in graphs for training',
      graphs.flatMap((each) =>
        [1, 2].map((number) => Buffer.concat([empty, field(20, field(number, each))])),
      ),
    ],
  ])('%s', (_where, models) => {
    for (const model of models) expect(filesOf(model)).toEqual({ files: [], others: ['weights'] });
  });
});

// What Protocol Buffers does with each: https://protobuf.dev/programming-guides/encoding
describe('what readers of Protocol Buffers do not all read alike is refused', () => {
  const location = Buffer.concat([entry('weights'), field(14, 1)]);
  it.each([
    ['a number of 32 bits that has more', graph(field(5, field(14, 2 ** 32 + 1)))],
    ['the number of a field with more bits', graph(field(5, field(14 + 2 ** 29, 1)))],
    ['a number with more than 64 bits', Buffer.from([8, ...Array(9).fill(0xff), 2])],
    ['a field with the number 0', Buffer.concat([empty, field(0, 1)])],
    ['a message that comes twice', Buffer.concat([empty, empty])],
    ['a number that comes twice', graph(field(5, Buffer.concat([location, field(14, 0)])))],
    [
      'a text that comes twice',
      graph(field(5, field(13, Buffer.concat([field(1, Buffer.of()), field(1, Buffer.of())])))),
    ],
    [
      'a type that is two',
      graph(field(11, field(2, Buffer.concat([field(1, Buffer.of()), field(4, Buffer.of())])))),
    ],
    ['a field that the format does not have', Buffer.concat([empty, field(99, tensor)])],
    ['a message that is a number', field(7, 1)],
    ['a number that is bytes', graph(field(5, field(14, Buffer.of(1))))],
    ['a group', Buffer.concat([empty, Buffer.of(7 * 8 + 3, 7 * 8 + 4)])],
    ['a place of data that there is not', graph(field(5, field(14, 2)))],
    ['another file without a name', graph(field(5, field(14, 1)))],
    ['another file with two names', graph(field(5, Buffer.concat([location, entry('other')])))],
  ])('%s', (_what, model) => {
    expect(() => new ModelReader(model)).toThrow(RangeError);
  });

  it.each(disguisedModels)('in %s, or the file is found', (name) => {
    let found: readonly string[] = ['refused'];
    try {
      const { files, others } = filesOf(modelBytes(name));
      found = [...files, ...others];
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
    expect(found).toHaveLength(1);
  });
});
