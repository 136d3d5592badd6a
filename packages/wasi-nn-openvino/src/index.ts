export type { OpenVINOFormat } from './format.js';
export { type OpenVINOOptions, openVINO } from './plugin.js';
export type { OpenVINOConfig, OpenVINOSource } from './source.js';
