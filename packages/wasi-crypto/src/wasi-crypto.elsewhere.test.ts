import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elsewhereTests } from '@wasmedge-plugins/conformance/vitest';
import { afterAll, expect } from 'vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite } from '../conformance/suite.js';
import { wasiCryptoPlugin } from './plugin.js';

const folder = mkdtempSync(join(tmpdir(), 'wasi-crypto-elsewhere-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const job = {
  guest: new URL('crypto-script.wasm', suite.guests),
  args: ['hash', 'SHA-256', '32', '616263'],
};
const secrets = {
  bytes: { key: new Uint8Array(32).fill(7) },
  'a Buffer': { key: Buffer.alloc(32, 7) },
  'a passphrase': { passphrase: 'correct horse battery staple' },
};

await elsewhereTests(suite, { standIn: buildStandIn }, ({ engine, provider, nativePath }) => {
  // FIPS 180-2, appendix B.1.
  const stdout = expect.stringContaining('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  const expected = { stdout, plugins: [{ name: 'wasi_crypto', provider }] };
  if (provider === 'native') {
    const plugins = [wasiCryptoPlugin({ provider, nativePath })];
    return [{ ...job, name: 'the native plug-in', plugins, expected }];
  }
  return Object.entries(secrets).map(([what, secret]) => {
    const path = join(folder, `${engine} ${what}`);
    const plugin = wasiCryptoPlugin({
      secrets: { path, ...secret },
      maxHandles: 100,
      maxStoredBytes: 1 << 20,
    });
    return { ...job, name: `with all of its options, and ${what}`, plugins: [plugin], expected };
  });
});
