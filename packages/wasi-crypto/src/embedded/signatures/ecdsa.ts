import { type KeyObject, sign, verify } from 'node:crypto';
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { type EllipticCurve, pointOf, scalarOf } from '../asymmetric/elliptic-curve.js';
import { zeroedAfter } from '../asymmetric/zeroed.js';
import { derOfRaw, rawOfDer } from './ecdsa-der.js';
import { rawSignature } from './raw-signature.js';
import type { SignatureScheme } from './signature-scheme.js';

const digestSigners: Readonly<Record<string, ECDSA>> = { prime256v1: p256, secp384r1: p384, secp256k1 };

// The library's table of multiples is made in the first signature. With the size that it has for itself, P-384 takes 145 ms of CPU for
// it in a new process; with this one half, and later signatures a quarter more.
const tableWindow = 4;
const prepared = new Set<ECDSA>();

function preparedSigner(signer: ECDSA): ECDSA {
  if (!prepared.has(signer)) {
    prepared.add(signer);
    signer.Point.BASE.precompute(tableWindow);
  }
  return signer;
}

/**
 * ECDSA. A raw signature is r and s, each as long as a scalar. Messages that were hashed on the way are signed by the library for curves,
 * because node:crypto only takes whole messages.
 */
export function ecdsa(curve: EllipticCurve, hash: 'sha256' | 'sha384'): SignatureScheme {
  const signer = digestSigners[curve.name] as ECDSA;
  const digestOptions = { prehash: false, lowS: false, format: 'compact' } as const;
  const nodeKey = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' }) as const;
  return {
    digest: hash,
    sign(privateKey, { content }) {
      if ('whole' in content) {
        return sign(hash, content.whole, nodeKey(privateKey)) as Uint8Array<ArrayBuffer>;
      }
      return zeroedAfter(scalarOf(curve, privateKey), (scalar) =>
        Uint8Array.from(preparedSigner(signer).sign(content.digest, scalar, digestOptions)),
      );
    },
    verify(publicKey, { content }, signature) {
      return 'whole' in content
        ? verify(hash, content.whole, nodeKey(publicKey), signature)
        : signer.verify(signature, content.digest, pointOf(curve, publicKey), digestOptions);
    },
    importSignature(encoding, bytes) {
      return encoding === 'raw'
        ? rawSignature(bytes, 2 * curve.scalarBytes)
        : rawOfDer(bytes, curve.scalarBytes);
    },
    exportSignature(encoding, raw) {
      return encoding === 'raw' ? new Uint8Array(raw) : derOfRaw(raw);
    },
  };
}
