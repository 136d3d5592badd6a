import { Buffer } from 'node:buffer';
import { X509Certificate } from 'node:crypto';
import { InvalidArgumentError, type OptionReading, readBoundedFile } from '@wasmedge-plugins/core';

/** The authorities of a whole system take less than a tenth of it. */
const maxCertificateBytes = 2 ** 23;

/**
 * The option `ca` as texts in PEM.
 *
 * @throws {InvalidArgumentError} when one has no certificate, or a broken one.
 */
export function readCertificates(
  given: string | Uint8Array | readonly (string | Uint8Array)[] | undefined,
  refusal: OptionReading['refusal'],
): readonly string[] {
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const texts = list.map((entry) => (entry instanceof Uint8Array ? Buffer.from(entry).toString() : entry));
  if (texts.every((text) => typeof text === 'string' && hasGoodCertificates(text))) return texts;
  throw refusal('certificates in PEM');
}

/**
 * The text of a file that the command line names.
 *
 * @throws {InvalidArgumentError} when the file cannot be read.
 */
export function readCertificateFile(file: unknown): string {
  try {
    return readBoundedFile(String(file), { maxBytes: maxCertificateBytes }).toString();
  } catch (cause) {
    throw new InvalidArgumentError(
      `--ca names the file ${file}, which cannot be read: ${(cause as Error).message}. Correct the path.`,
      { cause },
    );
  }
}

function hasGoodCertificates(text: string): boolean {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}
