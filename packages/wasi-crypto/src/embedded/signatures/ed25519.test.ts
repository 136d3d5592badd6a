import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ed25519Vectors } from '../../../conformance/vectors/signatures.js';
import { bytesOf, hexOf, outcomeOf } from '../asymmetric/__fixtures__/outcomes.js';
import { ed25519Keys } from '../asymmetric/ed25519-keys.js';
import { ByteBudget } from '../byte-budget.js';
import { ed25519Scheme } from './ed25519.js';
import { Message } from './message.js';

function messageOf(bytes: Uint8Array): Message {
  const message = new Message(ed25519Scheme.digest, new ByteBudget(2 ** 20));
  message.update(bytes);
  return message;
}

describe('Ed25519', () => {
  it('makes and verifies the signatures of RFC 8032, section 7.1', () => {
    for (const { seed, message, signature } of ed25519Vectors) {
      const key = ed25519Keys.importSecretKey('raw', bytesOf(seed));
      const text = messageOf(bytesOf(message));
      expect(hexOf(ed25519Scheme.sign(key, text))).toBe(signature);
      expect(ed25519Scheme.verify(createPublicKey(key), text, bytesOf(signature))).toBe(true);
      text.update(Uint8Array.of(0));
      expect(ed25519Scheme.verify(createPublicKey(key), text, bytesOf(signature))).toBe(false);
    }
  });

  it('verifies no second form of a signature', () => {
    const [{ publicKey, signature }] = ed25519Vectors;
    const key = ed25519Keys.importPublicKey('raw', bytesOf(publicKey));
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(signature, 'hex').subarray(32).reverse().toString('hex')}`) + order;
    const second = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
    const changed = bytesOf(signature.slice(0, 64) + second);
    expect(ed25519Scheme.verify(key, messageOf(new Uint8Array(0)), changed)).toBe(false);
  });

  it('keeps long messages', () => {
    const { privateKey } = { privateKey: ed25519Keys.generate() };
    const text = messageOf(new Uint8Array(100_000));
    text.update(new Uint8Array(100_000));
    const whole = messageOf(new Uint8Array(200_000));
    expect(hexOf(ed25519Scheme.sign(privateKey, text))).toBe(hexOf(ed25519Scheme.sign(privateKey, whole)));
  });

  it('has raw signatures of 64 bytes only', () => {
    for (const length of [0, 63, 65]) {
      expect(outcomeOf(() => ed25519Scheme.importSignature('raw', new Uint8Array(length)))).toBe(
        'invalid_signature',
      );
    }
    expect(outcomeOf(() => ed25519Scheme.importSignature('der', new Uint8Array(64)))).toBe(
      'unsupported_encoding',
    );
    expect(outcomeOf(() => ed25519Scheme.exportSignature('der', new Uint8Array(64)))).toBe(
      'unsupported_encoding',
    );
  });
});
