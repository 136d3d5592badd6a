/** A signature. */
export interface SignatureObject extends Disposable {
  readonly algorithm: string;
}

/** A signature in the making. */
export interface SignatureState extends Disposable {
  readonly algorithm: string;
}

/** A verification in the making. */
export interface VerificationState extends Disposable {
  readonly algorithm: string;
}
