import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { engines } from './__fixtures__/engines.js';
import { buildGuest } from './__fixtures__/guests.js';
import { installAlone, installPackage } from './__fixtures__/installation.js';
import { missingLibrary } from './__fixtures__/missing-library.js';
import { oneLine, runBin } from './__fixtures__/run-bin.js';

// Models and guest of the backends' own suites: each model adds two tensors, and the guest gives it 1 to 6 and half of them.

const conformance = (backend: string, file: string) =>
  fileURLToPath(new URL(`../../wasi-nn${backend}/conformance/${file}`, import.meta.url));
const guest = conformance('', 'crate-0-6.wasm');
const sum = '[1.5, 3.0, 4.5, 6.0, 7.5, 9.0]';
const preloads = {
  lite: `lite:TensorFlowLite:cpu:${conformance('-tflite', 'models/add.tflite')}`,
  vino: `vino:openvino:cpu:${conformance('-openvino', 'models/add.xml')}:${conformance('-openvino', 'models/add.bin')}`,
  onnx: `onnx:onnx:cpu:${conformance('-onnx', 'models/add.onnx')}`,
  torch: `torch:pytorch:cpu:${conformance('-pytorch', 'models/add.pt')}`,
};

const problems = {
  lite: undefined,
  onnx: undefined,
  vino: await missingLibrary('openvino'),
  torch: await missingLibrary('pytorch'),
};
const noLlama = await missingLibrary('ggml');

const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-models-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first half of a file. */
function cut(path: string): string {
  const bytes = readFileSync(path);
  const half = join(folder, basename(path));
  writeFileSync(half, bytes.subarray(0, bytes.byteLength / 2));
  return half;
}

describe.each(engines)('run --nn-preload on %s', (engine) => {
  const run = (names: readonly (keyof typeof preloads)[], ...more: string[]) => {
    const options = names.flatMap((name) => ['--nn-preload', preloads[name]]);
    const calls = names.flatMap((name) => [name, 'add']);
    return runBin(['run', '--engine', engine, ...options, ...more, guest, ...calls]);
  };

  it.for(['lite', 'onnx', 'vino', 'torch'] as const)('runs the model %s by its name', (name, { skip }) => {
    const problem = problems[name];
    if (problem !== undefined) skip(problem);
    expect(run([name])).toMatchObject({ status: 0, stdout: `${name}=${sum}\n` });
  });

  it('gives each backend its own models', ({ skip }) => {
    if (problems.vino !== undefined) skip(problems.vino);
    expect(run(['vino', 'lite'])).toMatchObject({ status: 0, stdout: `vino=${sum}\nlite=${sum}\n` });
  });

  it('loads nothing that is not named', () => {
    const { stdout } = runBin(['run', '--engine', engine, guest, 'lite', 'add']);
    expect(stdout).toMatch(/^lite: .*Not Found\n$/);
  });
});

describe('run --nn-preload', () => {
  const run = (...args: string[]) => runBin(['run', ...args, guest, 'a', 'add']);

  it('refuses a model that none of the plug-ins takes', () => {
    const { status, stderr } = run('--plugin', 'wasi-nn-tflite', '--nn-preload', preloads.torch);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'is not for any of the plug-ins that were loaded: @wasmedge-plugins/wasi-nn-tflite',
    );
  });

  it.each([
    ['a:tensorflow:cpu:a.pb', /has the encoding "tensorflow"/],
    ['nonsense', /does not name a model/],
    ['a:tensorflowlite:npu:a.tflite', /has the target "npu"/],
  ])('refuses %s', (text, pattern) => {
    const { status, stderr } = run('--nn-preload', text);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(pattern);
  });

  it('says which package is missing', () => {
    const { folder: cwd, bin } = installAlone();
    const { status, stderr } = runBin(['run', guest], { cwd, bin });
    expect(status).toBe(1);
    expect(stderr).toContain('@wasmedge-plugins/wasi-nn-openvino');
  });
});

// The sample of the backend, whose model knows the answer by heart.
describe('run --nn-preload of a language model', () => {
  it('streams what the guest prints, which reads its variables', ({ skip }) => {
    if (noLlama !== undefined) skip(noLlama);
    const chat = conformance('-ggml', 'chat.wasm');
    const preload = `default:GGML:AUTO:${conformance('-ggml', 'models/chat.gguf')}`;
    const variables = ['--env', 'temp=0', '--env', 'ctx_size=256'];
    const { status, stdout, stderr } = runBin(
      ['run', '--nn-preload', preload, ...variables, chat, 'default'],
      {
        input: 'Smile!\n',
      },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'Here you are: 😀 🙂 😉\n', stderr: '' });
  });
});

describe('the sample of a chat', () => {
  const chat = conformance('-ggml', 'chat.wasm');
  const file = conformance('-ggml', 'models/chat.gguf');
  const run = (name: string, { path = file, size = '256', lines = ['Smile!'] } = {}) =>
    runBin(
      [
        ...[
          'run',
          '--nn-preload',
          `default:GGML:AUTO:${path}`,
          '--env',
          'temp=0',
          '--env',
          `ctx_size=${size}`,
        ],
        ...[chat, name],
      ],
      { input: lines.map((line) => `${line}\n`).join('') },
    );

  it.for([
    [
      'a name that the host does not have',
      'other',
      {},
      /^There is no model named other; .* --nn-preload other:GGML/m,
    ],
    [
      'a file that is not there',
      'default',
      { path: 'no.gguf' },
      /^The file of the model default is not there/m,
    ],
    [
      'an option that is none',
      'default',
      { size: '"many"' },
      /^The model default cannot be used with these options/m,
    ],
  ] as const)('says what to do about %s', ([, name, options, advice], { skip }) => {
    if (noLlama !== undefined) skip(noLlama);
    const { status, stdout, stderr } = run(name, options);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(advice);
    expect(stderr).not.toContain('BackendError');
  });

  it('goes on after a question that is too long, and forgets a dialogue that is', ({ skip }) => {
    if (noLlama !== undefined) skip(noLlama);
    const lines = ['Smile!', 'x'.repeat(300), 'Smile!', 'Smile!'];
    const { status, stdout, stderr } = run('default', { size: '64', lines });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'Here you are: 😀 🙂 😉\n'.repeat(3) });
    const forgotten = '(The context is full; what was said before is forgotten.)\n';
    expect(stderr).toBe(
      `${forgotten}(This is too long; ask something shorter, or set the variable ctx_size to more tokens.)\n${forgotten}`,
    );
  });
});

// A guest prints a number at best.
describe('run --nn-preload of a model that cannot be loaded', () => {
  it.for(['lite', 'onnx', 'vino', 'torch'] as const)('says why on stderr: %s', (name, { skip }) => {
    if (problems[name] !== undefined) skip(problems[name]);
    const [path, ...rest] = preloads[name].split(':').slice(3) as [string, ...string[]];
    const preload = [...preloads[name].split(':').slice(0, 3), cut(path), ...rest].join(':');
    const { stdout, stderr } = runBin(['run', '--nn-preload', preload, guest, name, 'add']);
    expect(stdout).toMatch(new RegExp(`^${name}: `));
    expect(stderr).toMatch(
      new RegExp(
        String.raw`^\[wasmedge-plugins\] warn: WASI-NN: The model "${name}" cannot be loaded: [^]+\n$`,
      ),
    );
  });

  it('says why where the guest has configured it', ({ skip }) => {
    if (noLlama !== undefined) skip(noLlama);
    const preload = `default:GGML:AUTO:${cut(conformance('-ggml', 'models/chat.gguf'))}`;
    const { stderr } = runBin(['run', '--nn-preload', preload, conformance('-ggml', 'chat.wasm'), 'default']);
    expect(stderr).toMatch(/The model "default" cannot be loaded with the guest's configuration: .*tensor/);
  });

  it('says of a guest that brings its own which flag allows that', async () => {
    const path = await buildGuest(`(module
      (import "wasi_ephemeral_nn" "load" (func $load (param i32 i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start") (drop (call $load (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))))`);
    expect(runBin(['run', path]).stderr).toMatch(/warn: .* name the model, or set --nn-guest-models\.\n$/);
  });
});

describe('doctor', () => {
  it('tells of each backend which library was found where, or what installs it', () => {
    const env = {
      WASMEDGE_PLUGIN_PATH: '',
      WASMEDGE_PLUGINS_ONNXRUNTIME: '/nowhere/onnx',
      WASMEDGE_PLUGINS_TENSORFLOW_LITE: '/nowhere/tflite',
    };
    const { stdout } = runBin(['doctor', '--json'], { env });
    const libraries = JSON.parse(stdout).plugins.flatMap((each: { libraries: unknown[] }) => each.libraries);
    const named = (pattern: RegExp) => libraries.find(({ name }: { name: string }) => pattern.test(name));
    expect(named(/OpenVINO/)).toMatchObject(
      problems.vino === undefined
        ? { path: expect.stringContaining('openvino_c'), version: expect.stringMatching(/^\d{4}\./) }
        : { problem: expect.stringContaining('pip install openvino') },
    );
    expect(named(/TensorFlow Lite/)).toMatchObject({
      optional: true,
      problem: expect.stringMatching(/\/nowhere\/tflite[\s\S]*apt-get install libtensorflow-lite/),
    });
    expect(named(/ONNX Runtime/)).toMatchObject({
      optional: true,
      problem: expect.stringMatching(/\/nowhere\/onnx[\s\S]*npm install --ignore-scripts onnxruntime-node/),
    });
    expect(named(/libtorch/)).toBeDefined();
    expect(named(/llama\.cpp/)).toMatchObject(
      noLlama === undefined
        ? { path: expect.stringContaining('node-llama-cpp'), version: '3.21.1' }
        : { problem: expect.stringContaining('npm install node-llama-cpp@3.21.1') },
    );
    const { stdout: text } = runBin(['doctor'], { env });
    expect(text).toContain('Libraries that backends need:');
    expect(oneLine(text)).toContain('apt-get install libtensorflow-lite');
    expect(text).not.toContain('/nowhere/tflite');
  });

  it('survives a library that ends the process', () => {
    const { folder: cwd, bin } = installAlone();
    const name = '@wasmedge-plugins/wasi-nn-openvino';
    installPackage(cwd, name, {
      'package.json': JSON.stringify({
        name,
        type: 'module',
        exports: { './cli': './cli.js', './package.json': './package.json' },
      }),
      'cli.js':
        'export const commandLine = { options: [], releases: [], libraries: () => process.abort(), create() {} };',
    });
    const { status, stdout } = runBin(['doctor', '--json'], { cwd, bin, env: { WASMEDGE_PLUGIN_PATH: '' } });
    expect(status).toBe(0);
    const { plugins } = JSON.parse(stdout);
    expect(plugins.find((each: { packageName: string }) => each.packageName === name).libraries).toEqual([
      { name: `Libraries of ${name}`, problem: expect.stringContaining('SIGABRT') },
    ]);
  });
});
