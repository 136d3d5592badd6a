import type {
  DeclaredPlacedExports,
  GuestSource,
  InstantiateOptions,
  PlacedGuestExports,
  PlacedInstance,
  Signature,
} from '@wasmedge-plugins/core';

/** The result of a case's command. */
export interface CaseRun {
  /** Its exit code. */
  readonly exitCode: number;
  /** What it wrote to stdout; empty if the runtime's `wasi.stdout` is not `capture`. */
  readonly stdout: Uint8Array;
  /** What it wrote to stderr; empty if the runtime's `wasi.stderr` is not `capture`. */
  readonly stderr: Uint8Array;
}

/** A case's instance, which looks the same in every placement. */
export type CaseInstance<Exports = PlacedGuestExports> = Pick<
  PlacedInstance<Exports>,
  | 'exports'
  | 'readMemory'
  | 'writeMemory'
  | 'memoryPages'
  | 'growMemory'
  | 'exportedGlobal'
  | typeof Symbol.asyncDispose
>;

/** A case's runtime, which looks the same in every placement: calls return promises. */
export interface CaseRuntime {
  /**
   * Runs a WASI command to its end.
   *
   * @throws the errors of core's runtime.
   */
  run(guest: GuestSource): Promise<CaseRun>;
  /**
   * Instantiates a guest as a library.
   *
   * @throws the errors of core's runtime.
   */
  instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    guest: GuestSource,
    options?: InstantiateOptions<Declared>,
  ): Promise<CaseInstance<DeclaredPlacedExports<Declared>>>;
}
