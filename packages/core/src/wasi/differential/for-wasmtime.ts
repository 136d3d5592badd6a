import { existsSync } from 'node:fs';
import { it } from 'vitest';

/**
 * The Python that has wasmtime, which the variable WASMEDGE_PLUGINS_WASMTIME names. Where there is none, declares a skipped test with the
 * reason, or one that fails when `CI_REQUIRE` names `wasmtime`.
 */
export function forWasmtime(): string | undefined {
  const python = process.env.WASMEDGE_PLUGINS_WASMTIME;
  if (python !== undefined && existsSync(python)) return python;
  const reason =
    'wasmtime is not here: npm test sets it up, and WASMEDGE_PLUGINS_WASMTIME names a Python that has it';
  const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());
  if (required.includes('wasmtime')) {
    it('has wasmtime', () => {
      throw new Error(reason);
    });
  } else {
    it.skip(reason);
  }
  return undefined;
}
