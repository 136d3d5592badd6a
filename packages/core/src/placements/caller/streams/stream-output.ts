import {
  CannotCrossError,
  type GuestStreamError,
  type GuestStreamName,
} from '../../../errors/placement-errors.js';
import { outputWindow } from '../../protocol/stream-messages.js';
import { outputError } from './open-output.js';
import type { OutputTarget } from './output-target.js';
import type { ServedCall } from './served-call.js';

interface Waiting {
  /** For how few bytes it waits. */
  readonly most: number;
  resolve(open: number): void;
  reject(error: unknown): void;
}

/** Output of guests on its way to what takes it, piece after piece. */
export class StreamOutput {
  readonly #name: GuestStreamName;
  readonly #target: OutputTarget;
  readonly #call: ServedCall;
  readonly #pieces: Uint8Array[] = [];
  /** Bytes that were not taken. */
  #open = 0;
  #isWriting = false;
  #waiting: Waiting[] = [];
  #error: GuestStreamError | undefined;

  constructor(name: GuestStreamName, target: OutputTarget, call: ServedCall) {
    this.#name = name;
    this.#target = target;
    this.#call = call;
  }

  /**
   * Takes a piece from a guest.
   *
   * @throws {CannotCrossError} when its thread or process does not keep to what it may send.
   */
  take(piece: Uint8Array): void {
    if (this.#error !== undefined || piece.byteLength === 0) return;
    this.#open += piece.byteLength;
    if (this.#open > 2 * outputWindow) throw new CannotCrossError('More output arrived than was asked for.');
    this.#pieces.push(piece);
    if (!this.#isWriting) void this.#write();
  }

  /** How many bytes were not taken yet, once they are so few. */
  whenOpen(most: number, wait = true): number | Promise<number> {
    if (this.#error !== undefined) throw this.#error;
    if (!wait || this.#open <= most) return this.#open;
    return new Promise((resolve, reject) => this.#waiting.push({ most, resolve, reject }));
  }

  /**
   * Ends what takes it, once that has everything.
   *
   * @throws {GuestStreamError} when that fails.
   */
  async close(): Promise<void> {
    await this.whenOpen(0);
    try {
      await this.#target.close();
    } catch (cause) {
      throw outputError(this.#name, cause);
    }
  }

  /** The call has failed. */
  abort(error: unknown): void {
    this.#fail(this.#error ?? outputError(this.#name, error));
    this.#target.abort(error);
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      for (let piece = this.#pieces.shift(); piece !== undefined; piece = this.#pieces.shift()) {
        const taken = piece;
        const { byteLength } = taken;
        const isTaken = this.#call.take(() => this.#target.write(taken));
        if (isTaken !== undefined) await isTaken;
        this.#open -= byteLength;
        this.#wake();
      }
    } catch (cause) {
      this.#fail(outputError(this.#name, cause));
    }
    this.#isWriting = false;
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    const ready = this.#waiting.filter(({ most }) => this.#open <= most);
    this.#waiting = this.#waiting.filter(({ most }) => this.#open > most);
    for (const { resolve } of ready) resolve(this.#open);
  }

  #fail(error: GuestStreamError): void {
    this.#error ??= error;
    this.#pieces.length = 0;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#error);
  }
}
