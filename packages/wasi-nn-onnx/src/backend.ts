import type { Backend, BackendContext } from '@wasmedge-plugins/wasi-nn';
import {
  type ConfigOf,
  chooseLibraryOrSandbox,
  defineBackend,
  type LibraryChoice,
  type ModelLoader,
} from '@wasmedge-plugins/wasi-nn/kit';
import { openLibrary } from './c-library/open.js';
import { findLibrary } from './library/find-library.js';
import { openSandbox } from './open-sandbox.js';
import { settings } from './read-config.js';
import type { ONNXRuntime } from './runtime.js';

type Config = ConfigOf<typeof settings>;
type Loader = ModelLoader<Config>;

/** ONNX Runtime behind WASI-NN. */
export function onnxBackend(runtime: ONNXRuntime): Backend {
  const either = chooseLibraryOrSandbox<Config>({ findLibrary, openLibrary, openSandbox });
  return defineBackend({
    contractVersion: 1,
    packageName: '@wasmedge-plugins/wasi-nn-onnx',
    title: 'ONNX',
    name: 'onnx',
    encoding: 1,
    encodingNames: ['onnx'],
    parts: ['its .onnx file'],
    settings,
    choices: () => [choiceOf(runtime, either)],
    open: (context) => open(runtime, context, either),
  });
}

/** What runs the models, and why. */
function choiceOf(runtime: ONNXRuntime, either: LibraryChoice<Config>): string {
  if (runtime === 'web') return 'ONNX models run on onnxruntime-web: the option runtime asks for it';
  const chosen = either.chosen();
  if (runtime === 'native-library') {
    const library = 'library' in chosen ? chosen.library : "ONNX Runtime's library";
    return `ONNX models run on ${library}: the option runtime asks for it`;
  }
  return 'library' in chosen
    ? `ONNX models of the host run on ${chosen.library}, ONNX Runtime's library, which was found; those that guests bring on onnxruntime-web, a sandbox`
    : `ONNX models run on onnxruntime-web: ${chosen.problem}`;
}

function open(runtime: ONNXRuntime, context: BackendContext, either: LibraryChoice<Config>): Loader {
  switch (runtime) {
    case 'web':
      return openSandbox(context);
    case 'native-library':
      return openLibrary(context);
    case 'auto':
      return either.open(context);
  }
}
