import type { Buffer } from 'node:buffer';
import type { FunctionName } from '../drive/raw-calls.js';

/** Kinds of live objects that a sequence remembers. */
export const objectKinds = [
  'arrayOutput',
  'options',
  'verificationState',
  'publicKey',
  'secretKey',
  'keyPair',
  'signature',
  'signatureState',
  'symmetricState',
  'symmetricKey',
  'tag',
  'secretsManager',
] as const;

export type ObjectKind = (typeof objectKinds)[number];

/** A handle that a function gave, and what is known of the object. */
export interface LiveObject {
  readonly handle: number;
  readonly algorithm: string;
  /** Options in which a nonce was set, a key that is managed, a state that has absorbed or encrypted. */
  readonly marked?: boolean;
  /** The state that a tag was squeezed from, which gives the same tag again. */
  readonly state?: number;
}

/** What functions have told, and other functions take. */
export interface Remembered {
  readonly kind: 'keyPairId' | 'symmetricKeyId' | 'sealed' | 'tag';
  readonly bytes: Buffer;
  /** The object that told it. */
  readonly from: LiveObject;
}

/** A call as it is to be made. */
export interface PlannedCall {
  readonly name: FunctionName;
  readonly args: readonly (number | bigint)[];
  /** What the function may write: the argument that points there, and a length or the argument that is one. */
  readonly outputs: readonly {
    readonly pointer: number;
    readonly length: number | { readonly argument: number };
  }[];
  /** The objects that it gives when it succeeds: the argument that points to the handle. */
  readonly gives: readonly {
    readonly pointer: number;
    readonly kind: ObjectKind;
    readonly algorithm: string;
    readonly state?: number;
  }[];
  /** The object that it closes. */
  readonly closes?: { readonly kind: ObjectKind; readonly handle: number };
}
