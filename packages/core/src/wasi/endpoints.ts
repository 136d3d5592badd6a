/**
 * Gives a guest its standard input, piece by piece, while the guest waits: what it does is synchronous. What it throws ends the guest's call
 * and arrives as it was thrown.
 */
export interface InputSource {
  /**
   * Puts the next bytes at the beginning of `bytes`, which may be used until this returns, and tells how many: at most `bytes.byteLength`,
   * and 0 at the end. `undefined` says that there are none yet, which is an answer only where `wait` is false.
   *
   * @param bytes room for what the guest asked for, 1 MiB at most. There is at least one byte.
   * @param wait whether the guest waits until there is something; otherwise it wants to be told that there is nothing.
   * @throws anything that is to end the guest's call.
   */
  read(bytes: Uint8Array, wait: boolean): number | undefined;
  /**
   * Tells a guest that waits for several things at once (`poll_oneoff`) how many bytes a read would give it, 0 at the end; `undefined` when there
   * are none after `waitMs` milliseconds. Without it, the guest is told that there is something. A read of a call with a time limit asks here
   * first.
   *
   * @param waitMs for how long it may wait, in milliseconds: 0 for not at all, `Infinity` for as long as it takes.
   * @throws anything that is to end the guest's call.
   */
  available?(waitMs: number): number | undefined;
}

/** Takes what a guest writes, while the guest waits. What it throws ends the guest's call and arrives as it was thrown. */
export interface OutputSink {
  /**
   * Takes bytes and tells how many, from the first on: the guest writes the others again. `undefined` says that it takes none yet, which is an
   * answer only where `wait` is false.
   *
   * @param bytes a copy of what the guest wrote, to be kept or handed on; 1 MiB at most.
   * @param wait whether the guest waits until there is room; otherwise it wants to be told that there is none.
   * @throws anything that is to end the guest's call.
   */
  write(bytes: Uint8Array, wait: boolean): number | undefined;
}
