import { expect, it } from 'vitest';
import { CryptoError } from './crypto-error.js';

it('takes no stack, and leaves those of other errors as they were', () => {
  const before = Error.stackTraceLimit;
  const { stack } = new CryptoError('verification_failed');
  expect(stack).not.toContain('\n');
  expect(Error.stackTraceLimit).toBe(before);
  expect(new Error('other').stack).toContain('crypto-error.test');
});
