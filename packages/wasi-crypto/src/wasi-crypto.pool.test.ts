import { createPool } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { rawSignatures } from '../conformance/drive/raw-calls.js';
import { suite } from '../conformance/suite.js';
import { cryptoErrno } from './embedded/errno.js';
import { wasiCryptoPlugin } from './plugin.js';

// The first handle of options, as the handle tables number it.
const firstOptions = 0x101;

it('a call in a pool has no handle that the call before it left open, and room for its own', async () => {
  await using pool = createPool({
    size: 1,
    guest: new URL('raw-calls.wasm', suite.guests),
    exports: rawSignatures,
    plugins: [wasiCryptoPlugin({ maxHandles: 1 })],
  });
  for (let round = 0; round < 5; round++) {
    expect(await pool.call('options_open', [1, 8])).toBe(cryptoErrno.success);
    expect(await pool.call('options_close', [firstOptions])).toBe(cryptoErrno.invalid_handle);
  }
});
