import { DisposedError, InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import type { ExecutionContext, Graph, RawTensor, TensorInfo } from './backend.js';
import { checkInput, checkOutput } from './check-session-tensor.js';
import { describeType } from './describe-type.js';
import {
  type IndexedDefinition,
  type InputsOf,
  type ModelDefinition,
  matchDefinitions,
  type OutputsOf,
} from './model-definition.js';
import { type Tensor, tensorBytes, tensorFromBytes } from './tensor.js';

/** What a session takes when no definition of its model was given: tensors by name, or in the model's order. */
export type AnyInputs = Readonly<Record<string, Tensor>> | readonly Tensor[];

/** What it then gives: tensors by name; by index where the format keeps no names. */
export type AnyOutputs = Readonly<Record<string, Tensor>>;

/** Inputs of a session, by the definition of its model. */
export type SessionInputs<Model extends ModelDefinition | undefined> = Model extends ModelDefinition
  ? InputsOf<Model>
  : AnyInputs;

/** Outputs of a session, by the definition of its model. */
export type SessionOutputs<Model extends ModelDefinition | undefined> = Model extends ModelDefinition
  ? OutputsOf<Model>
  : AnyOutputs;

/** A model that is run from TypeScript, without a guest. */
export interface Session<Model extends ModelDefinition | undefined = undefined> extends Disposable {
  /** What the model says of its inputs; `undefined` where its format does not tell. */
  readonly inputs: readonly TensorInfo[] | undefined;
  /** What the model says of its outputs; `undefined` where its format does not tell. */
  readonly outputs: readonly TensorInfo[] | undefined;
  /**
   * Computes in this thread. The outputs are copies.
   *
   * @throws {InvalidArgumentError} when an input is missing, unknown, or of another type or shape than the model's.
   * @throws {NnError} when the backend refuses an input or fails.
   * @throws {ModelMismatchError} when an output is not what the definition says.
   * @throws {DisposedError} after disposal.
   */
  run(inputs: SessionInputs<Model>): SessionOutputs<Model>;
  /**
   * The same, off this thread where the backend can. One computation at a time: a second call waits for the first. The inputs are copied before
   * it returns, so that the caller may use their memory for something else at once.
   */
  runAsync(inputs: SessionInputs<Model>): Promise<SessionOutputs<Model>>;
}

/**
 * Makes a session of a loaded graph, which it then owns, with what is to be freed after it. When it cannot be made, the graph is freed and the
 * rest is the caller's.
 *
 * @throws {ModelMismatchError} when the model is not what `model` says.
 */
export function createSession<Model extends ModelDefinition | undefined>(
  graph: Graph,
  model: Model,
  owned: readonly Disposable[],
): Session<Model> {
  try {
    return new GraphSession(graph, model, [graph, ...owned]) as unknown as Session<Model>;
  } catch (error) {
    graph[Symbol.dispose]();
    throw error;
  }
}

class GraphSession {
  readonly #graph: Graph;
  readonly #owned: readonly Disposable[];
  readonly #inputs: readonly IndexedDefinition[] | undefined;
  readonly #outputs: readonly IndexedDefinition[] | undefined;
  readonly #context: ExecutionContext;
  #last: Promise<unknown> = Promise.resolve();
  #computing = false;
  #disposed = false;

  constructor(graph: Graph, model: ModelDefinition | undefined, owned: readonly Disposable[]) {
    this.#graph = graph;
    this.#owned = owned;
    this.#inputs = model && matchDefinitions('input', model.inputs, graph.inputs);
    this.#outputs = model && matchDefinitions('output', model.outputs, graph.outputs);
    this.#context = graph.createContext();
  }

  get inputs() {
    return this.#graph.inputs;
  }

  get outputs() {
    return this.#graph.outputs;
  }

  run(inputs: AnyInputs): AnyOutputs {
    this.#checkAlive();
    if (this.#computing) {
      throw new InvalidArgumentError('The session is computing; await runAsync() before the next run().');
    }
    this.#setInputs(this.#checkInputs(inputs));
    this.#context.compute();
    return this.#readOutputs();
  }

  async runAsync(inputs: AnyInputs): Promise<AnyOutputs> {
    this.#checkAlive();
    const given = this.#checkInputs(inputs).map(copyInput);
    const next = this.#last.then(async () => {
      this.#checkAlive();
      this.#computing = true;
      try {
        this.#setInputs(given);
        await this.#context.computeAsync();
        this.#checkAlive();
        return this.#readOutputs();
      } finally {
        this.#computing = false;
        if (this.#disposed) this.#free();
      }
    });
    this.#last = next.catch(() => undefined);
    return next;
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    // What computes is freed when it has ended.
    if (!this.#computing) this.#free();
  }

  #free(): void {
    this.#context[Symbol.dispose]();
    for (const each of this.#owned) each[Symbol.dispose]();
  }

  #checkAlive(): void {
    if (this.#disposed) throw new DisposedError('The session was disposed; make another one.');
  }

  #setInputs(inputs: readonly GivenInput[]): void {
    for (const { index, tensor } of inputs) this.#context.setInput(index, tensor);
  }

  /** The inputs with their places in the model; their data is the caller's. */
  #checkInputs(inputs: AnyInputs): readonly GivenInput[] {
    if (!isTable(inputs) && !Array.isArray(inputs)) {
      throw new InvalidArgumentError(
        `The inputs must be an object or an array of tensors, not ${describeType(inputs)}.`,
      );
    }
    const given = Object.entries(inputs).map(([name, tensor]) => ({
      tensor,
      ...this.#input(name, Array.isArray(inputs)),
    }));
    const wanted = this.#inputs ?? this.#graph.inputs?.map(({ name }, index) => ({ name, index }));
    const missing = wanted?.find(({ index }) => !given.some((input) => input.index === index));
    if (missing !== undefined) {
      throw new InvalidArgumentError(`The input ${missing.name} is missing.`);
    }
    return given.map(({ tensor, name, index, type, shape }) => {
      checkInput(name, tensor, type, shape);
      return { index, tensor: { type: tensor.type, shape: tensor.shape, data: tensorBytes(tensor) } };
    });
  }

  /** An input by its name, or by its place in a list. */
  #input(name: string, isIndex: boolean): { name: string; index: number } & Partial<IndexedDefinition> {
    const declared = this.#inputs?.find((input) => input.name === name);
    if (declared !== undefined) return declared;
    const infos = this.#graph.inputs;
    if (this.#inputs === undefined && infos === undefined && /^\d+$/.test(name)) {
      return { name, index: Number(name) };
    }
    const index =
      this.#inputs !== undefined
        ? -1
        : isIndex
          ? Number(name)
          : (infos ?? []).findIndex((info) => info.name === name);
    const info = infos?.[index];
    if (info === undefined) {
      const known = (this.#inputs ?? infos ?? []).map((each) => each.name).join(', ');
      throw new InvalidArgumentError(
        `The model has no input ${name}; it has: ${known || 'inputs by index, from 0'}.`,
      );
    }
    return {
      name: info.name,
      index,
      ...(info.type && { type: info.type }),
      ...(info.shape && { shape: info.shape }),
    };
  }

  #readOutputs(): AnyOutputs {
    const given = namesOf(this.#context);
    const named: readonly OutputPlace[] =
      this.#outputs?.map((output) => ({ ...output, index: indexOf(output, given) })) ??
      Array.from({ length: this.#context.outputCount }, (_, index) => ({
        name: this.#graph.outputs?.[index]?.name ?? given?.[index] ?? `${index}`,
        index,
      }));
    return Object.fromEntries(
      named.map(({ name, index, type: declaredType, shape: declaredShape }) => {
        const { type, shape, data } = this.#context.output(index);
        checkOutput(name, { type, shape }, declaredType, declaredShape);
        return [name, tensorFromBytes(type, shape, data)];
      }),
    );
  }
}

/** An input with its place in the model. */
interface GivenInput {
  readonly index: number;
  readonly tensor: RawTensor;
}

function copyInput({ index, tensor: { type, shape, data } }: GivenInput): GivenInput {
  return { index, tensor: { type, shape: [...shape], data: data.slice() } };
}

/** Where an output is, and what its definition says of it. */
interface OutputPlace extends Partial<IndexedDefinition> {
  readonly name: string;
  readonly index: number;
}

/** The names that the last result tells; none when two outputs have the same one. */
function namesOf({ outputNames }: ExecutionContext): readonly string[] | undefined {
  return new Set(outputNames).size === outputNames?.length ? outputNames : undefined;
}

/** By its name where the result tells it, else by its place in the definition. */
function indexOf({ name, index }: IndexedDefinition, given: readonly string[] | undefined): number {
  const found = given?.indexOf(name) ?? -1;
  return found === -1 ? index : found;
}
