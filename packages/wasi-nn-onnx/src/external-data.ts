import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { readBoundedFile } from '@wasmedge-plugins/core';
import { NnError } from '@wasmedge-plugins/wasi-nn';

/** As much as an array of any Node.js can have. */
const maxFileBytes = 2 ** 31 - 1;

/**
 * The contents of the files that a model's tensors lie in, in the order of their names. They are read only beside a model whose file the host has named.
 *
 * @param names as the model has them.
 * @param model the model's file; `undefined` for one that came as bytes, or from a guest.
 * @throws {NnError} `invalid_argument` for a model without a file, for names that lead out of its folder or to a pipe or device, and for files that cannot be read.
 */
export function readExternalData(
  names: readonly string[],
  model: string | undefined,
): readonly Uint8Array<ArrayBuffer>[] {
  if (names.length === 0) return [];
  if (model === undefined) {
    throw refuse(
      names[0] as string,
      'files are read only beside a model that the host has named by its path',
    );
  }
  return names.map((name) => read(name, dirname(model)));
}

function read(name: string, given: string): Uint8Array<ArrayBuffer> {
  try {
    // The other one takes away `..` by the text, which leads elsewhere after a link.
    const folder = realpathSync.native(given);
    const path = resolve(folder, name);
    if (name === '' || name.includes('\0') || isAbsolute(name) || !isWithin(path, folder)) {
      throw refuse(name, "it must lie in the model's folder");
    }
    // Neither may a link lead out of the folder.
    const real = realpathSync.native(path);
    if (!isWithin(real, folder)) throw refuse(name, "it must lie in the model's folder");
    return new Uint8Array(readBoundedFile(real, { maxBytes: maxFileBytes, onlyRegular: true }));
  } catch (cause) {
    if (NnError.isInstance(cause)) throw cause;
    throw refuse(name, (cause as Error).message, cause);
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refuse(name: string, reason: string, cause?: unknown): NnError {
  return new NnError(
    'invalid_argument',
    `The model has tensors in the file ${JSON.stringify(name.slice(0, 200))}, which cannot be used: ${reason}.`,
    cause === undefined ? undefined : { cause },
  );
}
