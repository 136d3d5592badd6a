import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { afterAll, describe, expect, it } from 'vitest';
import { describeModel } from './describe-model.js';

const modelPath = (name: string) =>
  fileURLToPath(new URL(`../conformance/models/${name}.xml`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'describe-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is told of this XML, or the error. */
async function described(xml: string): Promise<unknown> {
  const path = join(folder, 'odd.xml');
  writeFileSync(path, xml);
  return describeModel(path).catch((error: unknown) => error);
}

const parameter = (port: string) =>
  `<net><layers><layer id="0" name="x" type="Parameter"><output>${port}</output></layer></layers></net>`;

// Names, types and shapes are those that tools/models/openvino_models.py has OpenVINO write.
describe('what a file tells of its model', () => {
  it('is names, types and shapes', async () => {
    expect(await describeModel(modelPath('add'))).toMatchObject({
      format: 'OpenVINO',
      inputs: [
        { name: 'a', type: 'f32', shape: [2, 3] },
        { name: 'b', type: 'f32', shape: [2, 3] },
      ],
      outputs: [{ name: 'sum', type: 'f32', shape: [2, 3] }],
      notes: [],
    });
  });

  it.each(['f16', 'f32', 'f64', 'u8', 'i32', 'i64'])('is the type %s', async (type) => {
    const { inputs, outputs } = await describeModel(modelPath(`echo-${type}`));
    expect([...inputs, ...outputs].map((port) => port.type)).toEqual([type, type]);
  });

  it('is that its weights are not there', async () => {
    copyFileSync(modelPath('add'), join(folder, 'add.xml'));
    expect((await describeModel(join(folder, 'add.xml'))).notes).toEqual([
      expect.stringContaining('add.bin is not there'),
    ]);
  });

  it('is that its weights are cut off', async () => {
    const path = join(folder, 'cut.xml');
    const whole = readFileSync(modelPath('linear').replace('.xml', '.bin'));
    copyFileSync(modelPath('linear'), path);
    writeFileSync(join(folder, 'cut.bin'), whole);
    expect((await describeModel(path)).notes).toEqual([]);
    writeFileSync(join(folder, 'cut.bin'), whole.subarray(0, -1));
    await expect(describeModel(path)).rejects.toThrow(
      new RegExp(`has ${whole.byteLength - 1} bytes, but the weights of .* take ${whole.byteLength}:`),
    );
  });

  it('is read from a file of any name', async () => {
    const path = join(folder, 'net');
    writeFileSync(path, parameter('<port id="0" names="x"/>'));
    expect(await describeModel(path)).toMatchObject({
      bytes: readFileSync(path).byteLength,
      notes: [expect.stringContaining('net.bin is not there')],
    });
  });

  it('is a name with the characters that XML and lists of names have words for', async () => {
    const port = '<port id="0" precision="I8" names="a\\,&lt;b&gt;&amp;amp;ü"><dim>-1</dim></port>';
    expect(await described(parameter(port))).toMatchObject({
      inputs: [{ name: 'a,<b>&amp;ü', type: 'i8', shape: [-1] }],
    });
  });
});

describe('a file that is not trusted', () => {
  it.each([
    ['a document type', `<?xml version="1.0"?><!DOCTYPE net [<!ENTITY a "b">]>${parameter('')}`],
    ['nothing', ''],
    ['another element', '<html></html>'],
    ['what is not closed', '<net><layers>'],
    ['deep nesting', `<net>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</net>`],
    ['a dimension that is a word', parameter('<port id="0"><dim>many</dim></port>')],
    ['a hundred dimensions', parameter(`<port id="0">${'<dim>1</dim>'.repeat(100)}</port>`)],
  ])('is refused with %s', async (_what, xml) => {
    expect(await described(xml)).toSatisfy(InvalidArgumentError.isInstance);
  });

  it('takes little time where many results get a tensor of many names', async () => {
    const all = Array.from({ length: 30_000 }, (_, index) => index);
    const port = `<port id="0" names="${all.map((index) => `n${index}`).join(',')}"/>`;
    const layers = `<layer id="p" type="Parameter"><output>${port}</output></layer>${all
      .map((index) => `<layer id="${index}" type="Result"/>`)
      .join('')}`;
    const edges = all.map((index) => `<edge from-layer="p" from-port="0" to-layer="${index}"/>`).join('');
    const xml = `<net><layers>${layers}</layers><edges>${edges}</edges></net>`;
    expect(await described(xml)).toMatchObject({ outputs: all.map(() => ({ name: 'n0' })) });
  });

  it('does not have an entity of its own replaced', async () => {
    expect(await described(parameter('<port id="0" names="&a;"></port>'))).toMatchObject({
      inputs: [{ name: '&a;' }],
    });
  });
});
