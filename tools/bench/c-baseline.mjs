// @ts-check
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { capture } from '../lib/run.mjs';

const source = fileURLToPath(new URL('baseline.c', import.meta.url));

/**
 * Compiles the C program against a libwasmedge.
 * @param {string} library path of the shared library
 * @param {string} folder where the program is written
 * @returns {{ program: string } | { reason: string }}
 */
export function compileBaseline(library, folder) {
  const program = join(folder, 'baseline');
  const libraryFolder = dirname(library);
  // An installation outside the compiler's usual places keeps its headers beside its library.
  const headers = join(dirname(libraryFolder), 'include');
  const { code, output } = capture('cc', [
    ...['-O2', '-std=gnu11', source, '-o', program],
    ...(existsSync(join(headers, 'wasmedge')) ? [`-I${headers}`] : []),
    ...[library, `-Wl,-rpath,${libraryFolder}`],
  ]);
  return code === 0
    ? { program }
    : { reason: `the C program could not be compiled: ${output.trim().split('\n').slice(0, 3).join(' ')}` };
}

/** The C program, answering one round after another. */
export class CBaseline {
  #child;
  #lines;

  /**
   * @param {string} program
   * @param {string[]} args
   */
  constructor(program, args) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Why it cannot be used, if so.
   * @returns {Promise<string | undefined>}
   */
  async refusal() {
    const line = await this.#read();
    return line.startsWith('ready ') ? undefined : line.replace(/^error /, '');
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
      if (nanoseconds === undefined || answer === undefined) throw new Error(`The C program gave no answer to ${measure}.`);
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
