import { expect, it } from 'vitest';
import { modelParts } from '../conformance/models.js';
import { readRepresentation } from './read-representation.js';

const read = (text: string) => readRepresentation(Buffer.from(text, 'latin1'));
const net = (inside: string) => `<?xml version="1.0"?>\n<net name="a" version="11">${inside}</net>`;

it.each(['add', 'linear', 'types', 'rows'] as const)('takes the model %s, which OpenVINO wrote', (name) => {
  const [xml = new Uint8Array()] = modelParts(name);
  expect(readRepresentation(xml)).toMatchObject({ xml });
});

it('adds up the tensors between operations, by the sizes of their elements, without constants', () => {
  const [xml = new Uint8Array()] = modelParts('add');
  // Two inputs and a sum of 2 by 3 elements of 4 bytes.
  expect(readRepresentation(xml)).toMatchObject({ tensorBytes: 3 * 2 * 3 * 4 });
  const port = (precision: string, ...dims: number[]) =>
    `<output><port id="0" precision="${precision}">${dims.map((dim) => `<dim>${dim}</dim>`).join('')}</port></output>`;
  const layers = `<layer type="Const">${port('I64', 100)}</layer><layer type="Relu">${port('FP16', 5, 7)}${port('U8', 3)}</layer><layer type="Add">${port('FP32', -1, 8)}</layer>`;
  expect(read(net(layers))).toMatchObject({ tensorBytes: 5 * 7 * 2 + 3 });
});

it('gives the XML from its first tag on, so that what stands before means nothing in another format', () => {
  for (const before of ['', ' ', '\n\r\t ', '\xef\xbb\xbf', '\xef\xbb\xbf\n']) {
    expect(read(`${before}<net name="a"></net>`)).toMatchObject({ xml: Buffer.from('<net name="a"></net>') });
  }
});

// The first bytes of each format, as its specification has them.
it.each([
  ['ONNX, a protobuf message whose first field is the version', '\x08\x08\x12\x07pytorch'],
  ['ONNX behind a space, which is a field that no reader knows', ' \x08\x08\x08<net name="a"></net>'],
  ['TensorFlow, a protobuf message whose first field is a list of nodes', '\x0a\x10<net name="a"></net>'],
  ['Paddle, a protobuf message whose first field is a list of blocks', '\x0a\x12\x08\x00\x10\xff'],
  ['TensorFlow Lite, a flatbuffer', '\x1c\x00\x00\x00TFL3'],
  ['TensorFlow Lite with an offset that looks like a tag', '<netTFL3'],
  ['GGUF', 'GGUF\x03\x00\x00\x00'],
  ['a ZIP archive', 'PK\x03\x04'],
  ['XML of another kind', '<?xml version="1.0"?><svg></svg>'],
  ['XML in UTF-16', '<\0?\0x\0m\0l\0 \0'],
  ['nothing', ''],
])('refuses %s', (_what, text) => {
  expect(read(text)).toEqual(expect.any(String));
});

it.each([
  [
    'a document type',
    '<?xml version="1.0"?><!DOCTYPE net SYSTEM "/etc/passwd"><net></net>',
    /other than elements/,
  ],
  ['an entity', net('<!ENTITY a SYSTEM "file:///etc/passwd">'), /other than elements/],
  ['CDATA', net('<![CDATA[<path/>]]>'), /other than elements/],
  ['an instruction', net('<?include /etc/passwd?>'), /other than elements/],
  ['a tag that does not end', net('<layer '), /other than elements/],
  ['a value that does not end', net('<layer a="b></layer>'), /other than elements/],
  ['elements that cross', net('<a><b></a></b>'), /closing tag a without/],
  ['an element that does not end', '<net><layers></layers>', /is truncated/],
  ['a second element', '<net></net><net></net>', /not a single element net/],
  ['an attribute path', net('<data weights_path="/etc/passwd"/>'), /may name a file, in the element data/],
  ['an attribute file in apostrophes', net('<data other="a" FILE = \'/etc/passwd\'/>'), /may name a file/],
  [
    'information on where weights are',
    net('<rt_info><__weights_path value="/etc/passwd"/></rt_info>'),
    /name a file/,
  ],
  [
    'the same as an attribute',
    net('<rt_info><attribute name="weights_path" value="x"/></rt_info>'),
    /name a file/,
  ],
  ['deep nesting', net('<a>'.repeat(100) + '</a>'.repeat(100)), /nested deeper than 64/],
])('refuses XML with %s', (_what, text, reason) => {
  expect(read(text)).toMatch(reason);
});

it('takes layers whose names look like paths, comments, and characters that are not ASCII', () => {
  expect(
    read(net('<!-- <path> --><layer name="model/path/file:0 &gt; >é" type="Relu"></layer>')),
  ).toMatchObject({
    tensorBytes: 0,
  });
});

it('takes a time that grows with the length, for any text', () => {
  const length = 2 ** 20;
  const texts = ['<a b="', '<!--', '<a>', '<a b=', `<a "'`, ' ="', '<a b="" ', '<'];
  const long = ['<a ', '<a', '</a', '<a b=', '<a b="', '<!--'].flatMap((begin) =>
    [' ', 'b', '-', '='].map((each) => begin + each.repeat(length)),
  );
  for (const text of [...texts.map((each) => each.repeat(length / each.length)), ...long]) {
    const before = process.cpuUsage();
    read(net(text));
    const { user } = process.cpuUsage(before);
    // Where each character looked at all others, it would be hours.
    expect(user / 1000, text.slice(0, 20)).toBeLessThan(2000);
  }
});

// Where their number had no bound, the expression that reads them ran out of stack.
it('refuses an element with more attributes than one has, however many they are', () => {
  const withAttributes = (count: number) => read(`<net name="a"><data${' a="1"'.repeat(count)}/></net>`);
  expect(withAttributes(256)).toMatchObject({ tensorBytes: 0 });
  expect(withAttributes(257)).toContain('something other than elements');
  expect(withAttributes(2_000_000)).toContain('something other than elements');
});
