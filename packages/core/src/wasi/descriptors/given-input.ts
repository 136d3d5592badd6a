import type { GuestMemory } from '../../memory/guest-memory.js';
import type { InputSource } from '../endpoints.js';
import { stopMilliseconds } from '../sleep.js';
import { WasiError } from '../wasi-error.js';
import { inputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import { type AwaitInput, Descriptor } from './descriptor.js';
import { askEndpoint, askToMove, largestPiece, refusedAnswer } from './given-endpoint.js';

/** Standard input that an object of the host gives. It gets no memory of the guest, which could move or end while it works. */
export class GivenInput extends Descriptor {
  readonly fileType = FileType.unknown;
  readonly #awaitInput: AwaitInput | undefined;
  readonly #source: InputSource;
  readonly #remainingMs: () => number;
  #room = new Uint8Array(0);

  constructor(source: InputSource, remainingMs: () => number) {
    super(inputRights, inputRights);
    this.#source = source;
    this.#remainingMs = remainingMs;
    if (source.available !== undefined) {
      this.#awaitInput = (milliseconds) =>
        askEndpoint('stdin.available()', Number.POSITIVE_INFINITY, () => source.available?.(milliseconds));
    }
  }

  override get awaitInput(): AwaitInput | undefined {
    return this.#awaitInput;
  }

  override readInto(memory: GuestMemory, pointer: number, length: number): number {
    const wait = (this.flags & FdFlags.nonblock) === 0;
    if (wait) this.#awaitInTime();
    const most = Math.min(length, largestPiece);
    if (this.#room.byteLength < most) this.#room = new Uint8Array(most);
    const room = this.#room.subarray(0, most);
    const count = askToMove('stdin.read()', most, wait, () => this.#source.read(room, wait));
    if (room.byteLength < count) {
      throw refusedAnswer(
        'stdin.read() of the WASI options transferred the array that it should fill; transfer a copy.',
      );
    }
    memory.write(pointer, room.subarray(0, count));
    return count;
  }

  /** A call with a time limit waits here, where the wait has an end. */
  #awaitInTime(): void {
    const remaining = this.#remainingMs();
    if (this.#awaitInput === undefined || remaining === Number.POSITIVE_INFINITY) return;
    if (this.#awaitInput(remaining + stopMilliseconds) === undefined) throw new WasiError('timedout');
  }
}
