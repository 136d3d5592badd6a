/** Bytes of an element by the numbers of `TensorType` in the schema of TensorFlow Lite; text has none that a model tells. */
const elementBytes = [4, 2, 4, 1, 8, 0, 1, 2, 8, 1, 8, 16, 8, 0, 0, 4, 2, 1];

/** Places of fields in the tables of the schema. */
const field = {
  operators: 1,
  subgraphs: 2,
  buffers: 4,
  narrowNumber: 0,
  version: 2,
  number: 3,
  tensors: 0,
  inputs: 1,
  outputs: 2,
  shape: 0,
  type: 1,
  buffer: 2,
  name: 3,
  quantization: 4,
  signature: 7,
  scale: 2,
  zeroPoint: 3,
  dimension: 6,
  data: 0,
};

/** More names, and values of a quantization, than a person could look at. */
const maxValues = 65_536;
const maxNameBytes = 4096;

/** Values and characters of names of all ports together, of which many can lead to the same tensor. */
const maxPortValues = 2 ** 20;

const maxTables = 100_000;
const maxDimensions = 16;

/**
 * Reads a model: a flatbuffer, in which a table begins with the way to the list of its fields, and a vector with its length. Numbers that lead
 * outside of it throw a `RangeError`.
 */
export class ModelReader {
  readonly #view: DataView;
  #seen = 0;
  #portValues = 0;

  constructor(model: Uint8Array) {
    this.#view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  }

  tensorBytes(): number {
    const model = this.#follow(0);
    const buffers = this.#vector(model, field.buffers);
    let total = 0;
    for (const subgraph of this.#tables(this.#vector(model, field.subgraphs))) {
      for (const tensor of this.#tables(this.#vector(subgraph, field.tensors))) {
        if (!this.#isConstant(tensor, buffers)) total += this.#bytesOf(tensor);
      }
    }
    return total;
  }

  /** Reads what no description needs: the operators, and up to where the data of each tensor end. */
  checkRest(): void {
    Array.from(this.operators());
    for (const buffer of this.#tables(this.#vector(this.#follow(0), field.buffers))) {
      const { start, length } = this.#vector(buffer, field.data);
      if (start + length > this.#view.byteLength) throw new RangeError('it ends within the data of a tensor');
    }
  }

  /** The operators that the model says it needs. */
  *operators(): Iterable<Operator> {
    for (const operator of this.#tables(this.#vector(this.#follow(0), field.operators))) {
      const narrow = this.#field(operator, field.narrowNumber);
      yield {
        // Numbers from 127 on are in the newer, wider field only.
        number: Math.max(
          narrow === 0 ? 0 : this.#view.getInt8(narrow),
          this.#number(operator, field.number, 0),
        ),
        version: this.#number(operator, field.version, 1),
      };
    }
  }

  /** The tensors that the first graph of the model takes and gives. */
  ports(): { readonly inputs: readonly PortTensor[]; readonly outputs: readonly PortTensor[] } {
    const [graph] = [...this.#tables(this.#vector(this.#follow(0), field.subgraphs))];
    if (graph === undefined) throw new RangeError('it has no graph');
    const tensors = this.#vector(graph, field.tensors);
    const named = (index: number) =>
      this.#int32s(this.#vector(graph, index)).map((number) => {
        if (number < 0 || number >= tensors.length) throw new RangeError('a port without a tensor');
        return this.#port(this.#follow(tensors.start + number * 4));
      });
    return { inputs: named(field.inputs), outputs: named(field.outputs) };
  }

  #port(tensor: number): PortTensor {
    const type = this.#field(tensor, field.type);
    const shape = this.#int32s(this.#vector(tensor, field.shape), maxDimensions);
    const signature = this.#int32s(this.#vector(tensor, field.signature), maxDimensions);
    const name = this.#vector(tensor, field.name);
    const place = this.#field(tensor, field.quantization);
    return {
      name: this.#text(name),
      type: type === 0 ? 0 : this.#view.getUint8(type),
      // The signature has -1 for what is not fixed, where the shape has a number to begin with.
      shape: signature.length === shape.length ? signature : shape,
      ...(place === 0 ? {} : this.#quantization(this.#follow(place))),
    };
  }

  #quantization(table: number): Pick<PortTensor, 'scale' | 'zeroPoint' | 'dimension'> {
    const scale = this.#values(this.#vector(table, field.scale), 4, (at) => this.#view.getFloat32(at, true));
    const zeroPoint = this.#values(this.#vector(table, field.zeroPoint), 8, (at) =>
      Number(this.#view.getBigInt64(at, true)),
    );
    return scale.length === 0 ? {} : { scale, zeroPoint, dimension: this.#number(table, field.dimension, 0) };
  }

  #text({ start, length }: Vector): string {
    if (length > maxNameBytes) throw new RangeError('a name that is too long');
    this.#count(length);
    const { buffer, byteOffset, byteLength } = this.#view;
    if (start + length > byteLength) throw new RangeError('a name that leads outside of the file');
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + start, length));
  }

  #int32s(vector: Vector, max = maxValues): readonly number[] {
    return this.#values(vector, 4, (at) => this.#view.getInt32(at, true), max);
  }

  #values(
    { start, length }: Vector,
    size: number,
    read: (at: number) => number,
    max = maxValues,
  ): readonly number[] {
    if (length > max) throw new RangeError('too many values');
    this.#count(length);
    return Array.from({ length }, (_, index) => read(start + index * size));
  }

  #count(values: number): void {
    this.#portValues += values;
    if (this.#portValues > maxPortValues) throw new RangeError('too many values');
  }

  #number(table: number, index: number, otherwise: number): number {
    const place = this.#field(table, index);
    return place === 0 ? otherwise : this.#view.getInt32(place, true);
  }

  #bytesOf(tensor: number): number {
    const type = this.#field(tensor, field.type);
    const { start, length } = this.#vector(tensor, field.shape);
    if (length > maxDimensions) throw new RangeError('too many dimensions');
    let bytes = elementBytes[type === 0 ? 0 : this.#view.getUint8(type)] ?? 0;
    for (let index = 0; index < length; index++) {
      bytes *= Math.max(0, this.#view.getInt32(start + index * 4, true));
    }
    return bytes;
  }

  #isConstant(tensor: number, buffers: Vector): boolean {
    const place = this.#field(tensor, field.buffer);
    const index = place === 0 ? 0 : this.#view.getUint32(place, true);
    if (index >= buffers.length) return false;
    return this.#vector(this.#follow(buffers.start + index * 4), field.data).length > 0;
  }

  *#tables({ start, length }: Vector): Iterable<number> {
    for (let index = 0; index < length; index++) {
      if (++this.#seen > maxTables) throw new RangeError('too many tables');
      yield this.#follow(start + index * 4);
    }
  }

  #vector(table: number, index: number): Vector {
    const place = this.#field(table, index);
    if (place === 0) return { start: 0, length: 0 };
    const vector = this.#follow(place);
    return { start: vector + 4, length: this.#view.getUint32(vector, true) };
  }

  /** Where a field of a table is; 0 when the table has none. */
  #field(table: number, index: number): number {
    const fields = table - this.#view.getInt32(table, true);
    const entry = 4 + index * 2;
    if (this.#view.getUint16(fields, true) < entry + 2) return 0;
    const offset = this.#view.getUint16(fields + entry, true);
    return offset === 0 ? 0 : table + offset;
  }

  #follow(place: number): number {
    return place + this.#view.getUint32(place, true);
  }
}

/** An operator by its number in the schema. */
export interface Operator {
  readonly number: number;
  readonly version: number;
}

/** An input or output, with its type by the number in the schema. */
export interface PortTensor {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly scale?: readonly number[];
  readonly zeroPoint?: readonly number[];
  readonly dimension?: number;
}

interface Vector {
  readonly start: number;
  readonly length: number;
}
