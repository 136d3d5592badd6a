import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { asymmetricCommonSignatures } from '../../abi.js';
import { type AlgorithmType, toAlgorithmType } from '../algorithm-type.js';
import type { KeyPair } from '../asymmetric/key-objects.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readName, readOptionalHandle } from '../guest-arguments.js';
import { ManagedObjects, readManagedId } from './managed-objects.js';

/** What the module `asymmetric_common` gives so that its key pairs can be managed. */
export interface KeyPairMaker {
  /** A new key pair; `algorithm` is a name in lower case as a guest gave it, `options` the handle it gave. */
  generate(type: AlgorithmType, algorithm: string, options: number | undefined): KeyPair;
  /** The key pair that `serialize` gave the bytes of; copies what it keeps. */
  restore(type: AlgorithmType, algorithm: string, serialized: Uint8Array): KeyPair;
}

type Functions = ErrnoImplementation<typeof asymmetricCommonSignatures>;
type ManagedNames =
  | 'keypair_generate_managed'
  | 'keypair_store_managed'
  | 'keypair_replace_managed'
  | 'keypair_id'
  | 'keypair_from_id';

/** The functions of managed key pairs. */
export function managedKeyPairFunctions(
  state: CryptoState,
  maker: KeyPairMaker,
): Pick<Functions, ManagedNames> {
  const objects = new ManagedObjects<KeyPair>(state, {
    kind: 'keypair',
    table: state.keyPairs,
    describe: ({ algorithm: { type, name } }) => ({ type, algorithm: name }),
    secretOf: (pair) => pair.serialize(),
    restore: ({ type, algorithm }, secret) => maker.restore(type, algorithm, secret),
  });
  return {
    keypair_generate_managed({ memory }, manager, type, namePointer, nameLength, optionsPointer, out) {
      const name = readName(memory, namePointer, nameLength);
      const options = readOptionalHandle(memory, optionsPointer);
      checkRange(memory, out, 4);
      const algorithmType = toAlgorithmType(type);
      state.secretsManagers.get(manager);
      memory.writeU32(out, objects.addGenerated(maker.generate(algorithmType, name, options)));
    },
    keypair_store_managed({ memory }, manager, pair, idPointer, idMaxLength) {
      objects.store(manager, pair, memory, idPointer, idMaxLength);
    },
    keypair_replace_managed({ memory }, manager, oldPair, newPair, out) {
      checkRange(memory, out, 8);
      memory.writeU64(out, objects.replace(manager, oldPair, newPair));
    },
    keypair_id({ memory }, pair, idPointer, idMaxLength, lengthOut, versionOut) {
      objects.writeId(pair, memory, idPointer, idMaxLength, lengthOut, versionOut);
    },
    keypair_from_id({ memory }, manager, idPointer, idLength, version, out) {
      const id = readManagedId(memory, idPointer, idLength);
      checkRange(memory, out, 4);
      memory.writeU32(out, objects.fromId(manager, id, version));
    },
  };
}
