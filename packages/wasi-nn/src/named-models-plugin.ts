import {
  type DefinedPlugin,
  definePlugin,
  type ExportedAs,
  isTable,
  type OptionReading,
  type Plugin,
  type PluginDefinition,
  type PluginOptionDefinitions,
  type PluginOptionFlag,
  type PluginOptionInputs,
  type PluginOptionValues,
} from '@wasmedge-plugins/core';
import { nnModuleName, nnPluginName } from './abi.js';
import type { Backend } from './backend.js';
import { sharedOptions } from './backend-options.js';
import type { NamedModelsOptions } from './backend-plugin-options.js';
import { checkContract } from './check-contract.js';
import { checkSessionName, type NamedSource } from './check-session-name.js';
import { combineParts } from './combine-parts.js';
import type { NamedModel } from './embedded/named-model.js';
import { nnInstance } from './embedded/nn-instance.js';
import { checkModelDefinition, type ModelDefinition } from './model-definition.js';
import { combineLimits } from './nn-limits.js';
import { type NnParts, nnParts } from './nn-parts.js';
import { openSession } from './open-session.js';
import { createSession, type Session } from './session.js';

/** The WASI-NN plug-in with a backend whose models exist only by name. */
export interface NamedModelsPlugin<Name extends string = string> extends Plugin {
  /**
   * Loads one of the plug-in's models for use from TypeScript, with the same code that serves guests.
   *
   * @param source the name of the model, with its definition in `model`, against which the session's inputs and outputs are then checked.
   * @throws {InvalidArgumentError} for a name that the plug-in does not have.
   * @throws {NnError} when the backend cannot load the model.
   * @throws {ModelMismatchError} when the model does not match its definition.
   */
  session<Model extends ModelDefinition>(
    source: NamedSource<Name> & { readonly model: Model },
  ): Promise<Session<Model>>;
  /**
   * Loads a model without a definition: its inputs and outputs are untyped.
   *
   * @throws {InvalidArgumentError} for a name that the plug-in does not have.
   * @throws {NnError} when the backend cannot load the model.
   */
  session(source: NamedSource<Name>): Promise<Session>;
}

/** A backend package's description of itself, if its models are not files but exist by name, such as on servers. `Own` are the definitions of its own options. */
export interface NamedModelsKind<
  Model extends object,
  Own extends PluginOptionDefinitions = Record<never, never>,
> extends Pick<PluginDefinition<Own>, 'options' | 'libraries'> {
  /** Where the result of {@link defineNamedModelsPlugin} is exported; messages name it. Default: plug-ins of this kind cannot be recreated elsewhere. */
  readonly exportedAs?: ExportedAs | undefined;
  /** The backend that has these models; `load` gets the name of one, in UTF-8, as the only part. */
  backendFor(models: Readonly<Record<string, Model>>, values: PluginOptionValues<Own>): Backend;
  /**
   * Checks what the host says of a model.
   *
   * @param where what it is, for messages: `kserve(): models.road`.
   * @throws {InvalidArgumentError} when it is not what it must be.
   */
  checkModel(where: string, model: unknown): void;
  /** Flags by which the command line names models. Default: none. */
  readonly modelFlags?: readonly PluginOptionFlag[] | undefined;
}

/**
 * Defines the plug-in of a backend without an encoding. The result is called with its models by name, the limits of what guests hold, and the backend's own options.
 *
 * @throws {InvalidArgumentError} when a name is missing, or the definition of one of its own options is invalid.
 */
export function defineNamedModelsPlugin<
  Model extends object,
  Own extends PluginOptionDefinitions = Record<never, never>,
>(
  kind: NamedModelsKind<Model, Own>,
): DefinedPlugin<NamedModelsOptions<Model> & PluginOptionInputs<Own>, NamedModelsPlugin> {
  const options = { ...namedModelsOptions(kind), ...kind.options };
  const backendFor = (values: Values<Model>) =>
    kind.backendFor(values.models, values as unknown as PluginOptionValues<Own>);
  const partsFor = (values: Values<Model>) => namedParts(backendFor(values), values);
  const define = definePlugin({
    name: nnPluginName,
    moduleNames: [nnModuleName],
    exportedAs: kind.exportedAs,
    options: options as ReturnType<typeof namedModelsOptions<Model>>,
    libraries: kind.libraries,
    check: (values) => void checkContract(backendFor(values)),
    create: (values, context) => nnInstance(partsFor(values), context),
    members(values, { subject }) {
      const session = async (source: NamedSource & { readonly model?: ModelDefinition }) => {
        checkSessionName(`${subject}: session()`, source, Object.keys(values.models));
        const { name, model } = source;
        if (model !== undefined) checkModelDefinition(model);
        const given = { parts: [nameBytes(name)], target: 'cpu', config: undefined } as const;
        return openSession(backendFor(values), given, (loaded, owned) => createSession(loaded, model, owned));
      };
      return {
        session: session as unknown as NamedModelsPlugin['session'],
        [nnParts]: partsFor(values),
      };
    },
    combine: (plugins) => {
      const parts = combineParts(plugins);
      return (context) => nnInstance(parts, context);
    },
  });
  return define as unknown as ReturnType<typeof defineNamedModelsPlugin<Model, Own>>;
}

type Values<Model extends object> = PluginOptionValues<ReturnType<typeof namedModelsOptions<Model>>>;

function namedModelsOptions<Model extends object>({
  checkModel,
  modelFlags = [],
}: Pick<NamedModelsKind<Model>, 'checkModel' | 'modelFlags'>) {
  return {
    models: {
      type: 'custom',
      description: 'models that guests can load by name',
      read(given: Readonly<Record<string, Model>> = {}, { subject, refusal }: OptionReading) {
        if (!isTable(given)) throw refusal('an object of models by name');
        for (const [name, model] of Object.entries(given)) checkModel(`${subject}: models.${name}`, model);
        return given;
      },
      flags: modelFlags,
    },
    ...sharedOptions,
  } as const satisfies PluginOptionDefinitions;
}

function namedParts<Model extends object>(backend: Backend, values: Values<Model>): NnParts {
  const models = Object.keys(values.models).map((name): [string, NamedModel] => {
    return [name, { backend, target: 'cpu', builders: () => [nameBytes(name)] }];
  });
  return {
    // One without models would only tell guests that there are models by name.
    backends: models.length === 0 ? [] : [backend],
    models: new Map(models),
    deniedEncodings: new Set(),
    tensorNumbering: values.tensorNumbering,
    limits: combineLimits([values]),
  };
}

function nameBytes(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}
