import type { ExecutionTarget } from './backend.js';
import type { TensorNumbering } from './tensor-numbering.js';

/** Options of what guests hold, which every backend package takes. */
export interface NnGuestOptions {
  /** Maximum number of models that all guests of a runtime together may have loaded at a time; those of a guest that has ended are freed; one more is refused with `too_large`. A runtime's backends count together. Default: 64. */
  readonly maxGraphs?: number | undefined;
  /** Maximum number of execution contexts that all guests of a runtime together may have at a time; one more is refused with `too_large`. A runtime's backends count together. Default: 256. */
  readonly maxContexts?: number | undefined;
  /**
   * Maximum number of bytes that the guests' own models and the tensors of all contexts may hold at a time, as far as models state their sizes; anything beyond is
   * refused with `too_large`. A runtime's backends count together. Default: 1073741824 (1 GiB).
   */
  readonly maxBytes?: number | undefined;
  /** How guests number the element types of tensors. Default: `auto`. */
  readonly tensorNumbering?: TensorNumbering | undefined;
}

/** Options that every backend package takes whose models exist only by name. */
export interface NamedModelsOptions<Model extends object> extends NnGuestOptions {
  /** Models that guests load by name. Default: none. */
  readonly models?: Readonly<Record<string, Model>> | undefined;
}

/** Options that every backend package takes whose models are files. */
export interface BackendPluginOptions<Source extends ModelSource> extends NnGuestOptions {
  /** Models that guests load by name; no other file is opened for them. Default: none. */
  readonly models?: Readonly<Record<string, Source>> | undefined;
  /** The same in the form of WasmEdge's option `--nn-preload`: `name:encoding:target:path[:path…]`. Default: none. */
  readonly preload?: readonly string[] | undefined;
  /**
   * `allow`: guests may load models from their own bytes. `deny`: only the models named here; for others the guest gets
   * `unsupported_operation`. No native library promises to withstand a model made to attack it: allow it only for guests that you trust as
   * much as this process. Default: `deny`, unless the backend runs such models in a sandbox.
   */
  readonly guestModels?: 'allow' | 'deny' | undefined;
  /**
   * `embedded`: this package's backend. `native`: the plug-in that WasmEdge released; chooses the engine `wasmedge`, and cannot be combined
   * with another backend. `auto`: `embedded`, or `native` when the embedded backend's library is missing and the native plug-in's file exists.
   * Default: `embedded`.
   */
  readonly provider?: 'embedded' | 'native' | 'auto' | undefined;
  /** File of the native plug-in. Default: the usual places. */
  readonly nativePath?: string | undefined;
}

/** Properties of every model besides its files. */
export interface ModelSource {
  /** Where it runs. Default: `cpu`. */
  readonly target?: ExecutionTarget | undefined;
  /** Settings for the backend; the same as the JSON of `load_by_name_with_config`. Default: the backend's own. */
  readonly config?: object | undefined;
}
