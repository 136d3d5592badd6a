// @ts-check
// Runs after each test file: one that another libwasmedge is said not to change must not have loaded a libwasmedge.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, inject } from 'vitest';

const loaded = '/proc/self/maps';

afterAll(() => {
  const { testPath = '' } = expect.getState();
  if (!inject('libraryFree').includes(testPath) || !existsSync(loaded)) return;
  expect(
    readFileSync(loaded, 'utf8'),
    `${testPath} loads libwasmedge: its vitest.config.ts says that it does not`,
  ).not.toMatch(/libwasmedge\.so/);
});
