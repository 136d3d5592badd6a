import type { OutputSink } from '../../wasi/endpoints.js';
import { type OutputQuestion, outputWindow } from '../protocol/stream-messages.js';
import type { Lane } from './lane.js';

/** Output that goes to the caller as it comes; it waits when the caller does not take it. */
export class LaneOutput implements OutputSink {
  readonly #lane: Lane;
  readonly #stream: number;
  /** How many bytes the caller has not taken, as far as is known here. */
  #open = 0;

  constructor(lane: Lane, stream: number) {
    this.#lane = lane;
    this.#stream = stream;
  }

  write(bytes: Uint8Array, wait: boolean): number | undefined {
    let sent = 0;
    while (sent < bytes.byteLength) {
      if (this.#open >= outputWindow) this.#ask(outputWindow / 2, wait);
      const free = outputWindow - this.#open;
      if (free <= 0) return sent === 0 ? undefined : sent;
      // What the guest wrote is ours, and is moved where it goes as it is.
      const isAll = sent === 0 && bytes.byteLength <= free;
      const piece = isAll ? bytes : bytes.slice(sent, sent + free);
      this.#open += piece.byteLength;
      sent += piece.byteLength;
      this.#lane.tell({ kind: 'output', stream: this.#stream, bytes: piece });
      if (isAll) return sent;
    }
    return sent;
  }

  /**
   * Waits until the caller has taken everything.
   *
   * @throws what has gone wrong there.
   */
  flush(): void {
    if (this.#open > 0) this.#ask(0, true);
  }

  #ask(most: number, wait: boolean): void {
    const question: OutputQuestion = { kind: 'output', stream: this.#stream, most, wait };
    this.#open = this.#lane.ask(question).value as number;
  }
}
