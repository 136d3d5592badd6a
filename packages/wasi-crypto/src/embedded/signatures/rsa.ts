import { Buffer } from 'node:buffer';
import { constants, type KeyObject, privateEncrypt, publicDecrypt, sign, verify } from 'node:crypto';
import type { RsaKeyRules } from '../asymmetric/rsa-keys.js';
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
export function rsa({ modulusBits, hash, padding }: RsaKeyRules): SignatureScheme {
  return {
    ...(padding === 'pkcs1' ? pkcs1(hash) : pss(hash)),
    importSignature(encoding, bytes) {
      requireRaw(encoding);
      return rawSignature(bytes, modulusBits / 8);
    },
    exportSignature(encoding, raw) {
      requireRaw(encoding);
      return Uint8Array.from(raw);
    },
  };
}

type Signer = Pick<SignatureScheme, 'digest' | 'sign' | 'verify'>;

/** RSASSA-PKCS1-v1_5. */
function pkcs1(hash: string): Signer {
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
        : opened(publicKey, signature)?.equals(digestInfo(content.digest)) === true;
    },
  };
}

/** What a signature says, or undefined when its padding is wrong. */
function opened(key: KeyObject, signature: Uint8Array): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    return undefined;
  }
}

/**
 * RSASSA-PSS with the algorithm's digest for the mask too. The salt is as long as the digest; in a signature that is verified it may have
 * any length. node:crypto takes no digest here, so the message is kept.
 */
function pss(hash: string): Signer {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return {
    digest: undefined,
    sign: (key, message) =>
      sign(hash, wholeOf(message), {
        key,
        padding,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }) as Uint8Array<ArrayBuffer>,
    verify: (key, message, signature) =>
      verify(hash, wholeOf(message), { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, signature),
  };
}

/** WasmEdge's plug-in answers not_implemented, and so does the specification: it has no DER of RSA signatures. */
function requireRaw(encoding: SignatureEncoding): void {
  if (encoding !== 'raw') {
    throw new CryptoError('not_implemented');
  }
}
