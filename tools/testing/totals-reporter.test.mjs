// @ts-check
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';
import { closingLine, reportFile } from './test-reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-reporter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a run of vitest is counted: passed, failed, a file that cannot be loaded, and skipped with the reason', () => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(repositoryRoot, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  const cases = [
    "import { expect, test } from 'vitest';",
    "test('good', () => {});",
    "test('bad', () => expect(1).toBe(2));",
    "test('not here', ({ skip }) => skip('no library'));",
  ];
  writeFileSync(join(folder, 'a.test.mjs'), cases.join('\n'));
  writeFileSync(join(folder, 'b.test.mjs'), "throw new Error('does not load');");
  const reporter = join(repositoryRoot, 'tools/testing/totals-reporter.mjs');
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
  const run = capture(process.execPath, [vitest, 'run', `--reporter=${reporter}`], { cwd: folder });
  expect(run.code).toBe(1);
  const report = JSON.parse(readFileSync(join(folder, reportFile), 'utf8'));
  expect(report).toEqual({ passed: 1, failed: 2, skipped: ['not here (no library)'] });
  expect(closingLine(report)).toBe('1 passed, 2 failed, 1 skipped');
});
