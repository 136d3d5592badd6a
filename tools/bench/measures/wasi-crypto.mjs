// @ts-check

import { createRuntime, signature } from '@wasmedge-plugins/core';
import { wasiCryptoPlugin } from '@wasmedge-plugins/wasi-crypto';
import {
  deriveDirectly,
  encryptions,
  hashes,
  macDirectly,
  macKey,
  signatures,
} from './wasi-crypto-direct.mjs';
import {
  deriveThrough,
  encryptThrough,
  hashThrough,
  macThrough,
  signThrough,
  verifyThrough,
} from './wasi-crypto-guest.mjs';

/** @typedef {import('../rounds.mjs').Comparison} Comparison */

const mebibyte = 1 << 20;

/**
 * The embedded WASI-Crypto provider, through a guest, against node:crypto called without one.
 * @param {import('@wasmedge-plugins/core').EngineName} engine
 * @param {string} guest the file of wasi-crypto.wat
 * @returns {Promise<Comparison[]>}
 */
export async function wasiCryptoComparisons(engine, guest) {
  const runtime = await createRuntime({ engine, plugins: [wasiCryptoPlugin()] });
  // Each has an instance of its own, so that none finds the keys of another.
  const open = () => runtime.instantiate(guest, { exports: guestExports });
  /** @type {Comparison[]} */
  const comparisons = [];
  for (const { name, direct } of hashes) {
    for (const { size, label, count } of hashed) {
      comparisons.push({
        id: `${engine}-crypto-${label}`,
        title: `${engine}: ${name} of ${size === mebibyte ? '1 MiB' : `${size} bytes`}, through a guest`,
        ours: hashThrough(open(), name, size),
        baseline: direct(size),
        count,
      });
    }
  }
  comparisons.push(
    {
      id: `${engine}-crypto-hmac-small`,
      title: `${engine}: HMAC/SHA-256 of 64 bytes, through a guest`,
      ours: macThrough(open(), 'HMAC/SHA-256', macKey),
      baseline: macDirectly,
      count: 200,
    },
    {
      id: `${engine}-crypto-hkdf-small`,
      title: `${engine}: HKDF over SHA-256 of 64 bytes, through a guest`,
      ours: deriveThrough(open(), { extract: 'HKDF-EXTRACT/SHA-256', expand: 'HKDF-EXPAND/SHA-256' }, macKey),
      baseline: deriveDirectly,
      count: 50,
    },
  );
  for (const { name, id, key, direct } of encryptions) {
    comparisons.push({
      id: `${engine}-crypto-${id}`,
      title: `${engine}: ${name} of 1 MiB, through a guest`,
      ours: encryptThrough(open(), name, key, mebibyte),
      baseline: direct(mebibyte),
      count: 2,
    });
  }
  for (const each of signatures) {
    comparisons.push(
      {
        id: `${engine}-crypto-${each.id}-sign`,
        title: `${engine}: ${each.name}, sign 64 bytes, through a guest`,
        ours: signThrough(open(), each),
        baseline: each.sign,
        count: 20,
      },
      {
        id: `${engine}-crypto-${each.id}-verify`,
        title: `${engine}: ${each.name}, verify 64 bytes, through a guest`,
        ours: verifyThrough(open(), each),
        baseline: each.verify,
        count: 20,
      },
    );
  }
  return comparisons;
}

const hashed = [
  { size: mebibyte, label: 'sha256', count: 2 },
  { size: 64, label: 'sha256-small', count: 200 },
];

const guestExports = {
  prepareKey: signature(['i32', 'i32'], []),
  prepareEncryption: signature(['i32', 'i32'], []),
  prepareSigning: signature(['i32', 'i32'], []),
  hash: signature(['i32', 'i32', 'i32'], ['i32']),
  mac: signature(['i32', 'i32', 'i32'], ['i32']),
  derive: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  encrypt: signature(['i32', 'i32', 'i32'], ['i32']),
  sign: signature(['i32', 'i32'], ['i32']),
  verify: signature(['i32', 'i32', 'i32'], ['i32']),
};
