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

/** The fields of messages of ONNX that are read, by their numbers in `onnx.proto`. */
const fields = {
  model: { irVersion: 1, graph: 7, operatorSets: 8, training: 20, functions: 25 },
  training: { initialization: 1, algorithm: 2 },
  function: { node: 7 },
  graph: { node: 1, initializer: 5, input: 11, output: 12, sparseInitializer: 15 },
  node: { attribute: 5 },
  attribute: { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparses: 23 },
  sparse: { values: 1, indices: 2 },
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

/** More graphs within graphs than any model has, and few enough for every stack. */
const maxDepth = 64;

/** The number of `TensorProto.DataLocation` for data in another file. */
const external = 1;

/** Reads a file of ONNX as far as is of interest before anything is run; a method throws a `RangeError` for what is not one. */
export class ModelReader {
  readonly #model: Uint8Array;

  constructor(model: Uint8Array) {
    this.#model = model;
  }

  /** Inputs that must be set, and outputs, in the model's order. */
  ports(): { readonly inputs: readonly PortTensor[]; readonly outputs: readonly PortTensor[] } {
    const graph = this.#graph();
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
    const files = new Set<string>();
    const others = new Set<string>();
    for (const field of readFields(this.#model)) {
      if (!('bytes' in field)) continue;
      const { number, bytes } = field;
      if (number === fields.model.graph) {
        for (const tensor of bytesOf(bytes, fields.graph.initializer)) searchTensor(tensor, files);
        searchRest(bytes, others, 0);
      }
      if (number === fields.model.functions) searchNodes(bytes, fields.function.node, others, 0);
      if (number !== fields.model.training) continue;
      for (const graph of bytesOf(bytes, fields.training.initialization)) searchGraph(graph, others, 0);
      for (const graph of bytesOf(bytes, fields.training.algorithm)) searchGraph(graph, others, 0);
    }
    return { files: [...files], others: [...others] };
  }

  #graph(): Uint8Array {
    const graph = [...bytesOf(this.#model, fields.model.graph)].at(-1);
    if (graph === undefined) throw new RangeError('it has no graph');
    return graph;
  }
}

function readPort(value: Uint8Array): PortTensor {
  const name = textOf(value, fields.value.name);
  const types = [...bytesOf(value, fields.value.type)].flatMap((type) => [...readFields(type)]);
  for (const field of types) {
    if (!('bytes' in field)) continue;
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

function searchGraph(graph: Uint8Array, found: Set<string>, depth: number): void {
  if (depth > maxDepth) throw new RangeError(`graphs in it are more than ${maxDepth} deep`);
  for (const tensor of bytesOf(graph, fields.graph.initializer)) searchTensor(tensor, found);
  searchRest(graph, found, depth);
}

/** All of a graph but its initializers. */
function searchRest(graph: Uint8Array, found: Set<string>, depth: number): void {
  for (const sparse of bytesOf(graph, fields.graph.sparseInitializer)) searchSparse(sparse, found);
  searchNodes(graph, fields.graph.node, found, depth);
}

function searchNodes(parent: Uint8Array, nodes: number, found: Set<string>, depth: number): void {
  for (const node of bytesOf(parent, nodes)) {
    for (const attribute of bytesOf(node, fields.node.attribute)) searchAttribute(attribute, found, depth);
  }
}

function searchAttribute(attribute: Uint8Array, found: Set<string>, depth: number): void {
  const { tensor, tensors, graph, graphs, sparse, sparses } = fields.attribute;
  for (const field of readFields(attribute)) {
    if (!('bytes' in field)) continue;
    if (field.number === tensor || field.number === tensors) searchTensor(field.bytes, found);
    if (field.number === graph || field.number === graphs) searchGraph(field.bytes, found, depth + 1);
    if (field.number === sparse || field.number === sparses) searchSparse(field.bytes, found);
  }
}

function searchSparse(sparse: Uint8Array, found: Set<string>): void {
  for (const tensor of bytesOf(sparse, fields.sparse.values)) searchTensor(tensor, found);
  for (const tensor of bytesOf(sparse, fields.sparse.indices)) searchTensor(tensor, found);
}

/** Only the location counts: a tensor that has its data here may name a file all the same. */
function searchTensor(tensor: Uint8Array, found: Set<string>): void {
  if (numberOf(tensor, fields.tensor.dataLocation) !== external) return;
  for (const entry of bytesOf(tensor, fields.tensor.externalData)) {
    if (textOf(entry, fields.entry.key) === 'location') found.add(textOf(entry, fields.entry.value));
  }
}
