// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { createRuntime } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';
import { timed } from '../rounds.mjs';

/** @typedef {Record<string, (count: number) => number>} Files the functions of files.wat */

// So many calls take a few milliseconds on each side.
const count = 500;

/**
 * Files of a guest on v8 against Node's own WASI, which neither follows links by itself nor knows a folder by its descriptor.
 * @param {string} folder of the guests
 * @returns {Promise<import('../rounds.mjs').Comparison[]>}
 */
export async function wasiFilesComparisons(folder) {
  const bytes = readFileSync(guestPath(folder, 'files'));
  const preopen = join(folder, 'preopened');
  mkdirSync(preopen, { recursive: true });
  writeFileSync(join(preopen, 'number'), '7');
  const preopens = { '/': preopen };
  const runtime = await createRuntime({ engine: 'v8', wasi: { preopens } });
  const ours = /** @type {Files} */ (/** @type {unknown} */ (runtime.instantiate(bytes).exports));
  const wasi = new WASI({ version: 'preview1', preopens });
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(/** @type {BufferSource} */ (bytes)),
    /** @type {WebAssembly.Imports} */ (wasi.getImportObject()),
  );
  wasi.initialize(instance);
  const theirs = /** @type {Files} */ (instance.exports);
  const row = (/** @type {string} */ id, /** @type {string} */ title, /** @type {string} */ name) => ({
    id,
    title,
    ours: (/** @type {number} */ times) => timed(() => Number(ours[name]?.(times))),
    baseline: (/** @type {number} */ times) => timed(() => Number(theirs[name]?.(times))),
    count,
  });
  return [
    row('v8-files-stat', 'v8: path_filestat_get against node:wasi', 'stat'),
    row('v8-files-open', 'v8: path_open and fd_close against node:wasi', 'open'),
  ];
}
