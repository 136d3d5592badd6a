import { Buffer } from 'node:buffer';
import { type FunctionName, memorySize } from '../drive/raw-calls.js';
import type { InlineCalls } from './inline-calls.js';
import type { LiveObject, ObjectKind, PlannedCall } from './planned-call.js';
import type { Random } from './random.js';

/** Collects the arguments of one call, storing what they point to. */
export class CallBuilder {
  readonly random: Random;
  /** The algorithm that the object should have which the call makes; empty for any. */
  readonly wanted: string;
  readonly #name: FunctionName;
  readonly #raw: InlineCalls;
  readonly #args: (number | bigint)[] = [];
  readonly #outputs: PlannedCall['outputs'][number][] = [];
  readonly #gives: PlannedCall['gives'][number][] = [];
  #closes: PlannedCall['closes'];
  #offset: number;

  constructor(name: FunctionName, raw: InlineCalls, random: Random, wanted: string) {
    this.#name = name;
    this.wanted = wanted;
    this.#raw = raw;
    this.random = random;
    // Anywhere, without alignment; the rest is enough for any call.
    this.#offset = random.below(memorySize - 40_000);
  }

  plain(value: number | bigint): this {
    this.#args.push(value);
    return this;
  }

  object({ handle }: LiveObject): this {
    return this.plain(handle);
  }

  closing(kind: ObjectKind, { handle }: LiveObject): this {
    this.#closes = { kind, handle };
    return this.plain(handle);
  }

  /** Pointer and length of bytes that are stored. */
  bytes(bytes: Uint8Array | string): this {
    const stored = Buffer.from(bytes as Uint8Array);
    const offset = this.#take(stored.byteLength);
    this.#raw.store(offset, stored);
    return this.plain(offset).plain(stored.byteLength);
  }

  /** Pointer and length of a name, in some case of letters. */
  name(text: string): this {
    return this.bytes(this.random.oneIn(6) ? text.toLowerCase() : text);
  }

  /** Pointer and length of room that the function may write to. */
  room(length: number): this {
    this.plain(this.#take(length)).plain(length);
    const argument = this.#args.length - 1;
    this.#outputs.push({ pointer: argument - 1, length: { argument } });
    return this;
  }

  /** A pointer to a number that the function gives. */
  number(length: 4 | 8): this {
    this.#outputs.push({ pointer: this.#args.length, length });
    return this.plain(this.#take(length));
  }

  /** A pointer to a handle that the function gives. */
  gives(kind: ObjectKind, algorithm: string, state?: LiveObject): this {
    const pointer = this.#args.length;
    this.#gives.push({ pointer, kind, algorithm, ...(state && { state: state.handle }) });
    return this.number(4);
  }

  /** A pointer to an optional handle. */
  optional(object: LiveObject | undefined): this {
    const record = Buffer.alloc(8);
    record.writeUInt8(object === undefined ? 1 : this.random.oneIn(20) ? 200 : 0);
    record.writeUInt32LE((object?.handle ?? 0) >>> 0, 4);
    const offset = this.#take(8);
    this.#raw.store(offset, record);
    return this.plain(offset);
  }

  /** The call; one in so many has a hostile argument. */
  build(hostileOneIn: number): PlannedCall {
    const args = [...this.#args];
    if (this.random.oneIn(hostileOneIn)) {
      const index = this.random.below(args.length);
      const hostile = this.#hostile();
      args[index] = typeof args[index] === 'bigint' ? BigInt(hostile) : hostile;
    }
    return {
      name: this.#name,
      args,
      outputs: this.#outputs,
      gives: this.#gives,
      ...(this.#closes && { closes: this.#closes }),
    };
  }

  #hostile(): number {
    const { random } = this;
    return random.pick([
      0,
      1,
      -1,
      5,
      31,
      memorySize,
      memorySize - 1,
      memorySize - 3,
      0x7fff_ffff,
      -0x8000_0000,
      random.below(memorySize),
      random.below(0x7fff_ffff),
      random.below(4096) << 8,
      (random.below(8) << 8) | random.below(12),
    ]);
  }

  #take(length: number): number {
    const offset = this.#offset;
    this.#offset += length + this.random.below(16);
    return offset;
  }
}
