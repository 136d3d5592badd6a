import type { InputSource } from '../../wasi/endpoints.js';
import type { InputAnswer, InputQuestion } from '../protocol/stream-messages.js';
import type { Lane } from './lane.js';

const nothing = new Uint8Array(0);

/** Standard input that comes from the caller, who is asked when there is none left. */
export class LaneInput implements InputSource {
  readonly #lane: Lane;
  readonly #stream: number;
  #rest: Uint8Array = nothing;
  #isAtEnd = false;

  constructor(lane: Lane, stream: number) {
    this.#lane = lane;
    this.#stream = stream;
  }

  read(bytes: Uint8Array, wait: boolean): number | undefined {
    if (this.available(wait ? Number.POSITIVE_INFINITY : 0) === undefined) return undefined;
    const piece = this.#rest.subarray(0, bytes.byteLength);
    bytes.set(piece);
    this.#rest = this.#rest.subarray(piece.byteLength);
    return piece.byteLength;
  }

  available(waitMs: number): number | undefined {
    if (this.#rest.byteLength === 0 && !this.#isAtEnd) {
      const question: InputQuestion = { kind: 'input', stream: this.#stream, waitMs };
      const { value, bytes } = this.#lane.ask(question);
      const answer = value as InputAnswer;
      if (answer === 'none') return undefined;
      this.#isAtEnd = answer === 'end';
      this.#rest = bytes ?? nothing;
    }
    return this.#rest.byteLength;
  }
}
