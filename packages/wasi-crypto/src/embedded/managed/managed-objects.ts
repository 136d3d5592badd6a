import { Buffer } from 'node:buffer';
import type { GuestMemory } from '@wasmedge-plugins/core';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange } from '../guest-arguments.js';
import type { HandleTable } from '../handle-table.js';
import type { ManagedKeyDescription } from './managed-key.js';
import { managedIdBytes } from './managed-key-store.js';
import { version as special, toVersion } from './version.js';

/** How the objects of one kind become managed keys and come back. */
export interface ManagedKind<Item extends Disposable> {
  readonly kind: ManagedKeyDescription['kind'];
  readonly table: HandleTable<Item>;
  describe(item: Item): Omit<ManagedKeyDescription, 'kind'>;
  /** The secret, as a copy that is zeroed after use. */
  secretOf(item: Item): Uint8Array;
  restore(description: ManagedKeyDescription, secret: Uint8Array): Item;
}

/** The functions of managed keys, the same for symmetric keys and for key pairs. Ranges of memory are checked by their callers. */
export class ManagedObjects<Item extends Disposable> {
  readonly #state: CryptoState;
  readonly #kind: ManagedKind<Item>;

  constructor(state: CryptoState, kind: ManagedKind<Item>) {
    this.#state = state;
    this.#kind = kind;
  }

  /** Stores a key that was just generated and returns its handle; takes it over. */
  addGenerated(item: Item): number {
    const handle = this.#kind.table.add(item);
    try {
      this.#store(item);
    } catch (error) {
      this.#kind.table.close(handle);
      throw error;
    }
    return handle;
  }

  /** Makes the key of a handle a managed one, under a new identifier that is written to guest memory. */
  store(manager: number, handle: number, memory: GuestMemory, idPointer: number, idMaxLength: number): void {
    checkRange(memory, idPointer, idMaxLength);
    this.#state.secretsManagers.get(manager);
    const item = this.#kind.table.get(handle);
    checkIdRoom(idMaxLength);
    memory.write(idPointer, idBytes(this.#store(item)));
  }

  /** Makes the new key the next version of the old one, whose handle is closed. */
  replace(manager: number, oldHandle: number, newHandle: number): bigint {
    this.#state.secretsManagers.get(manager);
    const { table } = this.#kind;
    const reference = this.#state.managedReferences.get(table.get(oldHandle));
    const item = table.get(newHandle);
    if (reference === undefined || item === table.get(oldHandle)) {
      throw new CryptoError('unsupported_feature');
    }
    const added = this.#withSecret(item, (secret) =>
      this.#state.managedKeys.addVersion(reference.id, this.#describe(item), secret),
    );
    this.#state.managedReferences.set(item, added);
    table.close(oldHandle);
    return added.version;
  }

  /** Writes identifier, length and version; for a key that is not managed the length 0 and the version `unspecified`. */
  writeId(
    handle: number,
    memory: GuestMemory,
    idPointer: number,
    idMaxLength: number,
    lengthPointer: number,
    versionPointer: number,
  ): void {
    checkRange(memory, idPointer, idMaxLength);
    checkRange(memory, lengthPointer, 4);
    checkRange(memory, versionPointer, 8);
    const reference = this.#state.managedReferences.get(this.#kind.table.get(handle));
    if (reference !== undefined) {
      checkIdRoom(idMaxLength);
      memory.write(idPointer, idBytes(reference.id));
    }
    memory.writeU32(lengthPointer, reference === undefined ? 0 : managedIdBytes);
    memory.writeU64(versionPointer, reference?.version ?? special.unspecified);
  }

  /** A new handle for an exact or the latest version of a managed key. */
  fromId(manager: number, id: string, versionArgument: bigint): number {
    this.#state.secretsManagers.get(manager);
    const found = this.#state.managedKeys.find(id, this.#kind.kind, toVersion(versionArgument));
    const item = this.#kind.restore(found.key, found.secret);
    this.#state.managedReferences.set(item, { id, version: found.version });
    return this.#kind.table.add(item);
  }

  #store(item: Item): string {
    const reference = this.#withSecret(item, (secret) =>
      this.#state.managedKeys.create(this.#describe(item), secret),
    );
    this.#state.managedReferences.set(item, reference);
    return reference.id;
  }

  #describe(item: Item): ManagedKeyDescription {
    return { kind: this.#kind.kind, ...this.#kind.describe(item) };
  }

  #withSecret<Result>(item: Item, use: (secret: Uint8Array) => Result): Result {
    const secret = this.#kind.secretOf(item);
    try {
      return use(secret);
    } finally {
      secret.fill(0);
    }
  }
}

/** An identifier in guest memory; empty for bytes that can be none. */
export function readManagedId(memory: GuestMemory, pointer: number, length: number): string {
  checkRange(memory, pointer, length);
  return length === managedIdBytes ? Buffer.from(memory.read(pointer, length)).toString('hex') : '';
}

function checkIdRoom(maxLength: number): void {
  if (maxLength >>> 0 < managedIdBytes) {
    throw new CryptoError('overflow');
  }
}

function idBytes(id: string): Uint8Array {
  return Buffer.from(id, 'hex');
}
