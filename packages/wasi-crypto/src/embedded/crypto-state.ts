import type { ArrayOutput } from './array-output.js';
import type { KeyPair, PublicKey, SecretKey } from './asymmetric/key-objects.js';
import type { ByteBudget } from './byte-budget.js';
import type { CryptoRuntime } from './crypto-runtime.js';
import type { HandleBudget } from './handle-budget.js';
import { handleKind } from './handle-kind.js';
import { HandleTable } from './handle-table.js';
import type { ManagedReference } from './managed/managed-key.js';
import { ManagedKeyStore } from './managed/managed-key-store.js';
import type { SecretsManager } from './managed/secrets-manager.js';
import type { OptionsObject } from './options-object.js';
import type { SignatureObject, SignatureState, VerificationState } from './signatures/signature-objects.js';
import type { SymmetricKey } from './symmetric/symmetric-key.js';
import type { SymmetricState } from './symmetric/symmetric-state.js';
import type { SymmetricTag } from './symmetric/symmetric-tag.js';

/** The state of one guest, shared by the five modules. Disposal closes every handle and so wipes every secret. */
export class CryptoState implements Disposable {
  readonly bytes: ByteBudget;
  readonly handles: HandleBudget;
  readonly arrayOutputs: HandleTable<ArrayOutput>;
  readonly options: HandleTable<OptionsObject>;
  readonly verificationStates: HandleTable<VerificationState>;
  readonly publicKeys: HandleTable<PublicKey>;
  readonly secretKeys: HandleTable<SecretKey>;
  readonly keyPairs: HandleTable<KeyPair>;
  readonly signatures: HandleTable<SignatureObject>;
  readonly signatureStates: HandleTable<SignatureState>;
  readonly symmetricStates: HandleTable<SymmetricState>;
  readonly symmetricKeys: HandleTable<SymmetricKey>;
  readonly tags: HandleTable<SymmetricTag>;
  readonly secretsManagers: HandleTable<SecretsManager>;
  /** The guest's own, unless the host keeps those of all. */
  readonly managedKeys: ManagedKeyStore;
  readonly #ownKeys: ManagedKeyStore | undefined;
  /** Which managed key a key object is; none for one that is not managed. */
  readonly managedReferences = new WeakMap<Disposable, ManagedReference>();

  constructor({ handles, bytes, storedKeys }: CryptoRuntime) {
    this.handles = handles;
    this.bytes = bytes;
    this.arrayOutputs = new HandleTable(handleKind.arrayOutput, handles);
    this.options = new HandleTable(handleKind.options, handles);
    this.verificationStates = new HandleTable(handleKind.verificationState, handles);
    this.publicKeys = new HandleTable(handleKind.publicKey, handles);
    this.secretKeys = new HandleTable(handleKind.secretKey, handles);
    this.keyPairs = new HandleTable(handleKind.keyPair, handles);
    this.signatures = new HandleTable(handleKind.signature, handles);
    this.signatureStates = new HandleTable(handleKind.signatureState, handles);
    this.symmetricStates = new HandleTable(handleKind.symmetricState, handles);
    this.symmetricKeys = new HandleTable(handleKind.symmetricKey, handles);
    this.tags = new HandleTable(handleKind.tag, handles);
    this.secretsManagers = new HandleTable(handleKind.secretsManager, handles);
    this.#ownKeys = storedKeys === undefined ? new ManagedKeyStore({ budget: bytes }) : undefined;
    this.managedKeys = storedKeys ?? (this.#ownKeys as ManagedKeyStore);
  }

  [Symbol.dispose](): void {
    for (const table of Object.values(this)) {
      if (table instanceof HandleTable) {
        table[Symbol.dispose]();
      }
    }
    this.#ownKeys?.[Symbol.dispose]();
  }
}
