import { finished, type Writable } from 'node:stream';
import type { OutputTarget } from './output-target.js';

/** Writes to a stream of Node.js, and ends it. */
export function writableTarget(stream: Writable): OutputTarget {
  // Theirs is the host, not the guest.
  const isOfHost = stream === process.stdout || stream === process.stderr;
  let failure: { readonly error: unknown } | undefined;
  let isOver = false;
  let wake = () => {};
  const forget = finished(stream, { readable: false }, (error) => {
    if (error) failure = { error };
    isOver = true;
    wake();
  });
  const isReady = (settle: (done: () => void) => () => void) =>
    new Promise<void>((resolve, reject) => {
      let unlisten = () => {};
      const done = () => {
        unlisten();
        wake = () => {};
        if (failure === undefined) resolve();
        else reject(failure.error);
      };
      wake = done;
      unlisten = settle(done);
    });
  return {
    write(bytes) {
      if (failure !== undefined) throw failure.error;
      // One that was ended before says nothing any more.
      if (stream.writableEnded) throw new Error('The stream was ended by something else.');
      if (stream.write(bytes)) return;
      return isReady((done) => {
        stream.once('drain', done);
        return () => stream.off('drain', done);
      });
    },
    async close() {
      if (failure !== undefined) throw failure.error;
      if (isOver) return;
      await isReady((done) => {
        if (isOfHost) stream.write('', () => done());
        else stream.end();
        return () => {};
      });
      if (isOfHost) forget();
    },
    abort(error) {
      if (isOfHost) forget();
      else stream.destroy(error instanceof Error ? error : undefined);
    },
  };
}
