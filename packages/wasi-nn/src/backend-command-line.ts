import {
  type PluginCommandLine,
  type PluginRelease,
  type ProviderName,
  pluginPackages,
} from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import type { BackendPlugin } from './backend-plugin.js';
import type { ModelSource } from './backend-plugin-options.js';

/** What a backend package says of itself to the command `wasmedge-plugins`. */
export interface BackendCommandLine<Source extends ModelSource> {
  /** The backend: by its encodings it is told from the others. */
  readonly backend: Pick<Backend, 'encodingNames'>;
  /** Where the native plug-in is released; see `PluginCommandLine.releases`. */
  readonly releases: readonly PluginRelease[];
  /**
   * Makes the plug-in.
   *
   * @throws {InvalidArgumentError} for a model that the text does not name well.
   */
  create(options: {
    /** Where the functions are to come from. */
    readonly provider: ProviderName;
    /** Models as `--nn-preload` names them; see `BackendPluginOptions.preload`. */
    readonly preload: readonly string[];
    /** `allow` when `--nn-guest-models` was given; `undefined` for the default of the backend. */
    readonly guestModels: 'allow' | undefined;
  }): BackendPlugin<Source>;
}

/** Encodings that some package of this project loads. Each backend gets all that the command line names, and leaves the others'. */
const encodingsOfPackages: readonly string[] = pluginPackages.flatMap(({ encodings }) => encodings);

/** The options of a backend, which backends that are there at once share. `--nn-preload` is named as WasmEdge's command names it. */
export function backendCommandLine<Source extends ModelSource>({
  backend,
  releases,
  create,
}: BackendCommandLine<Source>): PluginCommandLine {
  const takes = (text: string) => !isOthers(text, backend.encodingNames);
  return {
    options: [
      {
        flags: '--nn-preload <model>',
        description: `model that the guest may load by name, as name:encoding:target:path[:path]; encodings: ${encodingsOfPackages.join(', ')}; repeatable`,
        repeatable: true,
        takes,
      },
      {
        flags: '--nn-guest-models',
        description:
          'let the guest load models from bytes of its own, where a backend refuses them by default',
      },
    ],
    releases,
    create: (values, { provider }) => {
      const preload = (values['nn-preload'] ?? []) as readonly string[];
      return create({
        provider,
        preload: preload.filter(takes),
        guestModels: values['nn-guest-models'] === true ? 'allow' : undefined,
      });
    },
  };
}

function isOthers(text: string, own: readonly string[]): boolean {
  const encoding = text.split(':')[1]?.toLowerCase() ?? '';
  return encodingsOfPackages.includes(encoding) && !own.includes(encoding);
}
