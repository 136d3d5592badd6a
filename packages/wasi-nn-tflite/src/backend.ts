import { type Backend, type BackendContext, NnError } from '@wasmedge-plugins/wasi-nn';
import {
  type ConfigOf,
  defineBackend,
  deviceFor,
  type ModelLoader,
  type ModelRequest,
  openLibraryOrSandbox,
  problemOf,
} from '@wasmedge-plugins/wasi-nn/kit';
import { openLibrary } from './c-library/open.js';
import { findLibrary } from './library/find-library.js';
import { openSandbox } from './open-sandbox.js';
import { settings } from './read-config.js';
import type { TFLiteRuntime } from './runtime.js';

const title = 'TensorFlow Lite';

type Loader = ModelLoader<ConfigOf<typeof settings>>;

/** TensorFlow Lite behind WASI-NN. */
export function tfliteBackend(runtime: TFLiteRuntime): Backend {
  return defineBackend({
    contractVersion: 1,
    packageName: '@wasmedge-plugins/wasi-nn-tflite',
    title,
    name: 'tflite',
    encoding: 4,
    encodingNames: ['tensorflowlite'],
    parts: ['its .tflite file'],
    settings,
    choices: () => [choiceOf(runtime)],
    open: (context) => checked(open(runtime, context)),
  });
}

/** What runs the models, and why. */
function choiceOf(runtime: TFLiteRuntime): string {
  if (runtime === 'litert') return 'TensorFlow Lite models run on LiteRT.js: the option runtime asks for it';
  if (runtime === 'native-library') {
    return "TensorFlow Lite models run on TensorFlow Lite's C library: the option runtime asks for it";
  }
  return problemOf(findLibrary) === undefined
    ? `TensorFlow Lite models of the host run on the C library ${findLibrary()}, which was found; those that guests bring on LiteRT.js, a sandbox`
    : "TensorFlow Lite models run on LiteRT.js: TensorFlow Lite's C library was not found";
}

function open(runtime: TFLiteRuntime, context: BackendContext): Loader {
  switch (runtime) {
    case 'litert':
      return openSandbox(context);
    case 'native-library':
      return openLibrary(context);
    case 'auto':
      return openLibraryOrSandbox({ findLibrary, openLibrary, openSandbox }, context);
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
