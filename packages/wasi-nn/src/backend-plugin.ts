import {
  createBlockingCaller,
  defaultLogger,
  InvalidArgumentError,
  type Plugin,
} from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import type { BackendPluginOptions, ModelSource } from './backend-plugin-options.js';
import { checkBackendOptions, checkSource } from './check-backend-options.js';
import { chooseProvider } from './choose-provider.js';
import type { NamedModel } from './embedded/named-model.js';
import { embeddedNnPlugin } from './embedded-plugin.js';
import { checkModelDefinition, type ModelDefinition } from './model-definition.js';
import { copyModelPart, type ModelPart, readModelPart } from './model-part.js';
import { nativeNnPlugin } from './native/native-plugin.js';
import { openNativeSession } from './native/native-session.js';
import { combineLimits } from './nn-limits.js';
import { parsePreload } from './preload.js';
import { createSession, type Session } from './session.js';

/** What a backend package says of itself. */
export interface BackendKind<Source extends ModelSource> {
  /** Name of the function that makes its plug-in, for messages: `openVINO`. */
  readonly caller: string;
  readonly backend: Backend;
  /** The files of a model, in the order in which a guest gives them to `load`. */
  parts(source: Source): readonly ModelPart[];
  /** Names of the properties of a source that are such files. */
  readonly partNames: Readonly<Record<Exclude<keyof Source, keyof ModelSource>, true>>;
  /** Throws for settings of a model, as JSON, that the backend does not take from a host; without it, any object is taken. */
  checkConfig?(config: string): void;
  /** `allow` only where models that guests bring run in a sandbox. */
  readonly guestModels: 'allow' | 'deny';
  /** Why the embedded backend cannot run here; `undefined` when it can. */
  unavailable(): string | undefined;
  /**
   * Whether the native plug-in may make a context of this model that has no memory for its inputs, and say nothing of it: such a model is
   * computed once before a guest may set inputs. Default: no model does so.
   */
  mayLackTensors?(parts: readonly Uint8Array[]): boolean;
  /** Defects of the native plug-in, said once per process when it is loaded. */
  readonly nativeWarning: string;
}

/** The WASI-NN plug-in with one backend: it goes into `createRuntime({ plugins })`, and runs models from TypeScript. */
export interface BackendPlugin<Source extends ModelSource> extends Plugin {
  /**
   * Loads a model for use from TypeScript, with the same code that serves guests.
   *
   * @throws {BackendUnavailableError} when the backend's library is missing.
   * @throws {NnError} when the backend refuses the model.
   * @throws {ModelMismatchError} when the model is not what its definition says.
   */
  session<Model extends ModelDefinition>(source: Source & { readonly model: Model }): Promise<Session<Model>>;
  session(source: Source): Promise<Session>;
}

/**
 * Makes the plug-in of a backend package.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type or names a model that cannot be read that way.
 */
export function createBackendPlugin<Source extends ModelSource>(
  kind: BackendKind<Source>,
  options: BackendPluginOptions<Source>,
): BackendPlugin<Source> {
  checkBackendOptions(kind, options);
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
  return { ...plugin, reason, session: session as unknown as BackendPlugin<Source>['session'] };
}

function openSession<Source extends ModelSource>(
  kind: BackendKind<Source>,
  source: Source,
  model: ModelDefinition | undefined,
) {
  const builders = kind.parts(source).map(readModelPart);
  const blocking = createBlockingCaller();
  const owned: Disposable[] = [blocking];
  try {
    const opened = kind.backend.open({ blocking, logger: defaultLogger });
    owned.unshift(opened);
    const origin = { model: 'host', config: 'host' } as const;
    const graph = opened.load(builders, source.target ?? 'cpu', configText(source), origin);
    return createSession(graph, model, owned);
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
    // What the caller changes later is not what was given.
    const parts = kind.parts(source).map(copyModelPart);
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
