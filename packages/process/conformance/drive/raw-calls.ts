import { Buffer } from 'node:buffer';
import type { CaseContext, CaseRuntime } from '@wasmedge-plugins/conformance';
import { signature } from '@wasmedge-plugins/core';
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

const instantiate = (runtime: CaseRuntime, bytes: Uint8Array) =>
  runtime.instantiate(bytes, { exports: declared });

type RawInstance = Awaited<ReturnType<typeof instantiate>>;

/** The exports of the guest `raw-calls`, which passes on any numbers, and its own bytes. */
export class RawCalls {
  readonly #instance: RawInstance;
  readonly exports: RawInstance['exports'];

  private constructor(instance: RawInstance) {
    this.#instance = instance;
    this.exports = instance.exports;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#instance[Symbol.asyncDispose]();
  }

  static async create(context: CaseContext, rules: CommandRules): Promise<RawCalls> {
    return RawCalls.in(await context.createRuntime({ plugin: rules }), context);
  }

  /** The guest in a runtime that there is. */
  static async in(runtime: CaseRuntime, context: CaseContext): Promise<RawCalls> {
    return new RawCalls(await instantiate(runtime, context.guest('raw-calls')));
  }

  /** Puts a text into the guest's memory. */
  async store(offset: number, text: string): Promise<{ offset: number; length: number }> {
    const bytes = Buffer.from(text);
    await this.#instance.writeMemory(offset, bytes);
    return { offset, length: bytes.length };
  }

  /** Bytes of the guest's memory. */
  async load(offset: number, length: number): Promise<Buffer> {
    return Buffer.from(await this.#instance.readMemory(offset, length));
  }

  /** Prepares `sh -c script`, storing the texts from `offset` on. */
  async shell(script: string, offset = 0): Promise<void> {
    const name = await this.store(offset, 'sh');
    await this.exports.set_prog_name(name.offset, name.length);
    for (const text of ['-c', script, 'sh']) {
      const arg = await this.store(offset, text);
      await this.exports.add_arg(arg.offset, arg.length);
    }
  }

  /** Stdout of the last run, which the guest takes to `offset`. */
  async stdout(offset = 1024): Promise<string> {
    await this.exports.get_stdout(offset);
    return (await this.load(offset, await this.exports.get_stdout_len())).toString();
  }

  async stderr(offset = 1024): Promise<string> {
    await this.exports.get_stderr(offset);
    return (await this.load(offset, await this.exports.get_stderr_len())).toString();
  }
}
