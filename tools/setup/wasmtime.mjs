// @ts-check
import { PythonEnvironment } from './python-environment.mjs';

/** With wasmtime's wheel, which carries its library. */
const environment = new PythonEnvironment('wasmtime', 'wasmtime', '50.0.1');

/** The Python that has wasmtime, with whose answers those of our WASI are compared. */
export function wasmtimePython() {
  return process.env.WASMEDGE_PLUGINS_WASMTIME || environment.python;
}

/**
 * Makes sure of wasmtime, without which our WASI is compared with no other.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureWasmtime() {
  return wasmtimePython() === undefined ? environment.ensure() : undefined;
}
