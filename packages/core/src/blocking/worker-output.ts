import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

const stderr = 2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Sends what tasks print, to stdout too, to the stderr of the process, at once. The streams that Node gives a worker pass through the
 * calling thread, which is asleep: a task that waits for its own output would wait for ever.
 */
export function redirectOutput(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = new Writable({
      decodeStrings: true,
      write(chunk: Buffer, _encoding, done) {
        writeToStderr(chunk);
        done();
      },
    });
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  }
}

function writeToStderr(chunk: Buffer): void {
  let written = 0;
  // A pipe that nobody empties for a second loses the rest of the text rather than stopping the task.
  for (let waits = 0; written < chunk.length && waits < 100; ) {
    try {
      written += writeSync(stderr, chunk, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      waits++;
      Atomics.wait(sleeper, 0, 0, 10);
    }
  }
}
