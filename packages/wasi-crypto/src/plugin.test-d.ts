import type { Plugin } from '@wasmedge-plugins/core';
import { expectTypeOf, it } from 'vitest';
import { type SecretsOptions, wasiCryptoPlugin } from './index.js';

it('takes typed options and gives a plug-in', () => {
  expectTypeOf(wasiCryptoPlugin({ provider: 'native', nativePath: '/p.so' })).toEqualTypeOf<Plugin>();
  wasiCryptoPlugin({ maxHandles: 10, secrets: { path: 'keys.bin', passphrase: 'words' } });
  // @ts-expect-error no such provider
  wasiCryptoPlugin({ provider: 'auto' });
  // @ts-expect-error a misspelt name
  wasiCryptoPlugin({ maxHandle: 10 });
});

it('wants a key or a passphrase for a file, and not both', () => {
  const key = new Uint8Array(32);
  expectTypeOf({ path: 'keys.bin', key }).toExtend<SecretsOptions>();
  // @ts-expect-error neither
  wasiCryptoPlugin({ secrets: { path: 'keys.bin' } });
  // @ts-expect-error both
  wasiCryptoPlugin({ secrets: { path: 'keys.bin', key, passphrase: 'words' } });
  // @ts-expect-error a passphrase is not a key
  wasiCryptoPlugin({ secrets: { path: 'keys.bin', key: 'words' } });
});
