import {
  type Backend,
  type BackendContext,
  BackendUnavailableError,
  type OpenBackend,
} from '@wasmedge-plugins/wasi-nn';
import { openLibraryBackend } from './c-library/open-library-backend.js';
import { libraryProblem } from './library/library-problem.js';
import { openLiteRtBackend } from './litert/open-litert-backend.js';
import { openBothBackends } from './open-both-backends.js';
import type { TFLiteRuntime } from './runtime.js';

/** TensorFlow Lite behind WASI-NN. */
export function tfliteBackend(runtime: TFLiteRuntime): Backend {
  return {
    name: 'tflite',
    encoding: 4,
    encodingNames: ['tensorflowlite'],
    open: (context) => open(runtime, context),
  };
}

function open(runtime: TFLiteRuntime, context: BackendContext): OpenBackend {
  switch (runtime) {
    case 'litert':
      return openLiteRtBackend(context);
    case 'native-library':
      return openLibraryBackend(context);
    case 'auto':
      return openAnyBackend(context);
  }
}

function openAnyBackend(context: BackendContext): OpenBackend {
  if (libraryProblem() !== undefined) return openLiteRtBackend(context);
  try {
    return openBothBackends(openLibraryBackend(context), context);
  } catch (error) {
    if (!BackendUnavailableError.isInstance(error)) throw error;
    context.logger('warn', error.message);
    return openLiteRtBackend(context);
  }
}
