import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { AsyncGraph } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { Signature } from '../models/signature.js';
import { describeTensor } from '../tensors/tensor-forms.js';
import { RemoteContext } from './execution-context.js';
import type { LoadedRemote } from './loaded-remote.js';

/** A model on servers. */
export class RemoteGraph implements AsyncGraph {
  /** Here a computation changes nothing but its own context. */
  readonly isShareable = true;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #remote: LoadedRemote;
  readonly #signature: Signature;
  #users = 1;

  constructor(remote: LoadedRemote, signature: Signature) {
    this.#remote = remote;
    this.#signature = signature;
    this.inputs = signature.inputs.map(describeTensor);
    this.outputs = signature.outputs.map(describeTensor);
  }

  createContext(): RemoteContext {
    this.#users++;
    return new RemoteContext(this.#remote, this.#signature, () => this.free());
  }

  /** Ends the use of the servers when no context needs them any more. */
  free(): void {
    this.#users--;
    if (this.#users === 0) this.#remote.caller.close();
  }
}
