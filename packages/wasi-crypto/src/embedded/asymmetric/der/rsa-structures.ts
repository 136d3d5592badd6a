import { Buffer } from 'node:buffer';
import { requireValidKey } from '../invalid-key.js';
import { DerReader, derTag } from './der-reader.js';
import { type KeyAlgorithm, requireNumber } from './key-structures.js';

/** The object identifiers of RSA keys (RFC 8017, appendix A.1 and A.2.3), in hexadecimal digits. */
const rsaIdentifiers = { '2a864886f70d010101': 'rsa', '2a864886f70d01010a': 'rsa-pss' } as const;

/** The numbers of an RSA public key. */
export interface RsaPublicNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** The numbers of an RSA private key, by the names of RFC 8017, section 3.2. */
export interface RsaPrivateNumbers extends RsaPublicNumbers {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dP: bigint;
  readonly dQ: bigint;
  readonly qInv: bigint;
}

/** What an AlgorithmIdentifier says of an RSA key: that it may be used as such, or for RSA-PSS only. Throws invalid_key. */
export function rsaKind({ identifier, parameters }: KeyAlgorithm): 'rsa' | 'rsa-pss' {
  const kind = Object.hasOwn(rsaIdentifiers, identifier)
    ? rsaIdentifiers[identifier as keyof typeof rsaIdentifiers]
    : undefined;
  requireValidKey(kind !== undefined);
  if (kind === 'rsa' && parameters.byteLength > 0) {
    const reader = new DerReader(parameters);
    requireValidKey(reader.take(derTag.null).byteLength === 0);
    reader.end();
  }
  return kind;
}

/** The numbers of an RSAPublicKey (RFC 8017, appendix A.1.1), none of them longer than `maxBytes`. Throws invalid_key. */
export function readRsaPublicKey(der: Uint8Array, maxBytes: number): RsaPublicNumbers {
  const reader = inside(der);
  const numbers = { modulus: takeNumber(reader, maxBytes), exponent: takeNumber(reader, maxBytes) };
  reader.end();
  return numbers;
}

/**
 * The numbers of an RSAPrivateKey (RFC 8017, appendix A.1.2) of two primes, none of them longer than `maxBytes`. Throws invalid_key.
 */
export function readRsaPrivateKey(der: Uint8Array, maxBytes: number): RsaPrivateNumbers {
  const reader = inside(der);
  requireNumber(reader.takeInteger(), 0);
  const next = () => takeNumber(reader, maxBytes);
  const numbers = {
    modulus: next(),
    exponent: next(),
    d: next(),
    p: next(),
    q: next(),
    dP: next(),
    dQ: next(),
    qInv: next(),
  };
  reader.end();
  return numbers;
}

function inside(der: Uint8Array): DerReader {
  const outer = new DerReader(der);
  const reader = outer.enter(derTag.sequence);
  outer.end();
  return reader;
}

function takeNumber(reader: DerReader, maxBytes: number): bigint {
  const magnitude = reader.takeInteger();
  requireValidKey(magnitude.byteLength <= maxBytes);
  return BigInt(`0x${Buffer.from(magnitude).toString('hex')}`);
}
