import { stopError } from '../../control/call-control.js';
import {
  CostLimitError,
  GuestTrapError,
  InvalidGuestError,
  MemoryLimitError,
} from '../../errors/guest-errors.js';
import { ImportMismatchError } from '../../errors/link-errors.js';
import type { Library } from '../../native/library.js';
import { type TimeLimit, timeoutError } from '../timeout-error.js';
import { trapKindOf } from '../trap-kind.js';
import type { CallLimits } from './call-limits.js';
import { wasmEdgeTrapMessages } from './wasmedge-trap-messages.js';

/** What made the cost limit stop a call: the limit itself, or the watchdog that lowered it, `stopped` for another thread. */
export type StopReason = 'cost' | 'time' | 'growth' | 'stopped';

/** A result code, and what is needed to tell it. */
export interface Failure {
  readonly library: Library;
  readonly code: number;
  readonly label: string;
  readonly limits: CallLimits;
  readonly timeLimit: TimeLimit;
  /** Why the cost limit stopped the call, if it did. */
  readonly reason: StopReason;
}

// The same numbers from 0.14 to 0.17; the ones after them move between minors, so those are told apart by category and message.
const costLimitExceeded = 3;
const category = { load: 1, validation: 2, instantiation: 3 };

/** The error for a result code that a call of a guest ended with. */
export function runtimeError(failure: Failure): Error {
  const { library, code, label } = failure;
  if (code === costLimitExceeded) {
    return stopped(failure);
  }
  const message = library.c.ResultGetMessage(code);
  const kind = trapKindOf(wasmEdgeTrapMessages, message);
  return new GuestTrapError(`The guest ${label} trapped: ${kind === 'other' ? message : kind}.`, kind);
}

function stopped({ label, limits, timeLimit, reason }: Failure): Error {
  switch (reason) {
    case 'time':
      return timeoutError(label, timeLimit);
    case 'stopped':
      return stopError(label);
    case 'growth':
      return new GuestTrapError(
        `The guest ${label} was stopped because the process grew by more than ${limits.growthBytes} bytes during its call, as in an endless recursion; raise limits.growthBytes if it needs that much.`,
        'stack exhausted',
      );
    case 'cost':
      return new CostLimitError(
        `The guest ${label} executed more than ${limits.cost} instructions in one call and was stopped; raise limits.cost, or look for an endless loop or recursion.`,
      );
  }
}

/** The error for a result code that loading, validating or instantiating a guest ended with. */
export function instantiationError(failure: Failure): Error {
  const { library, code, label } = failure;
  const message = library.c.ResultGetMessage(code);
  switch ((code >> 8) & 0xff) {
    case category.load:
    case category.validation:
      return /memory size must be at most/.test(message)
        ? new MemoryLimitError(`The guest ${label} declares too much memory: ${message}.`)
        : new InvalidGuestError(
            `The guest ${label} is not valid WebAssembly for WasmEdge ${library.version}: ${message}.`,
          );
    case category.instantiation:
      return /import/.test(message)
        ? new ImportMismatchError(
            `An import of the guest ${label} does not match what is provided: ${message}.`,
          )
        : runtimeError(failure);
    default:
      return runtimeError(failure);
  }
}
