// @ts-check
import { join } from 'node:path';
import { createRuntime } from '@wasmedge-plugins/core';
import { repositoryRoot } from '../../lib/repository.mjs';
import { languageModel } from '../inference/language-model.mjs';
import { openLlamaDirect } from '../inference/llama-direct.mjs';
import { timed } from '../rounds.mjs';
import { sumOf } from './instantiation.mjs';

/** @typedef {import('../rounds.mjs').Comparison} Comparison */

const work = { prompt: 'The sea', tokens: 24, contextSize: 256 };
const rounds = 12;
const titles = /** @type {const} */ ({
  'nn-ggml-compute': 'llama.cpp: 24 tokens by compute, through a guest',
  'nn-ggml-compute-single': 'llama.cpp: 24 tokens by compute_single, through a guest',
});
const guest = join(repositoryRoot, 'packages/wasi-nn/conformance/raw-calls.wasm');
const place = { written: 16, record: 32, dimensions: 64, name: 256, output: 4096 };

/**
 * Measures tokens of a language model behind WASI-NN against node-llama-cpp in this process, in one thread each.
 * @param {string} only
 * @param {(comparisons: Comparison[]) => Promise<void>} run
 * @param {(id: string, title: string, reason: string) => void} leaveOut
 */
export async function measureLanguageModels(only, run, leaveOut) {
  if (!Object.keys(titles).some((id) => id.includes(only))) return;
  const model = languageModel();
  if ('reason' in model) return leaveOut('nn-ggml', 'llama.cpp', model.reason);
  const { ggml } = await import('@wasmedge-plugins/wasi-nn-ggml');
  const config = {
    temp: 0,
    threads: 1,
    'ctx-size': work.contextSize,
    'n-predict': work.tokens,
    'ignore-eos': true,
  };
  const runtime = await createRuntime({
    engine: 'v8',
    plugins: [ggml({ models: { default: { file: model.file, config } } })],
    logger: () => {},
  });
  const sides = openGuest(runtime);
  const direct = await openLlamaDirect(model.file, work);
  try {
    await run(
      /** @type {(keyof typeof titles)[]} */ (Object.keys(titles)).map((id) => ({
        id,
        title: titles[id],
        ours: sides[id],
        baseline: direct.generate,
        count: 1,
        rounds,
      })),
    );
  } finally {
    await direct.close();
    runtime[Symbol.dispose]();
  }
}

/** @param {import('@wasmedge-plugins/core').Runtime} runtime */
function openGuest(runtime) {
  const { exports, memory } = runtime.instantiate(guest);
  if (memory === undefined) throw new Error('The guest has no memory.');
  const calls = /** @type {Readonly<Record<string, (...args: number[]) => unknown>>} */ (exports);
  const call = (/** @type {string} */ name, /** @type {number[]} */ ...args) => {
    const errno = calls[name]?.(...args);
    if (errno !== 0) throw new Error(`${name} gave ${errno}.`);
  };
  const store = (/** @type {number} */ offset, /** @type {string} */ text) => {
    const bytes = new TextEncoder().encode(text);
    memory.write(offset, bytes);
    return bytes.length;
  };
  call('load_by_name', place.name, store(place.name, 'default'), place.written);
  call('init_execution_context', memory.readU32(place.written), place.written);
  const context = memory.readU32(place.written);
  const length = store(place.name, work.prompt);
  memory.writeU32(place.dimensions, 1);
  for (const [index, value] of [place.dimensions, 1, 2, place.name, length].entries()) {
    memory.writeU32(place.record + 4 * index, value);
  }
  call('set_input', context, 0, place.record);
  const output = () => {
    call('get_output', context, 0, place.output, 4096, place.written);
    return sumOf(memory.read(place.output, memory.readU32(place.written)));
  };
  const side = (/** @type {() => void} */ generate) => (/** @type {number} */ count) => {
    const { nanoseconds } = timed(() => {
      for (let index = 0; index < count; index++) generate();
      return 0;
    });
    return { nanoseconds, answer: output() };
  };
  return {
    'nn-ggml-compute': side(() => call('compute', context)),
    'nn-ggml-compute-single': side(() => {
      call('fini_single', context);
      for (let token = 0; token < work.tokens; token++) {
        call('compute_single', context);
        call('get_output_single', context, 0, place.output, 4096, place.written);
      }
    }),
  };
}
