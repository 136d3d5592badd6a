// @ts-check
import {
  createCipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  hkdfSync,
  sign,
  verify,
} from 'node:crypto';
import { timed } from '../rounds.mjs';

/** @typedef {import('../rounds.mjs').Side} Side */

// The same work as in wasi-crypto.wat, on node:crypto. Data, keys and nonces are made before; what node:crypto answers is a buffer of its own.

/** @param {number} size */
export function messageOf(size) {
  const message = new Uint8Array(size);
  for (let i = 0; i < size; i++) message[i] = i * 7 + (i >> 8);
  return message;
}

export const messageLength = 64;

export const hashes = [
  { name: 'SHA-256', direct: (/** @type {number} */ size) => hashDirectly('sha256', size) },
];

/**
 * @param {string} algorithm
 * @param {number} size
 * @returns {Side}
 */
function hashDirectly(algorithm, size) {
  const data = messageOf(size);
  const view = new DataView(data.buffer);
  return (count) =>
    timed(() => {
      let sum = 0;
      for (let i = count; i > 0; i--) {
        view.setUint32(0, i, true);
        sum = (sum + hash(algorithm, data, 'buffer').readInt32LE(0)) | 0;
      }
      return sum;
    });
}

export const macKey = messageOf(32);

/** @type {Side} */
export function macDirectly(count) {
  const data = messageOf(messageLength);
  const view = new DataView(data.buffer);
  return timed(() => {
    let sum = 0;
    for (let i = count; i > 0; i--) {
      view.setUint32(0, i, true);
      sum = (sum + createHmac('sha256', macKey).update(data).digest().readInt32LE(0)) | 0;
    }
    return sum;
  });
}

/** @type {Side} */
export function deriveDirectly(count) {
  const data = messageOf(messageLength);
  const view = new DataView(data.buffer);
  return timed(() => {
    let sum = 0;
    for (let i = count; i > 0; i--) {
      view.setUint32(0, i, true);
      sum = (sum + new DataView(hkdfSync('sha256', macKey, data, data, 32)).getInt32(0, true)) | 0;
    }
    return sum;
  });
}

export const encryptions = [
  encryption('AES-256-GCM', 'aes-256-gcm', 'aes-256-gcm'),
  encryption('CHACHA20-POLY1305', 'chacha20-poly1305', 'chacha20-poly1305'),
];

/**
 * @param {string} name
 * @param {string} id
 * @param {import('node:crypto').CipherGCMTypes | 'chacha20-poly1305'} cipher
 */
function encryption(name, id, cipher) {
  const key = messageOf(32);
  return { name, id, key, direct: (/** @type {number} */ size) => encryptDirectly(cipher, key, size) };
}

/**
 * @param {string} cipher
 * @param {Uint8Array} key
 * @param {number} size
 * @returns {Side}
 */
function encryptDirectly(cipher, key, size) {
  const data = messageOf(size);
  const view = new DataView(data.buffer);
  const nonce = new Uint8Array(12);
  const nonceView = new DataView(nonce.buffer);
  const options = { authTagLength: 16 };
  return (count) =>
    timed(() => {
      let sum = 0;
      for (let i = count; i > 0; i--) {
        view.setUint32(0, i, true);
        nonceView.setUint32(0, i, true);
        const state = createCipheriv(
          /** @type {import('node:crypto').CipherGCMTypes} */ (cipher),
          key,
          nonce,
          options,
        );
        const ciphertext = state.update(data);
        state.final();
        const tag = state.getAuthTag();
        sum = (sum + ciphertext.readInt32LE(size - 4) + tag.readInt32LE(12)) | 0;
      }
      return sum;
    });
}

/** PKCS#8 of Ed25519 (RFC 8410) and of P-256 (RFC 5915, 5958) without its public half, up to the secret. */
const pkcs8 = {
  ed25519: '302e020100300506032b657004220420',
  p256: '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
};

/**
 * An algorithm that signs.
 * @typedef {object} Signing
 * @property {string} name
 * @property {string} id
 * @property {Uint8Array} keyPair raw, as guests import it
 * @property {Side} sign
 * @property {Side} verify
 * @property {(message: Uint8Array) => Uint8Array} signature
 * @property {(message: Uint8Array, signature: Uint8Array) => boolean} holds
 * @property {boolean} repeatable whether the same message has the same signature
 */

/** @type {Signing[]} */
export const signatures = [
  signing('Ed25519', 'ed25519', pkcs8.ed25519, null),
  signing('ECDSA_P256_SHA256', 'p256', pkcs8.p256, 'sha256'),
];

/**
 * @param {string} name
 * @param {string} id
 * @param {string} prefix of the key's PKCS#8
 * @param {string | null} digest
 * @returns {Signing}
 */
function signing(name, id, prefix, digest) {
  const secret = messageOf(32);
  const der = Buffer.concat([Buffer.from(prefix, 'hex'), secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key);
  const ownKey = /** @type {const} */ ({ key, dsaEncoding: 'ieee-p1363' });
  const theirKey = /** @type {const} */ ({ key: publicKey, dsaEncoding: 'ieee-p1363' });
  const repeatable = digest === null;
  // An Ed25519 key pair has its public half behind the secret.
  const publicHalf = repeatable ? publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) : [];
  const message = messageOf(messageLength);
  const view = new DataView(message.buffer);
  const good = sign(digest, messageWith(0), ownKey);
  /** @type {Uint8Array} */
  let last = good;
  return {
    ...{ name, id, repeatable },
    keyPair: Uint8Array.from([...secret, ...publicHalf]),
    sign: (count) => {
      const { nanoseconds, answer } = timed(() => {
        let sum = 0;
        for (let i = count; i > 0; i--) {
          view.setUint32(0, i, true);
          const signature = sign(digest, message, ownKey);
          sum = (sum + signature.readInt32LE(0)) | 0;
          last = signature;
        }
        return sum;
      });
      return {
        nanoseconds,
        answer: repeatable ? answer : Number(verify(digest, messageWith(1), theirKey, last)),
      };
    },
    verify: (count) =>
      timed(() => {
        let sum = 0;
        for (let i = count; i > 0; i--) {
          view.setUint32(0, i & 1, true);
          if (verify(digest, message, theirKey, good)) sum++;
        }
        return sum;
      }),
    signature: (signed) => sign(digest, signed, ownKey),
    holds: (signed, signature) => verify(digest, signed, theirKey, signature),
  };
}

/**
 * The message whose first word is `first`.
 * @param {number} first
 */
export function messageWith(first) {
  const message = messageOf(messageLength);
  new DataView(message.buffer).setUint32(0, first, true);
  return message;
}
