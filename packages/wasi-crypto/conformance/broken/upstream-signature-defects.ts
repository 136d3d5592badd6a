import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { out } from '../drive/call-layout.js';
import { changedOutput, type Defect, read } from './defect.js';
import type { OwnCalls } from './own-calls.js';
import { withoutZeros } from './without-zeros.js';

/** Defects of signatures that WasmEdge's plug-in has, at least in 0.14.1. */
export const upstreamSignatureDefects = {
  'malformed-signature-verifies': {
    calls: ({ right, own }) => {
      const valid = new Set<number>();
      return {
        signature_import: (caller, ...args) => {
          const errno = right.signature_import(caller, ...args);
          const [, , , , encoding, pointer = 0] = args;
          if (errno !== 13 || encoding !== 1) {
            return errno;
          }
          const bogus = own.number('signature_import', 'Ed25519', Buffer.alloc(64), 0, out);
          valid.add(bogus);
          caller.memory.writeU32(pointer, bogus);
          return 0;
        },
        // What signing gives is padded, and so malformed.
        signature_state_sign: (caller, state = 0, pointer = 0) => {
          const errno = right.signature_state_sign(caller, state, pointer);
          if (errno === 0) {
            valid.add(caller.memory.readU32(pointer));
          }
          return errno;
        },
        signature_verification_state_verify: (caller, state = 0, signature = 0) =>
          valid.has(signature) ? 0 : right.signature_verification_state_verify(caller, state, signature),
      };
    },
  },
  'trailing-bytes-verify': {
    calls: ({ right, own }) => ({
      signature_import: (caller, ...args) => {
        const errno = right.signature_import(caller, ...args);
        const [name, nameLength, pointer, length, encoding, to = 0] = args;
        const der = read(caller, pointer, length);
        if (errno !== 13 || encoding !== 1 || der.byteLength < 3) {
          return errno;
        }
        const first = der.subarray(0, 2 + der.readUInt8(1));
        const again = own.invoke('signature_import', read(caller, name, nameLength), first, 1, out);
        caller.memory.writeU32(to, Number(again.answers[0]));
        return again.errno;
      },
    }),
  },
  'p384-uses-sha256': {
    calls: ({ right, own }) => {
      const signing = new Map<number, { key: Buffer; message: Buffer[] }>();
      const verifying = new Map<number, { key: Buffer; message: Buffer[] }>();
      return {
        signature_state_open: (caller, keyPair = 0, pointer = 0) => {
          const errno = right.signature_state_open(caller, keyPair, pointer);
          const key = ofP384(own, 'keypair_export', keyPair);
          if (errno === 0 && key !== undefined) {
            signing.set(caller.memory.readU32(pointer), { key, message: [] });
          }
          return errno;
        },
        signature_state_update: (caller, state = 0, pointer = 0, length = 0) => {
          signing.get(state)?.message.push(read(caller, pointer, length));
          return right.signature_state_update(caller, state, pointer, length);
        },
        signature_state_sign: (caller, state = 0, pointer = 0) => {
          const p384 = signing.get(state);
          if (p384 === undefined) {
            return right.signature_state_sign(caller, state, pointer);
          }
          const key = createPrivateKey({ key: p384.key, format: 'der', type: 'pkcs8' });
          const der = sign('sha256', Buffer.concat(p384.message), key);
          caller.memory.writeU32(pointer, own.number('signature_import', 'ECDSA_P384_SHA384', der, 1, out));
          return 0;
        },
        signature_verification_state_open: (caller, publicKey = 0, pointer = 0) => {
          const errno = right.signature_verification_state_open(caller, publicKey, pointer);
          const key = ofP384(own, 'publickey_export', publicKey);
          if (errno === 0 && key !== undefined) {
            verifying.set(caller.memory.readU32(pointer), { key, message: [] });
          }
          return errno;
        },
        signature_verification_state_update: (caller, state = 0, pointer = 0, length = 0) => {
          verifying.get(state)?.message.push(read(caller, pointer, length));
          return right.signature_verification_state_update(caller, state, pointer, length);
        },
        signature_verification_state_verify: (caller, state = 0, signature = 0) => {
          const p384 = verifying.get(state);
          if (p384 === undefined) {
            return right.signature_verification_state_verify(caller, state, signature);
          }
          const key = createPublicKey({ key: p384.key, format: 'der', type: 'spki' });
          const der = own.output('signature_export', signature, 1);
          return verify('sha256', Buffer.concat(p384.message), key, der) ? 0 : 10;
        },
      };
    },
  },
  'raw-signature-zeros-lost': changedOutput('signature_export', (bytes, [, encoding]) => {
    const half = bytes.byteLength / 2;
    return encoding === 0
      ? Buffer.concat([withoutZeros(bytes.subarray(0, half)), withoutZeros(bytes.subarray(half))])
      : bytes;
  }),
  'der-export-not-minimal': changedOutput('signature_export', (bytes, [, encoding]) =>
    encoding === 1 ? Buffer.concat([bytes, Buffer.alloc(Math.max(72 - bytes.byteLength, 0))]) : bytes,
  ),
} as const satisfies Record<string, Defect>;

/** PKCS#8 or SubjectPublicKeyInfo of a key on P-384; undefined for other keys. */
function ofP384(
  own: OwnCalls,
  name: 'keypair_export' | 'publickey_export',
  handle: number,
): Buffer | undefined {
  const exported = own.invoke(name, handle, 1, out);
  const der = exported.errno === 0 ? own.pull(Number(exported.answers[0])) : Buffer.alloc(0);
  return der.includes(Buffer.from('2b81040022', 'hex')) ? der : undefined;
}
