import { type FunctionName, functionNames } from '../drive/raw-calls.js';
import { answersAlways, type Defect, each, otherErrno } from './defect.js';

const closing = functionNames.filter((name) => name.endsWith('_close'));
const imports = functionNames.filter((name) => name.endsWith('key_import') || name.endsWith('pair_import'));
const symmetric = functionNames.filter((name) => name.startsWith('symmetric_state'));
const encrypting = symmetric.filter((name) => name.includes('crypt'));
const telling = encrypting.filter((name) => name !== 'symmetric_state_encrypt_detached');
const verifying: FunctionName[] = ['signature_verification_state_verify'];

/** Defects that let something pass which must not, or call an error by another name. */
export const wrongErrors = {
  'range-error-is-guest-error': otherErrno(functionNames, [12], 1),
  'wrong-error-of-closing': otherErrno(closing, [12, 14], 15),
  'close-does-nothing': answersAlways(closing, 0),
  'handle-kind-unchecked': otherErrno(functionNames, [15], 0),
  'wrong-error-of-encoding': otherErrno(functionNames, [5], 8),
  'long-digest': otherErrno(['symmetric_state_squeeze'], [9], 0),
  'hash-takes-key': otherErrno(['symmetric_key_import', 'symmetric_state_open'], [19], 0),
  'foreign-operation-succeeds': otherErrno(symmetric, [22], 0),
  'takes-key-of-another-algorithm': otherErrno(['symmetric_state_open'], [8], 0),
  'nonce-length-unchecked': otherErrno(['symmetric_state_open'], [24], 0),
  'any-tag-verifies': otherErrno(['symmetric_tag_verify'], [21], 0),
  'tag-pull-length': otherErrno(['symmetric_tag_pull'], [16], 0),
  'room-is-told-as-length': {
    calls: ({ right }) =>
      each(telling, (name) => (caller, ...args) => {
        const errno = right[name](caller, ...args);
        if (errno === 0) caller.memory.writeU32(args.at(-1) ?? 0, args[2] ?? 0);
        return errno;
      }),
  },
  'forgery-decrypts': otherErrno(encrypting, [21], 0),
  'output-length-unchecked': otherErrno(encrypting, [9], 0),
  'gcm-state-reuse': otherErrno(encrypting, [12], 0),
  'output-stays-open': otherErrno(['array_output_pull', 'array_output_len'], [15], 0),
  'key-size-unchecked': otherErrno(imports, [8], 0),
  'point-unchecked': otherErrno(['publickey_import'], [8], 0),
  'scalar-unchecked': otherErrno(['keypair_import'], [8], 0),
  'any-signature-verifies': otherErrno(verifying, [10, 13], 0),
  'signature-algorithm-unchecked': otherErrno(verifying, [13], 10),
  'raw-signature-length-unchecked': otherErrno(['signature_import'], [13], 0),
  'key-purpose-unchecked': otherErrno(['signature_state_open', 'kx_dh'], [8], 0),
  'small-order-agrees': otherErrno(['kx_dh'], [8], 0),
  'replace-forgets-versions': {
    calls: ({ right }) => ({
      symmetric_key_from_id: (caller, ...args) =>
        BigInt.asUintN(64, BigInt(args[3] ?? 0)) < 0xff00_0000_0000_0000n
          ? 26
          : right.symmetric_key_from_id(caller, ...args),
    }),
  },
  'invalidate-does-nothing': answersAlways(['secrets_manager_invalidate'], 0),
} as const satisfies Record<string, Defect>;
