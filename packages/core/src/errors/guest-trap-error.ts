import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/**
 * Why a guest trapped, in the same words on every engine. V8 tells less in two cases: it says `indirect call type mismatch` for an
 * uninitialized element too, and `invalid conversion to integer` also for a float that is too large.
 */
export type TrapKind =
  | 'unreachable'
  | 'memory out of bounds'
  | 'table out of bounds'
  | 'integer divide by zero'
  | 'integer overflow'
  | 'invalid conversion to integer'
  | 'indirect call type mismatch'
  | 'uninitialized element'
  | 'stack exhausted'
  | 'uncaught exception'
  | 'null reference'
  | 'cast failure'
  | 'array out of bounds'
  | 'array too large'
  | 'unaligned atomic'
  | 'expected shared memory'
  | 'other';

/** The guest trapped: it did something that WebAssembly does not define. */
export class GuestTrapError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_TRAP';
  /** The kind of trap, the same on every engine. */
  readonly trap: TrapKind;

  constructor(message: string, trap: TrapKind, options?: ErrorOptions) {
    super(message, options);
    this.trap = trap;
  }

  static override isInstance(value: unknown): value is GuestTrapError {
    return hasErrorCode(value, 'ERR_GUEST_TRAP');
  }
}
