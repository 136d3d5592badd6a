import { type GuestPointer, toOffset } from '../../memory/guest-pointer.js';
import { captureLimit } from '../../wasi/descriptors/byte-sink.js';
import type { WasiOptions } from '../../wasi/wasi-options.js';
import type { Request } from '../protocol/messages.js';
import { outputWindow } from '../protocol/stream-messages.js';

/** What comes unasked: a guest whose code is wanted. */
const maxUnasked = 256 * 1024 * 1024;

/** Maximum number of bytes of captured output that come with the answer to a call. */
export function capturedBytes({ stdout, stderr, maxOutputBytes = captureLimit }: WasiOptions): number {
  return [stdout, stderr].filter((output) => output === 'capture').length * maxOutputBytes;
}

/** Maximum number of bytes that come beside a message of a member that answers this request. */
export function mostBytes(request: Request | undefined, captured: number): number {
  return maxUnasked + captured + askedBytes(request);
}

/** The same on the lane. */
export function mostLaneBytes(request: Request | undefined): number {
  return outputWindow + askedBytes(request);
}

function askedBytes(request: Request | undefined): number {
  if (request?.kind === 'read') return lengthOf(request.length);
  return request?.kind === 'callerMemory' && request.use === 'read'
    ? lengthOf(request.args[1] as GuestPointer)
    : 0;
}

/** What is no length is refused by the member. */
function lengthOf(length: GuestPointer): number {
  return toOffset(length) || 0;
}
