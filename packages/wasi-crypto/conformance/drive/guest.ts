import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import type { WasiCryptoPluginOptions } from '../../src/options.js';
import { type ErrnoName, errnoName } from './errno.js';
import { type FunctionName, RawCalls } from './raw-calls.js';

/** Room for what functions answer; inputs follow. */
const outputs = 16;
const inputs = 4096;

/** Takes one number from the function: its argument is a pointer to 4 bytes, or to 8. */
export const out = { kind: 'out', size: 4 } as const;
export const out64 = { kind: 'out', size: 8 } as const;

/** Takes bytes from the function: two arguments, the pointer to this much room and its length. */
export function room(length: number) {
  return { kind: 'room', length } as const;
}

/** An optional handle: the argument is a pointer to its 8 bytes. */
export function optional(handle?: number) {
  return { kind: 'optional', handle } as const;
}

/** No options, or no key. */
export const none = optional();

/**
 * What a function is called with. A text or bytes are stored in the guest's memory and become two arguments, pointer and length.
 */
export type Argument =
  | number
  | bigint
  | string
  | Uint8Array
  | typeof out
  | typeof out64
  | ReturnType<typeof room>
  | ReturnType<typeof optional>;

/** Something that has a memory, and calls functions with numbers. */
export type MemoryCalls = Pick<RawCalls, 'call' | 'store' | 'load' | 'fill'>;

/** Calls functions, laying arguments out in a memory. */
export class FunctionCaller<Raw extends MemoryCalls = MemoryCalls> {
  readonly raw: Raw;

  constructor(raw: Raw) {
    this.raw = raw;
  }

  /** Calls a function; the answers are those of its `out` and `room` arguments, which are 0 or empty when it failed. */
  invoke(name: FunctionName, ...args: readonly Argument[]): Invocation {
    const { values, places } = this.#layOut(args);
    const errno = this.raw.call(name, ...values);
    return { errno, answers: places.map((place) => this.#read(place)) };
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
    const bytes = this.#succeed(name, args).find((answer) => Buffer.isBuffer(answer));
    assert(bytes !== undefined, `${name} was given no room`);
    return bytes;
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

  /** Calls a function that must fail with this error. */
  fails(expected: ErrnoName, name: FunctionName, ...args: readonly Argument[]): void {
    const { errno } = this.invoke(name, ...args);
    assert.equal(errnoName(errno), expected, `what ${name}(${args.map(describe).join(', ')}) answers`);
  }

  #succeed(name: FunctionName, args: readonly Argument[]): readonly Answer[] {
    const { errno, answers } = this.invoke(name, ...args);
    assert.equal(errnoName(errno), 'success', `what ${name}(${args.map(describe).join(', ')}) answers`);
    return answers;
  }

  #layOut(args: readonly Argument[]): { values: (number | bigint)[]; places: Place[] } {
    const values: (number | bigint)[] = [];
    const places: Place[] = [];
    let output = outputs;
    let input = inputs;
    for (const arg of args) {
      if (typeof arg === 'number' || typeof arg === 'bigint') {
        values.push(arg);
      } else if (typeof arg === 'string' || arg instanceof Uint8Array) {
        const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg;
        this.raw.store(input, bytes);
        values.push(input, bytes.byteLength);
        input += aligned(bytes.byteLength);
      } else if (arg.kind === 'out') {
        this.raw.fill(output, 0, 8);
        values.push(output);
        places.push({ offset: output, length: arg.size, isNumber: true });
        output += 8;
      } else if (arg.kind === 'room') {
        this.raw.fill(input, 0, arg.length);
        values.push(input, arg.length);
        places.push({ offset: input, length: arg.length, isNumber: false });
        input += aligned(arg.length);
      } else {
        this.raw.store(output, optionalRecord(arg.handle));
        values.push(output);
        output += 8;
      }
    }
    return { values, places };
  }

  #read({ offset, length, isNumber }: Place): Answer {
    const bytes = this.raw.load(offset, length);
    if (!isNumber) {
      return bytes;
    }
    return length === 8 ? bytes.readBigUInt64LE() : BigInt(bytes.readUInt32LE());
  }
}

/** Calls the functions through the guest `raw-calls`. */
export class Guest extends FunctionCaller<RawCalls> {
  static async create(context: CaseContext, plugin?: WasiCryptoPluginOptions): Promise<Guest> {
    return new Guest(new RawCalls(await context.createRuntime({ plugin }), context.guest('raw-calls')));
  }
}

/** A number or bytes that a function has answered. */
export type Answer = bigint | Buffer;

export interface Invocation {
  readonly errno: number;
  readonly answers: readonly Answer[];
}

interface Place {
  readonly offset: number;
  readonly length: number;
  readonly isNumber: boolean;
}

function optionalRecord(handle: number | undefined): Buffer {
  const record = Buffer.alloc(8);
  record.writeUInt8(handle === undefined ? 1 : 0, 0);
  record.writeUInt32LE((handle ?? 0) >>> 0, 4);
  return record;
}

function aligned(length: number): number {
  return (length + 7) & ~7;
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
