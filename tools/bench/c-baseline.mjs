// @ts-check
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findWasmEdge } from '@wasmedge-plugins/core';
import { capture } from '../lib/run.mjs';
import { libwasmedgeEnvironment } from '../setup/setup.mjs';
import { guestPath, realGuest } from './guests.mjs';

const sources = ['main.c', 'measures.c', 'host.c', 'objects.c'].map((file) =>
  fileURLToPath(new URL(`baseline/${file}`, import.meta.url)),
);

/**
 * The C program, ready to answer, or the reason why there is none.
 * @typedef {{ c: CBaseline, program: string, libraryVersion: string } | { reason: string, libraryVersion?: string }} Baseline
 */

/**
 * Compiles and starts the C program on the libwasmedge that the packages take.
 * @param {string} folder where the program is written and the guests are
 * @param {boolean} lies whether its answers are to be wrong
 * @returns {Promise<Baseline>}
 */
export async function openBaseline(folder, lies) {
  const found = await findWasmEdge().catch((/** @type {Error} */ error) => error);
  if (found instanceof Error) return { reason: firstLine(found.message).replace(/:$/, '') };
  const { path, version: libraryVersion } = found;
  const program = join(folder, 'baseline');
  const refused = compile(path, program);
  if (refused !== undefined) return { reason: refused, libraryVersion };
  const guests = [
    guestPath(folder, 'calls'),
    guestPath(folder, 'memory'),
    realGuest,
    guestPath(folder, 'large'),
  ];
  const c = new CBaseline(program, [...guests, ...(lies ? ['--lie'] : [])]);
  const reason = await c.refusal();
  return reason === undefined ? { c, program, libraryVersion } : { reason, libraryVersion };
}

/**
 * @param {string} library
 * @param {string} program
 * @returns {string | undefined} what the machine lacks for it
 * @throws {Error} when the C program itself is wrong
 */
function compile(library, program) {
  const env = { ...process.env, ...libwasmedgeEnvironment() };
  const header = capture('cc', ['-E', '-include', 'wasmedge/wasmedge.h', '-x', 'c', '/dev/null'], { env });
  if (header.code !== 0) {
    return `no C compiler that finds libwasmedge's headers: ${firstLine(header.stderr)}`;
  }
  const args = ['-O2', '-std=gnu11', ...sources, '-o', program, library, `-Wl,-rpath,${dirname(library)}`];
  const { code, output } = capture('cc', args, { env });
  if (code !== 0) throw new Error(`The C program could not be compiled:\n${output}`);
  return undefined;
}

/** @param {string} text */
function firstLine(text) {
  return text.trim().split('\n')[0] ?? '';
}

/** The C program, answering one round after another. */
export class CBaseline {
  #child;
  #lines;

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {Record<string, string>} [variables] added to the environment
   */
  constructor(program, args, variables = {}) {
    this.#child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...variables },
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Why it cannot be used, if so.
   * @returns {Promise<string | undefined>}
   */
  async refusal() {
    const line = await this.#read();
    return line.startsWith('ready') ? undefined : line.replace(/^error /, '');
  }

  /**
   * One of its measures.
   * @param {string} measure
   * @returns {import('./rounds.mjs').Side}
   */
  side(measure) {
    return async (count) => {
      this.#child.stdin.write(`${measure} ${count}\n`);
      const [nanoseconds, answer] = (await this.#read()).split(' ').map(Number);
      if (nanoseconds === undefined || answer === undefined)
        throw new Error(`The C program gave no answer to ${measure}.`);
      return { nanoseconds, answer };
    };
  }

  close() {
    this.#child.stdin.end();
  }

  async #read() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The C program ended before its answer; what it said is above.');
    return value;
  }
}
