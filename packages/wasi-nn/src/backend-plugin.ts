import {
  copyOptions,
  createBlockingCaller,
  defaultLogger,
  InvalidArgumentError,
  type Plugin,
  withRecipe,
} from '@wasmedge-plugins/core';
import { type BackendKind, partsOf } from './backend-kind.js';
import type { BackendPluginOptions, ModelSource } from './backend-plugin-options.js';
import { checkBackendOptions, checkSource } from './check-backend-options.js';
import { checkContract } from './check-contract.js';
import { chooseProvider } from './choose-provider.js';
import type { NamedModel } from './embedded/named-model.js';
import { embeddedNnPlugin } from './embedded-plugin.js';
import { loadForSession } from './load-for-session.js';
import { checkModelDefinition, type ModelDefinition } from './model-definition.js';
import { readModelPart } from './model-part.js';
import { nativeNnPlugin } from './native/native-plugin.js';
import { openNativeSession } from './native/native-session.js';
import { combineLimits } from './nn-limits.js';
import { parsePreload } from './preload.js';
import { createSession, type Session } from './session.js';

/** The WASI-NN plug-in with one backend: it goes into `createRuntime({ plugins })`, and runs models from TypeScript. */
export interface BackendPlugin<Source extends ModelSource> extends Plugin {
  /**
   * Loads a model for use from TypeScript, with the same code that serves guests.
   *
   * @throws {BackendUnavailableError} when the backend's library is missing.
   * @throws {NnError} when the backend refuses the model.
   * @param source the model, and in `model` its definition, to which the session's inputs and outputs are then held.
   * @throws {ModelMismatchError} when the model is not what its definition says.
   */
  session<Model extends ModelDefinition>(source: Source & { readonly model: Model }): Promise<Session<Model>>;
  /**
   * Loads a model without a definition: its inputs and outputs have no types for the compiler.
   *
   * @throws {BackendUnavailableError} when the backend's library is missing.
   * @throws {NnError} when the backend refuses the model.
   */
  session(source: Source): Promise<Session>;
}

/**
 * Makes the plug-in of a backend package.
 *
 * @param given the options that every backend takes.
 * @param more those that this one takes besides, for whoever makes the plug-in again. Default: none.
 * @throws {InvalidArgumentError} when an option has the wrong type or names a model that cannot be read that way.
 * @throws {BackendContractError} when the backend was written for another version of this package's contract.
 */
export function createBackendPlugin<Source extends ModelSource>(
  kind: BackendKind<Source>,
  given: BackendPluginOptions<Source>,
  more: Readonly<Record<string, unknown>> = {},
): BackendPlugin<Source> {
  checkContract(kind.backend);
  checkBackendOptions(kind, given);
  // What the caller changes later is not what was given.
  const options = copyOptions(given);
  const guestModels = options.guestModels ?? kind.guestModels;
  const { provider, reason, nativePath } = chooseProvider(kind, options);
  const chosen = { ...options, nativePath, guestModels };
  const plugin =
    provider === 'native'
      ? nativeNnPlugin(kind, chosen)
      : embeddedNnPlugin({
          backends: [kind.backend],
          models: namedModels(kind, options),
          deniedEncodings: new Set(guestModels === 'deny' ? [kind.backend.encoding] : []),
          tensorNumbering: options.tensorNumbering ?? 'auto',
          limits: combineLimits([options]),
        });
  const session = async (source: Source & { readonly model?: ModelDefinition }) => {
    checkSource(kind, 'session()', source, { model: true });
    if (source.model !== undefined) checkModelDefinition(source.model);
    return provider === 'native'
      ? openNativeSession(kind, chosen, source, source.model)
      : openSession(kind, source, source.model);
  };
  const made = { ...plugin, reason, session: session as unknown as BackendPlugin<Source>['session'] };
  const { exportedAs } = kind;
  return exportedAs === undefined ? made : withRecipe(made, exportedAs, [{ ...options, ...more }]);
}

async function openSession<Source extends ModelSource>(
  { backend, ...kind }: BackendKind<Source>,
  source: Source,
  definition: ModelDefinition | undefined,
) {
  const blocking = createBlockingCaller();
  const owned: Disposable[] = [blocking];
  try {
    const given = {
      parts: partsOf(kind, source),
      target: source.target ?? 'cpu',
      config: configText(source),
    };
    const { model, opened } = await loadForSession(backend, { blocking, logger: defaultLogger }, given);
    owned.unshift(opened);
    return createSession(model, definition, owned);
  } catch (error) {
    for (const each of owned) each[Symbol.dispose]();
    throw error;
  }
}

function namedModels<Source extends ModelSource>(
  kind: BackendKind<Source>,
  { models = {}, preload = [] }: BackendPluginOptions<Source>,
): ReadonlyMap<string, NamedModel> {
  const named = new Map<string, NamedModel>();
  const { encoding } = kind.backend;
  for (const [name, source] of Object.entries(models)) {
    const parts = partsOf(kind, source);
    named.set(name, {
      encoding,
      target: source.target ?? 'cpu',
      config: configText(source),
      builders: () => parts.map(readModelPart),
    });
  }
  for (const text of preload) {
    const { name, target, paths } = parsePreload(text, [kind.backend]);
    if (named.has(name)) throw new InvalidArgumentError(`Two models are named ${name}.`);
    named.set(name, { encoding, target, builders: () => paths.map(readModelPart) });
  }
  return named;
}

function configText({ config }: ModelSource): string | undefined {
  return config === undefined ? undefined : JSON.stringify(config);
}
