import type { InferResponse } from '../protocol/messages.js';
import { sizeOf } from '../shared-memory/place-tensors.js';
import type { TensorSpec } from '../tensors/tensor-spec.js';
import type { SentInput } from '../tensors/to-input.js';
import { RemoteFailure } from '../transports/remote-failure.js';

/** The sizes of a model's outputs, for the room that they get in shared memory: as its metadata tells, and else as they were for inputs of the same shapes. */
export class OutputSizes {
  readonly #fixed: ReadonlyMap<string, number>;
  readonly #isComplete: boolean;
  #seen: { readonly shapes: string; readonly sizes: ReadonlyMap<string, number> } | undefined;

  constructor(outputs: readonly TensorSpec[]) {
    const sizes = outputs.flatMap(({ name, dataType, shape }) => {
      const size = shape && sizeOf(dataType, shape);
      return size === undefined ? [] : [[name, size] as const];
    });
    this.#fixed = new Map(sizes);
    this.#isComplete = sizes.length === outputs.length;
  }

  /** Does something with the sizes; again without those that were only seen, if the server refuses them and it may be done twice. */
  async use<Result>(
    inputs: readonly SentInput[],
    isRepeatable: boolean,
    run: (sizes: ReadonlyMap<string, number>) => Promise<Result>,
  ): Promise<Result> {
    const seen = isRepeatable && this.#seen?.shapes === shapesOf(inputs) ? this.#seen.sizes : undefined;
    if (seen === undefined) return run(this.#fixed);
    try {
      return await run(seen);
    } catch (error) {
      if (!(error instanceof RemoteFailure) || !['invalid', 'failed', 'malformed'].includes(error.kind))
        throw error;
      this.#seen = undefined;
      return run(this.#fixed);
    }
  }

  /** Keeps the sizes of an answer for the next inputs of the same shapes. */
  remember(inputs: readonly SentInput[], { outputs }: InferResponse): void {
    if (this.#isComplete) return;
    const sizes = outputs.flatMap(({ name, data }) =>
      data === undefined ? [] : [[name, data.byteLength] as const],
    );
    this.#seen = { shapes: shapesOf(inputs), sizes: new Map([...sizes, ...this.#fixed]) };
  }
}

function shapesOf(inputs: readonly SentInput[]): string {
  return inputs.map(({ shape }) => shape.join(',')).join(';');
}
