import type { GuestSource, PlacedRuntime, Runtime } from '@wasmedge-plugins/core';
import { GuestExitError } from '@wasmedge-plugins/core/run';
import { print } from '../output/print.js';
import { callReactor, type ReactorCall } from './reactor.js';

/** Runs a command to its end, whose exit code becomes that of this process, or calls a function and prints its results. */
export async function runGuest(
  runtime: Runtime | PlacedRuntime,
  guest: GuestSource,
  call: ReactorCall | undefined,
): Promise<void> {
  if (call === undefined) {
    process.exitCode = await runtime.run(guest);
    return;
  }
  try {
    const lines = await callReactor(runtime, guest, call);
    print(lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    if (!GuestExitError.isInstance(error)) {
      throw error;
    }
    process.exitCode = error.exitCode;
  }
}
