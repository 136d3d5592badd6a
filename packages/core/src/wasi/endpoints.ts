/**
 * Gives a guest its standard input, piece by piece, while the guest waits: its methods are synchronous. An error that it throws ends the
 * guest's call and arrives as thrown.
 */
export interface InputSource {
  /**
   * Puts the next bytes at the beginning of `bytes`, which must not be used after this returns, and returns their number: at most
   * `bytes.byteLength`, and 0 at the end. `undefined` means that there are none yet, which is allowed only if `wait` is false.
   *
   * @param bytes room for what the guest asked for, 1 MiB at most. There is at least one byte.
   * @param wait whether the guest waits until there is something; otherwise it wants to know that there is nothing.
   * @throws anything that should end the guest's call.
   */
  read(bytes: Uint8Array, wait: boolean): number | undefined;
  /**
   * Tells a guest that waits for several things at once (`poll_oneoff`) how many bytes a read would give it, 0 at the end; `undefined` when there
   * are none after `waitMs` milliseconds. Without this method, the guest is told that there is something. In a call with a time limit, a read
   * asks here first.
   *
   * @param waitMs how long it may wait, in milliseconds: 0 for not at all, `Infinity` for as long as it takes.
   * @throws anything that should end the guest's call.
   */
  available?(waitMs: number): number | undefined;
}

/** Takes what a guest writes, while the guest waits. An error that it throws ends the guest's call and arrives as thrown. */
export interface OutputSink {
  /**
   * Takes bytes, from the first on, and returns how many it took: the guest writes the others again. `undefined` means that it takes none yet,
   * which is allowed only if `wait` is false.
   *
   * @param bytes a copy of what the guest wrote, yours to keep or pass on; 1 MiB at most.
   * @param wait whether the guest waits until there is room; otherwise it wants to know that there is none.
   * @throws anything that should end the guest's call.
   */
  write(bytes: Uint8Array, wait: boolean): number | undefined;
}
