import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { describe, expect, it } from 'vitest';
import { nodeTestsVariable, readNodeTests } from '../conformance/node-tests/read-node-tests.js';
import { runNodeTests } from '../conformance/node-tests/run-node-tests.js';
import { findLibrary } from './library/find-library.js';
import type { ONNXRuntime } from './runtime.js';

// ONNX's own tests for single operators. What passes is recorded in results.json, with what fails and why: a test that passed and fails now is
// an error, and so is one that passes now, for whoever changed it to write it down with UPDATE_NODE_TESTS=1.
const resultsFile = new URL('../conformance/node-tests/results.json', import.meta.url);
const folder = process.env[nodeTestsVariable] ?? '';
const problem = () => (existsSync(folder) ? undefined : `${nodeTestsVariable} does not name their folder`);

interface Results {
  readonly onnx: string;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly runtimes: Record<
    string,
    { readonly passed: number; readonly failed: Readonly<Record<string, string>> }
  >;
}

const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;
const here: readonly ONNXRuntime[] =
  problemOf(findLibrary) === undefined ? ['web', 'native-library'] : ['web'];

await describeWith("ONNX's tests of operators", { name: 'onnx-node-tests', problem }, () => {
  const { version, tests, leftOut } = readNodeTests(folder);

  it('they are those that the results are of', () => {
    expect({ onnx: version, leftOut }).toEqual({ onnx: results.onnx, leftOut: results.leftOut });
  });

  describe.each(here)('on %s', (runtime) => {
    it('a guest gets what it got before', { timeout: 300_000 }, async () => {
      const failed = await runNodeTests(tests, runtime);
      const told = { passed: tests.length - Object.keys(failed).length, failed };
      if (process.env.UPDATE_NODE_TESTS === '1') {
        results.runtimes[runtime] = told;
        const written = { ...results, onnx: version, leftOut };
        writeFileSync(resultsFile, `${JSON.stringify(written, null, 2)}\n`);
        return;
      }
      const known = results.runtimes[runtime];
      expect(Object.keys(failed).sort()).toEqual(Object.keys(known?.failed ?? {}).sort());
      expect(told.passed).toBe(known?.passed);
    });
  });
});
