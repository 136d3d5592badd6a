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

type RawExports = Awaited<ReturnType<typeof instantiate>>['exports'];

/** The exports of the guest `raw-calls`, which passes on any numbers, and its own bytes. */
export class RawCalls {
  readonly #exports: RawExports;

  private constructor(exports: RawExports) {
    this.#exports = exports;
  }

  static async in(runtime: CaseRuntime, guest: Uint8Array): Promise<RawCalls> {
    return new RawCalls((await instantiate(runtime, guest)).exports);
  }

  /** Calls a function with numbers as they are; returns its error code. */
  call(name: FunctionName, ...args: readonly (number | bigint)[]): Promise<number> {
    return (this.#exports[name] as (...args: readonly (number | bigint)[]) => Promise<number>)(...args);
  }

  /** Lets the guest store bytes in its memory, eight at a time. */
  async store(offset: number, bytes: Uint8Array): Promise<void> {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.byteLength & ~7;
    for (let index = 0; index < whole; index += 8) {
      await this.#exports.store8(offset + index, view.readBigInt64LE(index));
    }
    for (let index = whole; index < bytes.byteLength; index += 1) {
      await this.#exports.store(offset + index, view.readUInt8(index));
    }
  }

  /** Lets the guest tell the bytes of its memory. */
  async load(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    const whole = length & ~7;
    for (let index = 0; index < whole; index += 8) {
      bytes.writeBigInt64LE(await this.#exports.load8(offset + index), index);
    }
    for (let index = whole; index < length; index += 1) {
      bytes.writeUInt8(await this.#exports.load(offset + index), index);
    }
    return bytes;
  }

  async fill(offset: number, byte: number, length: number): Promise<void> {
    await this.#exports.fill(offset, byte, length);
  }

  grow(pages: number): Promise<number> {
    return this.#exports.grow(pages);
  }

  /** One number for all bytes of a range. */
  checksum(offset: number, length: number): Promise<number> {
    return this.#exports.checksum(offset, length);
  }
}
