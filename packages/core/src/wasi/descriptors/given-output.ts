import type { GuestMemory } from '../../memory/guest-memory.js';
import type { OutputSink } from '../endpoints.js';
import { outputRights } from '../wasi-rights.js';
import { FdFlags, FileType } from '../wasi-types.js';
import { Descriptor } from './descriptor.js';
import { askEndpoint, askToMove, largestPiece } from './given-endpoint.js';

/** Standard output or standard error that an object of the host takes. It gets copies, which it may keep. */
export class GivenOutput extends Descriptor {
  readonly fileType = FileType.unknown;
  readonly #sink: OutputSink;
  readonly #method: string;

  /** @param name the name of the stream. */
  constructor(sink: OutputSink, name: 'stdout' | 'stderr') {
    super(outputRights, outputRights);
    this.#sink = sink;
    this.#method = `${name}.write()`;
  }

  override write(bytes: Uint8Array): number {
    return this.#send(bytes.byteLength, (from, size) => bytes.slice(from, from + size));
  }

  override writeFrom(memory: GuestMemory, pointer: number, length: number): number {
    return this.#send(length, (from, size) => memory.read(pointer + from, size));
  }

  #send(length: number, copy: (from: number, size: number) => Uint8Array): number {
    const wait = (this.flags & FdFlags.nonblock) === 0;
    let written = 0;
    while (written < length) {
      const piece = copy(written, Math.min(length - written, largestPiece));
      const most = piece.byteLength;
      const ask = () => this.#sink.write(piece, wait);
      // A guest that does not wait is told what went before.
      const taken =
        wait || written === 0
          ? askToMove(this.#method, most, wait, ask)
          : (askEndpoint(this.#method, most, ask) ?? 0);
      written += taken;
      if (taken < most) break;
    }
    return written;
  }
}
