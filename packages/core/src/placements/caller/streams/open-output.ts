import type { Writable } from 'node:stream';
import { GuestStreamError, type GuestStreamName } from '../../../errors/placement-errors.js';
import { describeValue } from '../../../values/check-arguments.js';
import type { OutputSink } from '../../../wasi/endpoints.js';
import type { OutputFunction, PlacedOutput } from '../../interface/placed-streams.js';
import type { OutputTarget } from './output-target.js';
import { writableTarget } from './writable-target.js';

/** What takes the output for an object or function; `undefined` for what is no such thing. */
export function openOutput(stream: GuestStreamName, output: PlacedOutput): OutputTarget | undefined {
  if (typeof output === 'function') return functionTarget(output);
  if (typeof output !== 'object' || output === null) return undefined;
  if ('getWriter' in output) return webTarget(output);
  if (isWritable(output)) return writableTarget(output);
  return 'write' in output && typeof output.write === 'function'
    ? functionTarget((bytes) => giveToSink(stream, output, bytes))
    : undefined;
}

/** The error of a call whose output nobody takes any more. */
export function outputError(stream: GuestStreamName, cause: unknown): GuestStreamError {
  return new GuestStreamError(
    `The stream for ${stream} failed or was closed before the guest had ended, and the guest was stopped at its next write; see the cause.`,
    { stream, cause },
  );
}

/** A response of an HTTP server is one that `instanceof` does not know. */
function isWritable(output: object): output is Writable {
  return 'write' in output && 'end' in output && 'on' in output;
}

function functionTarget(take: OutputFunction): OutputTarget {
  return { write: take, close: () => {}, abort: () => {} };
}

function webTarget(stream: { getWriter(): WritableStreamDefaultWriter<Uint8Array> }): OutputTarget {
  const writer = stream.getWriter();
  const ignore = () => {};
  // Told by what is written next.
  writer.closed.catch(ignore);
  writer.ready.catch(ignore);
  return {
    write: (bytes) => writer.write(bytes),
    close: () => writer.close(),
    abort: (error) => void writer.abort(error).catch(ignore),
  };
}

function giveToSink(stream: GuestStreamName, sink: OutputSink, bytes: Uint8Array): void {
  for (let rest = bytes; rest.byteLength > 0; ) {
    const taken: unknown = sink.write(rest, true);
    if (!Number.isInteger(taken) || (taken as number) < 1 || (taken as number) > rest.byteLength) {
      throw new TypeError(
        `${stream}.write() must return a number of bytes from 1 to ${rest.byteLength}, not ${describeValue(taken)}.`,
      );
    }
    rest = rest.subarray(taken as number);
  }
}
