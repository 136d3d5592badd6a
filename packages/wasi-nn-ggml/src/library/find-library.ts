import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import type { LibraryIdentity } from '@wasmedge-plugins/wasi-nn/kit';
import { installCommands, libraryVersion } from './install-commands.js';

/**
 * The folder of the package node-llama-cpp, found from where this package is.
 *
 * @throws {BackendUnavailableError} when it is missing, or has another version.
 */
export function findLibrary(): string {
  const folder = packageFolder('node-llama-cpp', import.meta.url);
  if (folder === undefined) {
    throw new BackendUnavailableError(
      `The package node-llama-cpp, which has llama.cpp, is not installed where @wasmedge-plugins/wasi-nn-ggml can find it. ${installCommands}`,
    );
  }
  const version = versionIn(folder);
  if (version !== libraryVersion) {
    throw new BackendUnavailableError(
      `node-llama-cpp has version ${version} in ${folder}; this package is made for ${libraryVersion}. ${installCommands}`,
    );
  }
  return folder;
}

/**
 * What `doctor` tells of it.
 *
 * @throws {BackendUnavailableError} as {@link findLibrary}.
 */
export function identifyLibrary(): LibraryIdentity {
  return { path: findLibrary(), version: libraryVersion };
}

function packageFolder(name: string, from: string): string | undefined {
  // The package exports neither its description nor anything for require().
  for (const folder of createRequire(from).resolve.paths(name) ?? []) {
    if (versionIn(join(folder, name)) !== undefined) return join(folder, name);
  }
  return undefined;
}

function versionIn(folder: string): string | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}
