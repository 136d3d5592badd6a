import { describe, expect, it } from 'vitest';
import { cryptoErrno } from '../embedded/errno.js';
import { cryptoFailure } from './crypto-failure.js';

describe('cryptoFailure', () => {
  it.each(Object.entries(cryptoErrno))(
    'names no option that the native plug-in lacks for %s',
    (name, errno) => {
      const { message, errnoName } = cryptoFailure('native', 'symmetric_state_squeeze_key', errno);
      expect(errnoName).toBe(name);
      expect(message).not.toMatch(/maxStoredBytes|maxHandles|logger/);
    },
  );

  it('names the bound that the embedded provider may have met', () => {
    const messageOf = (errno: number) => cryptoFailure('embedded', 'symmetric_key_import', errno).message;
    expect(messageOf(cryptoErrno.algorithm_failure)).toMatch(/maxStoredBytes.*logger/);
    expect(messageOf(cryptoErrno.overflow)).toContain('maxStoredBytes');
    expect(messageOf(cryptoErrno.too_many_handles)).toContain('maxHandles');
  });

  it('advises the other provider where the native plug-in fails', () => {
    const { message } = cryptoFailure('native', 'kx_dh', cryptoErrno.algorithm_failure);
    expect(message).toContain("provider: 'embedded'");
  });
});
