import { out } from '../drive/call-layout.js';
import { functionNames } from '../drive/raw-calls.js';
import { type Defect, each, otherErrno, read } from './defect.js';

const closing = functionNames.filter((name) => name.endsWith('_close'));
const encrypting = functionNames.filter((name) => name.includes('crypt'));

/** Answers of WasmEdge's plug-in where the specification has another error code, or none. */
export const upstreamErrors = {
  'closing-keys-again-is-failure': otherErrno(['keypair_close', 'secretkey_close'], [14], 12),
  'unassigned-handle-is-closed': otherErrno(closing, [15], 14),
  'pulled-tag-stays-open': {
    calls: ({ right, own }) => ({
      symmetric_tag_pull: (caller, tag = 0, ...args) => {
        const errno = right.symmetric_tag_pull(caller, tag, ...args);
        if (errno === 0) {
          // A handle that nobody closes takes the place of the one that should have stayed.
          own.number('options_open', 1, out);
        }
        return errno;
      },
    }),
  },
  'small-room-is-invalid-length': otherErrno(encrypting, [16], 9),
  'large-room-is-invalid-length': {
    calls: ({ right }) =>
      each(['symmetric_tag_pull', ...encrypting], (name) => (caller, ...args) => {
        const errno = right[name](caller, ...args);
        const written = name.endsWith('encrypt_detached') ? args[4] : caller.memory.readU32(args.at(-1) ?? 0);
        return errno === 0 && written !== args[2] ? 9 : errno;
      }),
  },
  'unequal-lengths-come-first': {
    calls: ({ right }) => ({
      symmetric_state_encrypt_detached: (caller, ...args) =>
        args[2] === args[4] ? right.symmetric_state_encrypt_detached(caller, ...args) : 9,
    }),
  },
  'no-nonce-is-invalid-nonce': otherErrno(['symmetric_state_open'], [23], 24),
  'cipher-key-of-any-size': otherErrno(['symmetric_key_import'], [8], 0),
  'hash-key-is-not-supported': otherErrno(['symmetric_key_generate'], [3], 19),
  'squeezed-key-is-unsupported': otherErrno(['symmetric_state_squeeze_key'], [22], 6),
  'long-expansion': otherErrno(['symmetric_state_squeeze'], [9], 8),
  'extract-needs-salt': {
    calls: ({ right }) => {
      const salted = new Set<number>();
      return {
        symmetric_state_absorb: (caller, state = 0, pointer = 0, length = 0) => {
          if (length > 0) {
            salted.add(state);
          }
          return right.symmetric_state_absorb(caller, state, pointer, length);
        },
        symmetric_state_squeeze_key: (caller, state = 0, ...args) =>
          salted.has(state) ? right.symmetric_state_squeeze_key(caller, state, ...args) : 12,
      };
    },
  },
  'told-options-case-sensitive': {
    calls: ({ right }) => ({
      symmetric_state_options_get: (caller, state = 0, ...args) =>
        /[A-Z]/.test(read(caller, args[0], args[1]).toString())
          ? 7
          : right.symmetric_state_options_get(caller, state, ...args),
    }),
  },
  'too-much-is-failure': otherErrno(
    ['symmetric_state_absorb', 'signature_state_update', 'signature_verification_state_update'],
    [16],
    12,
  ),
  'unstored-key-is-failure': otherErrno(['symmetric_key_store_managed'], [16], 12),
  'encoding-of-pair-is-failure': otherErrno(['keypair_import'], [5], 12),
  'symmetric-pair-is-invalid-operation': otherErrno(['keypair_generate', 'publickey_import'], [6], 22),
  'other-algorithms-pair-is-invalid-key': otherErrno(['keypair_from_pk_and_sk'], [29], 8),
  'other-algorithms-agree-as-invalid-key': otherErrno(['kx_dh'], [29], 8),
  'key-purpose-is-invalid-handle': otherErrno(
    [
      'signature_state_open',
      'signature_verification_state_open',
      'kx_dh',
      'kx_encapsulate',
      'kx_decapsulate',
    ],
    [8],
    15,
  ),
  'encapsulated-length-is-invalid-length': otherErrno(['kx_decapsulate'], [10], 9),
  'rsa-der-is-not-implemented': otherErrno(['signature_import', 'signature_export'], [5], 2),
  'secret-key-without-sec': {
    calls: ({ right }) => ({
      secretkey_import: (caller, ...args) => (args[5] === 3 ? 5 : right.secretkey_import(caller, ...args)),
      secretkey_export: (caller, ...args) => (args[1] === 3 ? 5 : right.secretkey_export(caller, ...args)),
    }),
  },
  'form-of-point-unchecked': otherErrno(['publickey_verify'], [8], 0),
} as const satisfies Record<string, Defect>;
