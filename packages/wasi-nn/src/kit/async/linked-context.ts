import type { PieceComputation, RawTensor, ShortBufferRule, TensorInfo } from '../../backend.js';
import { NnError } from '../../errors.js';
import { shapesAgree } from '../../model-definition.js';
import { formOf } from '../../tensor-form.js';
import { wrongShape } from '../check-input.js';
import { TensorContext } from '../tensor-context.js';
import type { Link } from './link.js';
import type { CreatedContext, FromHost, GivenInput, GivenOutputs, LoadedGraph } from './messages.js';

/** Bytes from which on to move a buffer costs less than to copy it. */
const leastMoved = 16 * 1024;

/** What the host does for the requests and inputs of a context; see `AsyncOptions`. */
export interface ContextHooks {
  readonly fromHost: FromHost;
  readonly problemOfInput: ((info: TensorInfo, data: Uint8Array) => string | undefined) | undefined;
}

/** A context of an asynchronous backend. Its inputs wait here, and reach it when it computes, unless they are to reach it at once. */
export class LinkedContext extends TensorContext<GivenOutputs> {
  override readonly onShortBuffer: ShortBufferRule;
  readonly takesBytes: boolean | undefined;
  readonly pieces: PieceComputation | undefined;
  readonly keepsNoData: boolean;
  readonly #link: Link;
  readonly #graph: LoadedGraph;
  readonly #name: string;
  readonly #fromHost: FromHost;
  readonly #problemOfInput: ContextHooks['problemOfInput'];
  readonly #inputs = new Map<number, GivenInput>();
  #outputCount: number;
  #outputNames: readonly string[] | undefined;
  #outputs: readonly RawTensor[] | undefined;
  #piece: readonly RawTensor[] | undefined;

  constructor(
    link: Link,
    graph: LoadedGraph,
    { context, onShortBuffer, outputCount, hasPieces, keepsNoData }: CreatedContext,
    { fromHost, problemOfInput }: ContextHooks,
  ) {
    super(graph.takesInputsAtOnce ? undefined : graph.inputs);
    this.#link = link;
    this.#graph = graph;
    this.#name = context;
    this.#fromHost = fromHost;
    this.#problemOfInput = problemOfInput;
    this.#outputCount = outputCount;
    this.onShortBuffer = onShortBuffer;
    this.takesBytes = graph.takesBytes;
    this.keepsNoData = link.isHere && keepsNoData;
    this.pieces = hasPieces ? this.#pieceComputation() : undefined;
  }

  override get outputCount(): number {
    return this.#outputCount;
  }

  get outputNames(): readonly string[] | undefined {
    return this.#outputNames;
  }

  /** What was not told with the last answer is asked for: a backend may have outputs also when a computation failed, or while it gives pieces. */
  override output(index: number): RawTensor {
    this.checkFree();
    if (this.#outputs === undefined) this.#keep(this.#link.ask({ kind: 'outputs', context: this.#name }));
    return outputAt(this.#outputs ?? [], index);
  }

  cancel(): void {
    this.#link.cancel(this.#name);
  }

  protected override write(index: number, { type, shape, data }: RawTensor): void {
    const info = this.#graph.takesInputsAtOnce ? undefined : this.#graph.inputs?.[index];
    const wanted = info && formOf(info, type)?.shape;
    if (info !== undefined && wanted !== undefined && !shapesAgree(wanted, shape)) {
      throw wrongShape({ ...info, shape: wanted }, shape);
    }
    const problem = info && this.#problemOfInput?.(info, data);
    if (problem !== undefined) throw new NnError('invalid_argument', problem);
    this.#inputs.set(index, [index, type, this.#link.isHere ? data : new Uint8Array(data), ...shape]);
    if (!this.#graph.takesInputsAtOnce || !this.#link.isForGuest) return;
    this.#forgetAll();
    this.#link.ask(...this.#request('set-inputs'));
  }

  protected override invoke(): GivenOutputs {
    this.#outputs = undefined;
    for (;;) {
      const given = this.#link.ask(...this.#request('compute', this.#link.askHost(this.#fromHost)));
      if (given.more !== true) return given;
    }
  }

  protected override async invokeAsync(): Promise<GivenOutputs> {
    this.#outputs = undefined;
    for (;;) {
      const given = await this.#link.askAsync(...this.#request('compute', await this.#fromHost?.()));
      if (given.more !== true) return given;
    }
  }

  protected override finish(outputs: GivenOutputs): void {
    this.#keep(outputs);
  }

  protected override read(index: number): RawTensor {
    return outputAt(this.#outputs ?? [], index);
  }

  protected override free(): void {
    this.#link.tell({ kind: 'free', name: this.#name });
  }

  #pieceComputation(): PieceComputation {
    return {
      compute: () => {
        this.begin();
        this.#forgetAll();
        this.#keepPiece(
          this.#link.ask(...this.#request('compute-piece', this.#link.askHost(this.#fromHost))),
        );
      },
      computeAsync: () => {
        this.begin();
        this.#forgetAll();
        return this.whileBusy(async () => {
          const request = this.#request('compute-piece', await this.#fromHost?.());
          this.#keepPiece(await this.#link.askAsync(...request));
        });
      },
      output: (index) => {
        this.checkFree();
        this.#piece ??= tensorsOf(this.#link.ask({ kind: 'piece', context: this.#name }));
        return outputAt(this.#piece, index);
      },
      finish: () => {
        this.checkFree();
        this.#forgetAll();
        this.#link.tell({ kind: 'finish-pieces', context: this.#name });
      },
    };
  }

  /** A request with the inputs that wait, whose bytes are moved where there are many. */
  #request<Kind extends 'set-inputs' | 'compute' | 'compute-piece'>(kind: Kind, fromHost?: unknown) {
    const inputs = [...this.#inputs.values()];
    this.#inputs.clear();
    const buffers: ArrayBuffer[] = [];
    for (const [, , { byteLength, buffer }] of inputs) {
      if (byteLength >= leastMoved) buffers.push(buffer as ArrayBuffer);
    }
    const request = { kind, context: this.#name, inputs } as const;
    return [fromHost === undefined ? request : { ...request, fromHost }, buffers] as const;
  }

  #keep(outputs: GivenOutputs): void {
    this.#outputs = tensorsOf(outputs);
    this.#outputCount = this.#outputs.length;
    this.#outputNames = outputs.names;
  }

  #keepPiece(outputs: GivenOutputs): void {
    this.#piece = tensorsOf(outputs);
  }

  /** What is there from now on is more than it was, or other, also where a computation fails. */
  #forgetAll(): void {
    this.#outputs = undefined;
    this.#piece = undefined;
  }
}

function tensorsOf(outputs: GivenOutputs): readonly RawTensor[] {
  return outputs.heads.map(([type, ...shape], index) => {
    return { type, shape, data: outputs[`output${index}`] as Uint8Array };
  });
}

function outputAt(outputs: readonly RawTensor[], index: number): RawTensor {
  const output = outputs[index];
  if (output === undefined) {
    throw new NnError('invalid_argument', `There are ${outputs.length} outputs, so no output ${index}.`);
  }
  return output;
}
