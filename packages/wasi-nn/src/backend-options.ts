import {
  isTable,
  type OptionDefinitionsOf,
  type OptionReading,
  type PluginOptionValues,
  pluginPackages,
} from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import type { SourceKind } from './backend-kind.js';
import type { BackendPluginOptions, ModelSource, NnGuestOptions } from './backend-plugin-options.js';
import { checkSource } from './check-source.js';
import { type PreloadedModel, parsePreload } from './preload.js';

/** Encodings that some package of this project loads. Each backend gets all that the command line names, and leaves the others'. */
const encodingsOfPackages: readonly string[] = pluginPackages.flatMap(({ encodings }) => encodings);

const limit = { type: 'integer', min: 1, flags: [] } as const;

/** The definitions of the options of what guests hold, which the plug-in of any backend takes. */
export const sharedOptions = {
  maxGraphs: { ...limit, description: 'maximum number of models that guests have loaded at the same time' },
  maxContexts: {
    ...limit,
    description: 'maximum number of execution contexts that guests have at the same time',
  },
  maxBytes: { ...limit, description: 'maximum bytes of tensors and of models that guests bring' },
  tensorNumbering: {
    type: 'choice',
    choices: ['auto', '0.14', '0.15'],
    default: 'auto',
    description: 'how guests number the element types of tensors',
    flags: [],
  },
} as const satisfies OptionDefinitionsOf<NnGuestOptions>;

/**
 * The definitions of the options that every backend's plug-in takes. Their flags are shared by backends that are there at once; `--nn-preload` is
 * named as WasmEdge's command names it.
 */
export function backendOptions(kind: SourceKind) {
  const takes = (text: string) => !isOthers(text, kind.backend);
  return {
    models: {
      type: 'custom',
      description: 'models that guests can load by name',
      read(given: Readonly<Record<string, ModelSource>> = {}, { subject, refusal }: OptionReading) {
        if (!isTable(given)) throw refusal('an object of models by name');
        for (const [name, source] of Object.entries(given)) {
          checkSource(kind, `${subject}: models.${name}`, source);
        }
        return given;
      },
    },
    preload: {
      type: 'custom',
      description: `model that the guest can load by name, as name:encoding:target:path[:path]; encodings: ${encodingsOfPackages.join(', ')}; repeatable`,
      read(given: readonly string[] = [], { refusal }: OptionReading): readonly PreloadedModel[] {
        if (!Array.isArray(given) || !given.every((text) => typeof text === 'string')) {
          throw refusal('an array of strings name:encoding:target:path');
        }
        return given.map((text) => parsePreload(text, [kind.backend]));
      },
      flags: [
        {
          flags: '--nn-preload <model>',
          repeatable: true,
          takes,
          read: (texts) => [texts].flat().filter((text) => takes(String(text))),
        },
      ],
    },
    guestModels: {
      type: 'choice',
      choices: ['allow', 'deny'],
      description: 'let the guest load its own models, if a backend refuses them by default',
      flags: [{ flags: '--nn-guest-models', read: () => 'allow' }],
    },
    ...sharedOptions,
  } as const satisfies OptionDefinitionsOf<
    Omit<BackendPluginOptions<ModelSource>, 'provider' | 'nativePath'>
  >;
}

/** The values of the options that every backend's plug-in takes. */
export type BackendValues = PluginOptionValues<ReturnType<typeof backendOptions>>;

function isOthers(text: string, { encodingNames }: Backend): boolean {
  const encoding = text.split(':')[1]?.toLowerCase() ?? '';
  return encodingsOfPackages.includes(encoding) && !encodingNames.includes(encoding);
}
