import { requireValidKey } from '../invalid-key.js';
import { contextTag, DerReader, derTag } from './der-reader.js';
import { isPrivateKeyInfo, type KeyAlgorithm, readPrivateKeyInfo, requireNumber } from './key-structures.js';

/** What a structure of a private key on a curve says; views of its bytes. */
export interface EcPrivateKey {
  /** The scalar, at its full width. */
  readonly scalar: Uint8Array;
  /** The public point, when it is there. */
  readonly point: Uint8Array | undefined;
}

/** The object identifier of keys on curves (RFC 5480, section 2.1.1), in hexadecimal digits. */
const ecPublicKey = '2a8648ce3d0201';

/** A curve as structures name it. */
export interface NamedCurve {
  /** The object identifier of the curve as DER. */
  readonly identifier: Uint8Array;
  readonly scalarBytes: number;
}

/** Throws invalid_key unless the algorithm is the curve, by its name: descriptions of curves are not read (RFC 5480, section 2.1.1). */
export function requireCurve({ identifier, parameters }: KeyAlgorithm, curve: NamedCurve): void {
  requireValidKey(identifier === ecPublicKey && isSame(parameters, curve.identifier));
}

/** A private key as PKCS#8, or as the bare structure of SEC 1, which must name the curve. Throws invalid_key. */
export function readEcPrivateKey(der: Uint8Array, curve: NamedCurve): EcPrivateKey {
  if (!isPrivateKeyInfo(der)) {
    return readInner(der, curve, true);
  }
  const { algorithm, key } = readPrivateKeyInfo(der);
  requireCurve(algorithm, curve);
  return readInner(key, curve, false);
}

/** An ECPrivateKey (RFC 5915, section 3). */
function readInner(der: Uint8Array, curve: NamedCurve, mustNameCurve: boolean): EcPrivateKey {
  const outer = new DerReader(der);
  const reader = outer.enter(derTag.sequence);
  outer.end();
  requireNumber(reader.takeInteger(), 1);
  const scalar = atWidth(reader.take(derTag.octetString), curve.scalarBytes);
  if (mustNameCurve || reader.has(contextTag(0))) {
    requireValidKey(isSame(reader.take(contextTag(0)), curve.identifier));
  }
  let point: Uint8Array | undefined;
  if (reader.has(contextTag(1))) {
    const bits = reader.enter(contextTag(1));
    point = bits.takeBits();
    bits.end();
  }
  reader.end();
  return { scalar, point };
}

/** Some programs leave leading zeros of a scalar out, or write one too many. */
function atWidth(written: Uint8Array, width: number): Uint8Array {
  if (written.byteLength === width) {
    return written;
  }
  const start = written.byteLength === width + 1 && written[0] === 0 ? 1 : 0;
  requireValidKey(written.byteLength - start <= width);
  const scalar = new Uint8Array(width);
  scalar.set(written.subarray(start), width - written.byteLength + start);
  return scalar;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index]);
}
