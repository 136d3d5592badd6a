import { readFileSync } from 'node:fs';
import { createRuntime } from '@wasmedge-plugins/core';
import { array, assert, asyncProperty, constantFrom, integer, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { errnoName } from '../conformance/drive/errno.js';
import { functionNames } from '../conformance/drive/raw-calls.js';
import { watchedPlugin } from '../conformance/drive/watched-plugin.js';
import { FuzzSession } from '../conformance/fuzz/fuzz-session.js';
import { InlineCalls } from '../conformance/fuzz/inline-calls.js';
import type { PlannedCall } from '../conformance/fuzz/planned-call.js';
import { callUntouched } from '../conformance/fuzz/untouched-memory.js';
import { suite } from '../conformance/suite.js';
import { wasiCryptoPlugin } from './plugin.js';

// A seed of 32 bits repeats a run, as far as the guest goes: keys that the plug-in makes are new each time.
const seed = Number(process.env.WASMEDGE_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
// All of them take minutes on a slow machine.
const isFull = process.env.WASMEDGE_FUZZ === 'full';
const numRuns = isFull ? 10_000 : 2_000;
const guest = readFileSync(new URL('raw-calls.wasm', suite.guests));

it(`survives ${numRuns} sequences of calls of a guest that knows how to get somewhere`, {
  timeout: 3_600_000,
}, async () => {
  console.info(`WASMEDGE_FUZZ_SEED=${seed} repeats this run.`);
  const counts = { calls: 0, successes: 0 };
  const called = new Set<string>();
  const succeeded = new Set<string>();
  const met = new Set<string>();

  async function runSequence(steps: readonly (readonly [(typeof functionNames)[number], number])[]) {
    let planned: PlannedCall | undefined;
    const plugin = watchedPlugin(wasiCryptoPlugin({ maxHandles: 24 }), (_name, { memory }, call) => {
      if (planned === undefined) {
        throw new Error('a call was made that was not planned');
      }
      return callUntouched(memory, planned, call);
    });
    using runtime = await createRuntime({ plugins: [plugin] });
    const raw = new InlineCalls(runtime, guest);
    const session = new FuzzSession(raw, (call) => {
      planned = call;
      const errno = raw.call(call.name, ...call.args);
      counts.calls += 1;
      called.add(call.name);
      met.add(errnoName(errno));
      if (errno === 0) {
        counts.successes += 1;
        succeeded.add(call.name);
      }
      // Neither a number that is not an error code, nor one that only a bug gives.
      if (!Number.isInteger(errno) || errno < 0 || errno > 30 || errno === 1 || errno === 17) {
        throw new Error(`${call.name}(${call.args.join(', ')}) answers ${errno}`);
      }
      return errno;
    });
    for (const [name, stepSeed] of steps) {
      session.step(name, stepSeed);
    }
  }

  const step = tuple(constantFrom(...functionNames), integer());
  const sequences = array(step, { minLength: 2, maxLength: 14 });
  await assert(asyncProperty(sequences, runSequence), { numRuns, seed });

  console.info(
    `${counts.calls} calls, ${counts.successes} of them with success; ${called.size} functions, ${met.size} error codes`,
  );
  expect([...called].sort()).toEqual([...functionNames].sort());
  expect(counts.successes / counts.calls).toBeGreaterThan(0.3);
  expect(met.size - 1).toBeGreaterThanOrEqual(15);
  if (isFull) {
    const neverSucceeded = functionNames.filter((name) => !succeeded.has(name));
    // No construction ratchets, and no state has an option that is a number.
    expect(neverSucceeded).toEqual(['symmetric_state_options_get_u64', 'symmetric_state_ratchet']);
  }
});
