/** Where an engine keeps the bytes of one guest memory. */
export interface MemorySource {
  /**
   * The bytes as they are now. The same object is returned as long as the guest's memory has not grown; cheap to call.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  buffer(): ArrayBufferLike;
  /**
   * Grows by `delta` pages of 64 KiB, an integer from 0 to 65536; returns the size before, in pages, or -1 when that is not possible.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  grow(delta: number): number;
  /**
   * Where a buffer that the memory has outgrown is empty, or shares the bytes of the current one: whether the instance that owns the memory is
   * gone. As long as it is not, bytes within the last buffer are accessed without asking for the current one. Default: it is asked for each time.
   */
  readonly life?: MemoryLife | undefined;
  /**
   * Told before bytes are handed out that outlive the current call, so that the engine keeps them alive.
   *
   * @throws {DisposedError} when the instance that owns the memory is gone.
   */
  lend(): void;
}

/** Whether the instance that owns a memory is still there. */
export interface MemoryLife {
  /** True once it is gone. */
  readonly disposed: boolean;
}
