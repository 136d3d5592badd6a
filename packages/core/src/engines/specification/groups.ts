import { existsSync } from 'node:fs';
import { it } from 'vitest';

/** The parts of the specification's tests, by their folders. */
export const groups = {
  '1.0': 'WebAssembly 1.0',
  '2.0': 'WebAssembly 2.0',
  simd: 'WebAssembly 2.0, vectors',
} as const;

/** Scripts of a part that need a later version of WebAssembly. */
export const later: Readonly<Record<string, string>> = {
  'simd_memory-multi': 'a module with two memories, of WebAssembly 3.0',
};

/**
 * The folder with the specification's tests, which the variable WASMEDGE_PLUGINS_SPECIFICATION_TESTS names. Where there is none, declares a skipped test with the
 * reason, or one that fails when `CI_REQUIRE` names `specification-tests`.
 */
export function forSpecificationTests(): string | undefined {
  const folder = process.env.WASMEDGE_PLUGINS_SPECIFICATION_TESTS;
  if (folder !== undefined && existsSync(folder)) return folder;
  const reason =
    "the specification's tests are not here: npm test sets them up, and WASMEDGE_PLUGINS_SPECIFICATION_TESTS names their folder";
  const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());
  if (required.includes('specification-tests')) {
    it("has the specification's tests", () => {
      throw new Error(reason);
    });
  } else {
    it.skip(reason);
  }
  return undefined;
}
