import { existsSync } from 'node:fs';
import { LibraryNotFoundError } from '../errors/library-errors.js';
import { libraryPlaces } from './library-places.js';

/**
 * The path of the libwasmedge to load.
 *
 * @throws {LibraryNotFoundError} with every place that was looked at and the command that installs it here.
 */
export function findLibrary(option: string | undefined): string {
  const places = option === undefined ? libraryPlaces() : [option];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) {
    return found;
  }
  const source =
    option !== undefined
      ? 'the option library'
      : process.env.WASMEDGE_LIBRARY
        ? 'the variable WASMEDGE_LIBRARY'
        : 'the usual places';
  throw new LibraryNotFoundError(
    [
      `No libwasmedge was found in ${source}:`,
      ...places.map((place) => `  ${place}`),
      `Install WasmEdge 0.14 to 0.17: ${installAdvice()}. Or name the file with the option library or the variable WASMEDGE_LIBRARY. Without native plug-ins, guests also run with engine: 'v8'.`,
    ].join('\n'),
  );
}

function installAdvice(): string {
  switch (process.platform) {
    case 'linux':
      return existsSync('/usr/bin/apt-get')
        ? 'apt-get install libwasmedge0 (Debian 13, Ubuntu 25.10 or later)'
        : "run WasmEdge's installer script (https://wasmedge.org/docs/start/install)";
    case 'darwin':
      return 'brew install wasmedge';
    case 'win32':
      return 'winget install wasmedge';
    default:
      return "build it from WasmEdge's sources";
  }
}
