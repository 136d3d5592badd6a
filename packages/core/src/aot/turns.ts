import { onAbort } from '../control/on-abort.js';

/** Work that is done one after another, in this thread. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Does the work when all earlier has ended.
   *
   * @throws the signal's reason when it ends the wait.
   */
  async take<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last = before.then(() => ended);
    try {
      await untilAborted(before, signal);
      return await work();
    } finally {
      end();
    }
  }
}

async function untilAborted(before: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await before;
    return;
  }
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => {
    stop = onAbort(signal, resolve);
  });
  await Promise.race([before, aborted]);
  stop();
  signal.throwIfAborted();
}
