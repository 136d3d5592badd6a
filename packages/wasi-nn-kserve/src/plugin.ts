import type { DefinedPlugin } from '@wasmedge-plugins/core';
import {
  defineNamedModelsPlugin,
  type ModelDefinition,
  type NamedModelsOptions,
  type NamedModelsPlugin,
  type NamedSource,
  type Session,
} from '@wasmedge-plugins/wasi-nn';
import { kserveBackend } from './backend.js';
import { checkModel } from './models/check-model.js';
import { remoteFlag } from './remote-flag.js';
import type { KServeModel } from './source.js';
import { withTimelyCredentials } from './timely-credentials.js';

/** Options of {@link kserve}. */
export interface KServeOptions<Name extends string = string> extends NamedModelsOptions<KServeModel> {
  /** Models on inference servers, under the names that guests use for them. Guests reach no others. Default: none. */
  readonly models?: Readonly<Record<Name, KServeModel>> | undefined;
}

/** A model on inference servers that is run from TypeScript: it computes elsewhere, so there is no `run()` that would wait in this thread. */
export interface KServeSession<Model extends ModelDefinition | undefined = undefined>
  extends Pick<Session<Model>, 'inputs' | 'outputs' | 'runAsync'>,
    Disposable {}

/** The WASI-NN plug-in on inference servers: it goes into `createRuntime({ plugins })`, and runs its models from TypeScript. */
export interface KServePlugin<Name extends string = string> extends Omit<NamedModelsPlugin<Name>, 'session'> {
  /**
   * Loads one of the models for use from TypeScript: waits until a server has it ready, and asks what its inputs and outputs are.
   *
   * @param source the name of the model, with its definition in `model`, against which what the server says is checked.
   * @throws {InvalidArgumentError} for a name that the plug-in does not have.
   * @throws {NnError} when no server has the model ready in time, or not as the plug-in's options state.
   * @throws {ModelMismatchError} when the model does not match its definition.
   */
  session<Model extends ModelDefinition>(
    source: NamedSource<Name> & { readonly model: Model },
  ): Promise<KServeSession<Model>>;
  /**
   * Loads a model without a definition: its inputs and outputs are untyped.
   *
   * @throws {InvalidArgumentError} for a name that the plug-in does not have.
   * @throws {NnError} when no server has the model ready in time, or not as the plug-in's options state.
   */
  session(source: NamedSource<Name>): Promise<KServeSession>;
}

/** Makes the plug-in; the names of its models are known to the compiler. */
export interface DefinedKServe extends Pick<DefinedPlugin<object>, 'commandLine'> {
  /** @throws {InvalidArgumentError} for an unknown option or an invalid value. */
  <Name extends string = never>(options?: KServeOptions<Name>): KServePlugin<Name>;
}

const define = defineNamedModelsPlugin<KServeModel>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-kserve', from: import.meta.url, export: 'kserve' },
  checkModel,
  modelFlags: [remoteFlag],
  backendFor: kserveBackend,
});

/**
 * The WASI-NN plug-in on servers of the Open Inference Protocol v2: Triton, MLServer, OpenVINO Model Server, KServe. Guests load models by the names given here.
 *
 * @throws {InvalidArgumentError} for an unknown option or an invalid value.
 * @example createRuntime({ plugins: [kserve({ models: { road: { servers: ['grpcs://triton.example:8001'], model: 'road' } } })] })
 */
export const kserve: DefinedKServe = Object.assign(
  (options?: NamedModelsOptions<KServeModel>) => define(withTimelyCredentials(options)),
  { commandLine: define.commandLine },
) as DefinedKServe;
