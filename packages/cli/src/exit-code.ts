import { GuestCrashError, WasmEdgePluginsError } from '@wasmedge-plugins/core/run';
import { UsageError } from './errors.js';

/** What the command ends with when the guest does not say. */
export const exitCode = {
  /** Something could not be done. */
  failure: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** The guest was stopped: by a trap or by a limit. WasmEdge's command ends with it too (128 + SIGABRT). */
  stopped: 134,
} as const;

const stoppingCodes = ['ERR_GUEST_TRAP', 'ERR_COST_LIMIT', 'ERR_GUEST_TIMEOUT', 'ERR_NO_MEMORY'];

export function exitCodeFor(error: unknown): number {
  if (error instanceof UsageError) {
    return exitCode.usage;
  }
  if (GuestCrashError.isInstance(error)) {
    const { constants } = process.getBuiltinModule('node:os');
    const signal = constants.signals[error.signal as NodeJS.Signals];
    // What a shell tells of a program that a signal has ended.
    return signal === undefined ? exitCode.failure : 128 + signal;
  }
  return WasmEdgePluginsError.isInstance(error) && stoppingCodes.includes(error.code)
    ? exitCode.stopped
    : exitCode.failure;
}
