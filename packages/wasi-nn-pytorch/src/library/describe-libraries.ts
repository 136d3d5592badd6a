import type { PluginLibrary } from '@wasmedge-plugins/core';
import { describeLibrary } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibtorch } from './find-libtorch.js';
import { shimVariable } from './find-shim.js';
import { TorchLibrary } from './torch-library.js';

/** libtorch and the shim, as `wasmedge-plugins doctor` shows them. */
export function describeLibraries(): readonly PluginLibrary[] {
  const describeShim = () => describeLibrary("libtorch's shim", TorchLibrary.open);
  // A shim that was named knows its libtorch itself.
  if (process.env[shimVariable]) return [describeShim()];
  const libtorch = describeLibrary('libtorch', () => {
    const { libraries, version } = findLibtorch();
    return { path: libraries, version };
  });
  return libtorch.problem === undefined ? [libtorch, describeShim()] : [libtorch];
}
