import type { InputSource, OutputSink } from './endpoints.js';

/**
 * Where a guest's standard input comes from: the host's own, nothing, the given bytes, or an object that provides bytes when the guest asks. In placements
 * `worker` and `process` an object is for `run()` only.
 */
export type WasiInput = 'inherit' | 'ignore' | Uint8Array | string | InputSource;

/**
 * Where a guest's output goes: to the host's own stream, nowhere, into memory (`Runtime.stdout`, `Runtime.stderr`), or to an object that takes
 * it when the guest writes. In placements `worker` and `process` an object is for `run()` only.
 */
export type WasiOutput = 'inherit' | 'ignore' | 'capture' | OutputSink;

/** What a WASI guest gets from its host. */
export interface WasiOptions {
  /** Arguments after the program's name. Default: none. */
  readonly args?: readonly string[] | undefined;
  /** Argument 0. Default: the guest's file name, or `guest`. */
  readonly programName?: string | undefined;
  /** The guest's whole environment; nothing of the host's is added. Default: empty. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Folders the guest may use: guest path to host path. Default: none. */
  readonly preopens?: Readonly<Record<string, string>> | undefined;
  /** Default: `inherit`. */
  readonly stdin?: WasiInput | undefined;
  /** Default: `inherit`. */
  readonly stdout?: WasiOutput | undefined;
  /** Default: `inherit`. */
  readonly stderr?: WasiOutput | undefined;
  /**
   * Bytes that `capture` keeps of each stream, from 0 to 2147483647; a guest that writes more gets the error "no space". Default:
   * 268435456 (256 MiB).
   */
  readonly maxOutputBytes?: number | undefined;
}
