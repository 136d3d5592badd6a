import { DisposedError, InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import type { ExecutionContext, PieceComputation, RawTensor, SessionModel, TensorInfo } from './backend.js';
import { checkInput, checkOutput } from './check-session-tensor.js';
import { describeType } from './describe-type.js';
import { NnError } from './errors.js';
import { type GivenInput, InputCopies } from './input-copies.js';
import { TurnQueue } from './kit/turn-queue.js';
import {
  type IndexedDefinition,
  type InputsOf,
  type ModelDefinition,
  matchDefinitions,
  type OutputsOf,
} from './model-definition.js';
import { type Tensor, tensorBytes, tensorFromBytes, tensorOfOwnBytes } from './tensor.js';
import { formOf } from './tensor-form.js';

/** Inputs of a session without a model definition: tensors by name, or in the model's order. */
export type AnyInputs = Readonly<Record<string, Tensor>> | readonly Tensor[];

/** Outputs of a session without a model definition: tensors by name, or by index if the format keeps no names. */
export type AnyOutputs = Readonly<Record<string, Tensor>>;

/** Inputs of a session, as its model definition types them. */
export type SessionInputs<Model extends ModelDefinition | undefined> = Model extends ModelDefinition
  ? InputsOf<Model>
  : AnyInputs;

/** Outputs of a session, as its model definition types them. */
export type SessionOutputs<Model extends ModelDefinition | undefined> = Model extends ModelDefinition
  ? OutputsOf<Model>
  : AnyOutputs;

/** A model that is run from TypeScript, without a guest. */
export interface Session<Model extends ModelDefinition | undefined = undefined> extends Disposable {
  /** The model's description of its inputs; `undefined` if its format has none. */
  readonly inputs: readonly TensorInfo[] | undefined;
  /** The model's description of its outputs; `undefined` if its format has none. */
  readonly outputs: readonly TensorInfo[] | undefined;
  /**
   * Computes in this thread. The outputs are copies.
   *
   * @throws {InvalidArgumentError} when an input is missing or unknown, or its type or shape is not the model's.
   * @throws {NnError} when the backend refuses an input or fails.
   * @throws {ModelMismatchError} when an output does not match the definition.
   * @throws {DisposedError} after disposal.
   */
  run(inputs: SessionInputs<Model>): SessionOutputs<Model>;
  /**
   * The same, off this thread if the backend can. One computation at a time: a second call waits for the first. The inputs are copied before it
   * returns, so the caller may reuse their memory at once. Disposal refuses what waits, and ends what computes where the backend can; all of it rejects with
   * `DisposedError`.
   */
  runAsync(inputs: SessionInputs<Model>): Promise<SessionOutputs<Model>>;
  /**
   * Computes piece by piece, off this thread if the backend can, and yields each piece as it arrives. It ends with the model's sequence, or
   * when the caller stops taking pieces. No other computation of the session starts before it has ended. The inputs are copied at once.
   *
   * @throws {NnError} `unsupported_operation` when the model's backend does not support output piece by piece.
   * @throws everything that {@link Session.run} throws; errors while it computes are thrown by the iteration.
   * @example for await (const { text } of session.stream({ prompt })) process.stdout.write(text.data);
   */
  stream(inputs: SessionInputs<Model>): AsyncIterable<SessionOutputs<Model>>;
}

/**
 * Makes a session of a loaded model, which it then owns, together with what must be freed after it. If that fails, the model is freed and the
 * caller must free the rest.
 *
 * @throws {ModelMismatchError} when the model does not match `model`.
 */
export function createSession<Model extends ModelDefinition | undefined>(
  { graph, context }: SessionModel,
  model: Model,
  owned: readonly Disposable[],
): Session<Model> {
  try {
    return new GraphSession(graph, context, model, [graph, ...owned]) as unknown as Session<Model>;
  } catch (error) {
    context[Symbol.dispose]();
    graph[Symbol.dispose]();
    throw error;
  }
}

class GraphSession {
  readonly #graph: SessionModel['graph'];
  readonly #owned: readonly Disposable[];
  readonly #inputs: readonly IndexedDefinition[] | undefined;
  readonly #outputs: readonly IndexedDefinition[] | undefined;
  readonly #context: ExecutionContext;
  readonly #copies = new InputCopies();
  /** Where outputs are while neither a definition nor a result names them. */
  #places: readonly OutputPlace[] = [];
  /** Who uses the context, be it that it waits for a caller who takes pieces. */
  readonly #queue = new TurnQueue();
  #computing = false;
  #disposed = false;

  constructor(
    graph: SessionModel['graph'],
    context: ExecutionContext,
    model: ModelDefinition | undefined,
    owned: readonly Disposable[],
  ) {
    this.#graph = graph;
    this.#context = context;
    this.#owned = owned;
    this.#inputs = model && matchDefinitions('input', model.inputs, graph.inputs);
    this.#outputs = model && matchDefinitions('output', model.outputs, graph.outputs);
  }

  get inputs() {
    return this.#graph.inputs;
  }

  get outputs() {
    return this.#graph.outputs;
  }

  run(inputs: AnyInputs): AnyOutputs {
    this.#checkAlive();
    if (this.#queue.isTaken) {
      throw new InvalidArgumentError(
        'The session is computing; await runAsync(), or the end of stream(), before the next run().',
      );
    }
    this.#setInputs(this.#checkInputs(inputs));
    this.#context.compute();
    return this.#readOutputs((index) => this.#context.output(index));
  }

  async runAsync(inputs: AnyInputs): Promise<AnyOutputs> {
    this.#checkAlive();
    const given = this.#checkInputs(inputs).map((input) => this.#copies.copy(input));
    const release = await this.#queue.take();
    try {
      this.#checkAlive();
      this.#setInputs(given);
      await this.#whileComputing(() => this.#context.computeAsync());
      if (this.#context.keepsNoData) this.#copies.free(given);
      return this.#readOutputs((index) => this.#context.output(index));
    } finally {
      release();
    }
  }

  stream(inputs: AnyInputs): AsyncIterable<AnyOutputs> {
    this.#checkAlive();
    const { pieces } = this.#context;
    if (pieces === undefined) {
      throw new NnError('unsupported_operation', 'This model cannot stream output; use runAsync().');
    }
    const given = this.#checkInputs(inputs).map((input) => this.#copies.copy(input));
    return this.#stream(given, pieces);
  }

  async *#stream(given: readonly GivenInput[], pieces: PieceComputation): AsyncGenerator<AnyOutputs> {
    const release = await this.#queue.take();
    try {
      this.#checkAlive();
      this.#setInputs(given);
      while (await this.#computePiece(pieces)) yield this.#readOutputs((index) => pieces.output(index));
    } finally {
      if (!this.#disposed) pieces.finish();
      release();
    }
  }

  /** False when the sequence has ended. */
  async #computePiece(pieces: PieceComputation): Promise<boolean> {
    this.#checkAlive();
    try {
      await this.#whileComputing(() => pieces.computeAsync());
      return true;
    } catch (error) {
      if (NnError.isInstance(error) && error.errnoName === 'end_of_sequence') return false;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#queue.close(disposed());
    // What computes is freed when it has ended.
    if (this.#computing) this.#context.cancel?.();
    else this.#free();
  }

  async #whileComputing(work: () => Promise<void>): Promise<void> {
    this.#computing = true;
    try {
      await work();
    } catch (error) {
      // What was ended has failed for no other reason.
      this.#checkAlive();
      throw error;
    } finally {
      this.#computing = false;
      if (this.#disposed) this.#free();
    }
    this.#checkAlive();
  }

  #free(): void {
    this.#context[Symbol.dispose]();
    for (const each of this.#owned) each[Symbol.dispose]();
  }

  #checkAlive(): void {
    if (this.#disposed) throw disposed();
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
    const isList = Array.isArray(inputs);
    const given = Object.entries(inputs).map(([name, tensor]) => ({
      tensor,
      place: this.#input(name, isList),
    }));
    const wanted: readonly { readonly name: string; readonly index?: number }[] =
      this.#inputs ?? this.#graph.inputs ?? [];
    const missing = wanted.find(
      ({ index: declared }, order) => !given.some(({ place }) => place.index === (declared ?? order)),
    );
    if (missing !== undefined) {
      throw new InvalidArgumentError(`The input ${missing.name} is missing.`);
    }
    return given.map(({ tensor, place }) => {
      const { name, index } = place;
      const { type, shape } = formOf(place, (tensor as Tensor | undefined)?.type) ?? place;
      checkInput(name, tensor, type, shape);
      return { index, tensor: { type: tensor.type, shape: tensor.shape, data: tensorBytes(tensor) } };
    });
  }

  /** An input by its name, or by its place in a list. */
  #input(name: string, isIndex: boolean): InputPlace {
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
    return { ...info, index };
  }

  #outputPlaces(): readonly OutputPlace[] {
    const given = namesOf(this.#context);
    if (this.#outputs !== undefined) {
      return given === undefined
        ? this.#outputs
        : this.#outputs.map((output) => ({ ...output, index: indexOf(output, given) }));
    }
    const { outputCount } = this.#context;
    if (given === undefined && this.#places.length === outputCount) return this.#places;
    const places = Array.from({ length: outputCount }, (_, index) => ({
      name: this.#graph.outputs?.[index]?.name ?? given?.[index] ?? `${index}`,
      index,
    }));
    if (given === undefined) this.#places = places;
    return places;
  }

  #readOutputs(read: (index: number) => RawTensor): AnyOutputs {
    const make = this.#context.keepsNoData ? tensorOfOwnBytes : tensorFromBytes;
    return Object.fromEntries(
      this.#outputPlaces().map(({ name, index, type: declaredType, shape: declaredShape }) => {
        const { type, shape, data } = read(index);
        checkOutput(name, { type, shape }, declaredType, declaredShape);
        return [name, make(type, shape, data)];
      }),
    );
  }
}

function disposed(): DisposedError {
  return new DisposedError('The session was disposed; create another one.');
}

/** Where an input is, and what is known of it. */
interface InputPlace extends Partial<TensorInfo> {
  readonly name: string;
  readonly index: number;
}

/** Where an output is, and its definition. */
interface OutputPlace extends Partial<IndexedDefinition> {
  readonly name: string;
  readonly index: number;
}

/** The names that the last result tells; none when two outputs have the same one. */
function namesOf({ outputNames }: ExecutionContext): readonly string[] | undefined {
  if (outputNames === undefined) return undefined;
  return new Set(outputNames).size === outputNames.length ? outputNames : undefined;
}

/** By its name where the result tells it, else by its place in the definition. */
function indexOf({ name, index }: IndexedDefinition, given: readonly string[]): number {
  const found = given.indexOf(name);
  return found === -1 ? index : found;
}
