// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { createRuntime } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { timed } from '../rounds.mjs';

/** @typedef {Record<string, (count: number) => number>} Calls the functions of wasi-calls.wat */

const entries = 5000;
const transfers = 500;
const transferBytes = 4096;

/**
 * Single functions of WASI on v8 against Node's own WASI, which lists folders without the numbers of what is in them.
 * @param {string} folder of the guests
 * @returns {Promise<import('../rounds.mjs').Comparison[]>}
 */
export async function wasiCallsComparisons(folder) {
  const { ours, theirs } = await openWasiCalls(guestPath(folder, 'wasi-calls'), makeFolders(folder));
  const row = (
    /** @type {string} */ id,
    /** @type {string} */ title,
    /** @type {string} */ name,
    /** @type {number} */ count,
  ) => ({
    id: `v8-wasi-${id}`,
    title: `v8: ${title} against node:wasi`,
    ours: (/** @type {number} */ times) => timed(() => Number(ours[name]?.(times))),
    baseline: (/** @type {number} */ times) => timed(() => Number(theirs[name]?.(times))),
    count,
  });
  return [
    row('random', 'random_get of 16 bytes', 'random', 2000),
    row('realtime', 'clock_time_get, time of day,', 'realtime', 2000),
    row('monotonic', 'clock_time_get, monotonic,', 'monotonic', 2000),
    row('read', 'fd_read of 4 KiB', 'read', transfers),
    row('write', 'fd_write of 4 KiB', 'write', transfers),
    row('readdir', `fd_readdir of ${entries} entries`, 'list', 1),
  ];
}

/**
 * wasi-calls.wat on both sides.
 * @param {string} guest
 * @param {Record<string, string>} preopens
 * @returns {Promise<{ ours: Calls, theirs: Calls }>}
 */
export async function openWasiCalls(guest, preopens) {
  const bytes = readFileSync(guest);
  const runtime = await createRuntime({ engine: 'v8', wasi: { preopens } });
  const wasi = new WASI({ version: 'preview1', preopens });
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(/** @type {BufferSource} */ (bytes)),
    /** @type {WebAssembly.Imports} */ (wasi.getImportObject()),
  );
  wasi.initialize(instance);
  return {
    ours: /** @type {Calls} */ (/** @type {unknown} */ (runtime.instantiate(bytes).exports)),
    theirs: /** @type {Calls} */ (instance.exports),
  };
}

/** @param {string} folder */
function makeFolders(folder) {
  const files = join(folder, 'transferred');
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, 'in'), new Uint8Array(transfers * transferBytes));
  writeFileSync(join(files, 'out'), '');
  const many = join(folder, 'many');
  mkdirSync(many, { recursive: true });
  for (let number = 0; number < entries; number++) {
    writeFileSync(join(many, `entry-${String(number).padStart(4, '0')}`), '');
  }
  return { '/': files, '/many': many };
}
