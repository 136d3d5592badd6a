import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import { InstallTargetError } from '../errors.js';
import { fileSha256 } from './file-sha256.js';

/** A file that is written beside its place and moved there when it is whole. */
export interface Placement {
  /** Where it goes. */
  readonly path: string;
  /** Where it is written first; WasmEdge does not take a file of this name for a plug-in. */
  readonly temporary: string;
}

/**
 * Makes the folder, and a name in it to write to.
 *
 * @throws {InstallTargetError} when the folder cannot be made.
 */
export async function preparePlace(folder: string, fileName: string): Promise<Placement> {
  try {
    makeFolders(folder);
  } catch (cause) {
    throw new InstallTargetError(
      `The folder ${folder} cannot be created: ${(cause as Error).message}. Name another one with --dir.`,
      { cause },
    );
  }
  const path = join(folder, fileName);
  return { path, temporary: `${path}.${process.pid}.unfinished` };
}

/**
 * Moves the written file to its place, in one step.
 *
 * @param check throws when the file must not go there; what it throws is thrown.
 * @returns `unchanged` when the same file is there already.
 * @throws {InstallTargetError} when another file is there and `force` is not set, or the place cannot be written.
 */
export async function placeFile(
  { path, temporary }: Placement,
  force: boolean,
  check: (file: string) => void,
): Promise<'placed' | 'replaced' | 'unchanged'> {
  try {
    check(temporary);
    const there = await stat(path).catch(() => undefined);
    if (there?.isFile() && (await fileSha256(path)) === (await fileSha256(temporary))) {
      return 'unchanged';
    }
    if (there !== undefined && !(force && there.isFile())) {
      throw new InstallTargetError(
        `${path} already exists and is a different file, perhaps another version or another backend of the same plug-in. Replace it with --force, or name another folder with --dir.`,
      );
    }
    await rename(temporary, path);
    return there === undefined ? 'placed' : 'replaced';
  } catch (cause) {
    throw WasmEdgePluginsError.isInstance(cause)
      ? cause
      : new InstallTargetError(
          `${path} cannot be written: ${(cause as Error).message}. Name another folder with --dir.`,
          { cause },
        );
  } finally {
    await rm(temporary, { force: true });
  }
}
