import type { SocketPolicy } from '../plugin/socket-policy.js';
import type { DescriptorTable } from './descriptor-table.js';

/** What the WASI functions of one runtime work on. */
export interface WasiState {
  /** Arguments of the current program, the program's name first, each with its terminating zero. */
  readonly args: readonly Uint8Array[];
  /** `KEY=value` strings, each with its terminating zero. */
  readonly environ: readonly Uint8Array[];
  /** What the current program has open; made at first use. */
  readonly descriptors: DescriptorTable;
  /** Milliseconds that the guest may still run; nothing may sleep longer. */
  readonly remainingMs: () => number;
  /** What guests may do with sockets. */
  readonly sockets: readonly SocketPolicy[];
}
