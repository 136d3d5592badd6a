// @ts-check
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { guestPath } from './guests.mjs';
import { countedResult, notMeasured } from './results.mjs';

/**
 * @typedef {import('./results.mjs').Result} Result
 * @typedef {import('@wasmedge-plugins/core').EngineName} EngineName
 * @typedef {{ run: number, residentBytes: number, descriptors: number, callbackSlots: number }} Held
 */

const program = fileURLToPath(new URL('many-runtimes-program.mjs', import.meta.url));
const runs = 10_000;
const firstReading = 2000;

// V8 doubles its young generation when it likes, by megabytes; at a fixed size it cannot pass for a leak.
const nodeOptions = ['--expose-gc', '--min-semi-space-size=16', '--max-semi-space-size=16'];

/** The one byte in the file that the guest opens: it ends with it as its exit code. */
export const expectedExitCode = 42;

/**
 * What 10,000 runtimes leave behind, on each engine. Each has a preopened folder, in which its guest opens a file that it does not close.
 * The engines run side by side: nothing is timed.
 * @param {string} folder of the guests
 * @param {boolean} hasLibrary whether there is a libwasmedge
 * @param {string} only as the option of that name
 * @returns {Promise<Result[]>}
 */
export async function manyRuntimes(folder, hasLibrary, only) {
  /** @type {EngineName[]} */
  const engines = ['v8', 'wasmedge'];
  const wanted = engines.filter((engine) => measuresOf(engine).some(({ id }) => id.includes(only)));
  const results = await Promise.all(
    wanted.map((engine) => {
      const reason = missing(engine, hasLibrary);
      return reason === undefined
        ? onEngine(engine, folder)
        : measuresOf(engine).map(({ id, title }) => notMeasured(id, title, reason));
    }),
  );
  return results.flat();
}

/**
 * @param {EngineName} engine
 * @returns {{ id: string, title: string, property: Exclude<keyof Held, 'run'> }[]}
 */
function measuresOf(engine) {
  const title = `${engine}: 10,000 runtimes`;
  return [
    { id: `${engine}-memory-growth`, title: `${title}, resident memory`, property: 'residentBytes' },
    { id: `${engine}-descriptors`, title: `${title}, open descriptors`, property: 'descriptors' },
    { id: `${engine}-callback-slots`, title: `${title}, callback slots`, property: 'callbackSlots' },
  ];
}

/**
 * @param {EngineName} engine
 * @param {boolean} hasLibrary
 */
function missing(engine, hasLibrary) {
  if (engine === 'wasmedge' && !hasLibrary) return 'no libwasmedge was found';
  return existsSync('/proc/self/fd')
    ? undefined
    : 'descriptors are counted in /proc/self/fd, which is not here';
}

/**
 * @param {EngineName} engine
 * @param {string} folder
 */
async function onEngine(engine, folder) {
  // A leak is there every time. Resident memory also grows once in a while for V8's own reasons, so a second look decides.
  const results = await look(engine, folder);
  return results.some(({ verdict }) => verdict === 'missed') ? look(engine, folder) : results;
}

/**
 * @param {EngineName} engine
 * @param {string} folder
 */
async function look(engine, folder) {
  const preopen = join(folder, `preopen-${engine}`);
  mkdirSync(preopen, { recursive: true });
  writeFileSync(join(preopen, 'number'), Uint8Array.of(expectedExitCode));
  const args = [engine, guestPath(folder, 'open-file'), preopen, String(runs), String(firstReading)];
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, program, ...args]);
  /** @type {Held[]} */
  const readings = JSON.parse(stdout);
  const first = readings.find(({ run }) => run === firstReading);
  const last = readings.find(({ run }) => run === runs);
  if (first === undefined || last === undefined) throw new Error(`${program} did not run to its end.`);
  return measuresOf(engine).map(({ id, title, property }) =>
    countedResult(id, title, first[property], last[property]),
  );
}
