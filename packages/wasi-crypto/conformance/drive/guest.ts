import { strict as assert } from 'node:assert';
import type { Buffer } from 'node:buffer';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import type { WasiCryptoPluginOptions } from '../../src/options.js';
import { type Answer, type Argument, type Invocation, layOut, out, readAnswer, room } from './call-layout.js';
import { type ErrnoName, errnoName } from './errno.js';
import { type FunctionName, RawCalls } from './raw-calls.js';

export { none, optional, out, out64, room } from './call-layout.js';

/** Calls the functions through the guest `raw-calls`, laying arguments out in its memory. */
export class Guest {
  readonly raw: RawCalls;

  private constructor(raw: RawCalls) {
    this.raw = raw;
  }

  /** Two guests in one runtime. */
  static async two(context: CaseContext): Promise<readonly [Guest, Guest]> {
    const runtime = await context.createRuntime();
    const make = async () => new Guest(await RawCalls.in(runtime, context.guest('raw-calls')));
    return [await make(), await make()];
  }

  static async create(context: CaseContext, plugin?: WasiCryptoPluginOptions): Promise<Guest> {
    return new Guest(await RawCalls.in(await context.createRuntime({ plugin }), context.guest('raw-calls')));
  }

  /** Calls a function; the answers are those of its `out` and `room` arguments, which are 0 or empty when it failed. */
  async invoke(name: FunctionName, ...args: readonly Argument[]): Promise<Invocation> {
    const { values, writes, places } = layOut(args);
    for (const { offset, bytes } of writes) {
      if (typeof bytes === 'number') await this.raw.fill(offset, 0, bytes);
      else await this.raw.store(offset, bytes);
    }
    const errno = await this.raw.call(name, ...values);
    const answers: Answer[] = [];
    for (const place of places) {
      answers.push(readAnswer(await this.raw.load(place.offset, place.length), place));
    }
    return { errno, answers };
  }

  /** Calls a function that must succeed and answers nothing. */
  async ok(name: FunctionName, ...args: readonly Argument[]): Promise<void> {
    await this.#succeed(name, args);
  }

  /** Calls a function that must succeed; its first number, for example the new handle. */
  async number(name: FunctionName, ...args: readonly Argument[]): Promise<number> {
    return Number((await this.#succeed(name, args)).find((answer) => typeof answer === 'bigint'));
  }

  /** Calls a function that must succeed; the bytes of its first `room`. */
  async bytes(name: FunctionName, ...args: readonly Argument[]): Promise<Buffer> {
    const bytes = (await this.#succeed(name, args)).find((answer) => typeof answer === 'object');
    assert(bytes !== undefined, `${name} was given no room`);
    return bytes;
  }

  /** Calls a function that must succeed with an array output; all its bytes. */
  async output(name: FunctionName, ...args: readonly Argument[]): Promise<Buffer> {
    return this.pull(await this.number(name, ...args, out));
  }

  /** All bytes of an array output, in one pull. */
  async pull(array: number): Promise<Buffer> {
    const length = await this.number('array_output_len', array, out);
    return this.bytes('array_output_pull', array, room(length), out);
  }

  /** Calls a function that must fail with this error. */
  async fails(expected: ErrnoName, name: FunctionName, ...args: readonly Argument[]): Promise<void> {
    const { errno } = await this.invoke(name, ...args);
    assert.equal(errnoName(errno), expected, `what ${name}(${args.map(describe).join(', ')}) answers`);
  }

  async #succeed(name: FunctionName, args: readonly Argument[]): Promise<readonly Answer[]> {
    const { errno, answers } = await this.invoke(name, ...args);
    assert.equal(errnoName(errno), 'success', `what ${name}(${args.map(describe).join(', ')}) answers`);
    return answers;
  }
}

function describe(arg: Argument): string {
  if (typeof arg === 'string') {
    return arg.length > 40 ? `a text of ${arg.length}` : arg;
  }
  if (arg instanceof Uint8Array) {
    return `${arg.byteLength} bytes`;
  }
  if (typeof arg === 'object') {
    return arg.kind;
  }
  return String(arg);
}
