import { CannotCrossError } from '../../errors/placement-errors.js';
import { describeValue } from '../../values/check-arguments.js';
import type { WasiOptions } from '../../wasi/wasi-options.js';

const names = ['stdin', 'stdout', 'stderr'] as const;

/**
 * Refuses streams, objects and functions as standard streams of a runtime elsewhere. They begin and end with a call: for all calls and members of a runtime it would
 * be open who of them gets what, and when it ends.
 *
 * @throws {CannotCrossError} naming where it can be given.
 */
export function refuseStreams(wasi: WasiOptions | undefined): void {
  const name = names.find((each) => isServed(wasi?.[each]));
  if (name === undefined) return;
  const others = name === 'stdin' ? 'bytes or a string' : "'capture'";
  throw new CannotCrossError(
    `The option wasi.${name} of a runtime in another thread or process is ${describeValue(wasi?.[name])}, but a stream, an object or a function belongs to one call: pass it to run({ ${name} }), or ${others} to the runtime.`,
  );
}

function isServed(stream: unknown): boolean {
  return (
    typeof stream === 'function' ||
    (typeof stream === 'object' && stream !== null && !(stream instanceof Uint8Array))
  );
}
