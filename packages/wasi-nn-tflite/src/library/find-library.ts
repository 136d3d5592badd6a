import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { libraryIn, libraryPlaces, libraryVariable } from './library-places.js';

/**
 * The path of TensorFlow Lite's C library.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibrary(): string {
  const places = libraryPlaces();
  for (const place of places) {
    const file = libraryIn(place);
    if (file !== undefined) return file;
  }
  throw new BackendUnavailableError(
    [
      "TensorFlow Lite's C library (libtensorflowlite_c or libtensorflow-lite) was not found; searched:",
      ...places.map((place) => `  ${place}`),
      `Install it (Debian unstable: apt-get install libtensorflow-lite2.14.1; elsewhere it is built with CMake from tensorflow/lite/c), or name its file or folder in the variable ${libraryVariable}. Without it, runtime: 'litert' or 'auto' runs the same models on LiteRT.js.`,
    ].join('\n'),
  );
}
