import { GuestTrapError, MemoryLimitError } from '../../errors/guest-errors.js';
import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { CallState } from '../call-state.js';
import { hostErrorOf } from '../host-error.js';
import { trapKindOf } from '../trap-kind.js';
import { v8TrapMessages } from './v8-trap-messages.js';

/** What the caller of a guest gets for something that V8 or a host function threw. */
export function translateV8Error(error: unknown, state: CallState, label: string): unknown {
  if (state.hostError !== undefined && state.hostError.error === error) {
    return hostErrorOf(error, label);
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return trap(error.message, error, label);
  }
  if (isUncaughtException(error)) {
    return trap('uncaught exception', error, label);
  }
  if (error instanceof RangeError) {
    return /memory/i.test(error.message)
      ? new MemoryLimitError(`The guest ${label} needs more memory than is available: ${error.message}.`, {
          cause: error,
        })
      : trap(error.message, error, label);
  }
  if (error instanceof TypeError) {
    return new InvalidArgumentError(
      `A value passed to the guest ${label} has a type that it does not accept: ${error.message}.`,
      { cause: error },
    );
  }
  return error;
}

/**
 * Throws what a host function threw when the guest went on after it: V8 lets a guest catch exceptions of the host with `catch_all`,
 * and WasmEdge does not. To be called when a guest returns or calls the host; between two such moments an error that is still kept
 * was caught.
 */
export function throwCaughtHostError({ hostError }: CallState): void {
  if (hostError !== undefined) {
    throw hostError.error;
  }
}

function trap(message: string, cause: unknown, label: string): GuestTrapError {
  const kind = trapKindOf(v8TrapMessages, message);
  return new GuestTrapError(`The guest ${label} trapped: ${kind === 'other' ? message : kind}.`, kind, {
    cause,
  });
}

function isUncaughtException(error: unknown): boolean {
  // Absent from TypeScript's library; present in every supported Node.
  const { Exception } = WebAssembly as unknown as { Exception?: new () => object };
  return Exception !== undefined && error instanceof Exception;
}
