import type { BackendKind } from '@wasmedge-plugins/wasi-nn';
import { pytorchBackend } from './backend.js';
import { libraryProblem } from './library/library-problem.js';
import { readConfig } from './read-config.js';
import type { PyTorchSource } from './source.js';

/** What WASI-NN is told of this package. */
export const pytorchKind: BackendKind<PyTorchSource> = {
  caller: 'pytorch',
  backend: pytorchBackend,
  parts: ({ file }) => [file],
  partNames: { file: true },
  checkConfig: readConfig,
  // A model is a program, and libtorch no sandbox.
  guestModels: 'deny',
  unavailable: libraryProblem,
  nativeWarning:
    "WasmEdge's native PyTorch plug-in ends this process when a model throws, as it does for an input of the wrong shape; it appends the outputs of a second computation to those of the first, and gives transposed outputs in the order of storage. A nested tuple, None in a tuple, and quantised or sparse outputs end this process too.",
};
