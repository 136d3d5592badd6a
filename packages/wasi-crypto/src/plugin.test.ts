import { createRuntime, InvalidArgumentError, type Plugin, type TraceEvent } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { wasiCryptoPlugin } from './plugin.js';

describe('wasiCryptoPlugin', () => {
  it.each([
    [null, /must be an object/],
    ['x', /must be an object/],
    [{ maxHandle: 5 }, /wasiCryptoPlugin\(\) has no option maxHandle\. Did you mean maxHandles\?/],
    [{ secrets: { path: 'keys.bin', passPhrase: 'hidden' } }, /secrets has no option passPhrase/],
    [{ secrets: { path: 'keys.bin', passphrase: 'hidden', mode: 0o600 } }, /secrets has no option mode/],
    [{ maxHandles: 0 }, /maxHandles must be a whole number/],
    [{ maxHandles: 2 ** 24 }, /maxHandles must be a whole number/],
    [{ maxStoredBytes: 1.5 }, /maxStoredBytes must be a whole number/],
    [{ maxStoredBytes: '1' }, /maxStoredBytes must be a whole number/],
    [{ provider: 'auto' }, /provider must be/],
    [{ nativePath: '' }, /nativePath must be/],
    [{ nativePath: 1 }, /nativePath must be/],
    [{ secrets: 'keys.bin' }, /secrets must be an object/],
    [{ secrets: { passphrase: 'hidden' } }, /secrets.path must be the path/],
    [{ secrets: { path: 'keys\0bin', passphrase: 'hidden' } }, /secrets.path must be the path/],
    [{ secrets: { path: 'keys.bin' } }, /needs either a key or a passphrase/],
    [
      { secrets: { path: 'keys.bin', key: new Uint8Array(32), passphrase: 'hidden' } },
      /either a key or a passphrase, not both/,
    ],
    [{ secrets: { path: 'keys.bin', passphrase: '' } }, /must be a string that is not empty/],
    [{ secrets: { path: 'keys.bin', key: new Uint8Array(16) } }, /must be a Uint8Array of 32 bytes/],
    [{ secrets: { path: 'keys.bin', key: 'hidden' } }, /must be a Uint8Array of 32 bytes/],
    [{ provider: 'native', maxHandles: 5 }, /has no limits/],
    [{ provider: 'native', maxStoredBytes: 5 }, /has no limits/],
    [{ provider: 'native', secrets: { path: 'keys.bin', passphrase: 'hidden' } }, /has no managed keys/],
  ])('refuses the options %j, and shows no secret', (options, message) => {
    const make = wasiCryptoPlugin as (options: unknown) => unknown;
    expect(() => make(options)).toThrow(InvalidArgumentError);
    expect(() => make(options)).toThrow(message);
    expect(() => make(options)).not.toThrow(/hidden/);
  });

  it('asks for the native plug-in by the names that WasmEdge releases it under', () => {
    expect(wasiCryptoPlugin({ provider: 'native', nativePath: '/p.so' })).toMatchObject({
      name: 'wasi_crypto',
      provider: 'native',
      moduleNames: [
        'wasi_ephemeral_crypto_common',
        'wasi_ephemeral_crypto_asymmetric_common',
        'wasi_ephemeral_crypto_kx',
        'wasi_ephemeral_crypto_signatures',
        'wasi_ephemeral_crypto_symmetric',
      ],
      native: { fileName: 'wasmedgePluginWasiCrypto', path: '/p.so', options: {} },
    });
  });

  it('names error codes in a trace, and shows neither key nor plaintext', async () => {
    const events: TraceEvent[] = [];
    const key = '5ec7e7'.repeat(10).slice(0, 32);
    using runtime = await createRuntime({
      plugins: [wasiCryptoPlugin()],
      wasi: {
        args: ['decrypt', 'AES-128-GCM', key, '00'.repeat(12), '', '00'.repeat(20)],
        stdout: 'capture',
      },
      trace: (event) => events.push(event),
    });
    runtime.run(new URL('../conformance/crypto-script.wasm', import.meta.url));
    expect(new TextDecoder().decode(runtime.stdout)).toBe('error:21\n');
    const named = events.map(({ function: name, resultName }) => `${name} ${resultName}`);
    expect(named).toContain('symmetric_key_import success');
    expect(named).toContain('symmetric_state_decrypt invalid_tag');
    const shown = JSON.stringify(events, (_name, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(shown).not.toContain(key.slice(0, 12));
    // Pointers, lengths and handles are all that a function gets.
    expect(events.find((event) => event.function === 'symmetric_key_import')?.arguments).toHaveLength(5);
  });

  it('provides all five modules, with a state for each runtime', async () => {
    const plugin: Plugin = wasiCryptoPlugin();
    using runtime = await createRuntime({ plugins: [plugin] });
    expect(runtime.report().plugins[0]?.modules).toEqual(plugin.moduleNames);
  });
});
