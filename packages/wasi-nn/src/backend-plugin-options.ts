import type { ExecutionTarget } from './backend.js';
import type { TensorNumbering } from './tensor-numbering.js';

/** Options that every backend package takes. */
export interface BackendPluginOptions<Source extends ModelSource> {
  /** Models that guests load by name; no other file is opened for them. Default: none. */
  readonly models?: Readonly<Record<string, Source>> | undefined;
  /** The same in the form of WasmEdge's option `--nn-preload`: `name:encoding:target:path[:path…]`. Default: none. */
  readonly preload?: readonly string[] | undefined;
  /**
   * `allow`: guests may load models from bytes of their own. `deny`: only the models named here; the guest gets `unsupported_operation`. No
   * backend's library promises to withstand a model that was made to attack it: deny it to guests that you do not trust. Default: `allow`.
   */
  readonly guestModels?: 'allow' | 'deny' | undefined;
  /** How guests number the element types of tensors. Default: `auto`. */
  readonly tensorNumbering?: TensorNumbering | undefined;
  /**
   * `embedded`: this package's backend. `native`: the plug-in that WasmEdge released; chooses the engine `wasmedge`, and no other backend fits
   * beside it. `auto`: `embedded`, or `native` when the embedded backend's library is missing and the native plug-in's file is there.
   * Default: `embedded`.
   */
  readonly provider?: 'embedded' | 'native' | 'auto' | undefined;
  /** File of the native plug-in. Default: the usual places. */
  readonly nativePath?: string | undefined;
}

/** What every model has besides its files. */
export interface ModelSource {
  /** Where it runs. Default: `cpu`. */
  readonly target?: ExecutionTarget | undefined;
  /** Settings for the backend; the same as the JSON of `load_by_name_with_config`. Default: the backend's own. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}
