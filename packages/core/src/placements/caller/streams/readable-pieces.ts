import { finished, type Readable } from 'node:stream';
import type { InputPieces } from './input-pieces.js';

/** Those whose errors are listened to. */
const heard = new WeakSet<Readable>();

/** The pieces of a stream of Node.js, which stays as it is when nobody asks any more: it is the caller's. */
export function piecesOfReadable(stream: Readable): InputPieces {
  hearErrors(stream);
  let end: { readonly error?: unknown } | undefined;
  let wake = () => {};
  let unlisten: (() => void) | undefined;
  const listen = () => {
    const told = () => wake();
    const forget = finished(stream, { writable: false }, (error) => {
      end ??= error ? { error } : {};
      wake();
    });
    stream.on('readable', told);
    return () => {
      stream.off('readable', told);
      forget();
    };
  };
  return {
    async next() {
      // Listening makes the stream begin to read.
      if (end === undefined) unlisten ??= listen();
      for (;;) {
        const value: unknown = end?.error === undefined && !stream.destroyed ? stream.read() : null;
        if (value !== null) return { value };
        if (end !== undefined) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (end.error !== undefined) throw end.error;
      return { done: true, value: undefined };
    },
    end() {
      unlisten?.();
      if (unlisten !== undefined && stream === process.stdin) process.nextTick(pauseOwn);
      end ??= {};
      wake();
    },
  };
}

/** Errors are told when the guest reads: before and afterwards nobody else may listen, and that would end the program. */
function hearErrors(stream: Readable): void {
  if (heard.has(stream)) return;
  heard.add(stream);
  stream.on('error', () => {});
}

/** Reading on would keep the program alive. Only what is not listened to any more can be paused. */
function pauseOwn(): void {
  if (process.stdin.listenerCount('readable') === 0) process.stdin.pause();
}
