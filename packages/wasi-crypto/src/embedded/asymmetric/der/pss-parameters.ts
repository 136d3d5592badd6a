import { requireValidKey } from '../invalid-key.js';
import { contextTag, DerReader, derTag } from './der-reader.js';
import { type KeyAlgorithm, readAlgorithm, requireNumber } from './key-structures.js';

/** The object identifiers of hash functions (RFC 8017, appendix B.1) and of the mask function (A.2.1), in hexadecimal digits. */
const hashIdentifiers: Readonly<Record<string, string>> = {
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
};
const mgf1 = '2a864886f70d010108';

/**
 * Checks what a key for RSA-PSS says of its signatures (RSASSA-PSS-params, RFC 8017, appendix A.2.3), which may be nothing: digest and
 * mask must be those of `hash`, and the shortest salt not longer than the one of `saltBytes` that new signatures get (RFC 4055,
 * section 3.3). Where a value is left out, the default is SHA-1, which no algorithm has. Throws invalid_key.
 */
export function checkPssParameters(parameters: Uint8Array, hash: string, saltBytes: number): void {
  if (parameters.byteLength === 0) {
    return;
  }
  const outer = new DerReader(parameters);
  const reader = outer.enter(derTag.sequence);
  outer.end();
  requireHash(readField(reader, 0, readAlgorithm), hash);
  const mask = readField(reader, 1, readAlgorithm);
  requireValidKey(mask.identifier === mgf1);
  requireHash(readAlgorithm(new DerReader(mask.parameters)), hash);
  // Without a length the salt has 20 bytes, fewer than any digest here.
  if (reader.has(contextTag(2))) {
    const [salt = 0, more] = readField(reader, 2, (field) => field.takeInteger());
    requireValidKey(more === undefined && salt <= saltBytes);
  }
  if (reader.has(contextTag(3))) {
    requireNumber(
      readField(reader, 3, (field) => field.takeInteger()),
      1,
    );
  }
  reader.end();
}

function readField<Result>(reader: DerReader, number: number, read: (field: DerReader) => Result): Result {
  const field = reader.enter(contextTag(number));
  const result = read(field);
  field.end();
  return result;
}

/** The parameters of a hash function are NULL or nothing (RFC 4055, section 2.1). */
function requireHash({ identifier, parameters }: KeyAlgorithm, hash: string): void {
  requireValidKey(identifier === hashIdentifiers[hash]);
  requireValidKey(
    parameters.byteLength === 0 ||
      (parameters.byteLength === 2 && parameters[0] === derTag.null && parameters[1] === 0),
  );
}
