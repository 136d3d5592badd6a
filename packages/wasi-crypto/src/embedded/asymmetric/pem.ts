import { Buffer } from 'node:buffer';
import { CryptoError } from '../crypto-error.js';

const marker = '-----';

/**
 * The DER bytes of the one PEM block (RFC 7468) whose label is on the list. Text and other blocks around it are allowed, as OpenSSL
 * writes them; headers inside, which an encrypted key has, are not. Throws invalid_key.
 */
export function derOfPem(pem: Uint8Array, labels: readonly string[]): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(pem.buffer, pem.byteOffset, pem.byteLength).toString('latin1');
  const blocks = labels.flatMap((label) => blocksOf(text, label));
  const [block] = blocks;
  if (block === undefined || blocks.length > 1 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(block)) {
    throw new CryptoError('invalid_key');
  }
  return Uint8Array.from(Buffer.from(block, 'base64'));
}

function blocksOf(text: string, label: string): string[] {
  return text
    .split(`${marker}BEGIN ${label}${marker}`)
    .slice(1)
    .map((rest) => {
      const end = rest.indexOf(`${marker}END ${label}${marker}`);
      return end === -1 ? '' : rest.slice(0, end);
    });
}
