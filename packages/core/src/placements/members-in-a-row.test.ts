import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { createRuntime, type EngineName } from '../index.js';
import { koffi } from '../native/koffi.js';
import { faultExports, faultGuest, faultHost } from './__fixtures__/fault-guest.js';

/** Number of threads for each engine and each way to end; MEMBER_ROUNDS=1000 makes the thousand. */
const rounds = Number(process.env.MEMBER_ROUNDS ?? 5);

/** What one thread may leave on each engine, in KiB: an allowance over what was measured, for what the machine does besides. */
const allowance: Record<EngineName, number> = { v8: 500, wasmedge: 1500 };

const ends = ['dispose', 'time-out', 'exit', 'crash'] as const;

function held() {
  return {
    slots: koffi.stats().callbacks,
    descriptors: readdirSync('/proc/self/fd').length,
    children: readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim(),
    threads: readdirSync('/proc/self/task').length,
  };
}

async function oneMember(engine: EngineName, end: (typeof ends)[number]): Promise<void> {
  await using runtime = await createRuntime({ engine, placement: 'worker', hostModules: [faultHost] });
  const instance = await runtime.instantiate(faultGuest, { exports: faultExports });
  const outcomes = {
    dispose: () => instance.exports.add(1, 2),
    'time-out': () => instance.call('loop', [], { timeoutMs: 10 }),
    exit: () => instance.exports.exit(),
    crash: () => instance.exports.crashLater(),
  };
  await outcomes[end]().catch(() => {});
}

forEachEngine((engine) => {
  it.skipIf(process.platform !== 'linux').each(ends)(
    'threads in a row leave nothing behind that end by %s',
    async (end) => {
      for (let round = 0; round < 3; round++) await oneMember(engine, end);
      const before = held();
      const resident = process.memoryUsage.rss();
      for (let round = 0; round < rounds; round++) await oneMember(engine, end);
      await expect.poll(held, { timeout: 30_000 }).toEqual(before);
      if (rounds >= 100) {
        expect((process.memoryUsage.rss() - resident) / rounds / 1024).toBeLessThan(allowance[engine]);
      }
    },
    60_000 + rounds * 2000,
  );
});
