import { Buffer } from 'node:buffer';
import type { PlacedInstance } from '@wasmedge-plugins/core';

/** The memory of a guest, by copies: it may be in another thread or process. */
export class CopiedMemory {
  readonly #instance: Pick<PlacedInstance, 'readMemory' | 'writeMemory'>;

  constructor(instance: Pick<PlacedInstance, 'readMemory' | 'writeMemory'>) {
    this.#instance = instance;
  }

  async read(pointer: number, length: number): Promise<Buffer> {
    return Buffer.from(await this.#instance.readMemory(pointer, length));
  }

  write(pointer: number, bytes: Uint8Array): Promise<void> {
    return this.#instance.writeMemory(pointer, bytes);
  }

  async readU32(pointer: number): Promise<number> {
    return (await this.read(pointer, 4)).readUInt32LE();
  }

  writeU32(pointer: number, value: number): Promise<void> {
    return this.write(pointer, new Uint8Array(Uint32Array.of(value).buffer));
  }
}
