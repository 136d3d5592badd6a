import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { symmetricSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readName } from '../guest-arguments.js';
import { checkSecretSize } from '../managed/managed-key-store.js';
import { ManagedObjects, readManagedId } from '../managed/managed-objects.js';
import { copiedArrayOutput } from '../new-array-output.js';
import { symmetricAlgorithm } from './algorithms.js';
import { generateKey, importKey } from './keys.js';
import type { SymmetricKey } from './symmetric-key.js';
import { readSymmetricOptions } from './symmetric-options.js';

type Functions = ErrnoImplementation<typeof symmetricSignatures>;
type KeyNames = Extract<keyof Functions, `symmetric_key_${string}`>;

/** The functions of symmetric keys. */
export function symmetricKeyFunctions(state: CryptoState): Pick<Functions, KeyNames> {
  const keys = state.symmetricKeys;
  const managed = new ManagedObjects<SymmetricKey>(state, {
    kind: 'symmetric_key',
    table: keys,
    describe: ({ algorithm }) => ({ type: 'symmetric', algorithm }),
    secretOf: ({ bytes }) => {
      checkSecretSize(bytes);
      return Uint8Array.from(bytes);
    },
    restore: ({ algorithm }, secret) =>
      importKey(symmetricAlgorithm(algorithm.toLowerCase()), state.bytes, secret),
  });
  return {
    symmetric_key_generate({ memory }, namePointer, nameLength, optionsPointer, out) {
      const algorithm = symmetricAlgorithm(readName(memory, namePointer, nameLength));
      checkRange(memory, optionsPointer, 8);
      checkRange(memory, out, 4);
      readSymmetricOptions(state, memory, optionsPointer);
      memory.writeU32(out, keys.add(generateKey(algorithm, state.bytes)));
    },
    symmetric_key_import({ memory }, namePointer, nameLength, rawPointer, rawLength, out) {
      const algorithm = symmetricAlgorithm(readName(memory, namePointer, nameLength));
      checkRange(memory, out, 4);
      const key = memory.borrow(rawPointer, rawLength, (raw) => importKey(algorithm, state.bytes, raw));
      memory.writeU32(out, keys.add(key));
    },
    symmetric_key_export({ memory }, key, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, copiedArrayOutput(state, keys.get(key).bytes));
    },
    symmetric_key_close(_caller, key) {
      keys.close(key);
    },
    symmetric_key_generate_managed({ memory }, manager, namePointer, nameLength, optionsPointer, out) {
      const algorithm = symmetricAlgorithm(readName(memory, namePointer, nameLength));
      checkRange(memory, optionsPointer, 8);
      checkRange(memory, out, 4);
      state.secretsManagers.get(manager);
      readSymmetricOptions(state, memory, optionsPointer);
      memory.writeU32(out, managed.addGenerated(generateKey(algorithm, state.bytes)));
    },
    symmetric_key_store_managed({ memory }, manager, key, idPointer, idMaxLength) {
      managed.store(manager, key, memory, idPointer, idMaxLength);
    },
    symmetric_key_replace_managed({ memory }, manager, oldKey, newKey, out) {
      checkRange(memory, out, 8);
      memory.writeU64(out, managed.replace(manager, oldKey, newKey));
    },
    symmetric_key_id({ memory }, key, idPointer, idMaxLength, lengthOut, versionOut) {
      managed.writeId(key, memory, idPointer, idMaxLength, lengthOut, versionOut);
    },
    symmetric_key_from_id({ memory }, manager, idPointer, idLength, version, out) {
      const id = readManagedId(memory, idPointer, idLength);
      checkRange(memory, out, 4);
      memory.writeU32(out, managed.fromId(manager, id, version));
    },
  };
}
