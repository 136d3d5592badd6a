// @ts-check
import { readFileSync } from 'node:fs';
import { compileGuest } from '@wasmedge-plugins/core';
import { guestPath, realGuest } from '../guests.mjs';
import { callGuest, callHostNothing, callHostPlus } from './calls.mjs';
import { instantiate, runtimeFor, sumOf } from './instantiation.mjs';
import { largeGuestBesideC, largeGuestComparisons } from './large-guest.mjs';
import { readMemory, writeMemory } from './memory.mjs';
import { createAndDispose, createAndUse, openCalls } from './runtimes.mjs';

const engine = 'wasmedge';

/**
 * The engine wasmedge against the C program.
 * @param {string} folder of the guests
 * @param {import('../c-baseline.mjs').CBaseline} c
 * @returns {Promise<import('../rounds.mjs').Comparison[]>}
 */
export async function wasmedgeComparisons(folder, c) {
  const bytes = readFileSync(guestPath(folder, 'calls'));
  const real = readFileSync(realGuest);
  const large = readFileSync(guestPath(folder, 'large'));
  const { host, runtime, exports } = await openCalls(engine, bytes);
  const { memory } = runtime.instantiate(guestPath(folder, 'memory'));
  if (memory === undefined) throw new Error('The guest memory.wat has no memory.');
  return [
    {
      id: 'wasmedge-call-guest',
      title: 'wasmedge: host → wasm, add(i32, i32)',
      ours: callGuest(exports.add),
      baseline: c.side('call-guest'),
      count: 3000,
    },
    {
      id: 'wasmedge-call-host-0',
      title: 'wasmedge: wasm → host, 0 arguments',
      ours: callHostNothing(exports.callNop, host),
      baseline: c.side('call-host-0'),
      count: 3000,
    },
    {
      id: 'wasmedge-call-host-2',
      title: 'wasmedge: wasm → host, 2 arguments and a result',
      ours: callHostPlus(exports.callPlus),
      baseline: c.side('call-host-2'),
      count: 3000,
    },
    {
      id: 'wasmedge-create-runtime',
      title: 'wasmedge: runtime created and disposed',
      ours: createAndDispose(engine),
      baseline: c.side('create-runtime'),
      count: 100,
    },
    {
      id: 'wasmedge-use-runtime',
      title: 'wasmedge: runtime created, small guest called once, disposed',
      ours: createAndUse(engine, bytes),
      baseline: c.side('use-runtime'),
      count: 10,
    },
    {
      id: 'wasmedge-instantiate-small',
      title: 'wasmedge: instantiation, small guest, its bytes again',
      ours: instantiate(runtime, bytes, (last) => Number(last.exports.add?.(40, 2))),
      baseline: c.side('instantiate-small'),
      count: 20,
    },
    {
      id: 'wasmedge-instantiate-compiled',
      title: 'wasmedge: instantiation, small compiled guest',
      ours: instantiate(runtime, await compileGuest(bytes, { engine }), (last) =>
        Number(last.exports.add?.(40, 2)),
      ),
      baseline: c.side('instantiate-compiled'),
      count: 20,
    },
    ...(await largeGuestComparisons(engine, large)),
    largeGuestBesideC(large, c.side('instantiate-large')),
    {
      id: 'wasmedge-instantiate-real',
      title: 'wasmedge: instantiation, guest of 80 KB, its bytes again',
      ours: instantiate(
        await runtimeFor(engine, real),
        real,
        (last) => last.memory?.borrow(0, last.memory.byteLength, sumOf) ?? 0,
      ),
      baseline: c.side('instantiate-real'),
      count: 1,
      rounds: 50,
    },
    {
      id: 'wasmedge-write-memory',
      title: 'wasmedge: 1 MiB into guest memory',
      ours: writeMemory(memory),
      baseline: c.side('write-memory'),
      count: 10,
    },
    {
      id: 'wasmedge-read-memory',
      title: 'wasmedge: 1 MiB out of guest memory',
      ours: readMemory(memory),
      baseline: c.side('read-memory'),
      count: 10,
    },
  ];
}
