import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { AsyncGraph } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { Signature } from '../models/signature.js';
import { describeTensor } from '../tensors/tensor-forms.js';
import { RemoteContext } from './execution-context.js';
import { Inference } from './inference.js';
import type { LoadedRemote } from './loaded-remote.js';

/** A model on servers. */
export class RemoteGraph implements AsyncGraph {
  /** Here a computation changes nothing but its own context. */
  readonly isShareable = true;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #remote: LoadedRemote;
  readonly #signature: Signature;
  readonly #inference: Inference;
  #users = 1;

  constructor(remote: LoadedRemote, signature: Signature) {
    this.#remote = remote;
    this.#signature = signature;
    this.#inference = new Inference(remote, signature);
    this.inputs = signature.inputs.map(describeTensor);
    this.outputs = signature.outputs.map(describeTensor);
  }

  createContext(): RemoteContext {
    this.#users++;
    return new RemoteContext(this.#inference, this.#signature, () => this.free());
  }

  /** Ends the use of the servers when no context needs them any more. */
  async free(): Promise<void> {
    this.#users--;
    if (this.#users > 0) return;
    await this.#inference.close();
    this.#remote.caller.close();
  }
}
