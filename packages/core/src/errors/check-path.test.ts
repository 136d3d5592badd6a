import { expect, test } from 'vitest';
import { checkPath } from './check-path.js';

test('what a path is relative to is said of relative paths only', () => {
  expect(checkPath('guest.wasm')).toBe(`Check the path; it is relative to ${process.cwd()}.`);
  expect(checkPath(import.meta.filename)).toBe('Check the path.');
  expect(checkPath(new URL(import.meta.url))).toBe('Check the path.');
});
