import { Buffer } from 'node:buffer';
import type { CallBuilder } from './call-builder.js';
import type { LiveObject, ObjectKind, Remembered } from './planned-call.js';
import type { Random } from './random.js';

/** What a plan knows of the objects that are alive. */
export interface Objects {
  /** A live object of the kind, made first where there is none; sometimes one of another kind, or none at all. */
  some(kind: ObjectKind, fits?: (object: LiveObject) => boolean, wanted?: string): LiveObject;
  /** Something that an earlier call told, or that is told first; undefined when that fails. */
  remembered(kind: Remembered['kind']): Remembered | undefined;
}

/** Collects the arguments of a call, making first what it needs. */
export type Plan = (call: CallBuilder, objects: Objects) => CallBuilder;

/** Whether a key is one of signatures. */
export const signs = ({ algorithm }: LiveObject) => /^(ECDSA|RSA|Ed)/.test(algorithm);

/** Bytes of some length. */
export function data(random: Random): Buffer {
  const length = random.pick([0, 1, 12, 16, 31, 32, 33, 64, 100, 300]);
  return Buffer.alloc(length, random.below(256));
}

/** The bytes of a sample, sometimes damaged. */
export function maybeDamaged(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.byteLength === 0 || !random.oneIn(4)) {
    return copy;
  }
  switch (random.below(4)) {
    case 0:
      return copy.subarray(0, random.below(copy.byteLength));
    case 1:
      return Buffer.concat([copy, data(random)]);
    case 2:
      return Buffer.alloc(copy.byteLength, random.pick([0, 255]));
    default: {
      const index = random.below(copy.byteLength);
      copy.writeUInt8(copy.readUInt8(index) ^ (1 << random.below(8)), index);
      return copy;
    }
  }
}

/** An export of an object of the kind. */
export function exported(kind: ObjectKind): Plan {
  return (call, objects) => {
    const object = objects.some(kind);
    const encoding = call.random.oneIn(4)
      ? call.random.below(7)
      : usualEncoding(kind, object.algorithm, call.random);
    return call.object(object).plain(encoding).gives('arrayOutput', '');
  };
}

function usualEncoding(kind: ObjectKind, algorithm: string, random: Random): number {
  if (algorithm.startsWith('RSA')) {
    return kind === 'signature' ? 0 : random.pick([1, 2]);
  }
  if (/^(ECDSA|P\d)/.test(algorithm)) {
    return kind === 'publicKey'
      ? random.pick([1, 2, 3])
      : random.pick(kind === 'signature' ? [0, 1] : [0, 1, 2]);
  }
  return 0;
}

/** The end of an object of the kind. */
export function closed(kind: ObjectKind): Plan {
  return (call, objects) => call.closing(kind, objects.some(kind));
}

/** More bytes for a state of the kind. */
export function update(kind: ObjectKind): Plan {
  return (call, objects) => call.object(objects.some(kind)).bytes(data(call.random));
}

/** Options, now and then. */
export function optionalOptions(call: CallBuilder, objects: Objects): LiveObject | undefined {
  return call.random.oneIn(5) ? objects.some('options') : undefined;
}

/** A version of a managed key. */
export function version(random: Random): bigint {
  return BigInt.asIntN(64, random.pick([0xff00_0000_0000_0001n, 1n, 2n, 0n, 0xff00_0000_0000_0002n]));
}

/** An identifier of a managed key that was told before, or something of its size. */
export function identifier(
  call: CallBuilder,
  objects: Objects,
  kind: 'keyPairId' | 'symmetricKeyId',
): Buffer {
  const told = call.random.oneIn(6) ? undefined : objects.remembered(kind);
  return told?.bytes ?? Buffer.alloc(16, call.random.below(4));
}

/** A new version of a managed key. */
export function replaced(kind: 'keyPair' | 'symmetricKey'): Plan {
  return (call, objects) => {
    objects.remembered(`${kind}Id`);
    const old = objects.some(kind, ({ marked }) => marked === true);
    const fits = ({ algorithm, marked }: LiveObject) => algorithm === old.algorithm && marked !== true;
    return call
      .object(objects.some('secretsManager'))
      .object(old)
      .object(objects.some(kind, fits, old.algorithm))
      .number(8);
  };
}
