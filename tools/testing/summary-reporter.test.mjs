// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linkDependency } from '../docs/examples.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

test('a run of vitest is counted: passed, passed when it ran again, failed, a file that cannot be loaded or whose process dies, and skipped with the reason', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-reporter-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  linkDependency(folder, 'vitest');
  const cases = [
    "import { expect, test } from 'vitest';",
    "test('good', () => {});",
    "test('bad', () => expect(1).toBe(2));",
    'let runs = 0;',
    "test('good at last', () => expect(runs++).toBe(1));",
    "test('not here', ({ skip }) => skip('no library'));",
    "test.for([1, 2])('nor this', (_, { skip }) => skip('no model'));",
  ];
  writeFileSync(join(folder, 'a.test.mjs'), cases.join('\n'));
  writeFileSync(join(folder, 'b.test.mjs'), "throw new Error('does not load');");
  writeFileSync(
    join(folder, 'c.test.mjs'),
    "import { test } from 'vitest'; test('dies', () => process.kill(process.pid, 'SIGKILL'));",
  );
  const reporter = join(repositoryRoot, 'tools/testing/summary-reporter.mjs');
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
  const run = capture(process.execPath, [vitest, 'run', '--retry=1', `--reporter=${reporter}`], {
    cwd: folder,
  });
  expect(run.code).toBe(1);
  expect(run.stdout.trim().split('\n').slice(-15)).toEqual([
    'Skipped: not here (no library)',
    'Skipped: nor this (no model) (2 times)',
    'Skipped: dies',
    'Passed only when it ran again: a.test.mjs > good at last',
    'Failed: Error: [vitest-pool]: Worker forks emitted error. Cause: Error: Worker exited unexpectedly',
    'Failed: a.test.mjs > bad',
    '    expected 1 to be 2 // Object.is equality',
    '    - Expected',
    '    + Received',
    '    - 2',
    '    + 1',
    'Failed: b.test.mjs',
    'Failed: c.test.mjs did not come to its end',
    '2 passed, 4 failed, 4 skipped',
  ]);
});
