import { Buffer } from 'node:buffer';
import { hkdfSync, type KeyObject } from 'node:crypto';
import { computedSecret } from '../asymmetric/computed-secret.js';
import type { KeyEncoding } from '../asymmetric/key-encoding.js';
import type { KeyFamily } from '../asymmetric/key-family.js';
import { zeroedAfter } from '../asymmetric/zeroed.js';
import { CryptoError } from '../crypto-error.js';
import type { KeyExchange } from './key-exchange.js';

/** A DHKEM of RFC 9180, section 7.1. */
interface DhKem {
  readonly id: number;
  readonly hash: 'sha256' | 'sha384';
  readonly secretBytes: number;
  /** How its public keys are written, and in how many bytes. */
  readonly encoding: KeyEncoding;
  readonly publicKeyBytes: number;
}

const dhKems = {
  'P256-SHA256': { id: 0x0010, hash: 'sha256', secretBytes: 32, encoding: 'sec', publicKeyBytes: 65 },
  'P384-SHA384': { id: 0x0011, hash: 'sha384', secretBytes: 48, encoding: 'sec', publicKeyBytes: 97 },
  X25519: { id: 0x0020, hash: 'sha256', secretBytes: 32, encoding: 'raw', publicKeyBytes: 32 },
} as const satisfies Record<string, DhKem>;

/** Diffie-Hellman, and the key encapsulation that RFC 9180 makes of it. */
export function diffieHellmanExchange(name: keyof typeof dhKems, keys: KeyFamily): KeyExchange {
  const kem: DhKem = dhKems[name];

  function sharedSecret(
    remote: KeyObject,
    own: KeyObject,
    encapsulated: Uint8Array,
    recipient: Uint8Array,
  ): Uint8Array<ArrayBuffer> {
    return zeroedAfter(computedSecret(remote, own), (secret) =>
      extractAndExpand(kem, secret, encapsulated, recipient),
    );
  }

  return {
    agree: computedSecret,
    encapsulate(publicKey) {
      const ephemeral = keys.generate();
      const encapsulated = keys.exportPublicKey(keys.publicKeyOf(ephemeral), kem.encoding);
      const recipient = keys.exportPublicKey(publicKey, kem.encoding);
      return { secret: sharedSecret(publicKey, ephemeral, encapsulated, recipient), encapsulated };
    },
    decapsulate(privateKey, encapsulated) {
      if (encapsulated.byteLength !== kem.publicKeyBytes) {
        throw new CryptoError('invalid_length');
      }
      const ephemeral = keys.importPublicKey(kem.encoding, encapsulated);
      const recipient = keys.exportPublicKey(keys.publicKeyOf(privateKey), kem.encoding);
      return sharedSecret(ephemeral, privateKey, encapsulated, recipient);
    },
  };
}

/** ExtractAndExpand of RFC 9180, section 4.1: LabeledExtract without a salt, then LabeledExpand, which together are HKDF. */
function extractAndExpand(
  { id, hash, secretBytes }: DhKem,
  secret: Uint8Array,
  encapsulated: Uint8Array,
  recipient: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const suite = Buffer.concat([Buffer.from('KEM'), Buffer.of(id >> 8, id & 0xff)]);
  const version = Buffer.from('HPKE-v1');
  const info = Buffer.concat([
    Buffer.of(0, secretBytes),
    version,
    suite,
    Buffer.from('shared_secret'),
    encapsulated,
    recipient,
  ]);
  return zeroedAfter(
    Buffer.concat([version, suite, Buffer.from('eae_prk'), secret]),
    (keyingMaterial) => new Uint8Array(hkdfSync(hash, keyingMaterial, '', info, secretBytes)),
  );
}
