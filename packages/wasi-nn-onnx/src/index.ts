export { onnxReleases } from './platforms.js';
export { type ONNXOptions, onnx } from './plugin.js';
export type { ONNXRuntime } from './runtime.js';
export type { ONNXConfig, ONNXOptimization, ONNXSource } from './source.js';
