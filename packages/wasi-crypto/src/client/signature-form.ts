import type { ProviderName } from '@wasmedge-plugins/core';
import { CryptoError } from '../embedded/crypto-error.js';
import { derOfRaw, rawOfDer } from '../embedded/signatures/ecdsa-der.js';
import type { SignatureAlgorithm } from './algorithm-names.js';
import { signatureEncodingNumber } from './encodings.js';

/** How signatures in the caller's encoding cross into the plug-in. */
export interface SignatureForm {
  /** Number of the encoding that the plug-in is asked for and given. */
  readonly encodingNumber: number;
  /** A signature for the caller. */
  fromPlugin(exported: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  /** A signature for the plug-in; undefined for bytes that are none. */
  toPlugin(signature: Uint8Array): Uint8Array | undefined;
}

/** The form for an algorithm and an encoding. */
export function signatureForm(
  provider: ProviderName,
  algorithm: SignatureAlgorithm,
  encoding: 'raw' | 'der',
): SignatureForm {
  const encodingNumber = signatureEncodingNumber(encoding);
  return provider === 'native' && algorithm.startsWith('ECDSA_')
    ? nativeEcdsaForm(encoding, algorithm === 'ECDSA_P384_SHA384' ? 48 : 32)
    : { encodingNumber, fromPlugin: (exported) => exported, toPlugin: (signature) => signature };
}

/**
 * WasmEdge's plug-in takes malformed DER for a valid signature, fills up what it makes with zeros, and writes r and s without
 * their leading ones in the raw form. Only strict DER crosses, and is made of what comes back.
 */
function nativeEcdsaForm(encoding: 'raw' | 'der', scalarBytes: number): SignatureForm {
  return {
    encodingNumber: signatureEncodingNumber('der'),
    fromPlugin(exported) {
      // No signature of these curves needs a length of two bytes.
      const raw = rawOfDer(exported.subarray(0, 2 + (exported[1] ?? 0)), scalarBytes);
      return encoding === 'raw' ? raw : derOfRaw(raw);
    },
    toPlugin(signature) {
      if (encoding === 'raw') {
        return signature.byteLength === 2 * scalarBytes ? derOfRaw(signature) : undefined;
      }
      try {
        return derOfRaw(rawOfDer(signature, scalarBytes));
      } catch (error) {
        if (error instanceof CryptoError) {
          return undefined;
        }
        throw error;
      }
    },
  };
}
