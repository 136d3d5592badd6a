import { createHash, verify } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { NativePluginUnverifiedError } from '../errors/native-plugin-errors.js';
import { readPluginFile } from '../plugin-file/inspect-plugin-file.js';
import { readTrust, type Trust } from './trust.js';
import type { NativePluginTrust } from './trust-options.js';

/** How the file of a plug-in was verified: by a pin (`nativePlugins.sha256`), by the lock file, or by a signature. */
export type VerificationMethod = 'pin' | 'lock file' | 'signature';

/** What vouches for a file. */
export interface PluginVerification {
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** What vouches for the file; empty when nothing does, and that is allowed. */
  readonly verifiedBy: readonly VerificationMethod[];
}

const signatureLength = 64;
const maxSignatureBytes = 1024;

/**
 * Verifies the file of a plug-in as a runtime would before it loads it.
 *
 * @param name the plug-in's WasmEdge name, by which it is pinned; `undefined` for any.
 * @throws {NativePluginUnverifiedError} when it is not to be trusted.
 * @throws {NativePluginNotFoundError} when it cannot be read.
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @throws {PluginLockError} when the lock file cannot be read.
 */
export function verifyPluginFile(
  name: string | undefined,
  path: string,
  options: NativePluginTrust,
): PluginVerification {
  const trust = readTrust(options);
  return verifyPluginBytes(name, path, readPluginFile(path), trust);
}

/** {@link verifyPluginFile} for bytes that have already been read: the verified bytes are the ones that are used. */
export function verifyPluginBytes(
  name: string | undefined,
  path: string,
  bytes: Uint8Array,
  trust: Trust,
): PluginVerification {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const verifiedBy = [
    checkPins(name, path, sha256, trust),
    checkSignature(path, bytes, sha256, trust),
  ].filter((entry) => entry !== undefined);
  if (verifiedBy.length === 0 && trust.unverified === 'refuse') {
    throw new NativePluginUnverifiedError(
      `The native plug-in ${path} was not loaded: nothing vouches for it, and this runtime refuses unverified plug-ins. Its SHA-256 is ${sha256}; if you trust the file, pin it with nativePlugins.sha256, write it to the lock file with wasmedge-plugins lock, or sign it.`,
      { reason: 'unknown', sha256 },
    );
  }
  return { sha256, verifiedBy };
}

function checkPins(
  name: string | undefined,
  path: string,
  sha256: string,
  { pins }: Trust,
): 'pin' | 'lock file' | undefined {
  const sums = name === undefined ? allSums(pins) : pins.get(name);
  if (sums === undefined) {
    return undefined;
  }
  const source = sums.get(sha256);
  if (source === undefined && name !== undefined) {
    const [wanted, from] = [...sums][0] ?? ['', 'pin'];
    throw new NativePluginUnverifiedError(
      `The native plug-in ${path} was not loaded: its SHA-256 is ${sha256}, but the ${from} of ${name} says ${wanted}${sums.size > 1 ? ` or one of ${sums.size - 1} more` : ''}. The file was changed, or is another version; get the right one, or correct the ${from} if you trust this one.`,
      { reason: 'hash', sha256 },
    );
  }
  return source;
}

function allSums(pins: Trust['pins']): ReadonlyMap<string, 'pin' | 'lock file'> {
  return new Map([...pins.values()].flatMap((sums) => [...sums]));
}

function checkSignature(
  path: string,
  bytes: Uint8Array,
  sha256: string,
  { keys }: Trust,
): 'signature' | undefined {
  const signature = keys.length === 0 ? undefined : readSignature(`${path}.sig`);
  if (signature === undefined) {
    return undefined;
  }
  if (signature.byteLength === signatureLength && keys.some((key) => verify(null, bytes, key, signature))) {
    return 'signature';
  }
  throw new NativePluginUnverifiedError(
    `The native plug-in ${path} was not loaded: ${path}.sig is not a signature of it by one of the ${keys.length} keys in nativePlugins.publicKeys. The file was changed after it was signed, another key signed it, or it is not an Ed25519 signature (64 bytes, raw or in Base64).`,
    { reason: 'signature', sha256 },
  );
}

function readSignature(path: string): Uint8Array | undefined {
  const content = readSmallFile(path);
  if (content === undefined) {
    return undefined;
  }
  if (content.byteLength === signatureLength) {
    return content;
  }
  const text = content.toString('latin1').trim();
  return /^[A-Za-z0-9+/]{86}==$/.test(text) ? Buffer.from(text, 'base64') : content;
}

/** The bytes of a file that can be a signature; none for one that cannot, or that cannot be read; `undefined` if there is no file. */
function readSmallFile(path: string): Buffer | undefined {
  try {
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind === undefined) {
      return undefined;
    }
    // Anything other than a small file is not a signature, and is not read.
    return kind.isFile() && kind.size <= maxSignatureBytes ? readFileSync(path) : Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}
