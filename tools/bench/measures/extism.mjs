// @ts-check
import { readFileSync } from 'node:fs';
import createPlugin from '@extism/extism';
import { createRuntime, hostFunction, hostModule, signature } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { timed, timedAsync } from '../rounds.mjs';
import { sumOf } from './instantiation.mjs';

/** Where echo.wat gets its input and puts its output. */
const place = { input: 1024, output: 8192 };

const input = Uint8Array.from({ length: 1024 }, (_, index) => index * 7);

/**
 * Extism's SDK, which people who want plug-ins in WebAssembly know: the same work done through its interface, in this thread.
 * @param {string} folder of the guests
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openExtism(folder) {
  const env = hostModule('env', {
    plus: hostFunction(['i32', 'i32'], ['i32'], (_caller, a, b) => (a + b) | 0),
    first: hostFunction(['i32', 'i32'], ['i32'], ({ memory }, pointer, length) =>
      Number(memory.read(pointer, length)[0]),
    ),
  });
  const runtime = await createRuntime({ engine: 'v8', hostModules: [env] });
  const { exports, memory } = runtime.instantiate(readFileSync(guestPath(folder, 'echo')), {
    exports: {
      echo: signature(['i32', 'i32', 'i32'], []),
      sum: signature(['i32'], ['i32']),
      sumBytes: signature(['i32'], ['i32']),
    },
  });
  if (memory === undefined) throw new Error('The guest echo.wat has no memory.');
  const plugin = await createPlugin(
    { wasm: [{ data: new Uint8Array(readFileSync(guestPath(folder, 'extism-echo'))) }] },
    {
      useWasi: false,
      functions: {
        'extism:host/user': {
          plus: (/** @type {unknown} */ _context, /** @type {number} */ a, /** @type {number} */ b) =>
            (a + b) | 0,
          first: (/** @type {import('@extism/extism').CallContext} */ context, /** @type {bigint} */ block) =>
            Number(context.read(block)?.bytes()[0]),
        },
      },
    },
  );
  /** @type {(name: string) => import('../rounds.mjs').Side} */
  const sumBy = (name) => async (count) => {
    const round = await timedAsync(async () => {
      const sum = await plugin.call(name, new Uint8Array(BigUint64Array.of(BigInt(count)).buffer));
      return Number(Buffer.from(sum?.bytes() ?? []).readBigUInt64LE());
    });
    await plugin.reset();
    return round;
  };
  return {
    comparisons: [
      {
        id: 'extism-call',
        title: 'Extism: call with 1 KiB in and out',
        ours: (count) => {
          let last = new Uint8Array();
          const { nanoseconds } = timed(() => {
            for (let i = 0; i < count; i++) {
              memory.write(place.input, input);
              exports.echo(place.input, place.output, input.length);
              last = memory.read(place.output, input.length);
            }
            return 0;
          });
          return { nanoseconds, answer: sumOf(last) };
        },
        baseline: async (count) => {
          /** @type {Uint8Array} */
          let last = new Uint8Array();
          const { nanoseconds } = await timedAsync(async () => {
            for (let i = 0; i < count; i++) last = (await plugin.call('echo', input))?.bytes() ?? last;
            return 0;
          });
          // Its blocks are not freed by themselves, and cannot be addressed from the 32,768th on.
          await plugin.reset();
          return { nanoseconds, answer: sumOf(last) };
        },
        count: 50,
        warmUps: 20,
      },
      {
        id: 'extism-numbers',
        title: 'Extism: wasm → host, 2 arguments and a result',
        ours: (count) => timed(() => exports.sum(count)),
        baseline: sumBy('sum'),
        count: 20_000,
        warmUps: 10,
      },
      {
        id: 'extism-host-function',
        title: 'Extism: wasm → host, which reads 64 bytes',
        ours: (count) => timed(() => exports.sumBytes(count)),
        baseline: sumBy('sumBytes'),
        count: 2000,
        warmUps: 20,
      },
    ],
    close: async () => {
      runtime[Symbol.dispose]();
      await plugin.close();
    },
  };
}
