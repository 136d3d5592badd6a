import type {
  Backend,
  BackendContext,
  ExecutionTarget,
  Graph,
  LoadOrigin,
  OpenBackend,
  SessionModel,
} from '../backend.js';
import { NnError } from '../errors.js';
import { type ConfigRules, readConfig } from './read-config.js';
import type { ConfigOf, Settings } from './setting.js';
import { takeSharedGraph } from './shared-graphs.js';
import { TrackedGraph } from './tracked-graph.js';

/** A model for a backend to load. */
export interface ModelRequest<Config> {
  /** The parts, as many as the backend's definition has, or as its `leastParts` allows; each is a copy, or a view that is valid during the call only. */
  readonly parts: readonly Uint8Array[];
  /** Where the model should run. */
  readonly target: ExecutionTarget;
  /** Its settings, checked; those that were not given are absent. */
  readonly config: Config;
  /** Who chose the model and its settings. */
  readonly origin: LoadOrigin;
}

/** A backend in one runtime, as its package writes it. */
export interface ModelLoader<Config> {
  /**
   * Loads a model.
   *
   * @throws {NnError} for a model that cannot be loaded.
   */
  load(request: ModelRequest<Config>): Graph;
  /**
   * See {@link OpenBackend.loadForSession}. Default: sessions wait, as guests do.
   *
   * @throws {NnError} for a model that cannot be loaded, as a rejection.
   */
  loadForSession?(request: ModelRequest<Config>): Promise<SessionModel>;
  /** Frees what is left after the runtime's graphs are freed. Default: nothing. */
  close?(): void;
  /**
   * Whether other runtimes and sessions of this thread may also use a request's graph, for the same model with the same settings, if the host chose both. They may if contexts share
   * nothing that a computation changes, and if a graph outlives {@link ModelLoader.close}. A runtime's guests then share it too, which otherwise requires a graph with
   * `isShareable`. Default: no graph may be shared.
   *
   * @returns the library that loads it, with its version: graphs of another library or version are not shared with it. `undefined` for a graph that is not shared.
   * @throws {BackendUnavailableError} when the library is missing.
   */
  sharedBy?(request: ModelRequest<Config>): string | undefined;
  /** Frees what shared graphs need as well, once, after {@link ModelLoader.close} and the last of them. Default: nothing. */
  closeShared?(): void;
}

/** A backend's definition, as its package writes it. */
export interface BackendDefinition<Table extends Settings>
  extends Pick<
    Backend,
    'contractVersion' | 'packageName' | 'name' | 'encoding' | 'encodingNames' | 'opensFiles'
  > {
  /** Its display name, for messages: `OpenVINO`. */
  readonly title: string;
  /** The names of a model's parts, for messages, in the order of `load`: `['XML', 'weights']`. */
  readonly parts: readonly string[];
  /** How many of the parts the host's models have at least, for formats of fewer files. Default: all. Models of guests have all parts. */
  readonly leastParts?: number | undefined;
  /** The settings that `load_by_name_with_config` accepts. */
  readonly settings: Table;
  /** See {@link Backend.choices}. */
  choices?(): readonly string[];
  /** How a configuration is read. Default: anything that is not in the table is refused. */
  readonly configRules?: ConfigRules | undefined;
  /**
   * See {@link Backend.open}.
   *
   * @throws {BackendUnavailableError} when its library is missing.
   */
  open(context: BackendContext): ModelLoader<ConfigOf<Table>>;
}

/** Makes a backend: parts are counted, configurations are read, and remaining graphs are freed at the end. */
export function defineBackend<const Table extends Settings>(definition: BackendDefinition<Table>): Backend {
  const { contractVersion, packageName, name, encoding, encodingNames, opensFiles, settings, configRules } =
    definition;
  return {
    contractVersion,
    packageName,
    name,
    encoding,
    encodingNames,
    ...(definition.choices !== undefined && { choices: () => definition.choices?.() ?? [] }),
    opensFiles,
    mostParts: definition.parts.length,
    checkConfig: (text) => void readConfig(settings, text, 'host', configRules),
    open: (context) => openTracked(definition, definition.open(context)),
  };
}

function openTracked<Table extends Settings>(
  definition: BackendDefinition<Table>,
  loader: ModelLoader<ConfigOf<Table>>,
): OpenBackend {
  const graphs = new Set<Disposable>();
  const { loadForSession } = loader;
  // The runtime, and each shared graph that it has loaded.
  let users = 1;
  const release = () => {
    users--;
    if (users === 0) loader.closeShared?.();
  };
  const loadGraph = (request: ModelRequest<ConfigOf<Table>>, config: string | undefined) => {
    const { origin, target, parts } = request;
    const chosenByHost = origin.model === 'host' && origin.config === 'host';
    const library = chosenByHost ? loader.sharedBy?.(request) : undefined;
    if (library === undefined) return loader.load(request);
    const load = () => {
      const graph = loader.load(request);
      users++;
      return graph;
    };
    return takeSharedGraph(
      { packageName: definition.packageName, library, target, config, parts },
      load,
      release,
    );
  };
  return {
    load(parts, target, text, origin) {
      const request = requestOf(definition, parts, target, text, origin);
      const graph = new TrackedGraph(loadGraph(request, text), graphs);
      graphs.add(graph);
      return graph;
    },
    ...(loadForSession && {
      async loadForSession(parts, target, text, files) {
        const origin = { model: 'host', config: 'host', files } as const;
        return loadForSession.call(loader, requestOf(definition, parts, target, text, origin));
      },
    }),
    [Symbol.dispose]() {
      for (const graph of [...graphs]) graph[Symbol.dispose]();
      loader.close?.();
      release();
    },
  };
}

function requestOf<Table extends Settings>(
  { title, parts: words, leastParts = words.length, settings, configRules }: BackendDefinition<Table>,
  parts: readonly Uint8Array[],
  target: ExecutionTarget,
  text: string | undefined,
  origin: LoadOrigin,
): ModelRequest<ConfigOf<Table>> {
  const least = origin.model === 'host' ? leastParts : words.length;
  if (parts.length < least || parts.length > words.length) {
    const count = `${words.length} ${words.length === 1 ? 'part' : 'parts'}`;
    throw new NnError(
      'invalid_argument',
      `A ${title} model has ${count}, ${words.join(' and ')}, not ${parts.length}.`,
    );
  }
  return { parts, target, config: readConfig(settings, text, origin.config, configRules), origin };
}

/**
 * A backend's device for a target.
 *
 * @throws {NnError} `invalid_argument` when it has none.
 */
export function deviceFor<Device>(
  title: string,
  devices: Readonly<Partial<Record<ExecutionTarget, Device>>>,
  target: ExecutionTarget,
): Device {
  const device = devices[target];
  if (device === undefined) {
    throw new NnError(
      'invalid_argument',
      `${title} has no device for the target ${target}; it has: ${Object.keys(devices).join(', ')}.`,
    );
  }
  return device;
}
