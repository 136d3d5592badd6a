import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import {
  includeFolder,
  libraryFolders,
  libtorchPlaces,
  libtorchVariable,
  listFolder,
} from './libtorch-places.js';

/** A libtorch that is installed here. */
export interface Libtorch {
  /** The folder with `libtorch_cpu` and `libc10`. */
  readonly libraries: string;
  /** The folder with `torch/script.h`; `undefined` when the headers are not installed. */
  readonly headers: string | undefined;
  /** As its header tells it, for example `2.6.0`; `unknown` without headers. */
  readonly version: string;
  /** File of `libc10`, by which one libtorch is told from another. */
  readonly core: string;
}

const suffix = process.platform === 'darwin' ? /^libc10(\.\d+)*\.dylib$/ : /^libc10\.so(\.\d+)*$/;

/**
 * The libtorch of this machine.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibtorch(): Libtorch {
  const places = [...new Set(libtorchPlaces())];
  for (const place of places) {
    const found = libtorchIn(place);
    if (found !== undefined) return found;
  }
  throw new BackendUnavailableError(
    [
      'libtorch, the C++ library of PyTorch, was not found; searched:',
      ...places.map((place) => `  ${place}`),
      `Install it: ${installHint()}; or unpack libtorch's archive and name its folder in the variable ${libtorchVariable}. Then build the shim: npx wasi-nn-pytorch-build`,
    ].join('\n'),
  );
}

function libtorchIn(place: string): Libtorch | undefined {
  for (const libraries of libraryFolders(place)) {
    const file = listFolder(libraries)
      .filter((name) => suffix.test(name))
      .sort()[0];
    if (file === undefined) continue;
    const include = includeFolder(place, libraries);
    const headers = existsSync(join(include, 'torch/script.h')) ? include : undefined;
    return { libraries, headers, version: readVersion(headers), core: join(libraries, file) };
  }
  return undefined;
}

function readVersion(headers: string | undefined): string {
  if (headers === undefined) return 'unknown';
  // The second place since 2.9, whose first one includes it.
  const files = ['torch/csrc/api/include/torch/version.h', 'torch/headeronly/version.h'];
  for (const file of files.map((name) => join(headers, name)).filter((path) => existsSync(path))) {
    const text = readFileSync(file, 'utf8');
    const numbers = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => new RegExp(`#define TORCH_VERSION_${part} (\\d+)`).exec(text)?.[1],
    );
    if (!numbers.includes(undefined)) return numbers.join('.');
  }
  return 'unknown';
}

function installHint(): string {
  return process.platform === 'darwin'
    ? 'brew install pytorch'
    : 'sudo apt-get install --no-install-recommends libtorch-dev g++';
}
