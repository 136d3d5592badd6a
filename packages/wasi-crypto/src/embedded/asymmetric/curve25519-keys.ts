import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { requireValidKey } from './invalid-key.js';
import { type KeyEncoding, unsupportedEncoding } from './key-encoding.js';
import type { KeyFamily } from './key-family.js';
import { zeroedAfter } from './zeroed.js';

const keyBytes = 32;

/** What differs between Ed25519 and X25519. */
export interface Curve25519Variant {
  /** As node:crypto names it. */
  readonly name: 'ed25519' | 'x25519';
  /** Last byte of the object identifier (RFC 8410). */
  readonly identifier: string;
  /** Whether a raw key pair begins with the public or the secret half. */
  readonly firstHalf: 'public' | 'secret';
  /** Throws invalid_key for a public key that must not be used. */
  checkPublicKey(publicKey: KeyObject): void;
}

/** Keys of Ed25519 or X25519. They are only written raw, as in WasmEdge's plug-in. */
export function curve25519Keys({
  name,
  identifier,
  firstHalf,
  checkPublicKey,
}: Curve25519Variant): KeyFamily {
  const privatePrefix = Buffer.from(`302e020100300506032b65${identifier}04220420`, 'hex');
  const publicPrefix = Buffer.from(`302a300506032b65${identifier}032100`, 'hex');

  function importSecretKey(encoding: KeyEncoding, bytes: Uint8Array): KeyObject {
    requireRaw(encoding);
    requireValidKey(bytes.byteLength === keyBytes);
    return zeroedAfter(Buffer.concat([privatePrefix, bytes]), (key) =>
      createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    );
  }

  function exportSecretKey(privateKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    requireRaw(encoding);
    return zeroedAfter(privateKey.export({ type: 'pkcs8', format: 'der' }), (der) =>
      Uint8Array.from(der.subarray(-keyBytes)),
    );
  }

  function exportPublicKey(publicKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    requireRaw(encoding);
    return Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }).subarray(-keyBytes));
  }

  return {
    storedEncoding: 'raw',
    generate: () => generateKeyPairSync(name as 'ed25519').privateKey,
    publicKeyOf: (privateKey) => createPublicKey(privateKey),
    importKeyPair(encoding, bytes) {
      requireRaw(encoding);
      requireValidKey(bytes.byteLength === 2 * keyBytes);
      const halves = [bytes.subarray(0, keyBytes), bytes.subarray(keyBytes)] as const;
      const [publicHalf, secretHalf] = firstHalf === 'public' ? halves : ([halves[1], halves[0]] as const);
      const privateKey = importSecretKey(encoding, secretHalf);
      const computed = exportPublicKey(createPublicKey(privateKey), encoding);
      requireValidKey(Buffer.compare(computed, publicHalf) === 0);
      return privateKey;
    },
    importSecretKey,
    importPublicKey(encoding, bytes) {
      requireRaw(encoding);
      requireValidKey(bytes.byteLength === keyBytes);
      return createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' });
    },
    exportKeyPair(privateKey, encoding) {
      return zeroedAfter(exportSecretKey(privateKey, encoding), (secretHalf) => {
        const publicHalf = exportPublicKey(createPublicKey(privateKey), encoding);
        const pair = new Uint8Array(2 * keyBytes);
        pair.set(publicHalf, firstHalf === 'public' ? 0 : keyBytes);
        pair.set(secretHalf, firstHalf === 'public' ? keyBytes : 0);
        return pair;
      });
    },
    exportSecretKey,
    exportPublicKey,
    checkPublicKey,
  };
}

function requireRaw(encoding: KeyEncoding): void {
  if (encoding !== 'raw') {
    unsupportedEncoding();
  }
}
