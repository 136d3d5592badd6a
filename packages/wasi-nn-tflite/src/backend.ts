import { type Backend, type BackendContext, NnError } from '@wasmedge-plugins/wasi-nn';
import {
  type ConfigOf,
  chooseLibraryOrSandbox,
  defineBackend,
  deviceFor,
  type LibraryChoice,
  type ModelLoader,
  type ModelRequest,
} from '@wasmedge-plugins/wasi-nn/kit';
import { openLibrary } from './c-library/open.js';
import { findLibrary } from './library/find-library.js';
import { openSandbox } from './open-sandbox.js';
import { settings } from './read-config.js';
import type { TFLiteRuntime } from './runtime.js';

const title = 'TensorFlow Lite';

type Config = ConfigOf<typeof settings>;
type Loader = ModelLoader<Config>;

/** TensorFlow Lite behind WASI-NN. */
export function tfliteBackend(runtime: TFLiteRuntime): Backend {
  const either = chooseLibraryOrSandbox<Config>({ findLibrary, openLibrary, openSandbox });
  return defineBackend({
    contractVersion: 1,
    packageName: '@wasmedge-plugins/wasi-nn-tflite',
    title,
    name: 'tflite',
    encoding: 4,
    encodingNames: ['tensorflowlite'],
    parts: ['its .tflite file'],
    settings,
    choices: () => [choiceOf(runtime, either)],
    open: (context) => checked(open(runtime, context, either)),
  });
}

/** What runs the models, and why. */
function choiceOf(runtime: TFLiteRuntime, either: LibraryChoice<Config>): string {
  if (runtime === 'litert') return 'TensorFlow Lite models run on LiteRT.js: the option runtime asks for it';
  const chosen = either.chosen();
  if (runtime === 'native-library') {
    const library = 'library' in chosen ? chosen.library : "TensorFlow Lite's C library";
    return `TensorFlow Lite models run on ${library}: the option runtime asks for it`;
  }
  return 'library' in chosen
    ? `TensorFlow Lite models of the host run on the C library ${chosen.library}, which was found; those that guests bring on LiteRT.js, a sandbox`
    : `TensorFlow Lite models run on LiteRT.js: ${chosen.problem}`;
}

function open(runtime: TFLiteRuntime, context: BackendContext, either: LibraryChoice<Config>): Loader {
  switch (runtime) {
    case 'litert':
      return openSandbox(context);
    case 'native-library':
      return openLibrary(context);
    case 'auto':
      return either.open(context);
  }
}

/** With the checks that hold for both. */
function checked(loader: Loader): Loader {
  const check = (request: ModelRequest<ConfigOf<typeof settings>>) => {
    deviceFor(title, { cpu: true }, request.target);
    if (request.parts[0]?.byteLength === 0) {
      throw new NnError('invalid_argument', 'The file of the model is empty.');
    }
    return request;
  };
  const { loadForSession } = loader;
  return {
    load: (request) => loader.load(check(request)),
    ...(loadForSession && { loadForSession: async (request) => loadForSession(check(request)) }),
    sharedBy: (request) => loader.sharedBy?.(request),
    close: () => loader.close?.(),
  };
}
