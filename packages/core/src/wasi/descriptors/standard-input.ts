import { inputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import { Descriptor } from './descriptor.js';
import type { HostStream } from './host-stream.js';

/** The guest's standard input: these bytes, or a stream of the host. */
export class StandardInput extends Descriptor {
  readonly #source: Uint8Array | HostStream;
  #position = 0;

  constructor(source: Uint8Array | HostStream) {
    super(inputRights, inputRights);
    this.#source = source;
  }

  get fileType(): number {
    return this.#source instanceof Uint8Array ? FileType.unknown : this.#source.fileType;
  }

  override read(bytes: Uint8Array): number {
    const source = this.#source;
    if (!(source instanceof Uint8Array)) {
      return source.read(bytes, (this.flags & FdFlags.nonblock) === 0);
    }
    const part = source.subarray(this.#position, this.#position + bytes.byteLength);
    bytes.set(part);
    this.#position += part.byteLength;
    return part.byteLength;
  }

  override get readsOn(): boolean {
    return this.#source instanceof Uint8Array;
  }

  override get readable(): number {
    return this.#source instanceof Uint8Array ? this.#source.byteLength - this.#position : 1;
  }

  override get hostDescriptor(): number | undefined {
    return this.#source instanceof Uint8Array ? undefined : this.#source.fd;
  }
}
