export { pytorchReleases } from './platforms.js';
export { type PyTorchOptions, pytorch } from './plugin.js';
export type { PyTorchConfig, PyTorchSource } from './source.js';
