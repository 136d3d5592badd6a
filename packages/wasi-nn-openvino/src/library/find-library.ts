import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { libraryIn, libraryPlaces, libraryVariable, type Machine } from './library-places.js';

/**
 * The path of OpenVINO's C library.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibrary(machine: Machine = process): string {
  const places = libraryPlaces(machine);
  for (const place of places) {
    const file = libraryIn(place, machine);
    if (file !== undefined) return file;
  }
  throw new BackendUnavailableError(
    [
      "OpenVINO's C library (libopenvino_c) was not found; searched:",
      ...places.map((place) => `  ${place}`),
      `Install OpenVINO 2024.6 or later: python3 -m venv openvino && openvino/bin/pip install openvino, and name the folder openvino/lib/python3*/site-packages/openvino/libs in the variable ${libraryVariable}; or the packages of the distribution, Homebrew (brew install openvino) or the archive.`,
    ].join('\n'),
  );
}
