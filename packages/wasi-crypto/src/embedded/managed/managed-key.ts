import type { AlgorithmType } from '../algorithm-type.js';

/** What a managed key is. All versions of one share it. */
export interface ManagedKeyDescription {
  readonly kind: 'symmetric_key' | 'keypair';
  readonly type: AlgorithmType;
  /** The algorithm's name as the specification writes it. */
  readonly algorithm: string;
}

/** A managed key with its versions; never changed, so that a change that cannot be stored is simply dropped. */
export interface ManagedKey extends ManagedKeyDescription {
  /** Versions are not used again, also after they were invalidated. */
  readonly nextVersion: bigint;
  /** The secret of each version, in ascending order. */
  readonly versions: ReadonlyMap<bigint, Uint8Array>;
}

/** All managed keys of a store, by identifier in hexadecimal digits. */
export type ManagedKeys = ReadonlyMap<string, ManagedKey>;

/** Names one version of a managed key. */
export interface ManagedReference {
  readonly id: string;
  readonly version: bigint;
}
