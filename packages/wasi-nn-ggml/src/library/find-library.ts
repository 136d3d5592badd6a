import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import type { LibraryIdentity } from '@wasmedge-plugins/wasi-nn/kit';
import type { GGMLGpu } from '../llama/task-options.js';
import { binaryPackages } from './binary-package.js';
import { installBinary, installLibrary, libraryVersion } from './install-commands.js';

/** Where it is looked for, and for what. */
export interface LibraryPlace {
  /** What is to compute. Default: `auto`, for which any package of llama.cpp will do. */
  readonly gpu?: GGMLGpu | undefined;
  /** URL of a file next to which packages are found. Default: this one. */
  readonly from?: string | undefined;
  /** Platform and processor. Default: those of this process. */
  readonly machine?: string | undefined;
}

/**
 * The folder of the package node-llama-cpp, found from where this package is, once the package with llama.cpp itself is there too.
 *
 * @throws {BackendUnavailableError} when one is missing, or node-llama-cpp has another version.
 */
export function findLibrary({
  gpu = 'auto',
  from = import.meta.url,
  machine = `${process.platform}-${process.arch}`,
}: LibraryPlace = {}): string {
  const binaries = binaryPackages(gpu, machine);
  const install = installLibrary(binaries[0]);
  const folder = packageFolder('node-llama-cpp', from);
  if (folder === undefined) {
    throw new BackendUnavailableError(
      `The package node-llama-cpp, which has llama.cpp, is not installed where @wasmedge-plugins/wasi-nn-ggml can find it. ${install}`,
    );
  }
  const version = versionIn(folder);
  if (version !== libraryVersion) {
    throw new BackendUnavailableError(
      `node-llama-cpp has version ${version} in ${folder}; this package is made for ${libraryVersion}. ${install}`,
    );
  }
  if (!isBuilt(folder)) requireBinary(folder, binaries, gpu, machine);
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

/** Whether somebody has compiled llama.cpp for it. */
function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'llama', 'localBuilds'));
}

function requireBinary(folder: string, binaries: readonly string[], gpu: GGMLGpu, machine: string): void {
  // Found as node-llama-cpp finds it, which may be linked to another place.
  const from = pathToFileURL(join(realpathSync(folder), 'package.json')).href;
  if (binaries.some((name) => packageFolder(name, from) !== undefined)) return;
  const [wanted] = binaries;
  throw new BackendUnavailableError(
    wanted === undefined
      ? `node-llama-cpp has no llama.cpp for ${machine} with gpu: '${gpu}'. Leave out the option gpu, or use another machine.`
      : `The package ${wanted}, which has llama.cpp itself, is not installed where node-llama-cpp can find it, in ${folder}. ${installBinary(wanted)}`,
  );
}

function packageFolder(name: string, from: string): string | undefined {
  // The packages export neither their description nor anything for require().
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
