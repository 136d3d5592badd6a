import type { Readiness } from '../../native/libc.js';
import type { AwaitInput } from '../descriptors/descriptor.js';
import { waitUntilReady } from '../descriptors/host-readiness.js';
import { sleep } from '../sleep.js';

// How long each of two that know nothing of each other is asked before the other is again.
const partMilliseconds = 10;
// How long to wait before one is asked again that answered before its time.
const retryMilliseconds = 1;

/** Input of which only an object of the host knows whether a read would wait. */
export interface AwaitedInput {
  readonly ask: AwaitInput;
  /** How many bytes there are; `undefined` as long as a read would wait. */
  bytes: number | undefined;
}

/** Waits until the input or one of the streams is ready, or so many milliseconds have passed. */
export function waitForAny(
  input: AwaitedInput | undefined,
  streams: readonly Readiness[],
  milliseconds: number,
): void {
  if (input !== undefined) waitForInput(input, streams, milliseconds);
  else if (streams.length > 0) waitUntilReady(streams, milliseconds);
  else if (milliseconds > 0) sleep(milliseconds);
}

function waitForInput(input: AwaitedInput, streams: readonly Readiness[], milliseconds: number): void {
  const end = performance.now() + milliseconds;
  const isAlone = streams.length === 0;
  for (;;) {
    const left = Math.max(0, end - performance.now());
    input.bytes = input.ask(isAlone ? left : 0);
    if (!isAlone) waitUntilReady(streams, input.bytes === undefined ? Math.min(left, partMilliseconds) : 0);
    if (left === 0 || input.bytes !== undefined || streams.some(({ ready }) => ready)) return;
    if (isAlone) sleep(Math.min(left, retryMilliseconds));
  }
}
