export { tfliteReleases } from './platforms.js';
export { type TFLiteOptions, tflite } from './plugin.js';
export type { TFLiteRuntime } from './runtime.js';
export type { TFLiteConfig, TFLiteSource } from './source.js';
