import { type MessagePath, visitMessages } from './visit-messages.js';
import { bytesOf, numberOf, readFields, textOf } from './wire.js';

/** An input or output as a model's file describes it. */
export interface PortTensor {
  readonly name: string;
  /** `TensorProto.DataType` of the format; `undefined` for what is not a tensor. */
  readonly type: number | undefined;
  /** What it is instead of a tensor. Default: it is a tensor. */
  readonly kind?: 'a sequence' | 'a map' | 'a sparse tensor' | 'an optional value' | 'of no type' | undefined;
  /** The length of each dimension, -1 for one that is not fixed; `undefined` when the file does not say how many there are. */
  readonly shape: readonly number[] | undefined;
}

/** The fields that are of interest, by their numbers in the schema. */
const fields = {
  model: { irVersion: 1, graph: 7, operatorSets: 8 },
  graph: { initializer: 5, input: 11, output: 12, sparseInitializer: 15 },
  sparse: { values: 1 },
  tensor: { name: 8, externalData: 13, dataLocation: 14 },
  entry: { key: 1, value: 2 },
  value: { name: 1, type: 2 },
  type: { tensor: 1, sequence: 4, map: 5, sparse: 8, optional: 9 },
  tensorType: { element: 1, shape: 2 },
  shape: { dimension: 1 },
  dimension: { value: 1 },
} as const;

const kinds = new Map<number, NonNullable<PortTensor['kind']>>([
  [fields.type.sequence, 'a sequence'],
  [fields.type.map, 'a map'],
  [fields.type.sparse, 'a sparse tensor'],
  [fields.type.optional, 'an optional value'],
]);

/** The number of `TensorProto.DataLocation` for data in another file. */
const external = 1;

/** Where the constants of the main graph are. */
const mainGraph: MessagePath = ['ModelProto', 'GraphProto'];

/** Reads a file of ONNX as far as is of interest before anything is run. */
export class ModelReader {
  readonly #model: Uint8Array;
  readonly #files = new Set<string>();
  readonly #others = new Set<string>();

  /** @throws {RangeError} for what is not a model, or not written as the format says; see {@link visitMessages}. */
  constructor(model: Uint8Array) {
    this.#model = model;
    visitMessages(model, (name, message, path) => {
      if (name !== 'TensorProto') return;
      const location = externalLocation(message);
      if (location === undefined) return;
      (path.join() === mainGraph.join() ? this.#files : this.#others).add(location);
    });
    if (bytesOf(model, fields.model.graph).next().done) throw new RangeError('it has no graph');
  }

  /** Inputs that must be set, and outputs, in the model's order. */
  ports(): { readonly inputs: readonly PortTensor[]; readonly outputs: readonly PortTensor[] } {
    const graph = bytesOf(this.#model, fields.model.graph).next().value as Uint8Array;
    const initialized = new Set([
      ...[...bytesOf(graph, fields.graph.initializer)].map((tensor) => textOf(tensor, fields.tensor.name)),
      ...[...bytesOf(graph, fields.graph.sparseInitializer)].flatMap((sparse) =>
        [...bytesOf(sparse, fields.sparse.values)].map((tensor) => textOf(tensor, fields.tensor.name)),
      ),
    ]);
    const read = (number: number) => [...bytesOf(graph, number)].map(readPort);
    return {
      inputs: read(fields.graph.input).filter(({ name }) => !initialized.has(name)),
      outputs: read(fields.graph.output),
    };
  }

  /** Checks that the versions of operators are there, which the format demands from its version 3 on: they stand last, so that a file which was cut off may lack only them. */
  checkOperatorSets(): void {
    const hasSets = !bytesOf(this.#model, fields.model.operatorSets).next().done;
    if (hasSets || (numberOf(this.#model, fields.model.irVersion) ?? 0) < 3) return;
    throw new RangeError('it does not say which versions of operators it has');
  }

  /** Names of the files that tensors lie in besides the model's own, each once: `files` those of the main graph's initializers, `others` those of any other tensor. */
  externalData(): { readonly files: readonly string[]; readonly others: readonly string[] } {
    return { files: [...this.#files], others: [...this.#others] };
  }
}

function readPort(value: Uint8Array): PortTensor {
  const name = textOf(value, fields.value.name);
  const types = [...bytesOf(value, fields.value.type)].flatMap((type) => [...readFields(type)]);
  for (const field of types) {
    if (field.kind !== 'bytes') continue;
    const kind = kinds.get(field.number);
    if (kind !== undefined) return { name, type: undefined, kind, shape: undefined };
    if (field.number === fields.type.tensor) return { name, ...readTensorType(field.bytes) };
  }
  return { name, type: undefined, kind: 'of no type', shape: undefined };
}

function readTensorType(type: Uint8Array): Pick<PortTensor, 'type' | 'shape'> {
  const shape = [...bytesOf(type, fields.tensorType.shape)].at(-1);
  return {
    type: numberOf(type, fields.tensorType.element) ?? 0,
    shape: shape && [...bytesOf(shape, fields.shape.dimension)].map(readDimension),
  };
}

function readDimension(dimension: Uint8Array): number {
  const length = numberOf(dimension, fields.dimension.value);
  return length !== undefined && length >= 0 && Number.isSafeInteger(length) ? length : -1;
}

/** The name of the file that a tensor lies in; `undefined` for one that is in the model. Only the location counts: one that is here may name a file all the same. */
function externalLocation(tensor: Uint8Array): string | undefined {
  const location = numberOf(tensor, fields.tensor.dataLocation) ?? 0;
  if (location === 0) return undefined;
  if (location !== external) throw new RangeError(`a tensor in it lies at a place of the kind ${location}`);
  const names = [...bytesOf(tensor, fields.tensor.externalData)]
    .filter((entry) => textOf(entry, fields.entry.key) === 'location')
    .map((entry) => textOf(entry, fields.entry.value));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new RangeError('a tensor in it lies in another file, and does not have one name for it');
  }
  return name;
}
