import type { PluginLibrary } from '@wasmedge-plugins/core';
import { findLibtorch } from './find-libtorch.js';
import { shimVariable } from './find-shim.js';
import { TorchLibrary } from './torch-library.js';

/** libtorch and the shim, as `wasmedge-plugins doctor` shows them. */
export function describeLibraries(): readonly PluginLibrary[] {
  // A shim that was named knows its libtorch itself.
  if (process.env[shimVariable]) return [describeShim()];
  try {
    const { libraries, version } = findLibtorch();
    return [{ name: 'libtorch', path: libraries, version }, describeShim()];
  } catch (error) {
    return [{ name: 'libtorch', problem: (error as Error).message }];
  }
}

function describeShim(): PluginLibrary {
  const name = "libtorch's shim";
  try {
    const { path, version } = TorchLibrary.open();
    return { name, path, version };
  } catch (error) {
    return { name, problem: (error as Error).message };
  }
}
