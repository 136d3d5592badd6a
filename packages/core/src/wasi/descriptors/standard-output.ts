import { outputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import type { ByteSink } from './byte-sink.js';
import { Descriptor } from './descriptor.js';
import { hostStreamType, writeHostStream } from './host-stream.js';

/** Where output goes: a descriptor of the host, memory, or nowhere. */
export type OutputTarget = number | ByteSink | undefined;

/** The guest's standard output or standard error. */
export class StandardOutput extends Descriptor {
  readonly #target: OutputTarget;

  constructor(target: OutputTarget) {
    super(outputRights, outputRights);
    this.#target = target;
  }

  get fileType(): number {
    return typeof this.#target === 'number' ? hostStreamType(this.#target) : FileType.unknown;
  }

  override write(bytes: Uint8Array): number {
    const target = this.#target;
    if (target === undefined) return bytes.byteLength;
    if (typeof target !== 'number') return target.write(bytes);
    return writeHostStream(target, bytes, (this.flags & FdFlags.nonblock) === 0);
  }
}
