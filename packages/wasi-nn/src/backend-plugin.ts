import {
  type DefinedPlugin,
  definePlugin,
  InvalidArgumentError,
  type Plugin,
  type PluginOptionDefinitions,
  type PluginOptionInputs,
  type PluginOptionValues,
} from '@wasmedge-plugins/core';
import { nnModuleName, nnPluginName } from './abi.js';
import { type BackendKind, partsOf } from './backend-kind.js';
import { type BackendValues, backendOptions } from './backend-options.js';
import type { BackendPluginOptions, ModelSource } from './backend-plugin-options.js';
import { checkContract } from './check-contract.js';
import { checkConfig, checkPartCount, checkSource } from './check-source.js';
import { chooseProvider } from './choose-provider.js';
import { combineParts } from './combine-parts.js';
import { nnInstance } from './embedded/nn-instance.js';
import { encodingName } from './encoding.js';
import { encodingOf } from './encoding-of.js';
import { configText, makeParts } from './make-parts.js';
import { checkModelDefinition, type ModelDefinition } from './model-definition.js';
import { nativeDefinition, nativeProblem } from './native/native-definition.js';
import { openNativeSession } from './native/native-session.js';
import { type NnParts, nnParts } from './nn-parts.js';
import { openSession } from './open-session.js';
import { createSession as createTensorSession, type Session } from './session.js';

/** The WASI-NN plug-in with one backend: it goes into `createRuntime({ plugins })`, and runs models from TypeScript. */
export interface BackendPlugin<Source extends ModelSource> extends Plugin {
  /**
   * Loads a model for use from TypeScript, with the same code that serves guests.
   *
   * @throws {BackendUnavailableError} when the backend's library is missing.
   * @throws {NnError} when the backend refuses the model.
   * @param source the model, with its definition in `model`, against which the session's inputs and outputs are then checked.
   * @throws {ModelMismatchError} when the model does not match its definition.
   */
  session<Model extends ModelDefinition>(source: Source & { readonly model: Model }): Promise<Session<Model>>;
  /**
   * Loads a model without a definition: its inputs and outputs are untyped.
   *
   * @throws {BackendUnavailableError} when the backend's library is missing.
   * @throws {NnError} when the backend refuses the model.
   */
  session(source: Source): Promise<Session>;
}

/** The WASI-NN plug-in with a backend whose sessions are not of tensors. */
export interface OwnSessionPlugin<Source extends ModelSource, OwnSession extends Disposable> extends Plugin {
  /**
   * Loads a model for use from TypeScript, with the same code that serves guests.
   *
   * @throws {BackendUnavailableError} when the backend's library is missing.
   * @throws {NnError} when the backend refuses the model.
   * @throws {InvalidArgumentError} with the native plug-in, which has no such sessions.
   */
  session(source: Source): Promise<OwnSession>;
}

/** Members of a backend's plug-in besides those of every plug-in. */
interface BackendMembers<Source extends ModelSource> extends Pick<BackendPlugin<Source>, 'session'> {
  readonly [nnParts]?: NnParts;
}

/**
 * Defines the plug-in of a backend package whose sessions are of its own kind.
 *
 * @throws {InvalidArgumentError} when a name is missing, the backend has no encoding, or the definition of one of its own options is invalid.
 */
export function defineBackendPlugin<
  Source extends ModelSource,
  Own extends PluginOptionDefinitions,
  OwnSession extends Disposable,
>(
  kind: BackendKind<Source, Own, OwnSession> &
    Required<Pick<BackendKind<Source, Own, OwnSession>, 'createSession'>>,
): DefinedPlugin<
  BackendPluginOptions<Source> & PluginOptionInputs<Own>,
  OwnSessionPlugin<Source, OwnSession>
>;
/**
 * Defines the plug-in of a backend package with `definePlugin`. The result is called with the options of every backend and the backend's own.
 *
 * @throws {InvalidArgumentError} when a name is missing, the backend has no encoding, or the definition of one of its own options is invalid.
 */
export function defineBackendPlugin<
  Source extends ModelSource,
  Own extends PluginOptionDefinitions = Record<never, never>,
>(
  kind: BackendKind<Source, Own>,
): DefinedPlugin<BackendPluginOptions<Source> & PluginOptionInputs<Own>, BackendPlugin<Source>>;
export function defineBackendPlugin<Source extends ModelSource, Own extends PluginOptionDefinitions>(
  kind: BackendKind<Source, Own>,
): DefinedPlugin<BackendPluginOptions<Source> & PluginOptionInputs<Own>, BackendPlugin<Source>> {
  const encoding = encodingOf(kind.backend);
  const { nativeWarning } = kind;
  const options = { ...backendOptions(kind), ...kind.options } as ReturnType<typeof backendOptions>;
  const own = (values: BackendValues) => values as unknown as PluginOptionValues<Own>;
  const backendFor = (values: BackendValues) => kind.backendFor?.(own(values)) ?? kind.backend;
  const partsFor = (values: BackendValues) =>
    makeParts(kind, backendFor(values), values, kind.guestModels(own(values), 'embedded'));
  const define = definePlugin({
    name: nnPluginName,
    moduleNames: [nnModuleName],
    exportedAs: kind.exportedAs,
    options,
    releases: kind.releases,
    libraries: kind.libraries,
    ...(nativeWarning !== undefined && {
      native: nativeDefinition({ ...kind, nativeWarning }, encoding, {
        guestModelsOf: (values) => kind.guestModels(own(values), 'native'),
        configReaderOf: (values) =>
          kind.readNativeConfig &&
          ((text, use) => kind.readNativeConfig?.(text, use, own(values)) ?? { text }),
      }),
      chooseProvider: (values: BackendValues, nativePath?: string) =>
        chooseProvider(
          encoding,
          { missing: kind.unavailable(own(values)), nativeProblem: kind.nativeProblem?.(own(values)) },
          nativePath,
        ),
    }),
    check(values, { provider, subject }) {
      checkContract(kind.backend);
      // The options of the plug-in may decide which files and settings there are.
      for (const [name, source] of Object.entries(values.models)) {
        const where = `${subject}: models.${name}`;
        checkPartCount(kind, where, source, kind.leastParts?.(own(values)));
        checkConfig(backendFor(values), where, source.config);
      }
      if (provider !== 'native') return undefined;
      return nativeWarning === undefined
        ? `WasmEdge has no native plug-in for ${encodingName(encoding)} models; leave out provider.`
        : (kind.nativeProblem?.(own(values)) ?? nativeProblem(kind, values));
    },
    create: (values, context) => nnInstance(partsFor(values), context),
    members(values, { subject, provider, nativePath }): BackendMembers<Source> {
      const session = async (source: ModelSource & { readonly model?: ModelDefinition }) => {
        const { createSession } = kind;
        const chosen = { ...kind, backend: backendFor(values) };
        const where = `${subject}: session()`;
        checkSource(chosen, where, source, createSession ? {} : { model: true });
        checkPartCount(kind, where, source, kind.leastParts?.(own(values)));
        const { model, target = 'cpu', config = kind.sessionConfig } = source;
        if (model !== undefined) checkModelDefinition(model);
        if (provider === 'native' && createSession !== undefined) {
          throw new InvalidArgumentError(
            `${subject}: the native plug-in has no sessions of this kind; use provider: 'embedded'.`,
          );
        }
        if (provider === 'native') {
          const host = { guestModels: 'allow', maxBytes: Number.MAX_SAFE_INTEGER } as const;
          const makePlugin = () => define({ ...host, provider, nativePath });
          return openNativeSession(kind, subject, makePlugin, source, model);
        }
        const whole = config && { ...kind.sessionConfig, ...config };
        const given = { parts: partsOf(kind, source), target, config: configText(whole) };
        return openSession(backendFor(values), given, (loaded, owned) =>
          createSession === undefined
            ? createTensorSession(loaded, model, owned)
            : createSession.call(kind, loaded, owned, whole),
        );
      };
      return {
        session: session as unknown as BackendPlugin<Source>['session'],
        ...(provider === 'embedded' && { [nnParts]: partsFor(values) }),
      };
    },
    combine: (plugins) => {
      const parts = combineParts(plugins);
      return (context) => nnInstance(parts, context);
    },
  });
  return define as unknown as DefinedPlugin<
    BackendPluginOptions<Source> & PluginOptionInputs<Own>,
    BackendPlugin<Source>
  >;
}
