import type {
  ExportedAs,
  PluginDefinition,
  PluginOptionDefinitions,
  PluginOptionValues,
  ProviderName,
} from '@wasmedge-plugins/core';
import type { Backend, SessionModel } from './backend.js';
import type { ModelSource } from './backend-plugin-options.js';
import type { ModelPart } from './model-part.js';
import type { NativeConfig, NativeConfigUse } from './native/native-config.js';

/**
 * A backend package's description of itself. `OwnSession` is the kind of its sessions, if they are not of tensors. `Own` are the definitions of its options besides those of every backend; the functions get their
 * values.
 */
export interface BackendKind<
  Source extends ModelSource,
  Own extends PluginOptionDefinitions = Record<never, never>,
  OwnSession extends Disposable = Disposable,
> extends Pick<PluginDefinition<Own>, 'options' | 'releases' | 'libraries'> {
  /** Where the result of `defineBackendPlugin` is exported; messages name it. Default: plug-ins of this kind cannot be recreated elsewhere. */
  readonly exportedAs?: ExportedAs | undefined;
  /** The backend that runs the models. Its properties hold for all values of options. */
  readonly backend: Backend;
  /** The backend that runs the models with these values of its own options. Default: `backend`. */
  backendFor?(values: PluginOptionValues<Own>): Backend;
  /** Names of the properties of a source that are the model's files, in the order in which a guest passes them to `load`. */
  readonly partNames: readonly Exclude<keyof Source, keyof ModelSource>[];
  /** How many of its files a model must have at least with these values, the first ones. Default: all. */
  leastParts?(values: PluginOptionValues<Own>): number;
  /** The default of the option: `allow` only where models that guests bring run in a sandbox. */
  guestModels(values: PluginOptionValues<Own>, provider: ProviderName): 'allow' | 'deny';
  /**
   * Makes a session of the backend's own kind, which then owns the model and what must be freed after it; for a library whose models do not turn tensors into tensors.
   * Default: a session of tensors.
   *
   * @param config the settings of the model, which are valid.
   */
  createSession?(
    model: SessionModel,
    owned: readonly Disposable[],
    config: ModelSource['config'],
  ): OwnSession;
  /** Settings of a session's model, if its source has none. Default: none. */
  readonly sessionConfig?: ModelSource['config'];
  /** Why the embedded backend cannot run here; `undefined` when it can. */
  unavailable(values: PluginOptionValues<Own>): string | undefined;
  /**
   * Whether the native plug-in may make a context of this model that lacks memory for its inputs, without reporting it: such a model is
   * computed once before a guest may set inputs. Default: no model is affected.
   *
   * @throws anything for a model that cannot be read; it is then not loaded.
   */
  mayLackTensors?(parts: readonly Uint8Array[]): boolean;
  /**
   * Why the native plug-in cannot do what these values ask for, as a clause that says what helps; `provider: 'native'` is then refused, and `auto` does not take it.
   * Default: it can.
   */
  nativeProblem?(values: PluginOptionValues<Own>): string | undefined;
  /**
   * Reads the configuration that a guest passes to the native plug-in, and says what the plug-in gets of it; for one that takes configurations, with a model and as input 1,
   * and bytes as its other inputs. Default: the plug-in takes tensors only.
   *
   * @throws {NnError} for one that must not reach the plug-in, since it would end the process, or open a file of the host.
   */
  readNativeConfig?(text: string, use: NativeConfigUse, values: PluginOptionValues<Own>): NativeConfig;
  /** Defects of the native plug-in, logged once per process when it is loaded. Default: WasmEdge has no native plug-in for this encoding, and `provider` can only be `embedded`. */
  readonly nativeWarning?: string | undefined;
}

/** The part of a kind that does not depend on its own options. */
export type SourceKind = Pick<BackendKind<ModelSource>, 'backend'> & {
  readonly partNames: readonly PropertyKey[];
};

/** The files of a model, in the order of `load`, up to the last that it has. */
export function partsOf(
  { partNames }: Pick<SourceKind, 'partNames'>,
  source: ModelSource,
): readonly ModelPart[] {
  const parts = partNames.map((name) => (source as Readonly<Record<PropertyKey, unknown>>)[name]);
  return parts.slice(0, parts.findLastIndex((part) => part !== undefined) + 1) as ModelPart[];
}
