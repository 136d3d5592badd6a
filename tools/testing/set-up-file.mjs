// @ts-check
// Runs in the process of each test file, before it and after it.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, inject } from 'vitest';

// As when the package is tested alone: a project's files run in the root's folder otherwise.
process.chdir(inject('packageFolder'));

// A file that another libwasmedge is said not to change must not have loaded a libwasmedge.
afterAll(() => {
  const { testPath = '' } = expect.getState();
  const loaded = '/proc/self/maps';
  if (!inject('libraryFree').includes(testPath) || !existsSync(loaded)) return;
  const wrong = `${testPath} loads libwasmedge, and the vitest.config.ts of its package says that it does not`;
  expect(readFileSync(loaded, 'utf8').includes('libwasmedge.so'), wrong).toBe(false);
});
