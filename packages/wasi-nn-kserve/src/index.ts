export {
  type DefinedKServe,
  type KServeOptions,
  type KServePlugin,
  type KServeSession,
  kserve,
} from './plugin.js';
export type { DataType } from './protocol/data-type.js';
export type { ParameterValue } from './protocol/messages.js';
export type { Credentials, KServeModel, StatedTensor } from './source.js';
export type { TlsOptions } from './transports/transport-options.js';
