import { Buffer } from 'node:buffer';
import { algorithmTypes } from '../algorithm-type.js';
import type { ManagedKey, ManagedKeys } from '../managed/managed-key.js';
import { managedIdBytes } from '../managed/managed-key-store.js';

/** The kinds of managed keys, by their number in a file. */
const managedKinds = ['symmetric_key', 'keypair'] as const;

/** Managed keys as bytes, which the caller zeroes. Numbers are little-endian. */
export function encodeKeys(keys: ManagedKeys): Buffer {
  const parts: Uint8Array[] = [u32(keys.size)];
  for (const [id, key] of keys) {
    parts.push(Buffer.from(id, 'hex'), ...encodeKey(key));
  }
  return Buffer.concat(parts);
}

function encodeKey(key: ManagedKey): Uint8Array[] {
  const name = Buffer.from(key.algorithm);
  const kind = managedKinds.indexOf(key.kind);
  const parts: Uint8Array[] = [
    Uint8Array.of(kind, algorithmTypes.indexOf(key.type), name.byteLength),
    name,
    u64(key.nextVersion),
    u32(key.versions.size),
  ];
  for (const [version, secret] of key.versions) {
    parts.push(u64(version), u32(secret.byteLength), secret);
  }
  return parts;
}

/** What {@link encodeKeys} gave; throws a RangeError for other bytes. Copies what it keeps. */
export function decodeKeys(bytes: Buffer): ManagedKeys {
  let offset = 0;
  const take = (length: number) => {
    if (length > bytes.byteLength - offset) {
      throw new RangeError('The list of keys is truncated.');
    }
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  const keys = new Map<string, ManagedKey>();
  for (let left = take(4).readUInt32LE(); left > 0; left -= 1) {
    const id = take(managedIdBytes).toString('hex');
    const [kindNumber = 0, typeNumber = 0, nameLength = 0] = take(3);
    const kind = managedKinds[kindNumber];
    const type = algorithmTypes[typeNumber];
    if (kind === undefined || type === undefined) {
      throw new RangeError('The list of keys contains an unknown kind of key.');
    }
    const algorithm = take(nameLength).toString();
    const nextVersion = take(8).readBigUInt64LE();
    const versions = new Map<bigint, Uint8Array>();
    for (let more = take(4).readUInt32LE(); more > 0; more -= 1) {
      const version = take(8).readBigUInt64LE();
      versions.set(version, Uint8Array.from(take(take(4).readUInt32LE())));
    }
    keys.set(id, { kind, type, algorithm, nextVersion, versions });
  }
  return keys;
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
