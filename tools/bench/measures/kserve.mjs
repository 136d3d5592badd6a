// @ts-check
import { createRuntime } from '@wasmedge-plugins/core';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { kserve } from '@wasmedge-plugins/wasi-nn-kserve';
import { openInferGuest, pattern } from '../inference/infer-guest.mjs';
import { openTriton } from '../kserve/triton.mjs';
import { sumOf } from './instantiation.mjs';

/** @typedef {import('../rounds.mjs').Side} Side */

/** What is measured, and how often it is asked for in one round. */
const works = /** @type {const} */ ([
  { name: 'small', model: 'pair', what: '2 numbers', shape: [2], inputs: ['a', 'b'], count: 40 },
  {
    ...{ name: 'large', model: 'identity', what: '602 KB there and back' },
    ...{ shape: [1, 3, 224, 224], inputs: ['x'], count: 8 },
  },
]);

const rounds = 60;
/** V8 optimises late what is called some hundred times a second. */
const warmUps = 25;
const atOnce = 8;

/**
 * Sessions and guests on a Triton against its own client in Python, on the same Triton.
 * @param {string} guest the file of infer.wat
 * @param {boolean} lies
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => void } | { reason: string }>}
 */
export async function openKServe(guest, lies) {
  const triton = await openTriton(lies);
  if ('reason' in triton) return triton;
  const { grpc, http, python } = triton;
  const plugins = {
    grpc: pluginFor(`grpc://${grpc}`, false),
    http: pluginFor(`http://${http}`, false),
    shared: pluginFor(`grpc://${grpc}`, true),
  };
  const runtime = await createRuntime({ engine: 'v8', plugins: [plugins.grpc] });
  /** @type {Disposable[]} */
  const opened = [runtime];
  /** @type {import('../rounds.mjs').Comparison[]} */
  const comparisons = [];
  for (const { name, model, what, shape, inputs, count } of works) {
    const data = pattern.slice(
      0,
      shape.reduce((product, length) => product * length, 1),
    );
    const given = Object.fromEntries(inputs.map((each) => [each, tensor('f32', shape, data)]));
    const sessions = async (/** @type {keyof typeof plugins} */ kind, /** @type {number} */ number) => {
      const made = await Promise.all(
        Array.from({ length: number }, () => plugins[kind].session({ name: model })),
      );
      opened.push(...made);
      return (/** @type {boolean} */ cpu) => sessionsSide(made, given, cpu);
    };
    const one = await sessions('grpc', 1);
    const eight = await sessions('grpc', atOnce);
    const byHttp = await sessions('http', 1);
    const shared = await sessions('shared', 1);
    const compare = (
      /** @type {string} */ id,
      /** @type {string} */ how,
      /** @type {Side} */ ours,
      /** @type {string} */ measure,
    ) =>
      comparisons.push({
        ...{ id: `kserve-${id}`, title: `Triton: ${what}, ${how}`, ours, count, rounds, warmUps },
        baseline: python.side(measure),
      });
    compare(`session-${name}`, 'session', one(false), `grpc-${model}`);
    compare(`session-${name}-eight`, 'eight sessions at once', eight(false), `grpc-${model}-eight`);
    compare(`session-${name}-cpu`, "session, processors' time", one(true), `grpc-${model}-cpu`);
    compare(
      `session-${name}-eight-cpu`,
      "eight sessions at once, processors' time",
      eight(true),
      `grpc-${model}-eight-cpu`,
    );
    compare(`http-${name}`, 'session, both by HTTP', byHttp(false), `http-${model}`);
    compare(
      `guest-${name}`,
      'through a guest',
      openInferGuest(runtime, guest, { model, shape: [...shape], inputs: inputs.length }).infer,
      `grpc-${model}`,
    );
    if (name === 'large') {
      compare('shared-memory-large', 'session, shared memory', shared(false), `grpc-${model}`);
    }
  }
  const close = () => {
    for (const each of opened) each[Symbol.dispose]();
    triton.close();
  };
  return { comparisons, close };
}

/** @param {string} server @param {boolean} sharedMemory */
function pluginFor(server, sharedMemory) {
  const models = Object.fromEntries(
    works.map(({ model }) => [model, { servers: [server], model, sharedMemory }]),
  );
  return kserve({ models });
}

/**
 * Shares the work among sessions, which ask at once.
 * @param {import('@wasmedge-plugins/wasi-nn-kserve').KServeSession[]} sessions
 * @param {Record<string, import('@wasmedge-plugins/wasi-nn').Tensor>} given
 * @param {boolean} cpu whether what this process computes is counted, and not what passes
 * @returns {Side}
 */
function sessionsSide(sessions, given, cpu) {
  return async (count) => {
    const begin = cpu ? processorTime() : process.hrtime.bigint();
    const answers = await Promise.all(
      sessions.map(async (session) => {
        let outputs = {};
        for (let left = count / sessions.length; left > 0; left--) outputs = await session.runAsync(given);
        return /** @type {import('@wasmedge-plugins/wasi-nn').Tensor[]} */ (Object.values(outputs))[0];
      }),
    );
    const nanoseconds = Number((cpu ? processorTime() : process.hrtime.bigint()) - begin);
    return { nanoseconds, answer: answers.reduce((sum, each) => sum + (each ? sumOfTensor(each) : 0), 0) };
  };
}

/** @param {import('@wasmedge-plugins/wasi-nn').Tensor} tensor */
function sumOfTensor({ data: { buffer, byteOffset, byteLength } }) {
  return sumOf(new Uint8Array(buffer, byteOffset, byteLength));
}

/** Of all threads of this process, in nanoseconds. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1000n;
}
