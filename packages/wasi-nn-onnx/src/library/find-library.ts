import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  findLibrary as find,
  type LibrarySearch,
  type Machine,
  systemFolders,
} from '@wasmedge-plugins/wasi-nn/kit';

/** The variable that names ONNX Runtime's library, or a folder with it. */
export const libraryVariable = 'WASMEDGE_PLUGINS_ONNXRUNTIME';

/** How ONNX Runtime's library is found: in the npm package `onnxruntime-node`, and where the system has it. */
const librarySearch: LibrarySearch = {
  title: "ONNX Runtime's library (libonnxruntime)",
  variable: libraryVariable,
  fileNames: {
    win32: /^onnxruntime\.dll$/,
    darwin: /^libonnxruntime(\.\d+)*\.dylib$/,
    linux: /^libonnxruntime\.so(\.\d+)*$/,
  },
  places: (machine) => [...npmFolders(machine), ...systemFolders(machine)],
  install: () =>
    `Install it: npm install --ignore-scripts onnxruntime-node@1.30.0, or name a file or folder of ONNX Runtime 1.24 or later in the variable ${libraryVariable}. Without it, runtime: 'web' or 'auto' runs the same models on onnxruntime-web.`,
};

/**
 * The path of ONNX Runtime's library.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibrary(machine: Machine = process): string {
  return find(librarySearch, machine);
}

/** The folder of the npm package `onnxruntime-node`, where this package or the program has it. */
function npmFolders({ platform, arch, cwd }: Machine): string[] {
  return [import.meta.url, join(cwd(), 'resolve.js')].flatMap((from) => {
    try {
      const main = createRequire(from).resolve('onnxruntime-node/package.json');
      return [join(dirname(main), 'bin/napi-v6', platform, arch)];
    } catch {
      return [];
    }
  });
}
