import { algorithmTypes } from '../embedded/algorithm-type.js';
import { findAlgorithm } from '../embedded/asymmetric/algorithms.js';
import type { KeyEncoding } from '../embedded/asymmetric/key-encoding.js';
import { zeroedAfter } from '../embedded/asymmetric/zeroed.js';
import { CryptoError } from '../embedded/crypto-error.js';
import { algorithmTypeNumber, type KeyPairAlgorithm } from './algorithm-names.js';
import { cryptoFailure } from './crypto-failure.js';
import { checkBytes } from './data.js';
import { keyEncodingNumber, keyPairEncodingNumber } from './encodings.js';
import type { PluginCalls } from './plugin-calls.js';

/** The kinds of keys, as the names of their functions begin. */
export type KeyKind = 'keypair' | 'publickey' | 'secretkey';

type Bytes = Uint8Array<ArrayBuffer>;

/** Imports a key into the plug-in; returns its handle. */
export function importKey(
  calls: PluginCalls,
  kind: KeyKind,
  algorithm: KeyPairAlgorithm,
  bytes: Uint8Array,
  encoding: KeyEncoding,
): number {
  checkBytes(bytes, 'A key');
  const wanted = encodingNumber(kind, encoding);
  const type = algorithmTypeNumber(algorithm);
  if (!crossesAsPem(calls, algorithm, encoding)) {
    return calls.number(`${kind}_import`, type, algorithm, bytes, wanted);
  }
  const pem = rewritten(`${kind}_import`, kind, algorithm, bytes, encoding, 'pem');
  return zeroedAfter(pem, () =>
    calls.number(`${kind}_import`, type, algorithm, pem, encodingNumber(kind, 'pem')),
  );
}

/** The bytes of a key of the plug-in. */
export function exportKey(
  calls: PluginCalls,
  kind: KeyKind,
  algorithm: KeyPairAlgorithm,
  handle: number,
  encoding: KeyEncoding,
): Bytes {
  const wanted = encodingNumber(kind, encoding);
  if (!crossesAsPem(calls, algorithm, encoding)) {
    return calls.output(`${kind}_export`, handle, wanted);
  }
  const pem = calls.output(`${kind}_export`, handle, encodingNumber(kind, 'pem'));
  return zeroedAfter(pem, () => rewritten(`${kind}_export`, kind, algorithm, pem, 'pem', encoding));
}

function encodingNumber(kind: KeyKind, encoding: KeyEncoding): number {
  return kind === 'keypair' ? keyPairEncodingNumber(encoding) : keyEncodingNumber(encoding);
}

/**
 * WasmEdge's plug-in shifts scalars that have leading zeros, may end the process when it exports a raw key of P-384, and has several
 * forms for `pkcs8`; its PEM is right for all keys that have it.
 */
function crossesAsPem({ provider }: PluginCalls, algorithm: string, encoding: KeyEncoding): boolean {
  return provider === 'native' && encoding !== 'pem' && /^(ECDSA_|RSA_|P\d)/.test(algorithm);
}

/** A key in another encoding, by the embedded provider. */
function rewritten(
  functionName: string,
  kind: KeyKind,
  algorithm: KeyPairAlgorithm,
  bytes: Uint8Array,
  from: KeyEncoding,
  to: KeyEncoding,
): Bytes {
  try {
    const { keys } = findAlgorithm(algorithmTypes[algorithmTypeNumber(algorithm)], algorithm.toLowerCase());
    switch (kind) {
      case 'keypair':
        return keys.exportKeyPair(keys.importKeyPair(from, bytes), to);
      case 'secretkey':
        return keys.exportSecretKey(keys.importSecretKey(from, bytes), to);
      case 'publickey':
        return keys.exportPublicKey(keys.importPublicKey(from, bytes), to);
    }
  } catch (error) {
    throw error instanceof CryptoError ? cryptoFailure('embedded', functionName, error.errno) : error;
  }
}
