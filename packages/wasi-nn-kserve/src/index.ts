export {
  type KServeCallEndedEvent,
  type KServeCallStartedEvent,
  type KServeEvent,
  type KServeFailure,
  type KServeModelReadyEvent,
  type KServeServerEjectedEvent,
  type KServeServerReadmittedEvent,
  kserveChannelName,
} from './events/kserve-event.js';
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
export type { FailureKind } from './transports/remote-failure.js';
export type { TlsOptions } from './transports/transport-options.js';
