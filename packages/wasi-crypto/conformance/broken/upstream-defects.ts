import { Buffer } from 'node:buffer';
import { out } from '../drive/call-layout.js';
import { answersAlways, changedOutput, type Defect, otherErrno, read, together } from './defect.js';
import { withoutZeros } from './without-zeros.js';

const failure = 12;

/** Defects that WasmEdge's plug-in has, at least in 0.14.1. */
export const upstreamDefects = {
  'p384-raw-sizes': {
    calls: ({ right }) => {
      const isP384 = (name: Buffer) => /p384/i.test(name.toString());
      return {
        keypair_import: (caller, ...args) =>
          isP384(read(caller, args[1], args[2])) && args[5] === 0 && args[4] !== 32
            ? 8
            : right.keypair_import(caller, ...args),
        secretkey_import: (caller, ...args) =>
          isP384(read(caller, args[1], args[2])) && args[5] === 0 && args[4] !== 32
            ? 8
            : right.secretkey_import(caller, ...args),
        signature_import: (caller, ...args) =>
          isP384(read(caller, args[0], args[1])) && args[4] === 0 && args[3] !== 64
            ? 13
            : right.signature_import(caller, ...args),
      };
    },
  },
  'scalar-leading-zeros-lost': together(
    ...(['keypair_export', 'secretkey_export'] as const).map((name) =>
      changedOutput(name, (bytes, [, encoding]) => (encoding === 0 ? leftAligned(bytes) : bytes)),
    ),
  ),
  'raw-secret-without-public': {
    calls: ({ right }) => {
      const withoutPublic = new Set<number>();
      const emptyPublic = new Set<number>();
      return {
        secretkey_import: (caller, ...args) => {
          const errno = right.secretkey_import(caller, ...args);
          if (errno === 0 && args[5] === 0) {
            withoutPublic.add(caller.memory.readU32(args[6] ?? 0));
          }
          return errno;
        },
        publickey_from_secretkey: (caller, secretKey = 0, pointer = 0) => {
          const errno = right.publickey_from_secretkey(caller, secretKey, pointer);
          if (errno === 0 && withoutPublic.has(secretKey)) {
            emptyPublic.add(caller.memory.readU32(pointer));
          }
          return errno;
        },
        publickey_export: (caller, publicKey = 0, ...args) =>
          emptyPublic.has(publicKey) ? failure : right.publickey_export(caller, publicKey, ...args),
        secretkey_export: (caller, secretKey = 0, encoding = 0, pointer = 0) =>
          encoding === 1 && withoutPublic.has(secretKey)
            ? failure
            : right.secretkey_export(caller, secretKey, encoding, pointer),
      };
    },
  },
  'output-closes-at-half': {
    calls: ({ right }) => {
      const positions = new Map<number, number>();
      const closed = new Set<number>();
      return {
        array_output_len: (caller, array = 0, pointer = 0) =>
          closed.has(array) ? 15 : right.array_output_len(caller, array, pointer),
        array_output_pull: (caller, array = 0, pointer = 0, length = 0, got = 0) => {
          if (closed.has(array)) {
            return 15;
          }
          right.array_output_len(caller, array, got);
          const total = caller.memory.readU32(got);
          const errno = right.array_output_pull(caller, array, pointer, length, got);
          if (errno === 0) {
            const pulled = caller.memory.readU32(got);
            const position = (positions.get(array) ?? 0) + pulled;
            positions.set(array, position);
            if (position + pulled === total) {
              closed.add(array);
            }
          }
          return errno;
        },
      };
    },
  },
  'tag-prefix-verifies': {
    calls: ({ right, own }) => ({
      symmetric_tag_verify: (caller, tag = 0, pointer = 0, length = 0) => {
        const errno = right.symmetric_tag_verify(caller, tag, pointer, length);
        if (errno !== 21) {
          return errno;
        }
        const whole = own.bytes(
          'symmetric_tag_pull',
          tag,
          { kind: 'room', length: own.number('symmetric_tag_len', tag, out) },
          out,
        );
        return whole.subarray(0, length).equals(read(caller, pointer, length)) ? 0 : errno;
      },
    }),
  },
  'detached-tag-length-unchecked': {
    calls: ({ right }) => ({
      symmetric_state_decrypt_detached: (caller, ...args) =>
        right.symmetric_state_decrypt_detached(caller, ...args.slice(0, 6), 16, ...args.slice(7)),
    }),
  },
  'chacha-state-reuse': {
    calls: ({ right }) => {
      const states = new Set<number>();
      return {
        symmetric_state_open: (caller, ...args) => {
          const errno = right.symmetric_state_open(caller, ...args);
          if (errno === 0 && /^chacha/i.test(read(caller, args[0], args[1]).toString())) {
            states.add(caller.memory.readU32(args[4] ?? 0));
          }
          return errno;
        },
        symmetric_state_encrypt: (caller, state = 0, ...args) => {
          const errno = right.symmetric_state_encrypt(caller, state, ...args);
          return errno === failure && states.has(state) ? 0 : errno;
        },
      };
    },
  },
  'options-refused-by-keypair-generate': {
    calls: ({ right }) => ({
      keypair_generate: (caller, ...args) =>
        read(caller, args[3], 1)[0] !== 1 ? 15 : right.keypair_generate(caller, ...args),
    }),
  },
  'clone-not-implemented': otherErrno(['symmetric_state_clone'], [0], 2),
  'verify-not-implemented': otherErrno(['publickey_verify'], [0, 8], 2),
  'pair-not-implemented': otherErrno(['keypair_from_pk_and_sk'], [0, 29], 2),
  'managed-not-implemented': answersAlways(
    ['secrets_manager_open', 'keypair_generate_managed', 'symmetric_key_generate_managed'],
    2,
  ),
  'unbounded-handles': { options: (options) => ({ ...options, maxHandles: 0xff_ffff }) },
  'unbounded-bytes': { options: (options) => ({ ...options, maxStoredBytes: 0xffff_ffff }) },
} as const satisfies Record<string, Defect>;

function leftAligned(bytes: Buffer): Buffer {
  const digits = withoutZeros(bytes);
  return Buffer.concat([digits, Buffer.alloc(bytes.byteLength - digits.byteLength)]);
}
