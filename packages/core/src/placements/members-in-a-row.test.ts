import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { workerUrl } from '../helpers/worker-url.js';
import { createRuntime, type EngineName } from '../index.js';
import { koffi } from '../native/koffi.js';
import { faultExports, faultGuest, faultHost } from './__fixtures__/fault-guest.js';

/** Number of threads for each engine and each way to end; MEMBER_ROUNDS=1000 makes the thousand. */
const rounds = Number(process.env.MEMBER_ROUNDS ?? 4);

/** What one thread may leave, in KiB: it is some 20 on v8 and 80 on wasmedge, of which koffi keeps half. */
const allowance = 300;

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
      for (let round = 0; round < rounds; round++) await oneMember(engine, end);
      await expect.poll(held, { timeout: 30_000 }).toEqual(before);
    },
    60_000 + rounds * 2000,
  );

  it.skipIf(process.platform !== 'linux')(
    'threads in a row leave no memory behind',
    async () => {
      // In a process of its own, where little else takes and gives back memory.
      const program = fileURLToPath(workerUrl('threads-in-a-row-worker') as URL);
      const args = ['--expose-gc', program, engine, String(Math.max(12, rounds))];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      expect(Number(stdout)).toBeLessThan(allowance);
    },
    60_000 + rounds * 2000,
  );
});
