import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** How busy a pool was when it refused a call. */
export interface PoolBusyDetails {
  /** How many calls waited. */
  readonly waiting: number;
  /** Milliseconds that this call had waited; 0 when it was refused at once. */
  readonly waitedMs: number;
}

/** A pool refused a call, because too many are already waiting for a member, or because it has waited too long. None of it was done: it can be made again. */
export class PoolBusyError extends WasmEdgePluginsError {
  override readonly code = 'ERR_POOL_BUSY';
  /** How many calls waited. */
  readonly waiting: number;
  /** Milliseconds that this call had waited; 0 when it was refused at once. */
  readonly waitedMs: number;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details how busy the pool was.
   */
  constructor(message: string, { waiting, waitedMs }: PoolBusyDetails) {
    super(message);
    this.waiting = waiting;
    this.waitedMs = waitedMs;
  }

  static override isInstance(value: unknown): value is PoolBusyError {
    return hasErrorCode(value, 'ERR_POOL_BUSY');
  }
}
