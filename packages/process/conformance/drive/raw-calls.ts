import { Buffer } from 'node:buffer';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import { type Runtime, signature } from '@wasmedge-plugins/core';
import type { CommandRules } from '../../src/options.js';

/** Size of the memory of the guest `raw-calls`, until it grows. */
export const memorySize = 65_536;

const declared = {
  set_prog_name: signature(['i32', 'i32'], []),
  add_arg: signature(['i32', 'i32'], []),
  add_env: signature(['i32', 'i32', 'i32', 'i32'], []),
  add_stdin: signature(['i32', 'i32'], []),
  set_timeout: signature(['i32'], []),
  run: signature([], ['i32']),
  get_exit_code: signature([], ['i32']),
  get_stdout_len: signature([], ['i32']),
  get_stdout: signature(['i32'], []),
  get_stderr_len: signature([], ['i32']),
  get_stderr: signature(['i32'], []),
  store: signature(['i32', 'i32'], []),
  load: signature(['i32'], ['i32']),
  grow: signature(['i32'], ['i32']),
  add_pages_to_stdin: signature(['i32'], []),
  add_empty_arguments: signature(['i32'], []),
} as const;

const instantiate = (runtime: Runtime, bytes: Uint8Array) =>
  runtime.instantiate(bytes, { exports: declared });

/** The exports of the guest `raw-calls`, which passes on any numbers, and its own bytes. */
export class RawCalls implements Disposable {
  readonly #instance: ReturnType<typeof instantiate>;
  readonly exports: ReturnType<typeof instantiate>['exports'];

  constructor(runtime: Runtime, context: CaseContext) {
    this.#instance = instantiate(runtime, context.guest('raw-calls'));
    this.exports = this.#instance.exports;
  }

  [Symbol.dispose](): void {
    this.#instance[Symbol.dispose]();
  }

  static async create(context: CaseContext, rules: CommandRules): Promise<RawCalls> {
    return new RawCalls(await context.createRuntime({ plugin: rules }), context);
  }

  /** Lets the guest store a text in its memory. */
  store(offset: number, text: string): { offset: number; length: number } {
    const bytes = Buffer.from(text);
    for (const [index, byte] of bytes.entries()) {
      this.exports.store(offset + index, byte);
    }
    return { offset, length: bytes.length };
  }

  /** Lets the guest tell the bytes of its memory. */
  load(offset: number, length: number): Buffer {
    return Buffer.from(Array.from({ length }, (_, index) => this.exports.load(offset + index)));
  }

  /** Prepares `sh -c script`, storing the texts from `offset` on. */
  shell(script: string, offset = 0): void {
    const name = this.store(offset, 'sh');
    this.exports.set_prog_name(name.offset, name.length);
    for (const text of ['-c', script, 'sh']) {
      const arg = this.store(offset, text);
      this.exports.add_arg(arg.offset, arg.length);
    }
  }

  /** Stdout of the last run, which the guest takes to `offset`. */
  stdout(offset = 1024): string {
    this.exports.get_stdout(offset);
    return this.load(offset, this.exports.get_stdout_len()).toString();
  }

  stderr(offset = 1024): string {
    this.exports.get_stderr(offset);
    return this.load(offset, this.exports.get_stderr_len()).toString();
  }
}
