import type { RawTensor } from '@wasmedge-plugins/wasi-nn';
import {
  type AsyncExecutionContext,
  BackendFailure,
  type MaybePromise,
} from '@wasmedge-plugins/wasi-nn/kit/async';
import type { HostRequest } from '../host-request.js';
import type { Signature } from '../models/signature.js';
import type { InferOutput, InferResponse } from '../protocol/messages.js';
import { fromOutput, type ReceivedOutput } from '../tensors/from-output.js';
import { type SentInput, toInput } from '../tensors/to-input.js';
import { longLivedController } from '../transports/long-lived-controller.js';
import type { Inference } from './inference.js';
import { listenForHost } from './pass-on-events.js';

/** A context of a model on servers: each computation is one request. */
export class RemoteContext implements AsyncExecutionContext {
  readonly outputCount: number;
  readonly keepsNoData = true;
  readonly #inference: Inference;
  readonly #signature: Signature;
  readonly #onFreed: () => MaybePromise<void>;
  readonly #inputs: (SentInput | undefined)[] = [];
  #outputs: readonly RawTensor[] = [];
  #cancelling = longLivedController();

  constructor(inference: Inference, signature: Signature, onFreed: () => MaybePromise<void>) {
    this.#inference = inference;
    this.#signature = signature;
    this.#onFreed = onFreed;
    this.outputCount = signature.outputs.length;
  }

  setInput(index: number, tensor: RawTensor): void {
    const spec = this.#signature.inputs[index];
    if (spec === undefined) {
      throw new BackendFailure('invalid_argument', `The model has no input ${index}.`);
    }
    this.#inputs[index] = undefined;
    this.#inputs[index] = toInput(spec, tensor);
  }

  async compute(fromHost?: unknown): Promise<void> {
    this.#outputs = [];
    const host = (fromHost ?? {}) as HostRequest;
    listenForHost(host.isListenedTo === true);
    const inputs = this.#signature.inputs.map(({ name }, index) => this.#input(name, index));
    if (this.#cancelling.signal.aborted) this.#cancelling = longLivedController();
    const response = await this.#inference.infer(inputs, host, this.#cancelling.signal);
    const outputs = outputsByName(response);
    this.#outputs = this.#signature.outputs.map((spec) =>
      fromOutput(spec, outputOf(spec.name, outputs.get(spec.name))),
    );
  }

  cancel(): void {
    this.#cancelling.abort(new BackendFailure('runtime_error', 'The computation was cancelled.'));
  }

  output(index: number): RawTensor {
    const output = this.#outputs[index];
    if (output !== undefined) return output;
    throw new BackendFailure(
      'runtime_error',
      'Nothing has been computed yet, or the last computation failed.',
    );
  }

  free(): MaybePromise<void> {
    this.#outputs = [];
    return this.#onFreed();
  }

  #input(name: string, index: number): SentInput {
    const input = this.#inputs[index];
    if (input !== undefined) return input;
    throw new BackendFailure('runtime_error', `The input ${name} was not set.`);
  }
}

/** The outputs of each name. Others that were not asked for are no harm: not every server looks at what is asked. */
function outputsByName({ outputs }: InferResponse): ReadonlyMap<string, InferOutput | 'several'> {
  const byName = new Map<string, InferOutput | 'several'>();
  for (const output of outputs) byName.set(output.name, byName.has(output.name) ? 'several' : output);
  return byName;
}

function outputOf(name: string, output: InferOutput | 'several' | undefined): ReceivedOutput {
  if (output !== undefined && output !== 'several' && output.data !== undefined) {
    return { ...output, data: output.data };
  }
  const what = output === 'several' ? 'several times' : output === undefined ? 'not' : 'without data';
  throw new BackendFailure('runtime_error', `The server has answered with the output ${name} ${what}.`);
}
