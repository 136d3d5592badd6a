import { inputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import { BytesSource } from './bytes-source.js';
import { Descriptor } from './descriptor.js';
import type { HostStream } from './host-stream.js';

/** The guest's standard input: bytes, or a stream of the host. */
export class StandardInput extends Descriptor {
  readonly #source: BytesSource | HostStream;

  constructor(source: BytesSource | HostStream) {
    super(inputRights, inputRights);
    this.#source = source;
  }

  get fileType(): number {
    return this.#source instanceof BytesSource ? FileType.unknown : this.#source.fileType;
  }

  override read(bytes: Uint8Array): number {
    return this.#source.read(bytes, (this.flags & FdFlags.nonblock) === 0);
  }

  override get readsOn(): boolean {
    return this.#source instanceof BytesSource;
  }

  override get readable(): number {
    return this.#source instanceof BytesSource ? this.#source.available() : 1;
  }

  override get hostDescriptor(): number | undefined {
    return this.#source instanceof BytesSource ? undefined : this.#source.fd;
  }
}
