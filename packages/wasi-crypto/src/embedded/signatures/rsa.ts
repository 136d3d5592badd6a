import { Buffer } from 'node:buffer';
import {
  constants,
  createHash,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  sign,
  verify,
} from 'node:crypto';
import { digestBytes, publicNumbers, type RsaKeyRules, unmarkedKey } from '../asymmetric/rsa-keys.js';
import { CryptoError } from '../crypto-error.js';
import { wholeOf } from './message.js';
import { rawSignature } from './raw-signature.js';
import type { SignatureEncoding } from './signature-encoding.js';
import type { SignatureScheme } from './signature-scheme.js';

/** DigestInfo up to the digest (RFC 8017, section 9.2, note 1). */
const digestInfoPrefixes: Readonly<Record<string, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

/** RSA signatures. They have no DER form: a signature is one number. */
export function rsa(rules: RsaKeyRules): SignatureScheme {
  return {
    ...(rules.padding === 'pkcs1' ? pkcs1(rules) : pss(rules)),
    importSignature(encoding, bytes) {
      requireRaw(encoding);
      return rawSignature(bytes, rules.modulusBits / 8);
    },
    exportSignature(encoding, raw) {
      requireRaw(encoding);
      return new Uint8Array(raw);
    },
  };
}

type Signer = Pick<SignatureScheme, 'digest' | 'sign' | 'verify'>;

/** RSASSA-PKCS1-v1_5. */
function pkcs1({ modulusBits, hash }: RsaKeyRules): Signer {
  const padding = constants.RSA_PKCS1_PADDING;
  const digestInfo = (digest: Uint8Array) => Buffer.concat([digestInfoPrefixes[hash] as Buffer, digest]);
  return {
    digest: hash,
    sign(privateKey, { content }) {
      const key = { key: privateKey, padding };
      return ('whole' in content
        ? sign(hash, content.whole, key)
        : privateEncrypt(key, digestInfo(content.digest))) as Buffer as Uint8Array<ArrayBuffer>;
    },
    verify(publicKey, { content }, signature) {
      return 'whole' in content
        ? verify(hash, content.whole, { key: publicKey, padding }, signature)
        : opened(publicKey, signature)?.equals(paddedTo(modulusBits / 8, digestInfo(content.digest))) ===
            true;
    },
  };
}

/** EMSA-PKCS1-v1_5 (RFC 8017, section 9.2). */
function paddedTo(byteLength: number, digestInfo: Uint8Array): Buffer {
  const filling = Buffer.alloc(byteLength - digestInfo.byteLength - 3, 0xff);
  return Buffer.concat([Buffer.of(0, 1), filling, Buffer.of(0), digestInfo]);
}

/** What a signature says (RSAVP1, RFC 8017, section 5.2.2), or undefined for a number that is not below the modulus. */
function opened(key: KeyObject, signature: Uint8Array): Buffer | undefined {
  if (BigInt(`0x${Buffer.from(signature).toString('hex')}`) >= publicNumbers(key).modulus) {
    return undefined;
  }
  return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
}

/**
 * RSASSA-PSS with the algorithm's digest for the mask too. The salt is as long as the digest; in a signature that is verified it may have
 * any length that the key allows. node:crypto takes no digest here, so the message is kept.
 */
function pss({ modulusBits, hash }: RsaKeyRules): Signer {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return {
    digest: undefined,
    sign: (key, message) =>
      sign(hash, wholeOf(message), {
        key,
        padding,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }) as Uint8Array<ArrayBuffer>,
    verify(publicKey, message, signature) {
      // OpenSSL 3.0 finds no length of the salt by itself for a key that says how long it is at least.
      const { saltLength: shortestSalt } = publicKey.asymmetricKeyDetails ?? {};
      const key = shortestSalt === undefined ? publicKey : unmarkedKey(publicKey);
      return (
        verify(
          hash,
          wholeOf(message),
          { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
          signature,
        ) &&
        (shortestSalt === undefined || saltBytesOf(key, signature, hash, modulusBits / 8) >= shortestSalt)
      );
    },
  };
}

/** How long the salt of a valid signature is (EMSA-PSS-VERIFY, RFC 8017, section 9.1.2, steps 5 to 10). */
function saltBytesOf(key: KeyObject, signature: Uint8Array, hash: string, modulusBytes: number): number {
  const encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  const maskedBytes = modulusBytes - digestBytes(hash) - 1;
  const seed = encoded.subarray(maskedBytes, -1);
  const mask = Buffer.concat(
    Array.from({ length: Math.ceil(maskedBytes / digestBytes(hash)) }, (_value, counter) =>
      createHash(hash)
        .update(seed)
        .update(Buffer.of(0, 0, 0, counter))
        .digest(),
    ),
  );
  // The first bit is not used; zeros, a one, and the salt follow.
  const start = mask.findIndex((byte, index) => {
    const opened = byte ^ (encoded[index] ?? 0);
    return (index === 0 ? opened & 0x7f : opened) === 1;
  });
  return maskedBytes - start - 1;
}

function requireRaw(encoding: SignatureEncoding): void {
  if (encoding !== 'raw') {
    throw new CryptoError('unsupported_encoding');
  }
}
