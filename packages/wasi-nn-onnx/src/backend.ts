import type { Backend, BackendContext } from '@wasmedge-plugins/wasi-nn';
import {
  type ConfigOf,
  defineBackend,
  type ModelLoader,
  openLibraryOrSandbox,
  problemOf,
} from '@wasmedge-plugins/wasi-nn/kit';
import { openLibrary } from './c-library/open.js';
import { findLibrary } from './library/find-library.js';
import { openSandbox } from './open-sandbox.js';
import { settings } from './read-config.js';
import type { ONNXRuntime } from './runtime.js';

type Loader = ModelLoader<ConfigOf<typeof settings>>;

/** ONNX Runtime behind WASI-NN. */
export function onnxBackend(runtime: ONNXRuntime): Backend {
  return defineBackend({
    contractVersion: 1,
    packageName: '@wasmedge-plugins/wasi-nn-onnx',
    title: 'ONNX',
    name: 'onnx',
    encoding: 1,
    encodingNames: ['onnx'],
    parts: ['its .onnx file'],
    settings,
    choices: () => [choiceOf(runtime)],
    open: (context) => open(runtime, context),
  });
}

/** What runs the models, and why. */
function choiceOf(runtime: ONNXRuntime): string {
  if (runtime === 'web') return 'ONNX models run on onnxruntime-web: the option runtime asks for it';
  const problem = problemOf(findLibrary);
  if (problem !== undefined) return `ONNX models run on onnxruntime-web: ${problem.split(';', 1)[0]}`;
  return runtime === 'native-library'
    ? `ONNX models run on ${findLibrary()}: the option runtime asks for ONNX Runtime's library`
    : `ONNX models of the host run on ${findLibrary()}, ONNX Runtime's library, which was found; those that guests bring on onnxruntime-web, a sandbox`;
}

function open(runtime: ONNXRuntime, context: BackendContext): Loader {
  switch (runtime) {
    case 'web':
      return openSandbox(context);
    case 'native-library':
      return openLibrary(context);
    case 'auto':
      return openLibraryOrSandbox({ findLibrary, openLibrary, openSandbox }, context);
  }
}
