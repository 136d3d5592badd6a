import { outputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import { ByteSink } from './byte-sink.js';
import { Descriptor } from './descriptor.js';
import { HostStream } from './host-stream.js';

/** Where output goes: to a stream of the host, into memory, or nowhere. */
export type OutputTarget = HostStream | ByteSink | undefined;

/** The guest's standard output or standard error. */
export class StandardOutput extends Descriptor {
  readonly #target: OutputTarget;

  constructor(target: OutputTarget) {
    super(outputRights, outputRights);
    this.#target = target;
  }

  get fileType(): number {
    return this.#target instanceof HostStream ? this.#target.fileType : FileType.unknown;
  }

  override write(bytes: Uint8Array): number {
    const target = this.#target;
    if (target === undefined) return bytes.byteLength;
    if (target instanceof ByteSink) return target.write(bytes);
    return target.write(bytes, (this.flags & FdFlags.nonblock) === 0);
  }

  override get hostDescriptor(): number | undefined {
    return this.#target instanceof HostStream ? this.#target.fd : undefined;
  }
}
