import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { knownPlugins } from '@wasmedge-plugins/core';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { buildGuest } from './__fixtures__/guests.js';
import { installAlone } from './__fixtures__/installation.js';
import { missingLibrary } from './__fixtures__/missing-library.js';
import { oneLine, runBin } from './__fixtures__/run-bin.js';
import { optionsFor } from './inspect/options-for.js';
import { otherFile } from './inspect/other-file.js';
import { defineModelText } from './model/define-model-text.js';
import { kindOfFile } from './model/kind-of-file.js';

const models = (name: string) =>
  fileURLToPath(new URL(`../../wasi-nn-${name.replace(':', '/conformance/models/')}`, import.meta.url));
const tflite = models('tflite:add.tflite');
const openvino = models('openvino:add.xml');
const torch = models('pytorch:add.pt');
const onnx = models('onnx:add.onnx');

// Inside the package, from where its packages are found.
const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.model-', import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the command model', () => {
  it('tells what a model takes and gives', () => {
    expect(runBin(['model', models('tflite:fully-connected-i8.tflite')]).stdout).toMatch(
      /: a model of TensorFlow Lite, \d+ kB\ninput +x +i8 +\[1, 4\] +scale 0.5, zero point -1\noutput +y +i8 +\[1, 3\] +scale 2, zero point 3\n$/,
    );
    expect(runBin(['model', torch]).stdout).toContain('TorchScript tells neither');
    expect(runBin(['model', models('ggml:chat.gguf')]).stdout).toContain('architecture: llama');
  });

  it.each([
    ['tflite', tflite],
    ['onnx', onnx],
    ['xml', openvino],
    ['pt', torch],
    ['gguf', models('ggml:chat.gguf')],
  ])('says of a file that was cut off what is wrong, and fails: %s', (extension, model) => {
    const path = join(folder, `cut.${extension}`);
    const whole = readFileSync(model);
    writeFileSync(path, whole.subarray(0, whole.byteLength - 16));
    expect(runBin(['model', path])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: .*cut\.\w+ is not a model of \w.*, or is damaged: /),
    });
  });

  it('tells it as JSON', () => {
    const { status, stdout } = runBin(['model', '--json', openvino]);
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({
      status: 0,
      file: openvino,
      format: 'OpenVINO',
      outputs: [{ name: 'sum', type: 'f32', shape: [2, 3] }],
    });
  });

  it('says how to install what reads the format, and what else a file may be', async () => {
    const { folder: cwd, bin } = installAlone();
    expect(runBin(['model', tflite], { cwd, bin })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('npm install @wasmedge-plugins/wasi-nn-tflite'),
    });
    const guest = await buildGuest('(module)');
    expect(runBin(['model', guest], { cwd, bin })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`wasmedge-plugins inspect ${guest}`),
    });
    expect(runBin(['model', bin], { cwd, bin })).toMatchObject({ status: 2 });
    expect(runBin(['model', cwd], { cwd, bin })).toMatchObject({ status: 2 });
  });
});

describe('model --ts', () => {
  it('defines no language model, whose sessions take no definition', () => {
    expect(runBin(['model', '--ts', models('ggml:chat.gguf')])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/sessions take no definition: ggml\(\)\.session\(/),
    });
  });

  it('says which of type and shape is missing', () => {
    const text = (tensor: object) =>
      defineModelText('a.onnx', {
        format: 'ONNX',
        bytes: 1,
        inputs: [{ name: 'x', ...tensor }],
        outputs: [],
        notes: [],
      });
    expect(text({ type: 'f32' })).toContain('does not tell: shape\n');
    expect(text({ shape: [1] })).toContain('does not tell: type\n');
    expect(text({})).toContain('does not tell: type and shape\n');
  });

  it.each([
    ['tflite', tflite, 'a,b', [2, 3]],
    ['openvino', openvino, 'a,b', [2, 3]],
    ['pytorch', torch, 'a,b', [-1, -1]],
    ['onnx', onnx, 'a,b', [2, 3]],
  ])('prints a definition that compiles and runs, for %s', async (name, model, inputs, shape) => {
    const { status, stdout } = runBin(['model', '--ts', model]);
    expect(status).toBe(0);
    const path = join(folder, `${name}.mts`);
    // What is declared must be of the literal types, or callers would not be held to them.
    writeFileSync(
      path,
      `${stdout}\nexport const literal: ${JSON.stringify(shape)} = [...add.inputs.a.shape];\n`,
    );
    const program = ts.createProgram([path], {
      ...{ strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022 },
      ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    });
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(problems).toEqual([]);
    const { add } = await import(path);
    expect(Object.keys(add.inputs).join()).toBe(inputs);
    expect(add.inputs.a).toEqual({ type: 'f32', shape });
  });

  it.for([
    ['tflite', 'tflite', tflite, 'file'],
    ['openvino', 'openVINO', openvino, "weights: file.replace('.xml', '.bin'), xml: file"],
    ['pytorch', 'pytorch', torch, 'file'],
    ['onnx', 'onnx', onnx, 'file'],
  ] as const)(
    'is what a session of %s holds the model to',
    async ([backend, name, model, source], { skip }) => {
      const problem = await missingLibrary(backend);
      if (problem !== undefined) skip(problem);
      const path = join(folder, `session-${backend}.mts`);
      const use = `import { tensor } from '@wasmedge-plugins/wasi-nn';
      import { ${name} } from '@wasmedge-plugins/wasi-nn-${backend}';
      export async function resultOf(file: string): Promise<number[]> {
        using session = await ${name}().session({ ${source}, model: add });
        const numbers = tensor('f32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
        const outputs = await session.runAsync({ a: numbers, b: numbers });
        return Object.values(outputs).flatMap(({ data }) => [...data]);
      }`;
      // TorchScript tells no shapes, and the definition says where they are to be put in.
      const definition = runBin(['model', '--ts', model]).stdout.replaceAll('[-1, -1]', '[2, 3]');
      writeFileSync(path, `${definition}\n${use}`);
      const { resultOf } = await import(path);
      expect(await resultOf(model)).toEqual([2, 4, 6, 8, 10, 12]);
    },
  );

  const described = (name: string) => ({
    ...{ format: '', bytes: 0, notes: [] },
    inputs: [{ name, type: 'f32', shape: [1] }],
    outputs: [{ name, type: 'f32', shape: [] }],
  });

  it.each(["a'b", 'a"b\\', '$`x', '__proto__', 'a\nb', '\u2028*/', 'serving_default_x:0', ''])(
    'keeps a name as it is, whatever it does: %j',
    async (name) => {
      const path = join(folder, `name-${Buffer.from(name).toString('hex')}.mts`);
      writeFileSync(path, defineModelText('my-model.2.tflite', described(name)));
      const { myModel2 } = await import(path);
      expect(Object.keys(myModel2.inputs)).toEqual([name]);
    },
  );

  it('refuses what a definition cannot say', () => {
    const model = described('x');
    const [input] = model.inputs as [(typeof model.inputs)[0]];
    expect(() => defineModelText('m', { ...model, inputs: [{ ...input, type: 'i16' }] })).toThrow(
      /of type i16/,
    );
    expect(() => defineModelText('m', { ...model, inputs: [input, input] })).toThrow(/two tensors named "x"/);
    expect(defineModelText('class.tflite', model)).toContain('const modelClass =');
    expect(defineModelText('2.tflite', model)).toContain('const model2 =');
  });
});

describe('inspect', () => {
  it('says what a guest is, what it needs, and which command is for it', async () => {
    const guest = await buildGuest(
      '(module (import "wasi_ephemeral_crypto_kx" "x" (func)) (func (export "_start")))',
    );
    const { status, stdout } = runBin(['inspect', guest]);
    expect(status).toBe(0);
    expect(stdout).toContain('a WebAssembly guest, a command');
    expect(stdout).toContain('wasi_ephemeral_crypto_kx (@wasmedge-plugins/wasi-crypto)');
    expect(stdout).toContain(`wasmedge-plugins run ${guest}`);
    expect(stdout).toContain(`wasmedge-plugins types ${guest}`);
    expect(JSON.parse(runBin(['inspect', '--json', guest, tflite]).stdout).files).toMatchObject([
      { kind: 'guest', exports: ['_start'] },
      { kind: 'model', commands: { 'inputs and outputs': `wasmedge-plugins model ${tflite}` } },
    ]);
  });

  it('says with which options a guest can do what it imports', async () => {
    const command = async (...modules: string[]) => {
      const imports = modules.map((module) => `(import "${module}" "f" (func))`).join('');
      const path = await buildGuest(`(module ${imports} (func (export "_start")))`);
      return otherFile(path, kindOfFile(path))?.commands['run it']?.replace(path, 'GUEST');
    };
    expect(await command('wasi_ephemeral_nn')).toBe(
      'wasmedge-plugins run --nn-preload NAME:ENCODING:TARGET:FILE GUEST',
    );
    expect(await command('wasmedge_process', 'wasi_ephemeral_crypto_kx')).toBe(
      'wasmedge-plugins run --allow-command COMMAND GUEST',
    );
    // Each module whose plug-in has such an option; the name of the option is one that its package has.
    for (const { moduleNames, packageNames } of knownPlugins) {
      const { commandLine } = await import(`${packageNames[0]}/cli`);
      const flags = commandLine.options.map(({ flags }: { flags: string }) => flags.split(' ')[0]);
      const count = flags.some((flag: string) => /allow|preload/.test(flag)) ? 1 : 0;
      for (const name of moduleNames) {
        const advice = optionsFor([name]).map((option) => option.split(' ')[0]);
        expect(advice, name).toHaveLength(count);
        for (const flag of advice) expect(flags).toContain(flag);
      }
    }
  });

  it('says that whoever calls a library names a function, and nothing of running what has none', async () => {
    const inspected = async (text: string) => {
      const path = await buildGuest(`(module ${text})`);
      return { path, ...otherFile(path, kindOfFile(path)) };
    };
    const library = await inspected('(func (export "_initialize")) (func (export "f"))');
    expect(library).toMatchObject({
      title: 'a WebAssembly guest, a library',
      commands: { 'call it': `wasmedge-plugins run ${library.path} FUNCTION [VALUE...]` },
    });
    const { title, commands = {} } = await inspected('(memory (export "f") 1)');
    expect({ title, names: Object.keys(commands) }).toEqual({
      title: 'a WebAssembly guest',
      names: ['TypeScript for it'],
    });
  });

  it('says of a file that is nothing of all this that it is not', () => {
    const path = join(folder, 'text');
    writeFileSync(path, 'some text');
    expect(runBin(['inspect', path])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^Unknown by its first bytes: no WebAssembly guest, no model/),
    });
    const { status, stdout } = runBin(['inspect', folder]);
    expect(status).toBe(1);
    expect(oneLine(stdout)).toContain('it is not a file');
    expect(stdout, 'a folder has no first bytes').not.toContain('Unknown by its first bytes');
  });

  it('knows files by their first bytes', async () => {
    expect(kindOfFile(tflite)).toMatchObject({ backend: 'tflite' });
    expect(kindOfFile(openvino)).toMatchObject({ backend: 'openvino' });
    expect(kindOfFile(torch)).toMatchObject({ backend: 'pytorch' });
    expect(kindOfFile(onnx)).toMatchObject({ backend: 'onnx' });
    expect(kindOfFile(process.execPath)).toEqual({ kind: 'native' });
    const component = join(folder, 'component.wasm');
    writeFileSync(component, Buffer.from('0061736d0d000100', 'hex'));
    expect(kindOfFile(component)).toEqual({ kind: 'component' });
    // An archive that nobody says is a model.
    copyFileSync(torch, join(folder, 'add.zip'));
    expect(kindOfFile(join(folder, 'add.zip'))).toEqual({ kind: 'unknown' });
  });
});
