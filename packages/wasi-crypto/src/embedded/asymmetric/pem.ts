import { Buffer } from 'node:buffer';
import { requireValidKey } from './invalid-key.js';

const marker = '-----';

/**
 * The DER bytes of the one PEM block (RFC 7468) whose label is on the list. Text and other blocks around it are allowed, as OpenSSL
 * writes them; headers inside, which an encrypted key has, are not. Every byte is looked at a fixed number of times. Throws invalid_key.
 */
export function derOfPem(pem: Uint8Array, labels: readonly string[]): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(pem.buffer, pem.byteOffset, pem.byteLength).toString('latin1');
  const found = labels.flatMap((label) => {
    const begin = `${marker}BEGIN ${label}${marker}`;
    const at = text.indexOf(begin);
    return at === -1 ? [] : [{ label, begin, at }];
  });
  const [block] = found;
  requireValidKey(block !== undefined && found.length === 1);
  const start = block.at + block.begin.length;
  requireValidKey(text.indexOf(block.begin, start) === -1);
  const end = text.indexOf(`${marker}END ${block.label}${marker}`, start);
  requireValidKey(end !== -1);
  return bytesOfBase64(text.slice(start, end));
}

/** Base64 (RFC 4648, section 4) with white space anywhere. */
function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/\s/g, '');
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  requireValidKey(digits.length % 4 === 0 && digits.length > 0);
  requireValidKey(!/[^A-Za-z0-9+/]/.test(digits.slice(0, digits.length - padding)));
  const decoded = Buffer.from(digits, 'base64');
  const der = Uint8Array.from(decoded);
  decoded.fill(0);
  return der;
}
