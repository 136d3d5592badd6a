/** Writes protobuf into one buffer that grows; large parts are not copied into it but become chunks of their own. */
export class ProtoWriter {
  #buffer = Buffer.allocUnsafe(512);
  /** Where what is not yet a chunk begins. */
  #start = 0;
  #end: number;
  readonly #chunks: Uint8Array[] = [];
  #chunkBytes = 0;

  /** @param headroom bytes that are left free at the beginning */
  constructor(headroom = 0) {
    this.#end = headroom;
  }

  /** What has been written, in order. Nothing can be written afterwards. */
  finish(): readonly Uint8Array[] {
    this.#cut();
    return this.#chunks;
  }

  get byteLength(): number {
    return this.#chunkBytes + this.#end - this.#start;
  }

  string(field: number, text: string): void {
    if (text !== '') this.oneOfString(field, text);
  }

  /** A string, also if it is empty, as members of a `oneof` must be. */
  oneOfString(field: number, text: string): void {
    const length = Buffer.byteLength(text);
    this.#tag(field, 2);
    this.varint(length);
    this.#reserve(length);
    this.#end += this.#buffer.write(text, this.#end);
  }

  /** A whole number from 0 to 2^53. */
  uint(field: number, value: number): void {
    if (value === 0) return;
    this.#tag(field, 0);
    this.varint(value);
  }

  /** An int64 or uint64, also if it is 0, as members of a `oneof` must be. */
  int64(field: number, value: bigint): void {
    this.#tag(field, 0);
    this.#int64(value);
  }

  double(field: number, value: number): void {
    this.#tag(field, 1);
    this.#reserve(8);
    this.#end = this.#buffer.writeDoubleLE(value, this.#end);
  }

  /** A nested message. */
  message(field: number, write: () => void): void {
    this.#tag(field, 2);
    this.#reserve(1);
    this.#end += 1;
    const start = this.#end;
    write();
    const length = this.#end - start;
    if (length < 0x80) {
      this.#buffer[start - 1] = length;
      return;
    }
    const more = varintLength(length) - 1;
    this.#reserve(more);
    this.#buffer.copyWithin(start + more, start, this.#end);
    this.#end = start - 1;
    this.varint(length);
    this.#end += length;
  }

  /** Whole numbers in one field. */
  packed(field: number, values: readonly number[]): void {
    if (values.length === 0) return;
    this.message(field, () => {
      for (const value of values) this.varint(value);
    });
  }

  /** Bytes; those from 16 KiB on are not copied and must not change until they are sent. Only outside of nested messages. */
  bytes(field: number, data: Uint8Array): void {
    this.#tag(field, 2);
    this.varint(data.byteLength);
    if (data.byteLength >= 16_384) {
      this.#cut();
      this.#chunks.push(data);
      this.#chunkBytes += data.byteLength;
      return;
    }
    this.#reserve(data.byteLength);
    this.#buffer.set(data, this.#end);
    this.#end += data.byteLength;
  }

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#end++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#end++] = rest;
  }

  #int64(value: bigint): void {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      this.#buffer[this.#end++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#buffer[this.#end++] = Number(rest);
  }

  #tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.byteLength) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.byteLength, this.#end + bytes));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }

  /** Makes a chunk of what has been written since the last one. Growing leaves earlier chunks the buffer that they are in. */
  #cut(): void {
    if (this.#end === this.#start) return;
    this.#chunks.push(this.#buffer.subarray(this.#start, this.#end));
    this.#chunkBytes += this.#end - this.#start;
    this.#start = this.#end;
  }
}

function varintLength(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}
