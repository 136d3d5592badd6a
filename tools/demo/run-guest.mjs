// @ts-check
import { createRuntime } from '@wasmedge-plugins/core';
import { packageFile } from './package-file.mjs';

/** @typedef {'v8' | 'wasmedge'} Engine */

/**
 * One thing that is shown. `run` gives the answer, which must be `expected`. What has no guest is the same on every engine.
 * @typedef {{ plugin: string, what: string, hasGuest?: boolean, run: (engine: Engine) => Promise<string>, expected: string }} Demonstration
 */

/**
 * Runs a guest that a package brings along, in this thread, and gives what it printed and its exit code.
 * @param {Engine} engine
 * @param {string} guest
 * @param {{ plugins: import('@wasmedge-plugins/core').Plugin[], args: string[], stdin?: string }} options
 */
export async function runGuest(engine, guest, { plugins, args, stdin = '' }) {
  const wasi = /** @type {const} */ ({ args, stdin, stdout: 'capture', stderr: 'capture' });
  const runtime = await createRuntime({ engine, plugins, wasi });
  try {
    const exitCode = runtime.run(packageFile(guest));
    const [stdout, stderr] = [runtime.stdout, runtime.stderr].map((bytes) => Buffer.from(bytes).toString());
    return { exitCode, stdout: stdout?.trimEnd() ?? '', stderr: stderr?.trimEnd() ?? '' };
  } finally {
    runtime[Symbol.dispose]();
  }
}
