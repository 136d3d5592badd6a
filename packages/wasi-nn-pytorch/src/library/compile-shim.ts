import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from '@wasmedge-plugins/core';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import type { Libtorch } from './find-libtorch.js';
import { shimFile, shimSources } from './shim-file.js';

/**
 * Builds the shim for a libtorch with the system's C++ compiler, or the one that the variable `CXX` names.
 *
 * @returns the file that was built.
 * @throws {BackendUnavailableError} when the headers or the compiler are missing, or the compiler fails; the message has its output.
 */
export function compileShim(libtorch: Libtorch): string {
  if (libtorch.headers === undefined) {
    throw new BackendUnavailableError(
      `libtorch is in ${libtorch.libraries}, but its headers (torch/script.h) are not installed; on Debian and Ubuntu they are in the package libtorch-dev.`,
    );
  }
  const file = shimFile(libtorch);
  const unfinished = `${file}.${process.pid}.unfinished`;
  makeFolders(dirname(file));
  const compiler = process.env.CXX || 'c++';
  const result = spawnSync(compiler, compilerArguments(libtorch, libtorch.headers, unfinished), {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (result.error !== undefined || result.status !== 0) {
    rmSync(unfinished, { force: true });
    throw new BackendUnavailableError(
      result.error === undefined
        ? `${compiler} could not build the shim for libtorch ${libtorch.version}:\n${result.stderr}`
        : `The C++ compiler ${compiler} cannot be run: ${result.error.message}. Install one (on Debian and Ubuntu: sudo apt-get install g++), or name yours in the variable CXX.`,
    );
  }
  // A file of this name is complete, also when two build it at once.
  renameSync(unfinished, file);
  return file;
}

function compilerArguments({ libraries, core }: Libtorch, headers: string, output: string): string[] {
  const isMac = process.platform === 'darwin';
  // The system's own folder is searched anyway, and must not come before the compiler's.
  const include = headers === '/usr/include' ? [] : ['-isystem', headers];
  return [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-pthread',
    '-fvisibility=hidden',
    ...(isMac ? ['-dynamiclib'] : ['-shared', `-D_GLIBCXX_USE_CXX11_ABI=${usesNewStrings(core) ? 1 : 0}`]),
    ...include,
    '-isystem',
    join(headers, 'torch/csrc/api/include'),
    join(shimSources(), 'torch-shim.cpp'),
    '-o',
    output,
    `-L${libraries}`,
    `-Wl,-rpath,${libraries}`,
    // libtorch itself has no function that is called: it is what loads the support of GPUs where there is one.
    ...(isMac ? [] : ['-Wl,--no-as-needed']),
    '-ltorch',
    '-ltorch_cpu',
    '-lc10',
  ];
}

/**
 * Whether a libtorch was built with the strings of C++11. Debian's is; the Python package was built with the older ones up to 2.6, and so was
 * one of the two archives.
 */
function usesNewStrings(core: string): boolean {
  const olderSymbol = '_ZN3c105ErrorC2ENS_14SourceLocationESs';
  return !readFileSync(core).includes(olderSymbol);
}
