import { Buffer } from 'node:buffer';
import type { CaseRuntime } from '@wasmedge-plugins/conformance';
import { signature } from '@wasmedge-plugins/core';
import {
  asymmetricCommonSignatures,
  commonSignatures,
  kxSignatures,
  signatureSignatures,
  symmetricSignatures,
} from '../../src/abi.js';

/** Size of the memory of the guest `raw-calls`, until it grows. */
export const memorySize = 131_072;

const functions = {
  ...commonSignatures,
  ...asymmetricCommonSignatures,
  ...kxSignatures,
  ...signatureSignatures,
  ...symmetricSignatures,
} as const;

/** A function of one of the five modules. */
export type FunctionName = keyof typeof functions;

/** Every function of the five modules. */
export const functionNames = Object.keys(functions) as FunctionName[];

/** The signatures of the guest `raw-calls`. */
export const rawSignatures = {
  ...functions,
  store: signature(['i32', 'i32'], []),
  load: signature(['i32'], ['i32']),
  store8: signature(['i32', 'i64'], []),
  load8: signature(['i32'], ['i64']),
  fill: signature(['i32', 'i32', 'i32'], []),
  grow: signature(['i32'], ['i32']),
  checksum: signature(['i32', 'i32'], ['i32']),
} as const;

const instantiate = (runtime: CaseRuntime, bytes: Uint8Array) =>
  runtime.instantiate(bytes, { exports: rawSignatures });

type RawInstance = Awaited<ReturnType<typeof instantiate>>;

/** The exports of the guest `raw-calls`, which passes on any numbers, and its own bytes. */
export class RawCalls {
  readonly #instance: RawInstance;

  private constructor(instance: RawInstance) {
    this.#instance = instance;
  }

  static async in(runtime: CaseRuntime, guest: Uint8Array): Promise<RawCalls> {
    return new RawCalls(await instantiate(runtime, guest));
  }

  /** Calls a function with numbers as they are; returns its error code. */
  call(name: FunctionName, ...args: readonly (number | bigint)[]): Promise<number> {
    return (this.#instance.exports[name] as (...args: readonly (number | bigint)[]) => Promise<number>)(
      ...args,
    );
  }

  /** Puts bytes into the guest's memory. */
  async store(offset: number, bytes: Uint8Array): Promise<void> {
    await this.#instance.writeMemory(offset, bytes);
  }

  /** Bytes of the guest's memory. */
  async load(offset: number, length: number): Promise<Buffer> {
    return Buffer.from(await this.#instance.readMemory(offset, length));
  }

  async fill(offset: number, byte: number, length: number): Promise<void> {
    await this.#instance.exports.fill(offset, byte, length);
  }

  grow(pages: number): Promise<number> {
    return this.#instance.exports.grow(pages);
  }

  /** One number for all bytes of a range. */
  checksum(offset: number, length: number): Promise<number> {
    return this.#instance.exports.checksum(offset, length);
  }
}
