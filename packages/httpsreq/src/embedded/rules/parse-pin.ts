import { Buffer } from 'node:buffer';
import { InvalidArgumentError } from '@wasmedge-plugins/core';

/**
 * A digest in hexadecimal, from `sha256/` and base64, as the header Public-Key-Pins has it (curl doubles the slash), or from hexadecimal digits.
 *
 * @throws {InvalidArgumentError} when it is neither.
 */
export function parsePin(text: string): string {
  const hex = text.replaceAll(':', '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) {
    return hex;
  }
  const [, base64] = /^sha256\/\/?([A-Za-z0-9+/]{43}=?)$/.exec(text) ?? [];
  if (base64 === undefined) {
    throw new InvalidArgumentError(
      `pins has the entry ${JSON.stringify(text)}, which is not a SHA-256 digest; write 'sha256/' and 44 characters of base64, or 64 hexadecimal digits.`,
    );
  }
  return Buffer.from(base64, 'base64').toString('hex');
}
