import type { Readable, Writable } from 'node:stream';
import type { ReadableStream, WritableStream } from 'node:stream/web';
import type { WasiInput, WasiOutput } from '../../wasi/wasi-options.js';

/**
 * Where a guest in another thread or process gets its standard input from: what {@link WasiInput} says, a `Readable`, a `ReadableStream`, or anything
 * else that can be iterated with `for await`, of bytes or texts. The next piece is asked for when the guest reads and there are none left. When the call ends,
 * however it does, a stream stays open and has what was not asked for, which is yours to read or to destroy; an iterator is told to return.
 */
export type PlacedInput =
  | WasiInput
  | Readable
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** Takes a piece of a guest's output. The guest may write no more than 256 KiB before the promise is kept. */
export type OutputFunction = (bytes: Uint8Array) => void | Promise<void>;

/**
 * Where the output of a guest in another thread or process goes: what {@link WasiOutput} says, or, as it comes, to a `Writable`, a `WritableStream`
 * or a function. A guest waits when 256 KiB are not taken yet. The call ends when all was taken; then a `Writable` is ended and a `WritableStream` closed, or
 * destroyed and aborted with the error that the call is rejected with. `process.stdout` and `process.stderr` stay as they are.
 */
export type PlacedOutput = WasiOutput | Writable | WritableStream<Uint8Array> | OutputFunction;
