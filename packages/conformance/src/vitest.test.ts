import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface TestRun {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: string[];
    }[];
  }[];
}

const root = fileURLToPath(new URL('./__fixtures__/vitest-run/', import.meta.url));
const script = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs');

/** Runs the fixture's test file in a vitest of its own, without a libwasmedge. */
function runTests(env: NodeJS.ProcessEnv) {
  const { stdout, stderr } = spawnSync(process.execPath, [script, 'run', '--root', root, '--reporter=json'], {
    encoding: 'utf8',
    env: {
      ...process.env,
      WASMEDGE_LIBRARY: '/nowhere/libwasmedge.so',
      CI_REQUIRE: '',
      // What the tests around it are asked for is not asked of it.
      WASMEDGE_TEST_PLACEMENTS: undefined,
      ...env,
    },
  });
  const run = JSON.parse(stdout.slice(stdout.indexOf('{"'))) as TestRun;
  const tests = run.testResults.flatMap(({ assertionResults }) => assertionResults);
  return { success: run.success, tests, output: stdout + stderr };
}

describe('conformanceTests', () => {
  it('declares every case and target, and a skipped test with the reason for what is not here', () => {
    const { success, tests, output } = runTests({});
    expect(success).toBe(true);
    expect(tests.map(({ fullName, status }) => `${status}: ${fullName}`)).toEqual([
      'passed: Sum plug-in v8, embedded 2 and 3 are 5',
      'passed: Sum plug-in v8, embedded the last sum is kept',
      expect.stringMatching(/^(skipped|pending): Sum plug-in v8, embedded is ignored$/),
      'passed: Sum plug-in v8, embedded runs at least one case',
      expect.stringMatching(/^(skipped|pending): Sum plug-in wasmedge, embedded: not run: No libwasmedge/),
      expect.stringMatching(/^(skipped|pending): Sum plug-in wasmedge, native: not run: No libwasmedge/),
      expect.stringMatching(/^(skipped|pending): Sum plug-in v8, embedded, worker: not run: .*sum/),
      expect.stringMatching(/^(skipped|pending): Sum plug-in v8, embedded, process: not run: .*sum/),
    ]);
    expect(output).toContain('wasmedge, native: not run');
  });

  it('fails for a target that CI_REQUIRE names', () => {
    const { success, tests } = runTests({ CI_REQUIRE: 'native' });
    expect(success).toBe(false);
    const failed = tests.filter(({ status }) => status === 'failed');
    expect(failed.map(({ fullName }) => fullName)).toEqual([
      expect.stringContaining('Sum plug-in wasmedge, native: not run'),
    ]);
  });

  it.each(['ignored', 'none'])('fails when no case was run (%s)', (cases) => {
    const { success, output } = runTests({ SUITE_CASES: cases });
    expect(success).toBe(false);
    expect(output).toMatch(/ran no case|has no case/);
  });

  it('fails when all cases were left out of a stand-in (needs libwasmedge)', ({ skip }) => {
    const { success, output } = runTests({
      SUITE_CASES: 'differing',
      WASMEDGE_LIBRARY: process.env.WASMEDGE_LIBRARY,
    });
    const isRequired = process.env.CI_REQUIRE?.split(',').includes('wasmedge');
    if (!isRequired && output.includes('not run: No libwasmedge')) skip('no libwasmedge');
    expect(success).toBe(false);
    expect(output).toMatch(/ran no case on wasmedge, native \(stand-in\): all were ignored or left out/);
  });
});
