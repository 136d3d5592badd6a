import { inputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import { Descriptor } from './descriptor.js';
import { hostStreamType, readHostStream } from './host-stream.js';

const hostInput = 0;

/** The guest's standard input: these bytes, or the host's own input without any. */
export class StandardInput extends Descriptor {
  readonly #bytes: Uint8Array | undefined;
  #position = 0;

  constructor(bytes: Uint8Array | undefined) {
    super(inputRights, inputRights);
    this.#bytes = bytes;
  }

  get fileType(): number {
    return this.#bytes === undefined ? hostStreamType(hostInput) : FileType.unknown;
  }

  override read(bytes: Uint8Array): number {
    const source = this.#bytes;
    if (source === undefined) {
      return readHostStream(hostInput, bytes, (this.flags & FdFlags.nonblock) === 0);
    }
    const part = source.subarray(this.#position, this.#position + bytes.byteLength);
    bytes.set(part);
    this.#position += part.byteLength;
    return part.byteLength;
  }

  override get readsOn(): boolean {
    return this.#bytes !== undefined;
  }

  override get readable(): number {
    return this.#bytes === undefined ? 1 : this.#bytes.byteLength - this.#position;
  }
}
