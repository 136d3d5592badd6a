import type { Readable, Writable } from 'node:stream';
import type { ReadableStream, WritableStream } from 'node:stream/web';
import type { WasiInput, WasiOutput } from '../../wasi/wasi-options.js';

/**
 * Where a guest in another thread or process gets its standard input from: any {@link WasiInput}, a `Readable`, a `ReadableStream`, or anything else that can
 * be iterated with `for await`, of bytes or strings. The next piece is asked for when the guest reads and there are none left. When the call ends, for
 * whatever reason, a stream stays open and still has the data that was not asked for, which is yours to read or destroy; an iterator's `return` is called.
 */
export type PlacedInput =
  | WasiInput
  | Readable
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** Takes a piece of a guest's output. The guest can write no more than 256 KiB before the promise is fulfilled. */
export type OutputFunction = (bytes: Uint8Array) => void | Promise<void>;

/**
 * Where the output of a guest in another thread or process goes: any {@link WasiOutput}, or, as it is written, to a `Writable`, a `WritableStream` or a
 * function. A guest waits while 256 KiB have not been taken. The call ends when all of it has been taken; then a `Writable` is ended and a `WritableStream`
 * closed, or destroyed and aborted with the error that the call is rejected with. `process.stdout` and `process.stderr` stay as they are.
 */
export type PlacedOutput = WasiOutput | Writable | WritableStream<Uint8Array> | OutputFunction;
