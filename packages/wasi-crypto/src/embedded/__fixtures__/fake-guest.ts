import { Buffer } from 'node:buffer';
import { type Caller, GuestMemory, type HostFunction } from '@wasmedge-plugins/core';
import { CryptoRuntime } from '../crypto-runtime.js';
import type { CryptoState } from '../crypto-state.js';
import { type CryptoErrnoName, cryptoErrnoName } from '../errno.js';
import { GuestCrypto } from '../guest-crypto.js';
import { cryptoHostModules } from '../host-functions.js';
import type { ManagedKeyStorage } from '../managed/managed-key-store.js';

type Argument = number | bigint | Uint8Array | string;

const defaultLimits = { maxHandles: 100, maxStoredBytes: 8 * 1024 * 1024 };

/** Calls the functions as a guest does, with pointers into a memory of 1 MiB; bytes and texts are put into it and passed as two numbers. */
export class FakeGuest {
  readonly state: CryptoState;
  readonly memory: GuestMemory;
  readonly #functions: Readonly<Record<string, HostFunction>>;
  /** What the host was told. */
  readonly logged: string[] = [];
  #top = 1024;

  constructor(
    limits = defaultLimits,
    storage?: ManagedKeyStorage,
    runtime = new CryptoRuntime(limits, storage),
  ) {
    const crypto = new GuestCrypto(runtime);
    this.state = crypto.state;
    const modules = cryptoHostModules(
      () => crypto,
      (level, message) => this.logged.push(`${level}: ${message}`),
    );
    this.#functions = Object.assign({}, ...modules.map(({ functions }) => functions));
    const bytes = new ArrayBuffer(1 << 20);
    this.memory = new GuestMemory({ buffer: () => bytes, grow: () => -1, lend: () => {} });
  }

  /** Room for `length` bytes, which are zero unless the memory was used up and is used again. */
  room(length: number): number {
    if (this.#top + length > this.memory.byteLength) {
      this.#top = 1024;
    }
    this.#top += length;
    return this.#top - length;
  }

  put(bytes: Uint8Array | string): number {
    const data = Buffer.from(bytes as string);
    const pointer = this.room(data.byteLength);
    this.memory.write(pointer, data);
    return pointer;
  }

  /** The name of the result. */
  call(name: string, ...args: readonly Argument[]): CryptoErrnoName {
    const values = args.flatMap((value) =>
      typeof value === 'number' || typeof value === 'bigint'
        ? [value]
        : [this.put(value), Buffer.from(value as string).byteLength],
    );
    const caller: Caller = { memory: this.memory, hasMemory: true, instance: this };
    const result = (this.#functions[name] as HostFunction).call(caller, ...values);
    return cryptoErrnoName(result) as CryptoErrnoName;
  }

  /** Calls a function whose last parameter is where a u32 goes; returns that, or the name of the error. */
  ask(name: string, ...args: readonly Argument[]): number | CryptoErrnoName {
    const out = this.room(4);
    const result = this.call(name, ...args, out);
    return result === 'success' ? this.memory.readU32(out) : result;
  }

  /** As {@link FakeGuest.ask}, for calls that a test needs to succeed. */
  get(name: string, ...args: readonly Argument[]): number {
    const result = this.ask(name, ...args);
    if (typeof result === 'string') {
      throw new Error(`${name} returned ${result}`);
    }
    return result;
  }

  /** An optional handle. */
  optional(handle: number | undefined): number {
    const pointer = this.room(8);
    this.memory.writeU32(pointer, handle === undefined ? 1 : 0);
    this.memory.writeU32(pointer + 4, handle ?? 0);
    return pointer;
  }

  /** All bytes of an output, in hexadecimal digits. */
  output(handle: number): string {
    const length = this.get('array_output_len', handle);
    const pointer = this.room(length);
    this.get('array_output_pull', handle, pointer, length);
    return this.hex(pointer, length);
  }

  hex(pointer: number, length: number): string {
    return Buffer.from(this.memory.read(pointer, length)).toString('hex');
  }

  /** A symmetric state; key bytes and nonce where the algorithm has them. */
  open(algorithm: string, key?: Uint8Array, nonce?: Uint8Array): number {
    const keyHandle = key && this.get('symmetric_key_import', algorithm, key);
    const options = nonce && this.get('options_open', 1);
    if (options !== undefined) {
      this.call('options_set', options, 'nonce', nonce as Uint8Array);
    }
    return this.get('symmetric_state_open', algorithm, this.optional(keyHandle), this.optional(options));
  }

  /** What a state gives as output, in hexadecimal digits. */
  squeeze(state: number, length: number): string {
    const pointer = this.room(length);
    const result = this.call('symmetric_state_squeeze', state, pointer, length);
    return result === 'success' ? this.hex(pointer, length) : result;
  }
}
