import type { AlgorithmType } from '../algorithm-type.js';
import { CryptoError } from '../crypto-error.js';
import { diffieHellmanExchange } from '../kx/diffie-hellman.js';
import { mlKem768Exchange } from '../kx/ml-kem.js';
import { ecdsa } from '../signatures/ecdsa.js';
import { ed25519Scheme } from '../signatures/ed25519.js';
import { rsa } from '../signatures/rsa.js';
import type {
  AsymmetricAlgorithm,
  KeyExchangeAlgorithm,
  SignatureAlgorithm,
} from './asymmetric-algorithm.js';
import { ed25519Keys } from './ed25519-keys.js';
import { type EllipticCurve, k256, p256, p384 } from './elliptic-curve.js';
import { ellipticCurveKeys } from './elliptic-curve-keys.js';
import { mlKem768Keys } from './ml-kem-keys.js';
import { type RsaKeyRules, rsaKeys } from './rsa-keys.js';
import { x25519Keys } from './x25519-keys.js';

const rsaSizes = [
  { modulusBits: 2048, hash: 'sha256' },
  { modulusBits: 2048, hash: 'sha384' },
  { modulusBits: 2048, hash: 'sha512' },
  { modulusBits: 3072, hash: 'sha384' },
  { modulusBits: 3072, hash: 'sha512' },
  { modulusBits: 4096, hash: 'sha512' },
] as const;

const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  ecdsaAlgorithm('ECDSA_P256_SHA256', p256, 'sha256'),
  ecdsaAlgorithm('ECDSA_K256_SHA256', k256, 'sha256'),
  ecdsaAlgorithm('ECDSA_P384_SHA384', p384, 'sha384'),
  { type: 'signatures', name: 'Ed25519', keys: ed25519Keys, scheme: ed25519Scheme },
  ...rsaSizes.flatMap((size) => [
    rsaAlgorithm({ ...size, padding: 'pkcs1' }),
    rsaAlgorithm({ ...size, padding: 'pss' }),
  ]),
];

const keyExchangeAlgorithms: readonly KeyExchangeAlgorithm[] = [
  {
    type: 'key_exchange',
    name: 'X25519',
    keys: x25519Keys,
    exchange: diffieHellmanExchange('X25519', x25519Keys),
  },
  curveAlgorithm('P256-SHA256', p256),
  curveAlgorithm('P384-SHA384', p384),
  { type: 'key_exchange', name: 'ML-KEM-768', keys: mlKem768Keys, exchange: mlKem768Exchange },
];

const byType = {
  signatures: byLowerCaseName(signatureAlgorithms),
  key_exchange: byLowerCaseName(keyExchangeAlgorithms),
};

/** The algorithm of a name in lower case; throws unsupported_algorithm when the type has none of that name. Symmetric ones have no key pairs. */
export function findAlgorithm(type: AlgorithmType, lowerCaseName: string): AsymmetricAlgorithm {
  return found(type === 'symmetric' ? undefined : byType[type].get(lowerCaseName));
}

/** The signature algorithm of a name in lower case; throws unsupported_algorithm. */
export function findSignatureAlgorithm(lowerCaseName: string): SignatureAlgorithm {
  return found(byType.signatures.get(lowerCaseName));
}

function found<Algorithm>(algorithm: Algorithm | undefined): Algorithm {
  if (algorithm === undefined) {
    throw new CryptoError('unsupported_algorithm');
  }
  return algorithm;
}

function byLowerCaseName<Algorithm extends AsymmetricAlgorithm>(
  algorithms: readonly Algorithm[],
): ReadonlyMap<string, Algorithm> {
  return new Map(algorithms.map((algorithm) => [algorithm.name.toLowerCase(), algorithm]));
}

function ecdsaAlgorithm(name: string, curve: EllipticCurve, hash: 'sha256' | 'sha384'): SignatureAlgorithm {
  return { type: 'signatures', name, keys: ellipticCurveKeys(curve), scheme: ecdsa(curve, hash) };
}

function rsaAlgorithm(rules: RsaKeyRules): SignatureAlgorithm {
  const name = `RSA_${rules.padding.toUpperCase()}_${rules.modulusBits}_${rules.hash.toUpperCase()}`;
  return { type: 'signatures', name, keys: rsaKeys(rules), scheme: rsa(rules) };
}

function curveAlgorithm(name: 'P256-SHA256' | 'P384-SHA384', curve: EllipticCurve): KeyExchangeAlgorithm {
  const keys = ellipticCurveKeys(curve);
  return { type: 'key_exchange', name, keys, exchange: diffieHellmanExchange(name, keys) };
}
