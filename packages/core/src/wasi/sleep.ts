const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread for so many milliseconds. */
export function sleep(milliseconds: number): void {
  Atomics.wait(never, 0, 0, milliseconds);
}
