import { Buffer } from 'node:buffer';
import { createECDH, createPrivateKey, createPublicKey, ECDH, type KeyObject } from 'node:crypto';
import { refusedWhen, requireValidKey } from './invalid-key.js';
import { zeroedAfter } from './zeroed.js';

/** A curve in the form of Weierstrass, and what stands around its numbers in DER (RFC 5915, RFC 5480). */
export interface EllipticCurve {
  /** As node:crypto names it. */
  readonly name: string;
  /** The object identifier as DER. */
  readonly identifier: Buffer;
  /** Size of a scalar and of a coordinate. */
  readonly scalarBytes: number;
  /** How many points there are (SEC 2): a scalar is below. */
  readonly order: Buffer;
  /** ECPrivateKey: what stands before the scalar. */
  readonly privatePrefix: Buffer;
  /** ECPrivateKey: what stands between the scalar and the point. */
  readonly privateInfix: Buffer;
  /** SubjectPublicKeyInfo: what stands before the point. */
  readonly publicPrefix: Buffer;
}

export const p256: EllipticCurve = {
  name: 'prime256v1',
  identifier: Buffer.from('06082a8648ce3d030107', 'hex'),
  scalarBytes: 32,
  order: Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex'),
  privatePrefix: Buffer.from('30770201010420', 'hex'),
  privateInfix: Buffer.from('a00a06082a8648ce3d030107a144034200', 'hex'),
  publicPrefix: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
};

export const k256: EllipticCurve = {
  name: 'secp256k1',
  identifier: Buffer.from('06052b8104000a', 'hex'),
  scalarBytes: 32,
  order: Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141', 'hex'),
  privatePrefix: Buffer.from('30740201010420', 'hex'),
  privateInfix: Buffer.from('a00706052b8104000aa144034200', 'hex'),
  publicPrefix: Buffer.from('3056301006072a8648ce3d020106052b8104000a034200', 'hex'),
};

export const p384: EllipticCurve = {
  name: 'secp384r1',
  identifier: Buffer.from('06052b81040022', 'hex'),
  scalarBytes: 48,
  order: Buffer.from(
    'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    'hex',
  ),
  privatePrefix: Buffer.from('3081a40201010430', 'hex'),
  privateInfix: Buffer.from('a00706052b81040022a164036200', 'hex'),
  publicPrefix: Buffer.from('3076301006072a8648ce3d020106052b81040022036200', 'hex'),
};

/** The private key of a scalar, with its public half computed. Throws invalid_key for 0 and what is not below the group's order. */
export function privateKeyOfScalar(curve: EllipticCurve, scalar: Uint8Array): KeyObject {
  requireValidKey(scalar.byteLength === curve.scalarBytes);
  requireValidKey(scalar.some((byte) => byte !== 0) && Buffer.compare(scalar, curve.order) < 0);
  const exchange = createECDH(curve.name);
  exchange.setPrivateKey(scalar);
  const point = exchange.getPublicKey();
  return zeroedAfter(Buffer.concat([curve.privatePrefix, scalar, curve.privateInfix, point]), (key) =>
    createPrivateKey({ key, format: 'der', type: 'sec1' }),
  );
}

/** The scalar of a private key, at its full width. The caller zeroes it. */
export function scalarOf(curve: EllipticCurve, privateKey: KeyObject): Uint8Array<ArrayBuffer> {
  return zeroedAfter(privateKey.export({ type: 'sec1', format: 'der' }), (der) => {
    // Without its point, which a parsed key may lack, P-384's structure has a length of one byte instead of two.
    const start = (der[1] ?? 0) < 0x80 ? 7 : 8;
    return Uint8Array.from(der.subarray(start, start + curve.scalarBytes));
  });
}

/** The public key of a point, compressed or not (SEC 1, section 2.3.3). Throws invalid_key for one that is not on the curve. */
export function publicKeyOfPoint(curve: EllipticCurve, point: Uint8Array): KeyObject {
  const compressed = point[0] === 2 || point[0] === 3;
  requireValidKey(compressed || point[0] === 4);
  requireValidKey(point.byteLength === 1 + curve.scalarBytes * (compressed ? 1 : 2));
  const uncompressed = refusedWhen(
    ({ code }) => code === 'ERR_CRYPTO_OPERATION_FAILED',
    () => ECDH.convertKey(point, curve.name, undefined, undefined, 'uncompressed'),
  ) as Buffer;
  return createPublicKey({
    key: Buffer.concat([curve.publicPrefix, uncompressed]),
    format: 'der',
    type: 'spki',
  });
}

/** The uncompressed point of a public key that was made by this module. */
export function pointOf(curve: EllipticCurve, publicKey: KeyObject): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    publicKey.export({ type: 'spki', format: 'der' }).subarray(-(1 + 2 * curve.scalarBytes)),
  );
}
