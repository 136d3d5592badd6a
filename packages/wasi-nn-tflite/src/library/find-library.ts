import { findLibrary as find, type LibrarySearch, systemFolders } from '@wasmedge-plugins/wasi-nn/kit';

/** The variable that names TensorFlow Lite's C library, or a folder with it. */
export const libraryVariable = 'WASMEDGE_PLUGINS_TENSORFLOW_LITE';

/** How TensorFlow Lite's C library is found. */
const librarySearch: LibrarySearch = {
  title: "TensorFlow Lite's C library (libtensorflowlite_c or libtensorflow-lite)",
  variable: libraryVariable,
  // `libtensorflowlite_c` as TensorFlow builds it, `libtensorflow-lite` as Debian does, also with the numbers of a release behind it.
  fileNames: {
    win32: /^tensorflowlite_c\.dll$/,
    darwin: /^libtensorflow(lite_c|-lite)(\.\d+)*\.dylib$/,
    linux: /^libtensorflow(lite_c|-lite)\.so(\.\d+)*$/,
  },
  places: systemFolders,
  install: () =>
    `Install it (Debian unstable: apt-get install libtensorflow-lite2.14.1; elsewhere it is built with CMake from tensorflow/lite/c), or name its file or folder in the variable ${libraryVariable}. Without it, runtime: 'litert' or 'auto' runs the same models on LiteRT.js.`,
};

/**
 * The path of TensorFlow Lite's C library.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibrary(): string {
  return find(librarySearch);
}
