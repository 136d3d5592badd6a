import { WasiError } from '../wasi-error.js';
import { inputRights, outputRights } from '../wasi-rights.js';
import type { WasiState } from '../wasi-state.js';
import { FileType } from '../wasi-types.js';
import { Descriptor } from './descriptor.js';

/** A socket that no connection of the host belongs to: it can be opened, said to be connected, and closed; nothing goes in or out. */
export class SilentSocket extends Descriptor {
  readonly fileType = FileType.socketStream;
  /** WasmEdge's `address_family`. */
  readonly family: number;
  connected = false;

  constructor(family: number) {
    super(inputRights | outputRights, inputRights | outputRights);
    this.family = family;
  }

  /** The guest's socket with this number. */
  static at({ descriptors }: WasiState, fd: number): SilentSocket {
    const descriptor = descriptors.get(fd);
    if (!(descriptor instanceof SilentSocket)) throw new WasiError('notsock');
    return descriptor;
  }

  override read(): number {
    throw new WasiError('acces');
  }

  override write(): number {
    throw new WasiError('acces');
  }
}
