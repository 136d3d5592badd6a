import { defaultTimeoutMs } from '../abi.js';
import { ProcessLimitError } from '../errors.js';
import { ByteBuffer } from './byte-buffer.js';
import { bytesKey } from './bytes.js';

// What an argument or a variable costs the host besides its bytes, so that empty ones are not free.
const entryBytes = 256;
/** A pointer and a NUL. */
const systemEntryBytes = 9;

/** What a guest has prepared for its next run. Everything is bytes: a guest may pass any. */
export class PendingCommand {
  readonly #maxBytes: number;
  readonly #stdin = new ByteBuffer();
  readonly #args: Uint8Array[] = [];
  readonly #env = new Map<string, readonly [key: Uint8Array, value: Uint8Array]>();
  #usedBytes = 0;
  #argumentBytes = 0;
  #program: Uint8Array = new Uint8Array(0);
  timeoutMs = defaultTimeoutMs;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get program(): Uint8Array {
    return this.#program;
  }

  get args(): readonly Uint8Array[] {
    return this.#args;
  }

  get env(): Iterable<readonly [key: Uint8Array, value: Uint8Array]> {
    return this.#env.values();
  }

  get stdin(): Uint8Array {
    return this.#stdin.bytes();
  }

  /** What the system would count for arguments and environment: their bytes, a NUL and a pointer each. */
  get argumentBytes(): number {
    return this.#argumentBytes;
  }

  /**
   * To be called before so many bytes are taken from a guest, so that what cannot be kept is not copied first.
   *
   * @throws {ProcessLimitError}
   */
  checkRoom(bytes: number): void {
    if (this.#usedBytes + bytes > this.#maxBytes) {
      throw new ProcessLimitError(
        `The guest prepared more than ${this.#maxBytes} bytes of name, arguments, environment and stdin for one command; raise maxPendingBytes if that is expected.`,
      );
    }
  }

  setProgram(name: Uint8Array): void {
    this.#use(name.byteLength - this.#program.byteLength);
    this.#program = name;
  }

  addArgument(argument: Uint8Array): void {
    this.#use(argument.byteLength + entryBytes);
    this.#argumentBytes += argument.byteLength + systemEntryBytes;
    this.#args.push(argument);
  }

  /** A key that is there already keeps its first value. */
  addVariable(key: Uint8Array, value: Uint8Array): void {
    const mapKey = bytesKey(key);
    if (!this.#env.has(mapKey)) {
      this.#use(2 * key.byteLength + value.byteLength + entryBytes);
      this.#argumentBytes += key.byteLength + 1 + value.byteLength + systemEntryBytes;
      this.#env.set(mapKey, [key, value]);
    }
  }

  addStdin(bytes: Uint8Array): void {
    this.#use(bytes.byteLength);
    this.#stdin.append(bytes);
  }

  #use(bytes: number): void {
    this.checkRoom(bytes);
    this.#usedBytes += bytes;
  }
}
