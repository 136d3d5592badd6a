import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { GuestMemory } from '@wasmedge-plugins/core';
import { type Argument, type Invocation, layOut, out, readAnswer, room } from '../drive/call-layout.js';
import { errnoName } from '../drive/errno.js';
import type { FunctionName } from '../drive/raw-calls.js';
import type { Calls } from './calls.js';

/** The functions on a memory of their own, for host functions: they are synchronous. */
export class OwnCalls {
  readonly #right: Calls;
  /** Stands for the guest whose handles are used. */
  instance: object = {};
  readonly #bytes = Buffer.from(new ArrayBuffer(1 << 20));
  readonly #memory = new GuestMemory({ buffer: () => this.#bytes.buffer, grow: () => -1, lend() {} });

  constructor(right: Calls) {
    this.#right = right;
  }

  /** Calls a function; the answers are those of its `out` and `room` arguments. */
  invoke(name: FunctionName, ...args: readonly Argument[]): Invocation {
    const { values, writes, places } = layOut(args);
    for (const { offset, bytes } of writes) {
      if (typeof bytes === 'number') this.#bytes.fill(0, offset, offset + bytes);
      else this.#bytes.set(bytes, offset);
    }
    const memory = this.#memory;
    const errno = this.#right[name](
      { hasMemory: true, memory, instance: this.instance },
      ...(values as number[]),
    );
    const read = (place: (typeof places)[number]) =>
      readAnswer(Buffer.from(this.#bytes.subarray(place.offset, place.offset + place.length)), place);
    return { errno, answers: places.map(read) };
  }

  /** Calls a function that must succeed and answers nothing. */
  ok(name: FunctionName, ...args: readonly Argument[]): void {
    this.#succeed(name, args);
  }

  /** Calls a function that must succeed; its first number, for example the new handle. */
  number(name: FunctionName, ...args: readonly Argument[]): number {
    return Number(this.#succeed(name, args).find((answer) => typeof answer === 'bigint'));
  }

  /** Calls a function that must succeed; the bytes of its first `room`. */
  bytes(name: FunctionName, ...args: readonly Argument[]): Buffer {
    return this.#succeed(name, args).find((answer) => typeof answer === 'object') as Buffer;
  }

  /** Calls a function that must succeed with an array output; all its bytes. */
  output(name: FunctionName, ...args: readonly Argument[]): Buffer {
    return this.pull(this.number(name, ...args, out));
  }

  /** All bytes of an array output, in one pull. */
  pull(array: number): Buffer {
    const length = this.number('array_output_len', array, out);
    return this.bytes('array_output_pull', array, room(length), out);
  }

  #succeed(name: FunctionName, args: readonly Argument[]): Invocation['answers'] {
    const { errno, answers } = this.invoke(name, ...args);
    assert.equal(errnoName(errno), 'success', `what ${name} answers`);
    return answers;
  }
}
