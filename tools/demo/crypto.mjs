// @ts-check
import { createCryptoClient, wasiCryptoPlugin } from '@wasmedge-plugins/wasi-crypto';
import { runGuest } from './run-guest.mjs';

/** @type {import('./run-guest.mjs').Demonstration[]} */
export const demonstrations = [
  {
    plugin: 'wasi_crypto',
    what: 'a guest hashes "abc" by SHA-256',
    async run(engine) {
      const { stdout } = await runGuest(engine, 'wasi-crypto/conformance/crypto-script.wasm', {
        plugins: [wasiCryptoPlugin()],
        args: ['hash', 'SHA-256', '32', '616263'],
      });
      return `${stdout.slice(0, 19)}...${stdout.slice(-8)}`;
    },
    // FIPS 180-2, appendix B.1.
    expected: 'ok:ba7816bf8f01cfea...f20015ad',
  },
  {
    plugin: 'wasi_crypto',
    what: 'TypeScript signs by Ed25519, and verifies',
    async run(engine) {
      const crypto = await createCryptoClient({ engine });
      try {
        const pair = crypto.generateKeyPair('Ed25519');
        const [message, other] = ['to be signed', 'another'].map((text) => new TextEncoder().encode(text));
        const signature = crypto.sign(pair, message);
        return [message, other].map((text) => crypto.verify(pair.publicKey(), text, signature)).join(', ');
      } finally {
        crypto[Symbol.dispose]();
      }
    },
    expected: 'true, false',
  },
];
