import { Buffer } from 'node:buffer';
import { requireValidKey } from '../invalid-key.js';
import { contextTag, DerReader, derTag } from './der-reader.js';

/** Which algorithm a key says it is for. */
export interface KeyAlgorithm {
  /** The object identifier, in hexadecimal digits. */
  readonly identifier: string;
  /** What follows it, as DER; empty for nothing. */
  readonly parameters: Uint8Array;
  /** The whole AlgorithmIdentifier, as DER. */
  readonly whole: Uint8Array;
}

/** A key and the algorithm that it says it is for. */
export interface WrappedKey {
  readonly algorithm: KeyAlgorithm;
  /** The key in the form of the algorithm. */
  readonly key: Uint8Array;
}

/** A PrivateKeyInfo (RFC 5208); its attributes mean nothing here. Throws invalid_key. */
export function readPrivateKeyInfo(der: Uint8Array): WrappedKey {
  const outer = new DerReader(der);
  const info = outer.enter(derTag.sequence);
  outer.end();
  requireNumber(info.takeInteger(), 0);
  const algorithm = readAlgorithm(info);
  const key = info.take(derTag.octetString);
  if (info.has(contextTag(0))) {
    info.take(contextTag(0));
  }
  info.end();
  return { algorithm, key };
}

/** A SubjectPublicKeyInfo (RFC 5280, section 4.1). Throws invalid_key. */
export function readPublicKeyInfo(der: Uint8Array): WrappedKey {
  const outer = new DerReader(der);
  const info = outer.enter(derTag.sequence);
  outer.end();
  const algorithm = readAlgorithm(info);
  const key = info.takeBits();
  info.end();
  return { algorithm, key };
}

/** Whether the structure begins as a PrivateKeyInfo does, with a number and a sequence, and not as an older form, with two others. */
export function isPrivateKeyInfo(der: Uint8Array): boolean {
  const reader = new DerReader(der).enter(derTag.sequence);
  reader.take(derTag.integer);
  return reader.has(derTag.sequence);
}

/** Whether the structure begins as a SubjectPublicKeyInfo does, with a sequence, and not as the RSAPublicKey of PKCS#1, with a number. */
export function isPublicKeyInfo(der: Uint8Array): boolean {
  return new DerReader(der).enter(derTag.sequence).has(derTag.sequence);
}

/** Throws unless a magnitude is the small number. */
export function requireNumber(magnitude: Uint8Array, number: number): void {
  requireValidKey(magnitude.byteLength === 1 && magnitude[0] === number);
}

/** An AlgorithmIdentifier (RFC 5280, section 4.1.1.2). Throws invalid_key. */
export function readAlgorithm(info: DerReader): KeyAlgorithm {
  const whole = info.takeWhole(derTag.sequence);
  const reader = new DerReader(whole).enter(derTag.sequence);
  const identifier = Buffer.from(reader.take(derTag.objectIdentifier)).toString('hex');
  const parameters = reader.rest();
  return { identifier, parameters, whole };
}
