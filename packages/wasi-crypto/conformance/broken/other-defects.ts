import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { out, room } from '../drive/call-layout.js';
import { functionNames } from '../drive/raw-calls.js';
import { changedOutput, type Defect, each, read } from './defect.js';

const canonicalNames = /^([A-Z0-9_/-]+|Ed25519)$/;

/** Further defects that a plug-in could have. */
export const otherDefects = {
  'guests-alike': {
    calls: ({ right }) => {
      const everybody = {};
      return each(functionNames, (name) => (caller, ...args) => {
        const { hasMemory } = caller;
        return right[name](
          {
            hasMemory,
            instance: everybody,
            get memory() {
              return caller.memory;
            },
          },
          ...args,
        );
      });
    },
  },
  'last-byte-not-absorbed': {
    calls: ({ right }) => ({
      symmetric_state_absorb: (caller, state = 0, pointer = 0, length = 0) =>
        right.symmetric_state_absorb(caller, state, pointer, Math.max(length - 1, 0)),
    }),
  },
  'info-parts-lost': {
    calls: ({ right }) => {
      const absorbed = new Set<number>();
      return {
        symmetric_state_absorb: (caller, state = 0, ...args) => {
          const isFirst = !absorbed.has(state);
          absorbed.add(state);
          return isFirst ? right.symmetric_state_absorb(caller, state, ...args) : 0;
        },
      };
    },
  },
  'squeeze-consumes-hash': {
    calls: ({ right }) => {
      const squeezed = new Set<number>();
      return {
        symmetric_state_squeeze: (caller, state = 0, ...args) => {
          const isFirst = !squeezed.has(state);
          squeezed.add(state);
          return isFirst ? right.symmetric_state_squeeze(caller, state, ...args) : 12;
        },
      };
    },
  },
  'sign-consumes-state': {
    calls: ({ right }) => {
      const signed = new Set<number>();
      return {
        signature_state_sign: (caller, state = 0, ...args) => {
          const isFirst = !signed.has(state);
          signed.add(state);
          return isFirst ? right.signature_state_sign(caller, state, ...args) : 12;
        },
      };
    },
  },
  'first-part-only': {
    calls: ({ right }) => {
      const updated = new Set<number>();
      return {
        signature_state_update: (caller, state = 0, ...args) => {
          const isFirst = !updated.has(state);
          updated.add(state);
          return isFirst ? right.signature_state_update(caller, state, ...args) : 0;
        },
      };
    },
  },
  'clone-shares-state': {
    calls: ({ right }) => ({
      symmetric_state_clone: (caller, state = 0, pointer = 0) => {
        const errno = right.symmetric_state_clone(caller, state, pointer);
        if (errno === 0) {
          caller.memory.writeU32(pointer, state);
        }
        return errno;
      },
    }),
  },
  'forgery-leaves-plaintext': {
    calls: ({ right }) => ({
      symmetric_state_decrypt: (caller, ...args) => {
        const errno = right.symmetric_state_decrypt(caller, ...args);
        if (errno === 21) {
          caller.memory.write(args[1] ?? 0, new Uint8Array(args[2] ?? 0).fill(0x41));
        }
        return errno;
      },
    }),
  },
  'names-case-sensitive': {
    calls: ({ right }) => ({
      keypair_generate: (caller, ...args) =>
        canonicalNames.test(read(caller, args[1], args[2]).toString())
          ? right.keypair_generate(caller, ...args)
          : 6,
    }),
  },
  'options-case-sensitive': {
    calls: ({ right }) => ({
      options_set: (caller, ...args) =>
        /[A-Z]/.test(read(caller, args[1], args[2]).toString()) ? 7 : right.options_set(caller, ...args),
    }),
  },
  'options-keep-first-value': {
    calls: ({ right }) => {
      const set = new Set<string>();
      return {
        options_set: (caller, options = 0, ...args) => {
          const key = `${options} ${read(caller, args[0], args[1])}`;
          const isFirst = !set.has(key);
          set.add(key);
          return isFirst ? right.options_set(caller, options, ...args) : 0;
        },
      };
    },
  },
  'handles-count-together': renumberedOptions((handle) => handle + 0x500),
  'handles-are-reused': renumberedOptions(() => 0x101),
  'output-length-is-remainder': {
    calls: ({ right }) => {
      const pulled = new Map<number, number>();
      return {
        array_output_len: (caller, array = 0, pointer = 0) => {
          const errno = right.array_output_len(caller, array, pointer);
          if (errno === 0) {
            caller.memory.writeU32(pointer, caller.memory.readU32(pointer) - (pulled.get(array) ?? 0));
          }
          return errno;
        },
        array_output_pull: (caller, array = 0, pointer = 0, length = 0, got = 0) => {
          const errno = right.array_output_pull(caller, array, pointer, length, got);
          if (errno === 0) {
            pulled.set(array, (pulled.get(array) ?? 0) + caller.memory.readU32(got));
          }
          return errno;
        },
      };
    },
  },
  'failed-pull-consumes': {
    calls: ({ right, own }) => ({
      array_output_pull: (caller, array = 0, ...args) => {
        const errno = right.array_output_pull(caller, array, ...args);
        if (errno === 12) {
          own.invoke('array_output_pull', array, room(8), out);
        }
        return errno;
      },
    }),
  },
  'swaps-halves-of-pair': changedOutput('keypair_export', (bytes, [, encoding]) =>
    encoding === 0 ? Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]) : bytes,
  ),
  'swapped-functions': {
    calls: ({ right }) => ({
      keypair_publickey: right.keypair_secretkey,
      keypair_secretkey: right.keypair_publickey,
    }),
  },
  'secret-is-hashed': changedOutput('kx_dh', (bytes) => createHash('sha256').update(bytes).digest()),
} as const satisfies Record<string, Defect>;

/** Options have other handles for the guest than they have. */
function renumberedOptions(renumber: (handle: number) => number): Defect {
  return {
    calls: ({ right }) => {
      const handles = new Map<number, number>();
      return {
        options_open: (caller, type = 0, pointer = 0) => {
          const errno = right.options_open(caller, type, pointer);
          if (errno === 0) {
            const handle = caller.memory.readU32(pointer);
            handles.set(renumber(handle), handle);
            caller.memory.writeU32(pointer, renumber(handle));
          }
          return errno;
        },
        options_close: (caller, handle = 0) => right.options_close(caller, handles.get(handle) ?? handle),
      };
    },
  };
}
