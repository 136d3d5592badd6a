// @ts-check
import { readFileSync } from 'node:fs';
import { compileGuest } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { callGuest, callHostNothing, callHostPlus } from './calls.mjs';
import { instantiate } from './instantiation.mjs';
import { largeGuestComparisons } from './large-guest.mjs';
import {
  instantiateCompiledPlain,
  instantiatePlain,
  openPlainCalls,
  usePlain,
} from './plain-webassembly.mjs';
import { createAndDispose, createAndUse, openCalls } from './runtimes.mjs';

const engine = 'v8';

/**
 * The engine v8 against plain WebAssembly.
 * @param {string} folder of the guests
 * @returns {Promise<import('../rounds.mjs').Comparison[]>}
 */
export async function v8Comparisons(folder) {
  const bytes = readFileSync(guestPath(folder, 'calls'));
  const { host, runtime, exports } = await openCalls(engine, bytes);
  const plain = openPlainCalls(bytes);
  return [
    {
      id: 'v8-call-guest',
      title: 'v8: host → wasm, add(i32, i32)',
      ours: callGuest(exports.add),
      baseline: callGuest(plain.exports.add),
      count: 100_000,
    },
    {
      id: 'v8-call-host-0',
      title: 'v8: wasm → host, 0 arguments',
      ours: callHostNothing(exports.callNop, host),
      baseline: callHostNothing(plain.exports.callNop, plain.host),
      count: 50_000,
    },
    {
      id: 'v8-call-host-2',
      title: 'v8: wasm → host, 2 arguments and a result',
      ours: callHostPlus(exports.callPlus),
      baseline: callHostPlus(plain.exports.callPlus),
      count: 50_000,
    },
    {
      id: 'v8-create-runtime',
      title: 'v8: runtime created and disposed',
      ours: createAndDispose(engine),
      count: 200,
    },
    {
      id: 'v8-use-runtime',
      title: 'v8: runtime created, small guest called once, disposed',
      ours: createAndUse(engine, bytes),
      baseline: usePlain(bytes),
      count: 10,
    },
    {
      id: 'v8-instantiate-small',
      title: 'v8: instantiation, small guest, its bytes again',
      ours: instantiate(runtime, bytes, (last) => Number(last.exports.add?.(40, 2))),
      baseline: instantiatePlain(bytes),
      count: 20,
    },
    {
      id: 'v8-instantiate-compiled',
      title: 'v8: instantiation, small compiled guest',
      ours: instantiate(runtime, await compileGuest(bytes, { engine }), (last) =>
        Number(last.exports.add?.(40, 2)),
      ),
      baseline: instantiateCompiledPlain(bytes),
      count: 20,
    },
    ...(await largeGuestComparisons(engine, readFileSync(guestPath(folder, 'large')))),
  ];
}
