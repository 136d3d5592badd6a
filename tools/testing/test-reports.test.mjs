// @ts-check
import { expect, test } from 'vitest';
import { addReport, closingLine } from './test-reports.mjs';

test('tests are counted, and a file that failed without a failed test counts as one', () => {
  const totals = { passed: 0, failed: 0, skipped: 0, skippedNames: [], missing: [] };
  addReport(totals, {
    testResults: [
      {
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a' },
          { status: 'failed', fullName: 'b' },
          { status: 'skipped', fullName: 'c, ignored: no library' },
        ],
      },
      { status: 'failed', assertionResults: [] },
    ],
  });
  expect(totals).toMatchObject({
    passed: 1,
    failed: 2,
    skipped: 1,
    skippedNames: ['c, ignored: no library'],
  });
  expect(closingLine(totals)).toBe('1 passed, 2 failed, 1 skipped');
});
