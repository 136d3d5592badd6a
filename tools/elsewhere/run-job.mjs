// @ts-check
import { createRuntime } from '@wasmedge-plugins/core';

/**
 * What a guest is to do.
 * @typedef {object} Job
 * @property {'v8' | 'wasmedge'} engine
 * @property {string | Uint8Array} guest URL of the guest, or its bytes
 * @property {readonly string[]} [args] arguments, for a program
 * @property {readonly (readonly [string, ...number[]])[]} [calls] exports and their arguments, for a library
 * @property {Uint8Array} [stdin] what a program reads. Default: a short text
 * @property {Record<string, string>} [preopens] folders of a program
 * @property {string} [text] what a library finds at the beginning of its memory
 */

/**
 * Runs a guest with plug-ins and host modules, and tells what can be seen of it.
 * @param {Job} job
 * @param {Pick<import('@wasmedge-plugins/core').RuntimeOptions, 'plugins' | 'hostModules'>} set
 * @returns {Promise<{ plugins: object[], done: unknown, stdout: string, stderr: string }>}
 */
export async function runJob(job, set) {
  const { engine, args = [], stdin = 'from the host', preopens = {} } = job;
  /** @type {import('@wasmedge-plugins/core').WasiOptions} */
  const wasi = { args, stdin, preopens, stdout: 'capture', stderr: 'capture' };
  const runtime = await createRuntime({ engine, ...set, wasi });
  try {
    const plugins = runtime
      .report()
      .plugins.map(({ name, provider, modules }) => ({ name, provider, modules }));
    const guest = typeof job.guest === 'string' ? new URL(job.guest) : job.guest;
    const done = job.calls === undefined ? runtime.run(guest) : callAll(runtime.instantiate(guest), job);
    const text = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes);
    return { plugins, done, stdout: text(runtime.stdout), stderr: text(runtime.stderr) };
  } finally {
    runtime[Symbol.dispose]();
  }
}

/**
 * @param {import('@wasmedge-plugins/core').Instance} instance
 * @param {Job} job
 */
function callAll({ exports, memory }, { calls = [], text = '' }) {
  if (text !== '') memory?.writeString(0, text);
  return calls.map(([name, ...values]) => {
    try {
      return exports[name]?.(...values);
    } catch (error) {
      const { name: kind, message, cause } = /** @type {Error} */ (error);
      return `${kind}: ${message} ${cause}`;
    }
  });
}
