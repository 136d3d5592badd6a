export type { OpenVINOFormat } from './format.js';
export {
  type OpenVINOFormatsOptions,
  type OpenVINOOptions,
  type OpenVINOPlugin,
  openVINO,
} from './plugin.js';
export type { OpenVINOConfig, OpenVINOFileSource, OpenVINOSource } from './source.js';
