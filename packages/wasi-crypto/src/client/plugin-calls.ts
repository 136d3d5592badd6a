import {
  DisposedError,
  type GuestExports,
  type GuestMemory,
  InvalidArgumentError,
  type ProviderName,
  type Runtime,
} from '@wasmedge-plugins/core';
import type {
  asymmetricCommonSignatures,
  commonSignatures,
  kxSignatures,
  signatureSignatures,
  symmetricSignatures,
} from '../abi.js';
import { bridgeGuest } from './bridge-guest.js';
import { type Argument, placeArguments } from './call-arguments.js';
import { cryptoFailure } from './crypto-failure.js';

/** A function of one of the five modules. */
export type FunctionName =
  | keyof typeof commonSignatures
  | keyof typeof asymmetricCommonSignatures
  | keyof typeof kxSignatures
  | keyof typeof signatureSignatures
  | keyof typeof symmetricSignatures;

const pageBytes = 65_536;

/** Calls the functions of the plug-in through a guest, whose memory holds arguments and results for one call and is zeroed after it. */
export class PluginCalls implements Disposable {
  readonly provider: ProviderName;
  readonly #runtime: Runtime;
  readonly #exports: GuestExports;
  readonly #memory: GuestMemory;
  #isDisposed = false;

  /** Takes over the runtime. */
  constructor(runtime: Runtime, provider: ProviderName) {
    this.provider = provider;
    this.#runtime = runtime;
    const instance = runtime.instantiate(bridgeGuest());
    this.#exports = instance.exports;
    this.#memory = instance.exportedMemory('memory');
  }

  /** Calls a function that has no result. */
  act(name: FunctionName, ...args: readonly Argument[]): void {
    this.#call(name, args, 0, () => undefined);
  }

  /** Calls a function whose last argument is a pointer to a number that it stores. */
  number(name: FunctionName, ...args: readonly Argument[]): number {
    return this.#call(name, args, 1, ([number = 0]) => number);
  }

  /** Calls a function that stores several numbers, to which the last arguments point. */
  numbers(name: FunctionName, count: number, ...args: readonly Argument[]): number[] {
    return this.#call(name, args, count, (numbers) => numbers);
  }

  /** Calls a function that fills a room, and may store a number; returns the bytes. */
  bytes(name: FunctionName, numbers: 0 | 1, ...args: readonly Argument[]): Uint8Array<ArrayBuffer> {
    return this.#call(name, args, numbers, (_numbers, bytes) => bytes);
  }

  /** Calls a function that stores the handle of an output; returns the output's bytes. */
  output(name: FunctionName, ...args: readonly Argument[]): Uint8Array<ArrayBuffer> {
    return this.take(this.number(name, ...args));
  }

  /** The bytes of an output, which is closed. */
  take(output: number): Uint8Array<ArrayBuffer> {
    const length = this.number('array_output_len', output);
    const bytes = this.bytes('array_output_pull', 1, output, { room: length });
    if (length > 0) {
      // The native plug-in closes an output only when it is pulled once more.
      this.number('array_output_pull', output, { room: 0 });
    }
    return bytes;
  }

  /** The bytes of a tag, which is closed. */
  takeTag(tag: number): Uint8Array<ArrayBuffer> {
    const length = this.number('symmetric_tag_len', tag);
    const bytes = this.bytes('symmetric_tag_pull', 1, tag, { room: length });
    if (this.provider === 'native') {
      // It leaves the tag open.
      this.act('symmetric_tag_close', tag);
    }
    return bytes;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#runtime[Symbol.dispose]();
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  #call<Result>(
    name: FunctionName,
    args: readonly Argument[],
    numbers: number,
    read: (numbers: number[], bytes: Uint8Array<ArrayBuffer>) => Result,
  ): Result {
    if (this.#isDisposed) {
      throw new DisposedError('The crypto client was disposed; create a new one with createCryptoClient().');
    }
    const placed = placeArguments(args);
    const memory = this.#memoryOf(placed.end);
    try {
      for (const { pointer, bytes } of placed.inputs) {
        memory.write(pointer, bytes);
      }
      const pointers = Array.from({ length: numbers }, (_value, index) => index * 4);
      const answer = Number(this.#exports[name]?.(...placed.values, ...pointers));
      if (answer !== 0) {
        throw cryptoFailure(this.provider, name, answer);
      }
      const room = placed.room ?? { pointer: 0, length: 0 };
      return read(
        pointers.map((pointer) => memory.readU32(pointer)),
        memory.read(room.pointer, room.length),
      );
    } finally {
      memory.fill(0, placed.end, 0);
    }
  }

  #memoryOf(bytes: number): GuestMemory {
    const missing = bytes - this.#memory.byteLength;
    if (missing > 0 && this.#memory.grow(Math.ceil(missing / pageBytes)) === -1) {
      throw new InvalidArgumentError('The data of one call and its result must fit into 4 GiB together.');
    }
    return this.#memory;
  }
}
