import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { commonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readOptionalHandle } from '../guest-arguments.js';
import { readManagedId } from '../managed/managed-objects.js';
import { SecretsManager } from '../managed/secrets-manager.js';
import { toVersion } from '../managed/version.js';

type Functions = ErrnoImplementation<typeof commonSignatures>;
type ManagerNames = Extract<keyof Functions, `secrets_manager_${string}`>;

/** The functions of the secrets manager. */
export function secretsManagerFunctions(state: CryptoState): Pick<Functions, ManagerNames> {
  const managers = state.secretsManagers;
  return {
    /** Options are accepted and mean nothing: where keys are kept is for the host to say. */
    secrets_manager_open({ memory }, optionsPointer, out) {
      const options = readOptionalHandle(memory, optionsPointer);
      checkRange(memory, out, 4);
      if (options !== undefined) {
        state.options.get(options);
      }
      memory.writeU32(out, managers.add(new SecretsManager()));
    },
    secrets_manager_close(_caller, manager) {
      managers.close(manager);
    },
    secrets_manager_invalidate({ memory }, manager, idPointer, idLength, version) {
      const id = readManagedId(memory, idPointer, idLength);
      managers.get(manager);
      state.managedKeys.invalidate(id, toVersion(version));
    },
  };
}
