import { createSecretKey } from 'node:crypto';
import { MemoryRangeError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { FakeGuest } from './__fixtures__/fake-guest.js';
import { findAlgorithm } from './asymmetric/algorithms.js';
import { PublicKey, SecretKey } from './asymmetric/key-objects.js';
import { CryptoError } from './crypto-error.js';
import { FailureReport } from './failure-report.js';

// A key object that no algorithm with key pairs can compute with stands for a library that fails.
const broken = createSecretKey(Buffer.from('key material of thirty-two bytes'));

describe('what fails in a library', () => {
  it.each(['Ed25519', 'ECDSA_P256_SHA256', 'RSA_PKCS1_2048_SHA256', 'RSA_PSS_2048_SHA256'])(
    'is no verdict on a signature of %s',
    (name) => {
      const guest = new FakeGuest();
      const algorithm = findAlgorithm('signatures', name.toLowerCase());
      const key = guest.state.publicKeys.add(new PublicKey(algorithm, broken));
      const state = guest.get('signature_verification_state_open', key);
      const bytes = new Uint8Array(name.startsWith('RSA') ? 256 : 64).fill(1);
      const signature = guest.get('signature_import', name, bytes, 0);
      for (const _ of [1, 2]) {
        expect(guest.call('signature_verification_state_verify', state, signature)).toBe('algorithm_failure');
      }
      // Each kind is told once.
      expect(guest.logged).toEqual([
        expect.stringMatching(
          /^error: signature_verification_state_verify of WASI-Crypto failed in the host: TypeError ERR_/,
        ),
      ]);
      expect(guest.logged.join()).not.toContain('key material');
    },
  );

  it('is no verdict on a key', () => {
    const guest = new FakeGuest();
    const algorithm = findAlgorithm('key_exchange', 'x25519');
    const publicKey = guest.state.publicKeys.add(new PublicKey(algorithm, broken));
    const secretKey = guest.state.secretKeys.add(new SecretKey(algorithm, broken));
    expect(guest.ask('kx_dh', publicKey, secretKey)).toBe('algorithm_failure');
    expect(guest.call('publickey_verify', publicKey)).toBe('algorithm_failure');
    expect(guest.ask('publickey_from_secretkey', secretKey)).toBe('algorithm_failure');
    expect(guest.logged).toHaveLength(3);
  });
});

describe('FailureReport', () => {
  it('says nothing of answers, and no message that may quote what was given', () => {
    const lines: string[] = [];
    const report = new FailureReport((level, message) => lines.push(`${level}: ${message}`));
    report.add('f', new CryptoError('invalid_key'));
    report.add('f', new MemoryRangeError('x'));
    expect(lines).toEqual([]);
    report.add('f', new TypeError('Received <Buffer 5e c7>'));
    report.add('f', Object.assign(new Error('x'), { code: 'ERR_OSSL_X', reason: 'unsupported' }));
    report.add('f', 'text');
    expect(lines.map((line) => /host: (.*?)\. /.exec(line)?.[1])).toEqual([
      'TypeError',
      'Error ERR_OSSL_X unsupported',
      'something that is not an error (string)',
    ]);
    for (let count = 0; count < 1000; count += 1) {
      report.add(`f${count}`, new Error('x'));
    }
    expect(lines).toHaveLength(64);
  });
});
