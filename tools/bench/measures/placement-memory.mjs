// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRuntime } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { countedResult, notMeasured } from '../results.mjs';

const many = 8;
const title = 'memory of a runtime with a guest, against one inline';

/**
 * What a runtime takes in each placement, by what is resident of this process and its children.
 * @param {string} folder of the guests
 * @returns {Promise<import('../results.mjs').Result[]>}
 */
export async function placementMemory(folder) {
  const placements = /** @type {const} */ (['worker', 'process']);
  if (!existsSync('/proc/self/task')) {
    return placements.map((placement) =>
      notMeasured(`placement-${placement}-memory`, `${placement}: ${title}`, 'this system has no /proc'),
    );
  }
  const guest = readFileSync(guestPath(folder, 'placed'));
  const inline = await memoryOf(async () => {
    const runtime = await createRuntime();
    runtime.instantiate(guest);
    return { [Symbol.asyncDispose]: async () => runtime[Symbol.dispose]() };
  });
  const results = [];
  for (const placement of placements) {
    const bytes = await memoryOf(async () => {
      const runtime = await createRuntime({ placement });
      await runtime.instantiate(guest);
      return runtime;
    });
    results.push(countedResult(`placement-${placement}-memory`, `${placement}: ${title}`, inline, bytes));
  }
  return results;
}

/** @param {() => Promise<AsyncDisposable>} make */
async function memoryOf(make) {
  const before = residentBytes();
  const made = [];
  for (let i = 0; i < many; i++) made.push(await make());
  const bytes = (residentBytes() - before) / many;
  for (const each of made) await each[Symbol.asyncDispose]();
  return Math.round(bytes);
}

function residentBytes() {
  return [process.pid, ...children()]
    .map((id) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1])
    .reduce((sum, kilobytes) => sum + Number(kilobytes) * 1024, 0);
}

function children() {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
}
