// @ts-check
import { createRuntime } from '@wasmedge-plugins/core';
import { backendEnvironment } from '../../setup/setup.mjs';
import { loadBackend } from '../inference/backends.mjs';
import { openDirect } from '../inference/direct.mjs';
import { openInferGuest, pattern } from '../inference/infer-guest.mjs';
import { libraries } from '../inference/libraries.mjs';
import { modelsOf } from '../inference/models.mjs';
import { openOnnxDirect } from '../inference/onnx-direct.mjs';
import { timed } from '../rounds.mjs';

/**
 * @typedef {import('../inference/libraries.mjs').LibraryName} LibraryName
 * @typedef {import('../inference/models.mjs').Models} Models
 * @typedef {import('../rounds.mjs').Comparison} Comparison
 */

/** What is measured, and how often the work is done in one round. */
const works = /** @type {const} */ ([
  { name: 'mobilenet', what: 'MobileNet, 224 × 224, through a guest', count: 1 },
  { name: 'tiny', what: 'a sum of 6 numbers, through a guest', count: 50 },
  { name: 'set-input', what: '1 MiB tensor in, through a guest', count: 10 },
]);

/** Fewer where one takes longer: 10 to 500 ms on a machine at rest. */
const mobilenetRounds = { openvino: 100, tflite: 60, pytorch: 15 };

/** Of ONNX, whose runtime for the web takes four times as long as the library. */
const onnxRounds = 40;

const titles = { openvino: 'OpenVINO', tflite: 'TensorFlow Lite', pytorch: 'PyTorch' };
const names = /** @type {LibraryName[]} */ (Object.keys(titles));

/**
 * Measures each backend behind WASI-NN against a program that calls its library directly, in one thread each.
 * @param {string} folder for what is built on the way
 * @param {string} guest the file of infer.wat
 * @param {{ only: string, lyingC: boolean }} options
 * @param {(comparisons: Comparison[]) => Promise<void>} run
 * @param {(id: string, title: string, reason: string) => void} leaveOut
 */
export async function measureInference(folder, guest, { only, lyingC }, run, leaveOut) {
  Object.assign(process.env, backendEnvironment());
  for (const name of names) {
    if (!works.some((work) => `nn-${name}-${work.name}`.includes(only))) continue;
    const opened = await open(folder, name, lyingC);
    if ('reason' in opened) leaveOut(`nn-${name}`, `${titles[name]} against its library`, opened.reason);
    else {
      try {
        const ours = await inferThrough(guest, name, opened.models, opened.backend);
        await run(
          works.map((work) => ({
            id: `nn-${name}-${work.name}`,
            title: `${titles[name]}: ${work.what}`,
            ours: ours[work.name],
            baseline: opened.direct.side(work.name),
            count: work.count,
            ...(work.name === 'mobilenet' && { rounds: mobilenetRounds[name] }),
          })),
        );
      } finally {
        opened.direct.close();
      }
    }
  }
  await measureLiteRt(guest, only, run, leaveOut);
  await measureOnnx(guest, only, run, leaveOut);
}

/**
 * LiteRT.js beside them: there is no program in C to compare it with.
 * @param {string} guest
 * @param {string} only
 * @param {(comparisons: Comparison[]) => Promise<void>} run
 * @param {(id: string, title: string, reason: string) => void} leaveOut
 */
async function measureLiteRt(guest, only, run, leaveOut) {
  if (!works.some(({ name }) => `nn-litert-${name}`.includes(only))) return;
  const models = modelsOf('tflite');
  if ('reason' in models) return leaveOut('nn-litert', 'LiteRT.js', models.reason);
  const ours = await inferThrough(guest, 'tflite', models, await loadBackend('tflite', 'litert'));
  await run(
    works.map(({ name, what, count }) => ({
      id: `nn-litert-${name}`,
      title: `LiteRT.js: ${what}`,
      ours: ours[name],
      count,
      ...(name === 'mobilenet' && { rounds: mobilenetRounds.tflite }),
    })),
  );
}

/**
 * ONNX Runtime's library against the package that has it, called by its JavaScript, and onnxruntime-web against itself, called in this thread. What a tiny model takes
 * in the helper thread is compared with both the call and 1.3 bare ways to that thread and back.
 * @param {string} guest
 * @param {string} only
 * @param {(comparisons: Comparison[]) => Promise<void>} run
 * @param {(id: string, title: string, reason: string) => void} leaveOut
 */
async function measureOnnx(guest, only, run, leaveOut) {
  for (const [prefix, title, runtime] of /** @type {const} */ ([
    ['nn-onnx', 'ONNX', 'native-library'],
    ['nn-onnx-web', 'onnxruntime-web', 'web'],
  ])) {
    if (!works.some(({ name }) => `${prefix}-${name}`.includes(only))) continue;
    const models = modelsOf('onnx');
    if ('reason' in models) {
      leaveOut(prefix, title, models.reason);
      continue;
    }
    const backend = await loadBackend('onnx', runtime);
    const reason = await backend.problem(models);
    if (reason !== undefined) {
      leaveOut(prefix, title, reason);
      continue;
    }
    const ours = await inferThrough(guest, 'onnx', models, backend);
    const direct = await openOnnxDirect(runtime, models);
    try {
      await run(
        works.map(({ name, what, count }) => ({
          id: `${prefix}-${name}`,
          title: `${title}: ${what}`,
          ours: ours[name],
          baseline: runtime === 'web' && name === 'tiny' ? direct.withWays(name) : direct.side(name),
          count,
          ...(name === 'mobilenet' && { rounds: onnxRounds }),
        })),
      );
    } finally {
      direct.close();
    }
    if (runtime === 'web') await measureSandboxes(guest, ours.mobilenet, run, leaveOut);
  }
}

/**
 * onnxruntime-web against LiteRT.js, both through a guest. The network is the same, but the order of its input is not, so each is held to its own answer.
 * @param {string} guest
 * @param {import('../rounds.mjs').Side} ours
 * @param {(comparisons: Comparison[]) => Promise<void>} run
 * @param {(id: string, title: string, reason: string) => void} leaveOut
 */
async function measureSandboxes(guest, ours, run, leaveOut) {
  const id = 'nn-onnx-web-litert';
  const title = 'onnxruntime-web: MobileNet, through a guest, against LiteRT.js';
  const models = modelsOf('tflite');
  if ('reason' in models) return leaveOut(id, title, models.reason);
  const litert = await inferThrough(guest, 'tflite', models, await loadBackend('tflite', 'litert'));
  await run([
    { id, title, ours: steady(ours), baseline: steady(litert.mobilenet), count: 1, rounds: onnxRounds },
  ]);
}

/**
 * A side whose answer is its own, and the same every time.
 * @param {import('../rounds.mjs').Side} side
 * @returns {import('../rounds.mjs').Side}
 */
function steady(side) {
  /** @type {number | undefined} */
  let first;
  return async (count) => {
    const { nanoseconds, answer } = await side(count);
    first ??= answer;
    return { nanoseconds, answer: answer - first };
  };
}

/**
 * @param {string} folder
 * @param {LibraryName} name
 * @param {boolean} lies
 */
async function open(folder, name, lies) {
  const library = libraries[name]();
  if ('reason' in library) return library;
  const models = modelsOf(name);
  if ('reason' in models) return models;
  const backend = await loadBackend(name);
  const reason = await backend.problem(models);
  if (reason !== undefined) return { reason };
  const direct = await openDirect(folder, library, models, lies);
  return 'reason' in direct ? direct : { backend, direct, models };
}

/**
 * @param {string} guest
 * @param {import('../inference/models.mjs').ModelKind} name
 * @param {Models} models
 * @param {import('../inference/backends.mjs').BenchBackend} backend
 */
async function inferThrough(guest, name, models, backend) {
  const runtime = await createRuntime({ engine: 'v8', plugins: [backend.create(models)] });
  const image = name === 'tflite' ? [1, 224, 224, 3] : [1, 3, 224, 224];
  const open = (/** @type {string} */ model, /** @type {number[]} */ shape, /** @type {number} */ inputs) =>
    openInferGuest(runtime, guest, { model, shape, inputs });
  const large = open('large', [pattern.length], 1);
  return {
    mobilenet: open('mobilenet', image, 1).infer,
    tiny: open('tiny', [2, 3], 2).infer,
    'set-input': (/** @type {number} */ count) => {
      const { nanoseconds } = timed(() => {
        large.exports.set(large.context, count);
        return 0;
      });
      // What was copied is looked at through the model.
      return { nanoseconds, answer: large.infer(1).answer };
    },
  };
}
