import type {
  DeclaredPlacedExports,
  GuestSource,
  InstantiateOptions,
  PlacedGuestExports,
  PlacedInstance,
  Signature,
} from '@wasmedge-plugins/core';

/** How a command of a case ended. */
export interface CaseRun {
  /** Its exit code. */
  readonly exitCode: number;
  /** What it wrote to stdout; empty where `wasi.stdout` of the runtime is not `capture`. */
  readonly stdout: Uint8Array;
  /** What it wrote to stderr; empty where `wasi.stderr` of the runtime is not `capture`. */
  readonly stderr: Uint8Array;
}

/** An instance of a case, which looks the same in every placement. */
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

/** A runtime of a case, which looks the same in every placement: calls return promises. */
export interface CaseRuntime {
  /**
   * Runs a WASI command to its end.
   *
   * @throws what core's runtime throws.
   */
  run(guest: GuestSource): Promise<CaseRun>;
  /**
   * Instantiates a guest as a library.
   *
   * @throws what core's runtime throws.
   */
  instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    guest: GuestSource,
    options?: InstantiateOptions<Declared>,
  ): Promise<CaseInstance<DeclaredPlacedExports<Declared>>>;
}
