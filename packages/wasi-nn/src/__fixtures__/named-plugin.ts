import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { asyncLoader } from '../kit/async/async-loader.js';
import { defineBackend } from '../kit/define-backend.js';
import { defineNamedModelsPlugin } from '../named-models-plugin.js';

/** A model of the backend that has no encoding. */
export interface NamedTestModel {
  /** Called for each request. */
  readonly perRequest?: () => unknown;
}

const moduleUrl = new URL('./named-backend.mjs', import.meta.url);

/** A plug-in on `named-backend.mjs`. */
export function namedPlugin(
  models: Readonly<Record<string, NamedTestModel>>,
  told: (message: unknown) => void = () => {},
) {
  const define = defineNamedModelsPlugin<NamedTestModel>({
    checkModel(where, model) {
      if (typeof model !== 'object') throw new InvalidArgumentError(`${where} must be an object.`);
    },
    backendFor: (known) =>
      defineBackend({
        contractVersion: 1,
        packageName: 'named',
        title: 'Named',
        name: 'named',
        encoding: undefined,
        encodingNames: [],
        parts: ['its name'],
        settings: {},
        open: (context) =>
          asyncLoader({ moduleUrl, exportName: 'openNamed' }, context, {
            sessions: 'here',
            perRequest: ([name]) => known[new TextDecoder().decode(name)]?.perRequest,
            onTold: told,
          }),
      }),
  });
  return define({ models });
}
