import { Buffer } from 'node:buffer';
import { optional, out } from '../drive/call-layout.js';
import { type Defect, newOutput, read } from './defect.js';

/** Defects that make the same thing again instead of a random one. */
export const constantDefects = {
  'constant-keys': {
    calls: ({ right, own }) => {
      const keys = new Map<string, Buffer>();
      return {
        symmetric_key_generate: (caller, ...args) => {
          const errno = right.symmetric_key_generate(caller, ...args);
          const name = read(caller, args[0], args[1]).toString();
          const pointer = args[3] ?? 0;
          if (errno === 0) {
            const key = keys.get(name) ?? own.output('symmetric_key_export', caller.memory.readU32(pointer));
            keys.set(name, key);
            caller.memory.writeU32(pointer, own.number('symmetric_key_import', name, key, out));
          }
          return errno;
        },
      };
    },
  },
  'constant-nonce': {
    calls: ({ right, own }) => ({
      symmetric_state_open: (caller, ...args) => {
        const [name, nameLength, key = 0, options = 0, pointer = 0] = args;
        const algorithm = read(caller, name, nameLength).toString();
        if (!/^xchacha/i.test(algorithm) || read(caller, options, 1)[0] !== 1) {
          return right.symmetric_state_open(caller, ...args);
        }
        const zero = own.number('options_open', 1, out);
        own.ok('options_set', zero, 'nonce', Buffer.alloc(24));
        const handle = optional(caller.memory.readU32(key + 4));
        const opened = own.number('symmetric_state_open', algorithm, handle, optional(zero), out);
        caller.memory.writeU32(pointer, opened);
        return 0;
      },
    }),
  },
  'constant-key-pairs': {
    calls: ({ right, own }) => {
      const pairs = new Map<string, Buffer>();
      return {
        keypair_generate: (caller, ...args) => {
          const errno = right.keypair_generate(caller, ...args);
          const [type = 0, name, nameLength, , pointer = 0] = args;
          const algorithm = read(caller, name, nameLength).toString();
          const encoding = algorithm.startsWith('RSA') ? 1 : 0;
          if (errno === 0) {
            const pair =
              pairs.get(algorithm) ?? own.output('keypair_export', caller.memory.readU32(pointer), encoding);
            pairs.set(algorithm, pair);
            const again = own.number('keypair_import', type, algorithm, pair, encoding, out);
            caller.memory.writeU32(pointer, again);
          }
          return errno;
        },
      };
    },
  },
  'constant-encapsulation': {
    calls: ({ right, own }) => {
      const outputs = new Map<string, Buffer>();
      return {
        kx_encapsulate: (caller, publicKey = 0, ...pointers) => {
          const errno = right.kx_encapsulate(caller, publicKey, ...pointers);
          const exported = own.invoke('publickey_export', publicKey, 0, out);
          if (errno === 0 && exported.errno === 0) {
            const key = own.pull(Number(exported.answers[0])).toString('hex');
            for (const [index, pointer] of pointers.entries()) {
              const known = outputs.get(`${key} ${index}`) ?? own.pull(caller.memory.readU32(pointer));
              outputs.set(`${key} ${index}`, known);
              caller.memory.writeU32(pointer, newOutput(own, known));
            }
          }
          return errno;
        },
      };
    },
  },
} as const satisfies Record<string, Defect>;
