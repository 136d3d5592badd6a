import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { describeModel } from './describe-model.js';

const modelPath = (name: string) =>
  fileURLToPath(new URL(`../conformance/models/${name}.pt`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'describe-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function described(bytes: Uint8Array): Promise<unknown> {
  const path = join(folder, 'odd.pt');
  writeFileSync(path, bytes);
  return describeModel(path).catch((error: unknown) => error);
}

/** A file as `torch.jit.save` lays it out. */
const file = (code: string, pickle = '\x80\x02c__torch__\nNet\nq\0') =>
  zipSync({ 'net/data.pkl': Buffer.from(pickle, 'latin1'), 'net/code/__torch__.py': Buffer.from(code) });

// What the files say was written by torch.jit.save; the outputs are those that the suite's cases get from the library.
describe('what a file tells of its model', () => {
  it('is the names of its inputs, and that there is no more', async () => {
    expect(await describeModel(modelPath('add'))).toEqual({
      format: 'TorchScript',
      bytes: readFileSync(modelPath('add')).byteLength,
      inputs: [{ name: 'a' }, { name: 'b' }],
      outputs: [{ name: '0' }],
      notes: ['TorchScript tells neither element types nor shapes of inputs and outputs.'],
    });
  });

  it.each([
    ['tuple', ['0', '1']],
    ['named-tuple', ['corners', 'scores']],
    ['quantized-linear', ['0']],
  ])('is the names of the outputs of %s', async (name, outputs) => {
    expect((await describeModel(modelPath(name))).outputs.map((each) => each.name)).toEqual(outputs);
  });

  it.each(['list', 'dict', 'nested'])('is not how many outputs there are of %s', async (name) => {
    const { outputs, notes } = await describeModel(modelPath(name));
    expect(outputs).toEqual([]);
    expect(notes[1]).toContain('How many outputs there are shows only when it runs');
  });

  it('is which inputs are not tensors', async () => {
    const code =
      'class Net(Module):\n  def forward(self: __torch__.Net,\n    x: Tensor,\n    deep: bool) -> Tensor:\n    return x\n';
    expect(await described(file(code))).toMatchObject({
      inputs: [{ name: 'x' }, { name: 'deep' }],
      notes: [expect.anything(), 'Of its inputs these are not tensors: deep: bool.'],
    });
  });
});

describe('a file that is not trusted', () => {
  const code = 'class Net(Module):\n  def forward(self: __torch__.Net) -> Tensor:\n    return x\n';
  it.each([
    ['nothing', new Uint8Array()],
    ['no archive', Buffer.from('PK\x03\x04 and no more')],
    ['a pickle of something else', file(code, '\x80\x02cposix\nsystem\nq\0')],
    ['a class that is not there', file('class Other(Module):\n  pass\n')],
    ['code that unpacks to far more than it has', file(code + ' '.repeat(5 * 2 ** 20))],
    ['a type without an end', file(code.replace('Tensor', 'Tuple['.repeat(10_000)))],
  ])('is refused with %s', async (what, bytes) => {
    const result = await described(bytes);
    if (what.startsWith('a type')) expect(result).toMatchObject({ outputs: [] });
    else expect(result).toSatisfy(InvalidArgumentError.isInstance);
  });

  it('takes little time where a few lines name the same type over and over', async () => {
    const fields = Array.from({ length: 50 }, (_, index) => `  f${index} : __torch__.Many\n`).join('');
    const many = `class Many(NamedTuple):\n${fields}${code.replace('Tensor', '__torch__.Many')}`;
    expect(await described(file(many))).toMatchObject({ outputs: [] });
  });

  it.each([
    ['a name without a type', `(self: __torch__.Net, ${'a'.repeat(2 ** 20)})`],
    ['white space without an end', `(self: __torch__.Net,${' '.repeat(2 ** 20)}`],
  ])('takes little time with %s', async (_what, parameters) => {
    const result = await described(file(code.replace('(self: __torch__.Net)', parameters)));
    if (result instanceof Error) expect(result).toSatisfy(InvalidArgumentError.isInstance);
    else expect(result).toMatchObject({ inputs: [] });
  });

  it('is refused where it is cut off', async () => {
    const whole = readFileSync(modelPath('add'));
    for (let length = 0; length < whole.byteLength; length += 7) {
      expect(await described(whole.subarray(0, length))).toSatisfy(InvalidArgumentError.isInstance);
    }
  });
});
