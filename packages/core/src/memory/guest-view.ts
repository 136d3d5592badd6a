/** A range of guest memory that stays usable when the memory grows. */
export interface GuestView {
  /** Offset in the guest's memory, in bytes. */
  readonly pointer: number;
  /** Size in bytes. */
  readonly length: number;
  /** The bytes, not a copy; read this again after the guest has run, since growing a memory moves it. */
  readonly bytes: Uint8Array;
}

interface LendsBytes {
  bytes(pointer: number, length: number): Uint8Array;
}

/** Makes a view whose `bytes` are looked up in `memory` at each use. */
export function createGuestView(memory: LendsBytes, pointer: number, length: number): GuestView {
  return {
    pointer,
    length,
    get bytes() {
      return memory.bytes(pointer, length);
    },
  };
}
